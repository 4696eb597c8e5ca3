"""OB405: the name of an account is spelled differently from the classification."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.accounts.judging import Verdict
from openbook.accounts.names import plain, stem
from openbook.accounts.printed import Printed, locations, printed
from openbook.findings import Context, Finding, Rule, Severity

_CUT = 2  # letters that a narrow cell may lose at the end of a name


def check(context: Context) -> Iterator[Finding]:
    scanned = context.document.source.scanned
    for pair in printed(context.document):
        right = pair.judgement.right
        if pair.judgement.verdict is not Verdict.ALIKE or right is None or _cut(pair.name, right.name):
            continue
        certain = right.proven and not scanned and not stem(right.name).startswith(stem(pair.name))
        yield _finding(pair, right.name, Severity.WARNING if certain else Severity.INFO)


def _cut(name: str, right: str) -> bool:
    short, full = plain(name), plain(right)
    return full.startswith(short) and len(full) - len(short) <= _CUT


def _finding(pair: Printed, right: str, severity: Severity) -> Finding:
    return Finding(
        code="OB405",
        message=f"{pair.titles}中 {pair.code} 的名称写作“{plain(pair.name)}”，"
        f"科目表中写作“{right}”。请核对是否错字、漏字或被截断。",
        locations=locations(pair.rows),
        key=("spelling", pair.code, stem(pair.name)),
        expected=right,
        actual=plain(pair.name),
        severity=severity,
    )


RULE = Rule(
    code="OB405",
    name="account-name-misspelled",
    title="科目名称与科目表写法不同",
    severity=Severity.INFO,
    basis="当年《政府收支分类科目》",
    what="编码与名称对得上，但名称有错字、漏字、简写或被截断。"
    "括号全半角、换行空格和末尾“支出”二字的有无不算。扫描文本可能认错字，只作提示。",
    why="科目名称是规范用语，写法不一会妨碍检索和比对。",
    bad="30108 机关事业单位基本养老保险费",
    good="30108 机关事业单位基本养老保险缴费",
    mend="照科目表的写法改正。",
    check=check,
)
