"""OB201: row does not add up."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.identity_findings import findings

_FAMILIES = frozenset({"row"})


def check(context: Context) -> Iterator[Finding]:
    yield from findings(context, "OB201", _FAMILIES)


RULE = Rule(
    code="OB201",
    name="row-does-not-add-up",
    title="一行之内，合计与各栏之和不符",
    severity=Severity.ERROR,
    basis="预算法实施条例第六条：部门预算公开应分列基本支出和项目支出",
    what="逐行核对：合计＝基本支出＋项目支出，合计＝人员经费＋公用经费，合计＝各本预算之和，等等。按每个数字四舍五入的区间判断，不设容差：只有任何真实金额都不可能印成这样时才报。",
    why="同一行的数字都由同一笔金额分解而来，加不起来说明至少一个数字是错的。",
    bad="2010306 | 政务公开审批 | 合计 2640.93 | 基本支出 501.87 | 项目支出 2139.16",
    good="2010306 | 政务公开审批 | 合计 2640.93 | 基本支出 501.87 | 项目支出 2139.06（相加 2640.93）",
    mend="对照预算批复核对提示的那个数字；若各数取自系统，检查是否有一行没有提取到。",
    check=check,
)
