"""OB205: carry over does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.identity_findings import findings

_FAMILIES = frozenset({"carryover"})


def check(context: Context) -> Iterator[Finding]:
    yield from findings(context, "OB205", _FAMILIES)


RULE = Rule(
    code="OB205",
    name="carry-over-does-not-fit",
    title="上年结转与收支总计的关系不成立",
    severity=Severity.ERROR,
    basis="预算法第三十八条：上年结转资金应当用于结转项目的支出",
    what="核对收入总计＝本年收入＋上年结转、上年结转＝各本预算结转之和、结转在各表中一致。",
    why="结转漏列或重复列入会使总收支虚增或虚减。",
    bad="本年收入合计 2643.87；上年结转 160.50；收入总计 2804.87",
    good="本年收入合计 2643.87；上年结转 160.50；收入总计 2804.37",
    mend="核对结转金额及其在总表、收入总表、财政拨款收支总表中的列示。",
    check=check,
)
