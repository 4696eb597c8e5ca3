"""OB303: growth or change does not come out of the figures of the same sentence."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Claim, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.intervals import Span, change_holds, growth_holds, show_percent
from openbook.rules.ob3_claims import (
    GROUND,
    Fit,
    best_fit,
    called,
    cells_span,
    direction,
    key_of,
    partner,
    pool,
    priors,
    signed,
    span,
    stated,
    wan,
)


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    for claim in stated(document, "growth"):
        if not _growth_stands(document, claim):
            yield _growth_finding(document, claim)
    for claim in stated(document, "change"):
        if not _change_stands(document, claim):
            yield _change_finding(document, claim)


def _amounts(claim: Claim) -> list[Span]:
    """The amounts of this year that the claim may start from, stated or in the statement."""
    found = [span(amount) for amount in pool(claim)]
    for amount in pool(claim):
        found += [cells_span(cells) for cells in amount.candidates]
    return found


def _flipped(growth: Span) -> Span:
    return Span(-growth.high, -growth.low)


def _usable(claim: Claim) -> bool:
    return claim.of is not None and not any(amount.hedged for amount in pool(claim))


def _growth_stands(document: Document, claim: Claim) -> bool:
    if not _usable(claim):
        return True
    growth, amounts, earlier = signed(claim), _amounts(claim), priors(document, claim)
    if earlier:
        if any(not prior.value or prior.hedged for prior in earlier):
            return True
        ways = (growth, _flipped(growth))
        return any(
            growth_holds(now, span(prior), way) for prior in earlier for now in amounts for way in ways
        )
    change = partner(document, claim)
    if change is None or change.hedged or change.direction != claim.direction:
        return True
    if claim.of is not None and change.direction > 0 and change.value == claim.of.value:
        return True  # from nothing: OB305
    able = [now for now in amounts if now.minus(signed(change)).high > 0]  # else OB306
    return not able or any(change_holds(now, signed(change), growth) for now in able)


def _change_stands(document: Document, claim: Claim) -> bool:
    earlier = priors(document, claim)
    if not _usable(claim) or not earlier or any(prior.hedged for prior in earlier):
        return True
    change, amounts = signed(claim), _amounts(claim)
    ways = (change, _flipped(change))
    return any(now.minus(span(prior)).meets(way) for prior in earlier for now in amounts for way in ways)


def _proven(document: Document, claim: Claim) -> Claim:
    """The amount to compute from: where it is stated in two ways, the one that a statement bears out."""
    now = claim.of
    assert now is not None
    ways = [now, *(other for other in claim.others if other.concept == now.concept)]
    held = (way for way in ways if way.candidates and best_fit(document, way)[0] is Fit.HOLDS)
    return next(held, now)


def _started(claim: Claim, change: Claim, now: Claim) -> tuple[Claim, int]:
    """This year's amount, and last year's as the change lets it be: some amount leaves one above zero."""
    for way in (now, *pool(claim)):
        before = (way.value or 0) - (change.value or 0) * change.direction
        if before > 0:
            return way, before
    return now, 0


def _growth_finding(document: Document, claim: Claim) -> Finding:
    now = _proven(document, claim)
    change = partner(document, claim)
    earlier = priors(document, claim)
    if earlier:
        before, other = earlier[0].value or 0, earlier[0]
        ground = f"本年{now.text}、上年{other.text}"
    else:
        assert change is not None
        other = change
        now, before = _started(claim, change, now)
        ground = f"本年{now.text}、{direction(change)}{change.text}（上年应为{wan(before)}）"
    right = show_percent((now.value or 0) - before, before) if before else "无法计算"
    return Finding(
        "OB303",
        f"说明中{called(claim)}按{ground}计算，增减幅度是{right}，写成了{direction(claim)}{claim.text}。"
        "请按“（本年－上年）÷上年”重新计算，或核对所用的金额。",
        (Location.claim(claim), Location.claim(now, "proof"), Location.claim(other, "proof")),
        ("growth", *key_of(claim)),
        expected=right,
        actual=f"{'-' if claim.direction < 0 else ''}{claim.text}",
        severity=_severity(claim),
    )


def _change_finding(document: Document, claim: Claim) -> Finding:
    now, prior = _proven(document, claim), priors(document, claim)[0]
    right = (now.value or 0) - (prior.value or 0)
    return Finding(
        "OB303",
        f"说明中{called(claim)}本年{now.text}、上年{prior.text}，应当是"
        f"{'增加' if right >= 0 else '减少'}{wan(abs(right))}，写成了{direction(claim)}{claim.text}。请重新计算。",
        (Location.claim(claim), Location.claim(now, "proof"), Location.claim(prior, "proof")),
        ("change", *key_of(claim)),
        expected=wan(right),
        actual=claim.text,
        severity=_severity(claim),
    )


def _severity(claim: Claim) -> Severity:
    return Severity.WARNING if claim.guess else Severity.ERROR


RULE = Rule(
    code="OB303",
    name="wrong-growth",
    title="说明中的增减额或增减幅度算错",
    severity=Severity.ERROR,
    basis=GROUND,
    what="增减额、增减幅度与同一段写明的本年数、上年数对不上；或者同时写的增减额与增减幅度互相矛盾。"
    "按各数四舍五入的范围判断。",
    why="增减幅度是公众最关心的数，法规要求说明的也正是增减变化。",
    bad="2022年预算执行数为11.67万元，2023年预算安排45.41万元，比2022年预算执行数增加314.82%",
    good="2022年预算执行数为11.67万元，2023年预算安排45.41万元，比2022年预算执行数增加289.12%",
    mend="用（本年－上年）÷上年重算，保留两位小数。",
    check=check,
)
