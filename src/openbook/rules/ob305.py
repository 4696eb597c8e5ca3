"""OB305: a percentage is given although last year's figure is zero."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Claim, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob3_claims import GROUND, called, direction, key_of, partner, priors, stated


def check(context: Context) -> Iterator[Finding]:
    for claim in stated(context.document, "growth"):
        zero = _zero_base(context.document, claim)
        if zero is not None and claim.of is not None and not claim.of.hedged:
            yield _finding(claim, zero)


def _zero_base(document: Document, claim: Claim) -> Claim | None:
    """The claim that proves last year to be zero: stated as zero, or all of it is increase."""
    if claim.of is None or not claim.of.value or not claim.value:
        return None
    earlier = priors(document, claim)
    if earlier:
        return earlier[0] if all(prior.value == 0 and not prior.hedged for prior in earlier) else None
    change = partner(document, claim)
    if change is not None and change.direction > 0 and change.value == claim.of.value:
        return change
    return None


def _finding(claim: Claim, zero: Claim) -> Finding:
    why = f"上年数为{zero.text}" if zero.kind == "amount" else f"本年数全部是增加额（{zero.text}），上年数为0"
    return Finding(
        "OB305",
        f"说明中{called(claim)}{why}，不能计算增减幅度，却写了{direction(claim)}{claim.text}。"
        "上年为零时只写增加额和原因，不写百分比。",
        (Location.claim(claim), Location.claim(zero, "proof")),
        ("zero-base", *key_of(claim)),
        actual=claim.text,
        severity=Severity.WARNING if claim.guess else Severity.ERROR,
    )


RULE = Rule(
    code="OB305",
    name="growth-from-zero",
    title="上年数为零却写了增减百分比",
    severity=Severity.ERROR,
    basis=GROUND,
    what="上年数写明是0，或者本年数全部是增加额，说明里仍写了“增加……%”。",
    why="除数为零，百分比没有意义；写成100%会被读成翻了一番。",
    bad="2022年预算执行数为0万元，2023年预算安排60.13万元，比2022年预算执行数增加100.00%",
    good="2022年预算执行数为0万元，2023年预算安排60.13万元，比2022年预算执行数增加60.13万元",
    mend="删去百分比，改写增加额和新增的原因。",
    check=check,
)
