"""Reports made by hand: a body that does not exist, with one finding of each kind."""

from openbook.checking.result import Counts, DocumentReport, Reported, StatementSummary
from openbook.findings import Location, Rule, Severity
from openbook.source import Place

PATH = "公开/某区行政审批局2024.txt"


def no_findings(_context):
    return ()


RULE = Rule(
    code="OB998",
    name="amount-differs-from-statement",
    title="说明中的金额与报表不一致",
    severity=Severity.ERROR,
    basis="《预算法》第十四条",
    what="说明里写的金额与报表里同一项的金额不一样。",
    why="读者只看说明，就会得到错的数。",
    bad="一般公共预算支出 198.30 万元（表中 189.30）",
    good="一般公共预算支出 189.30 万元",
    mend="以报表为准改说明；报表有误时先改报表。",
    check=no_findings,
)

SENTENCE = "2024年一般公共预算支出198.30万元，比上年增加5.00万元。"
ROW = "合计 | 189.30 | 100.00 | 89.30"

AMOUNT = Reported(
    code="OB998",
    name="amount-differs-from-statement",
    severity=Severity.ERROR,
    message="说明中一般公共预算支出为 198.30 万元，报表为 189.30 万元",
    locations=(
        Location(Place(123, 15, 21), row="一般公共预算支出", value="198.30", role="stated"),
        Location(Place(45, 4, 10), "一般公共预算支出表", "合计", "合计", "189.30", "proof"),
    ),
    expected="189.30 万元",
    actual="198.30 万元",
    difference="9.00 万元",
    basis="《预算法》第十四条",
    fingerprint="6f1d2c3b4a596877",
    excerpts=(SENTENCE, ROW),
)

FLOOD = Reported(
    code="OB997",
    name="figures-with-spaces",
    severity=Severity.WARNING,
    message="60 处数字中间有空格",
    locations=tuple(Location(Place(200 + n, 1, 8), value="198. 30", role="suspect") for n in range(60)),
    expected=None,
    actual=None,
    difference=None,
    basis="地方预决算公开操作规程",
    fingerprint="0a0b0c0d0e0f1011",
    excerpts=tuple("198. 30 | 其他" for _ in range(60)),
)

HOSTILE = Reported(
    code="OB996",
    name="strange-text",
    severity=Severity.INFO,
    message="=1+1 <script>alert(1)</script> \x1b[31m红\u202e反",
    locations=(Location(Place(7, 1, 9), "=表<b>", "+行", "@栏", "-1 & <i>", "stated"),),
    expected="=cmd|' /C calc'!A0",
    actual=None,
    difference=None,
    basis="]]> & \x07",
    fingerprint="ffffffffffffffff",
    excerpts=("-1 & <i>\x00\t</mark>",),
)

TEXT = DocumentReport(
    path=PATH,
    department="某区行政审批局",
    year=2024,
    layout="shanxi-13",
    statements=[
        StatementSummary("expenditure", "2024年部门支出总表", (30, 60), None, 12, 36, False),
        StatementSummary("fund_revenue", "2024年政府性基金收入表", (61, 66), None, 0, 0, True),
    ],
    counts=Counts(120, 3, 1, 14),
    findings=[FLOOD, AMOUNT],
)

PDF = DocumentReport(
    path="公开/某街道办事处2024.pdf",
    department="某街道办事处",
    year=2024,
    layout="shanghai-9",
    statements=[StatementSummary("summary", "财务收支预算总表", None, (9, 10), 20, 40, False)],
    counts=Counts(80, 0, 1, 5),
    findings=[
        Reported(
            code="OB995",
            name="total-differs-from-parts",
            severity=Severity.ERROR,
            message="收入总计与各项之和相差 10 元",
            locations=(
                Location(
                    Place(page=9, box=(1.0, 2.0, 3.0, 4.0)),
                    "财务收支预算总表",
                    "收入总计",
                    "预算数",
                    "1,010",
                    "suspect",
                ),
                Location(Place(page=10), "财务收支预算总表", "事业收入", "预算数", "1,000", "proof"),
            ),
            expected="1,000 元",
            actual="1,010 元",
            difference="10 元",
            basis="《预算法》第三十二条",
            fingerprint="1234567890abcdef",
            excerpts=("收入总计 | 1,010", None),
        )
    ],
)

CLEAN = DocumentReport("公开/干净.docx", "某局", 2024, "hebei-9", [], Counts(10, 0, 0, 2))
UNREADABLE = DocumentReport("公开/坏.pdf", unreadable="文件已加密")

HOSTILE_DOCUMENT = DocumentReport("<img src=x>\x1b]0;t\x07.txt", "=1+1", 2024, "</style>", findings=[HOSTILE])

ALL = [TEXT, PDF, CLEAN, UNREADABLE]
