"""OB209: a difference that rounding explains."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.money import show
from openbook.rules.identity_findings import locations, sides, unit_of
from openbook.statements.verdicts import Verdict


def check(context: Context) -> Iterator[Finding]:
    if context.verdicts is None:
        return
    for item in context.verdicts.judged:
        if item.verdict is not Verdict.ROUNDING:
            continue
        unit = unit_of(item)
        left, right = sides(item)
        first = item.equation.terms[0][1]
        yield Finding(
            "OB209",
            f"{first.describe()}：{item.equation.identity.title}相差 {show(left - right, unit)} {unit.value}，"
            f"在四舍五入所能解释的 {show(item.slack, unit)} 之内，是尾差，不是错误。",
            locations([], [item]),
            ("rounding", *item.equation.key),
            expected=f"{show(right, unit)} {unit.value}",
            actual=f"{show(left, unit)} {unit.value}",
            difference=f"{show(left - right, unit)} {unit.value}",
            basis=item.equation.identity.basis,
        )


RULE = Rule(
    code="OB209",
    name="rounding-tail",
    title="四舍五入造成的尾差",
    severity=Severity.INFO,
    basis="四舍五入的算术；不是法律要求",
    what="勾稽关系差一两分（0.01 万元），在各数字四舍五入的区间之内。",
    why="列出来是为了让人知道它已被核过，而不是被放过；能整体调平的系统不会留下尾差。",
    bad="504.82＋2299.56＝2804.38，合计印作 2804.37",
    good="504.82＋2299.55＝2804.37",
    mend="不必更正；若想消除，应从同一份到分的数据统一调平全部报表，不要逐表手工改尾数。",
    check=check,
)
