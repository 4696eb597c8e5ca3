"""OB007: no statements."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.reading_findings import reported


def check(context: Context) -> Iterator[Finding]:
    yield from reported(context, "OB007")


RULE = Rule(
    code="OB007",
    name="no-statements",
    title="没有找到任何预算报表",
    severity=Severity.WARNING,
    basis="预算法第十四条；预算法实施条例第六条",
    what="整份文件没有找到能读懂的报表。",
    why="没有报表就没有核对，不能视为通过。",
    bad="只有说明文字的网页",
    good="含全部报表的公开文件",
    mend="把报表与说明放在同一份文件里，或把报表所在的文件一并检查。",
    check=check,
)
