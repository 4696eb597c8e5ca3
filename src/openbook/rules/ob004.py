"""OB004: table partly read."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.reading_findings import reported


def check(context: Context) -> Iterator[Finding]:
    yield from reported(context, "OB004")


RULE = Rule(
    code="OB004",
    name="table-partly-read",
    title="表格有一部分没有读懂",
    severity=Severity.WARNING,
    basis="本工具的读取规则（docs/decisions/0004）",
    what="表头、栏目或某一行没有完全读懂；凡只依据这些内容的问题都降为提醒。",
    why="宁可大声说没有读懂，也不悄悄放过。",
    bad="表头被识别成乱码“TH H”",
    good="表头为“合计、基本支出、项目支出”",
    mend="对照原件查看 openbook show 的输出，修正识别错误后再检查。",
    check=check,
)
