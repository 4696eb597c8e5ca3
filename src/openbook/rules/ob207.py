"""OB207: projects do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.identity_findings import findings

_FAMILIES = frozenset({"project"})


def check(context: Context) -> Iterator[Finding]:
    yield from findings(context, "OB207", _FAMILIES)


RULE = Rule(
    code="OB207",
    name="projects-do-not-add-up",
    title="项目支出表与合计、单位小计或项目支出不符",
    severity=Severity.ERROR,
    basis="预算法实施条例第六条；项目支出表应列全部项目",
    what="核对合计＝各单位之和、单位＝其项目之和，以及项目支出表与支出总表、一般公共预算支出表的项目支出一致。",
    why="最常见的原因是漏列了一个项目。",
    bad="单位 100.00；项目甲 60.00；项目乙 30.00",
    good="单位 100.00；项目甲 60.00；项目乙 40.00",
    mend="对照项目库逐个核对，看是否有项目没有提取到表中。",
    check=check,
)
