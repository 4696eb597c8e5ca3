"""OB321: a change is stated and nothing is said of its cause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Claim, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob3_claims import called, direction, key_of, reasoned, stated

_ASKED = ("change", "general", "overview", "three_public", "operating")
_STOP = re.compile(r"[。；;]")
_CAUSE = re.compile(
    r"原因|因|由于|为了|为落实|为贯彻|按照|根据|依据|落实|影响|厉行节约|压减|压缩|严控|控制|新增|调整|主要是|主要为|主要系"
)
_LISTED = re.compile(r"[^。]*。?\s*其中[^。]*\Z")  # the parts follow, in this sentence or the next
_WHOLES = {
    "three.total": ("three.",),
    "three.vehicle": ("three.purchase", "three.running"),
}


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    told: set[tuple[int, str]] = set()
    for claim in _changes(document):
        mark = (id(claim.paragraph), claim.concept or claim.subject)
        if mark not in told and not _explained(document, claim):
            told.add(mark)
            yield _finding(claim)


def _changes(document: Document) -> Iterator[Claim]:
    for kind in ("change", "growth"):
        for claim in stated(document, kind):
            topic = claim.section.topic if claim.section else None
            if claim.value and topic in _ASKED and claim.concept and not claim.guess:
                yield claim


def _explained(document: Document, claim: Claim) -> bool:
    if claim.reason is not None or _CAUSE.search(_segment(claim)):
        return True
    if any(other.section is claim.section and _covers(claim, other) for other in reasoned(document)):
        return True
    if claim.section and claim.section.topic in ("general", "operating", "change"):
        return any("原因" in paragraph.text for paragraph in claim.section.paragraphs)
    return False


def _covers(claim: Claim, other: Claim) -> bool:
    """Whether the reason of a part, or of the same thing, also explains this change."""
    same = other.direction == claim.direction and (
        other.concept == claim.concept or (other.kind, other.value) == (claim.kind, claim.value)
    )
    part = any((other.concept or "").startswith(prefix) for prefix in _WHOLES.get(claim.concept or "", ()))
    listed = (
        other.paragraph is claim.paragraph
        and other.start > claim.start
        and _LISTED.match(claim.paragraph.text[claim.start : other.start])
    )
    return same or (part and bool(other.direction)) or bool(listed)


def _segment(claim: Claim) -> str:
    """The words around the change up to the stops, and the sentence that follows."""
    text = claim.paragraph.text
    begin = max(text.rfind(mark, 0, claim.start) for mark in "。；;") + 1
    end = _STOP.search(text, claim.start)
    own = text[begin : end.start() if end else len(text)]
    if end is None or end[0] != "。":
        return own
    after = text[end.end() :].lstrip()
    return own + after[:_NEXT] if _CAUSE.match(after[:_NEXT].removeprefix("主要")) else own


_NEXT = 12


def _finding(claim: Claim) -> Finding:
    return Finding(
        "OB321",
        f"说明中{called(claim)}比上年{direction(claim)}{claim.text}，没有说明原因。请补写增减的主要原因。",
        (Location.claim(claim),),
        ("no-reason", *key_of(claim)),
        actual=f"{direction(claim)}{claim.text}",
    )


RULE = Rule(
    code="OB321",
    name="change-without-reason",
    title="有增减变化没有说明原因",
    severity=Severity.WARNING,
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：收支增减变化、“三公”经费增减变化应当说明原因",
    what="收支总额、一般公共预算、“三公”经费及其各项、机关运行经费写明比上年增加或减少，却没有写原因。",
    why="只公开增减额而不说明原因，公众无法判断增减是否合理。",
    bad="公务接待费0万元，与上年相比预算数减少0.50万元；",
    good="公务接待费0万元，与上年相比预算数减少0.50万元，主要原因是不再安排接待任务；",
    mend="补写“主要原因是……”。与上年持平的可以不写。",
    check=check,
)
