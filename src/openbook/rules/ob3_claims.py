"""What the rules on the explanation have in common: how a claim is read against figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import TypeVar, cast

from openbook.document import Cell, Claim, Document
from openbook.findings import Location
from openbook.money import Unit, parse_decimal, show
from openbook.narrative.intervals import Span
from openbook.narrative.vocabulary import topic_of

GROUND = "《预算法》第十四条；《预算法实施条例》第六条"
_FIGURE = re.compile(r"[-－−]?\d+(?:[,，] ?\d+)*(?:\s?[.．]\s?\d+)?")
_UNITS = (("亿", Unit.YI), ("万", Unit.WAN), ("元", Unit.YUAN))
_FINAL = re.compile(r"执行|决算|完成|实际")


class Fit(Enum):
    """How a stated amount stands to the cells that may hold it."""

    HOLDS = 0
    LAST_DIGIT = 1  # one step of the last decimal apart: two ways of rounding
    ROUNDED = 2  # agrees when rounded to the decimals printed
    BROKEN = 3


def of_this_year(document: Document, claim: Claim) -> bool:
    return claim.year in (None, document.year)


def judged(claim: Claim) -> bool:
    """Whether the claim stands in a part whose figures are judged."""
    topic = topic_of(claim.section.topic) if claim.section else None
    return topic is not None and not topic.silent


def stated(document: Document, kind: str) -> Iterator[Claim]:
    """Exact claims of one kind in the judged parts."""
    return iter(_stated(document).get(kind, ()))


_T = TypeVar("_T")


def _once(make: Callable[[Document], _T]) -> Callable[[Document], _T]:
    """Made at first use and kept with the document: several rules ask for it."""
    key = f"ob3.{make.__name__}"

    def get(document: Document) -> _T:
        if key not in document.cache:
            document.cache[key] = make(document)
        return cast("_T", document.cache[key])

    return get


@_once
def _stated(document: Document) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in document.claims:
        if not claim.hedged and judged(claim):
            found.setdefault(claim.kind, []).append(claim)
    return found


def loose_half(claim: Claim) -> int:
    """Half of the resolution that is really printed: 206万元 may be 205.6."""
    if not claim.trimmed:
        return claim.half
    figure = _FIGURE.search(claim.text)
    parsed = parse_decimal(figure[0]) if figure else None
    unit = next((unit for sign, unit in _UNITS if sign in claim.text), None)
    if parsed is None or unit is None:
        return claim.half
    resolution: int = 10 ** parsed[1]
    return unit.li // (2 * resolution)


def span(claim: Claim) -> Span:
    """Where the true amount lies, by the decimals that are really printed."""
    half = 0 if claim.value == 0 and claim.kind == "amount" else loose_half(claim)
    value = claim.value or 0
    return Span(value - half, value + half)


def known(claim: Claim) -> Span:
    """Where the true amount lies; a figure of few decimals that the statement bears out is the statement's."""
    for cells in (claim.candidates or (claim.cells,)) if claim.trimmed else ():
        if cells and fit(claim, cells) is Fit.HOLDS:
            return cells_span(cells)
    return span(claim)


def signed(claim: Claim) -> Span:
    """A change or growth with its direction."""
    value = (claim.value or 0) * claim.direction
    half = loose_half(claim) if claim.kind == "change" else claim.half
    return Span(value - half, value + half)


def cells_span(cells: Iterable[Cell]) -> Span:
    low = high = 0
    for cell in cells:
        low += cell.value - cell.half
        high += cell.value + cell.half
    return Span(low, high)


def total(cells: Iterable[Cell]) -> int:
    return sum(cell.value for cell in cells)


def fit(claim: Claim, cells: tuple[Cell, ...], added: int = 0) -> Fit:
    """Compare a stated amount (with `added` to it) with a candidate."""
    half = sum(cell.half for cell in cells)
    distance = abs((claim.value or 0) + added - total(cells))
    if distance < claim.half + half or distance == 0:
        return Fit.HOLDS
    if distance == claim.half + half:
        return Fit.LAST_DIGIT
    if claim.trimmed and distance <= loose_half(claim) + half:
        return Fit.ROUNDED
    return Fit.BROKEN


@_once
def _carried(document: Document) -> dict[tuple[int, str], list[int]]:
    """Carry-over of last year that is told apart: section and concept -> amounts."""
    found: dict[tuple[int, str], list[int]] = {}
    for claim in document.claims:
        concept, mark, _ = (claim.concept or "").partition("@")
        if mark and claim.concept == f"{concept}@carryover":
            found.setdefault((id(claim.section), concept), []).append(claim.value or 0)
    return found


