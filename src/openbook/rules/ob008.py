"""OB008: formula without value."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.reading_findings import reported


def check(context: Context) -> Iterator[Finding]:
    yield from reported(context, "OB008")


RULE = Rule(
    code="OB008",
    name="formula-without-value",
    title="公式没有保存结果",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号：公开内容应当准确、完整",
    what="工作簿里的单元格是公式，却没有保存计算结果，打开前看不到数字，按空白处理。",
    why="公众用别的软件打开时可能看到空白或旧数。",
    bad="=SUM(B2:B9)，文件中没有结果",
    good="=SUM(B2:B9)，结果 2643.87",
    mend="用电子表格软件打开、重新计算并保存，或把公式粘贴为数值后再发布。",
    check=check,
)
