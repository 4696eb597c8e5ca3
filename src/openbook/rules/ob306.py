"""OB306: a change that would make last year's figure negative."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Claim
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.intervals import ONE
from openbook.rules.ob3_claims import GROUND, called, direction, key_of, pool, signed, span, stated, wan


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    told: set[tuple[int, str | None]] = set()
    for claim in stated(document, "change"):
        if _impossible(claim):
            told.add((id(claim.paragraph), claim.concept))
            yield _change(claim)
    for claim in stated(document, "growth"):
        if (id(claim.paragraph), claim.concept) not in told and _impossible_growth(claim):
            yield _growth(claim)


def _impossible(claim: Claim) -> bool:
    amounts = [amount for amount in pool(claim) if not amount.hedged]
    return bool(amounts) and all(span(amount).minus(signed(claim)).high < 0 for amount in amounts)


def _impossible_growth(claim: Claim) -> bool:
    if claim.of is None or claim.of.hedged or not claim.value:
        return False
    if claim.direction < 0:
        return claim.value - claim.half > ONE
    return claim.of.value == 0 and all(not amount.value for amount in pool(claim))


def _change(claim: Claim) -> Finding:
    now = claim.of
    assert now is not None
    before = (now.value or 0) - (claim.value or 0) * claim.direction
    return Finding(
        "OB306",
        f"说明中{called(claim)}本年为{now.text}，又写比上年增加{claim.text}，"
        f"这样上年就成了{wan(before)}，预算数不可能是负数。请核对本年数和增加额，疑似照抄了别处的数。",
        (Location.claim(claim), Location.claim(now, "proof")),
        ("impossible-change", *key_of(claim)),
        actual=claim.text,
        severity=Severity.WARNING if claim.guess or now.guess else Severity.ERROR,
    )


def _growth(claim: Claim) -> Finding:
    now = claim.of
    assert now is not None
    why = "降幅不可能超过100%" if claim.direction < 0 else "本年为零不可能比上年增长"
    return Finding(
        "OB306",
        f"说明中{called(claim)}本年为{now.text}，又写比上年{direction(claim)}{claim.text}，{why}。请核对。",
        (Location.claim(claim), Location.claim(now, "proof")),
        ("impossible-change", *key_of(claim)),
        actual=claim.text,
        severity=Severity.WARNING if claim.guess or now.guess else Severity.ERROR,
    )


RULE = Rule(
    code="OB306",
    name="impossible-change",
    title="增减变化使上年数成为负数",
    severity=Severity.ERROR,
    basis=GROUND,
    what="本年数小于所写的增加额，或者降幅超过100%，或者本年为零却写增长。",
    why="预算数不会是负数，这样的句子里至少有一个数是错的。",
    bad="政府性基金拨款支出预算0万元，比2022年预算增加1421.25万元",
    good="政府性基金拨款支出预算0万元，与2022年预算持平",
    mend="核对本年数和增减额，多半是复制了上一句的增减额。",
    check=check,
)