@_once
def changes_of(document: Document) -> dict[int, list[Claim]]:
    """The changes of each paragraph."""
    found: dict[int, list[Claim]] = {}
    for claim in document.claims:
        if claim.kind == "change":
            found.setdefault(id(claim.paragraph), []).append(claim)
    return found


@_once
def _earlier(document: Document) -> dict[tuple[int, str], list[Claim]]:
    """Amounts of earlier years by paragraph and concept."""
    found: dict[tuple[int, str], list[Claim]] = {}
    year = document.year or 0
    for claim in document.claims:
        if claim.kind == "amount" and claim.concept and (claim.year or year) < year:
            found.setdefault((id(claim.paragraph), claim.concept), []).append(claim)
    return found


def priors(document: Document, claim: Claim) -> list[Claim]:
    """The figures of last year that a comparison may speak of: its budget, its execution."""
    if claim.prior is None:
        return []
    same = _earlier(document).get((id(claim.paragraph), claim.prior.concept or ""), [])
    return [prior for prior in dict.fromkeys([claim.prior, *same[:_MOST_PRIORS]]) if compatible(claim, prior)]


@_once
def reasoned(document: Document) -> list[Claim]:
    """Changes, growth and standstills that have a reason."""
    kinds = ("change", "growth", "flat")
    return [claim for claim in document.claims if claim.kind in kinds and claim.reason is not None]


@_once
def _fits(_document: Document) -> dict[int, tuple[Fit, tuple[Cell, ...]]]:
    """What has been compared so far, by claim."""
    return {}


def best_fit(document: Document, claim: Claim) -> tuple[Fit, tuple[Cell, ...]]:
    """The candidate that agrees best; with last year's carry-over added where it is told apart."""
    known = _fits(document)
    if id(claim) not in known:
        known[id(claim)] = _compared(document, claim)
    return known[id(claim)]


def _compared(document: Document, claim: Claim) -> tuple[Fit, tuple[Cell, ...]]:
    carried = [0, *_carried(document).get((id(claim.section), claim.concept or ""), ())]
    best = (Fit.BROKEN, claim.candidates[0])
    for cells in claim.candidates:
        for added in carried:
            found = fit(claim, cells, added)
            if found is Fit.HOLDS:
                return found, cells
            if found.value < best[0].value:
                best = (found, cells)
    return best


def compatible(claim: Claim, prior: Claim) -> bool:
    """Whether a comparison speaks of the same last year: budget with budget, execution with execution."""
    if "预算" not in claim.basis and not _FINAL.search(claim.basis):
        return True
    words = prior.paragraph.text[max(0, prior.start - 20) : prior.start]
    words = words[max(words.rfind(mark) for mark in "，,；;。：:") + 1 :]
    if _FINAL.search(words):
        return bool(_FINAL.search(claim.basis))
    return not _FINAL.search(claim.basis) or "预算" not in words


def against_budget(claim: Claim) -> bool:
    """Whether a comparison is with last year's budget, not with its execution."""
    return not _FINAL.search(claim.basis)


def pool(claim: Claim) -> list[Claim]:
    """The amounts that a change may belong to, the likeliest first."""
    return [other for other in (claim.of, *claim.others) if other is not None]


def partner(document: Document, growth: Claim) -> Claim | None:
    """The change stated together with a growth: 增加2.00万元，增长5.00%, or the other way round."""
    nearest: Claim | None = None
    after: Claim | None = None
    for claim in changes_of(document).get(id(growth.paragraph), ()):
        same = claim.of is growth.of and claim.concept == growth.concept
        if not same or claim.sentence != growth.sentence:
            continue
        if 0 < growth.start - claim.start < _CLOSE:
            nearest = claim
        if after is None and 0 < claim.start - growth.start < _CLOSE and claim.basis == growth.basis:
            after = claim
    return nearest or after


_CLOSE = 40
_MOST_PRIORS = 10


def wan(li: int) -> str:
    """An amount for a message: 13.00万元."""
    return f"{show(li)}万元"


def called(claim: Claim) -> str:
    """What the claim speaks of, for a message."""
    return f"“{claim.subject}”" if claim.subject else "该项"


def direction(claim: Claim) -> str:
    return "增加" if claim.direction > 0 else "减少"


def proofs(*cells: Cell) -> tuple[Location, ...]:
    return tuple(Location.of(cell) for cell in cells)


def key_of(claim: Claim) -> tuple[str, str]:
    """What a claim is about, whatever its place and amount."""
    topic = claim.section.topic if claim.section else None
    return (topic or "", claim.concept or claim.subject)
