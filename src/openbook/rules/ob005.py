"""OB005: figure not a number."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.reading_findings import reported


def check(context: Context) -> Iterator[Finding]:
    yield from reported(context, "OB005")


RULE = Rule(
    code="OB005",
    name="figure-not-a-number",
    title="应为数字的单元格不是一个数",
    severity=Severity.WARNING,
    basis="本工具的读取规则（docs/decisions/0004）",
    what="金额栏里的内容不是一个数，例如两个数连在一起或含有乱码。",
    why="该单元格不能参加核对。",
    bad="合计栏：12.30 45.60",
    good="合计栏：12.30",
    mend="对照原件改正该单元格。",
    check=check,
)
