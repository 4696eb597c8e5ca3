"""OB202: accounts do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.identity_findings import findings

_FAMILIES = frozenset({"tree"})


def check(context: Context) -> Iterator[Finding]:
    yield from findings(context, "OB202", _FAMILIES)


RULE = Rule(
    code="OB202",
    name="accounts-do-not-add-up",
    title="科目逐级汇总不符：类≠款之和、款≠项之和或合计≠各类之和",
    severity=Severity.ERROR,
    basis="预算法第三十二条第四款、第四十六条：支出按功能分类编列到项，按经济性质分类编列到款",
    what="按科目编码把每一行归到上级科目，逐栏核对上级＝下级之和、合计＝各类之和。",
    why="科目是一棵树，少一行、多一行或错一个数都会使汇总不符。",
    bad="201 | 100.00；20103 | 60.00；20106 | 39.00",
    good="201 | 100.00；20103 | 60.00；20106 | 40.00",
    mend="核对提示的科目及其下级；常见原因是漏了一个科目，或上级数没有随下级更新。",
    check=check,
)
