"""OB203: lines do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.identity_findings import findings

_FAMILIES = frozenset({"total"})


def check(context: Context) -> Iterator[Finding]:
    yield from findings(context, "OB203", _FAMILIES)


RULE = Rule(
    code="OB203",
    name="lines-do-not-add-up",
    title="收支总表各行之和与合计不符",
    severity=Severity.ERROR,
    basis="预算法第二十七条：各级预算收入和支出的范围",
    what="核对本年收入合计＝各项收入之和、本年支出合计＝各类支出之和。",
    why="总表是全部预算的入口，合计与分项不符时公众无从判断哪个可信。",
    bad="一般公共预算 100.00；单位资金 20.00；本年收入合计 130.00",
    good="一般公共预算 100.00；单位资金 20.00；本年收入合计 120.00",
    mend="对照收入总表、支出总表核对分项与合计。",
    check=check,
)
