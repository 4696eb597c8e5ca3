"""OB304: the words say more, less or the same, and the figures say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Claim, Document, Section
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.vocabulary import fold
from openbook.rules.ob3_claims import (
    GROUND,
    called,
    direction,
    judged,
    key_of,
    partner,
    pool,
    priors,
    span,
    stated,
)

_UP = "增加|增长|上升|提高"
_DOWN = "减少|下降|降低"
_CAUSE_OF = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s*的\s*(?:主要)?原因")
_OWN_END = re.compile(
    rf"(?:的|预算|经费|支出|费用|费|安排|相应|有所|数)*+(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:所致|导致)?\Z"
)
_ITEM = re.compile(r"([^（()）“”]+)[（(]项[）)]")
_AT_ONCE = re.compile(
    r"\s*[，,、]?\s*(?:同比)?(?:增加|增长|上升|增幅|增|减少|下降|降低|减幅|降幅|减|降)(?:为|了)?\s*"
)
_SEGMENT = re.compile(r"[；;。]")
_MINUS = re.compile(r"[-－−]")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    for kind in ("growth", "change", "flat"):
        for claim in stated(document, kind):
            finding = (
                _against_prior(document, claim)
                or _against_change(document, claim)
                or _against_cause(claim)
                or _against_reason(claim)
            )
            if finding:
                yield finding
    for section in document.sections:
        yield from _section_cause(document, section)


def _contradicts(claim: Claim, prior: Claim) -> bool:
    """Whether the direction is wrong against that figure of last year, whatever amount is meant."""
    before = span(prior)
    amounts = [span(amount) for amount in pool(claim)]
    if claim.direction > 0:
        return all(amount.high < before.low for amount in amounts)
    if claim.direction < 0:
        return all(amount.low > before.high for amount in amounts)
    return claim.kind == "flat" and not any(amount.meets(before) for amount in amounts)


def _against_prior(document: Document, claim: Claim) -> Finding | None:
    earlier, now = priors(document, claim), claim.of
    if not earlier or now is None or now.hedged or any(prior.hedged for prior in earlier):
        return None
    if not all(_contradicts(claim, prior) for prior in earlier):
        return None
    prior = earlier[0]
    truth = "增加" if (now.value or 0) > (prior.value or 0) else "减少"
    stated_words = claim.text if claim.kind == "flat" else f"{direction(claim)}{claim.text}"
    return Finding(
        "OB304",
        f"说明中{called(claim)}本年{now.text}、上年{prior.text}，是{truth}，却写成“{stated_words}”。"
        "请核对两年的数，改正增减方向。",
        (Location.claim(claim), Location.claim(now, "proof"), Location.claim(prior, "proof")),
        ("direction", *key_of(claim)),
        expected=truth,
        actual=stated_words,
        severity=Severity.WARNING if claim.guess else Severity.ERROR,
    )


def _against_change(document: Document, claim: Claim) -> Finding | None:
    """减少0.04万元，增长0.01%: the amount goes one way and its percentage the other."""
    change = partner(document, claim) if claim.kind == "growth" and claim.value else None
    if change is None or not change.value or change.direction * claim.direction >= 0:
        return None
    between = claim.paragraph.text[change.start + len(change.text) : claim.start]
    if not _AT_ONCE.fullmatch(between) or _MINUS.search(change.text + claim.text):
        return None  # with words between them the percentage may be of something else
    return Finding(
        "OB304",
        f"说明中{called(claim)}写的是{direction(change)}{change.text}，紧接着却写{direction(claim)}{claim.text}，"
        "增减方向相反。请核对两年的数，改正其中一个。",
        (Location.claim(claim), Location.claim(change, "proof")),
        ("direction-change", *key_of(claim)),
        expected=direction(change),
        actual=f"{direction(claim)}{claim.text}",
        severity=Severity.WARNING if claim.guess else Severity.ERROR,
    )


def _against_cause(claim: Claim) -> Finding | None:
    """增加……，减少的原因是……."""
    if not claim.direction or not claim.value:
        return None
    text, start = claim.paragraph.text, claim.start + len(claim.text)
    near = start + _NEAR
    stop = _SEGMENT.search(text, start, near)
    found = _CAUSE_OF.search(text, start, stop.start() if stop else near)
    if not found or any(map(str.isdigit, text[start : found.start()])):
        return None
    said = 1 if found["up"] else -1
    if said == claim.direction:
        return None
    return _word_finding(claim, found[0], "cause")


def _against_reason(claim: Claim) -> Finding | None:
    """The reason names the thing itself and lets it move the other way: 经费减少……，原因是经费增加."""
    if not claim.direction or not claim.value or not claim.reason:
        return None
    item = _ITEM.search(claim.subject)
    name = fold(item[1] if item else claim.subject)
    reason = fold(claim.reason)
    if len(name) < 2 or name not in reason:
        return None
    found = _OWN_END.match(reason, reason.index(name) + len(name))
    if not found or (1 if found["up"] else -1) == claim.direction:
        return None
    return _word_finding(claim, claim.reason, "reason")


def _word_finding(claim: Claim, words: str, what: str) -> Finding:
    return Finding(
        "OB304",
        f"说明中{called(claim)}写的是{direction(claim)}{claim.text}，原因却写“{words}”，增减方向相反。"
        "请核对后改正方向或重写原因。",
        (Location.claim(claim), Location.text(claim.place, words, "suspect")),
        (f"direction-{what}", *key_of(claim)),
        expected=direction(claim),
        actual=words,
        severity=Severity.WARNING if claim.guess else Severity.ERROR,
    )


def _section_cause(document: Document, section: Section) -> Iterator[Finding]:
    """财政拨款收入支出增加的主要原因是……, where they fell."""
    changes = [
        claim
        for claim in document.claims
        if claim.section is section and claim.kind == "change" and claim.value and judged(claim)
    ]
    for paragraph in section.paragraphs if changes else ():
        found = _CAUSE_OF.search(paragraph.text, 0, _SHORT)
        if not found or "财政拨款" not in paragraph.text[: found.start()]:
            continue
        said = 1 if found["up"] else -1
        spoken = [claim for claim in changes if (claim.concept or "").endswith(".appropriation")]
        if spoken and all(claim.direction == -said for claim in spoken):
            yield Finding(
                "OB304",
                f"前文写财政拨款比上年{direction(spoken[0])}{spoken[0].text}，"
                f"这里却说明“{found[0]}”，增减方向相反。请核对后改正。",
                (
                    Location.text(paragraph.place(found.start(), found.end()), found[0]),
                    *(Location.claim(claim, "proof") for claim in spoken),
                ),
                ("direction-section", section.topic or ""),
                expected=direction(spoken[0]),
                actual=found[0],
            )


_SHORT = 40
_NEAR = 120  # characters from a change to the words that name its cause

RULE = Rule(
    code="OB304",
    name="direction-contradicts-figures",
    title="增减方向与数字相反",
    severity=Severity.ERROR,
    basis=GROUND,
    what="数字变大却写减少，数字变小却写增加，数字变了却写持平；写了减少的金额却写增长的百分比；或者所写原因与增减方向相反。",
    why="方向写反，读者得到的结论正好相反；多半是套用了去年或别的项目的句子。",
    bad="2023年预算执行数为114.00万元，2024年预算安排110.60万元，比2023年预算执行数减少2.98%。"
    "主要原因是：宣传事务一般行政管理事务经费增加。",
    good="2023年预算执行数为114.00万元，2024年预算安排110.60万元，比2023年预算执行数减少2.98%。"
    "主要原因是：宣传事务一般行政管理事务经费减少。",
    mend="核对两年的数，改正方向；原因按实际重写。",
    check=check,
)
