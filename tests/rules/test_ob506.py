from openbook.document import Document
from openbook.findings import Context, Severity
from openbook.reading.forms import read_forms
from openbook.rules.ob506 import RULE
from openbook.source import Place, RawCell, RawTable, Source
from tests.rules.project_forms import check, form, severities


def shanghai(current: str) -> Document:
    rows = [
        "财政项目支出绩效目标填报表|||",
        "项目名称|设施运行经费||",
        "项目资金（元）|项目资金总额|10,903,043.00|年度资金申请总额|10,903,043.00",
        f"|其中：财政资金|10,903,043.00|其中：当年财政拨款|{current}",
        "|||上年结转资金|0.00",
        "|其他资金|0.00|其他资金|0.00",
        "绩效指标|一级指标|二级指标|三级指标|年度(/项目)指标值",
        "|产出指标|数量指标|开展活动|=300.00(场)",
    ]
    table = RawTable([[RawCell(cell, Place(page=1)) for cell in row.split("|")] for row in rows], 1)
    source = Source("a.pdf", "pdf", [table])
    return Document(source, forms=read_forms(source))


def test_a_part_larger_than_the_whole():
    [finding] = RULE.check(Context(shanghai("11,419,043.00")))
    assert finding.difference == "-516,000元"
    assert finding.severity is Severity.ERROR
    assert not list(RULE.check(Context(shanghai("10,903,043.00"))))


def test_sources_that_do_not_add_up():
    assert severities(RULE, form(local="200,000")) == [Severity.ERROR, Severity.ERROR]
    assert not check(RULE, form())


def test_a_source_that_a_scanner_may_have_lost():
    assert severities(RULE, form(local="100,000")) == [Severity.WARNING, Severity.WARNING]


def test_year_and_period():
    assert severities(RULE, form(period_total="90,000")) == [Severity.WARNING]
    assert severities(RULE, form(period_total="564,000")) == [Severity.WARNING]
    assert not check(RULE, form(period_total="564,000", period="3年"))


def test_a_line_that_the_scanner_lost_is_no_error():
    text = form(local="100,000").replace(
        "其他资金\t\t\t其他资金\t\t", "\t\t其他资金\t88,000\t其他资金\t88,000\t"
    )
    assert not severities(RULE, text)
    lost = "\n".join(line for line in text.split("\n") if "市县(区)" not in line)
    assert set(severities(RULE, lost)) <= {Severity.WARNING}


def test_two_lines_of_money_in_one_row():
    text = form(period_total="564,000", local="188,000", period="3年", attribute="延续性项目").replace(
        "市县(区)财政资金\t188,000\t市县", "市县(区)财政资金\t564,000\t市县"
    )
    assert not severities(RULE, text)
    joined = text.replace("省级财政资金\t0\t\t\n\t\t市县", "省级财政资金\t0\t\t\t\t市县")
    assert joined != text
    assert not severities(RULE, joined)
