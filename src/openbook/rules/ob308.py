"""OB308: the parts that a sentence lists do not make up its total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from openbook.document import Claim, Document, Section
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import Unit, show
from openbook.narrative.claims import AREA_SCALE
from openbook.narrative.intervals import Span
from openbook.narrative.vocabulary import SumRule, concepts, fold
from openbook.rules.ob3_claims import GROUND, against_budget, direction, of_this_year, signed, span, wan

_TOTAL_AGAIN = re.compile(r"(?:共计|合计|总计|共|计|为|安排|预算|约)*+\Z")
_APART = re.compile(r"[。；;]")  # between a total and its first part: what follows is another listing
_CENT = Unit.WAN.li // 200  # half of 0.01 万元
_OWNED = ("procurement", "assets", "performance")  # judged by OB5xx and OB6xx


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    told: set[tuple[int, frozenset[int]]] = set()
    exceeded: set[int] = set()
    groups = _groups(document)
    for whole, parts in _sums(document, groups):
        mark = (id(whole), frozenset(map(id, parts)))
        if mark not in told and not _adds_up(whole, parts):
            told.add(mark)
            yield _finding(whole, parts)
            exceeded.add(id(whole))
    for whole, parts in groups:
        if id(whole) not in exceeded and whole.kind == "amount":
            yield from _exceeding(whole, parts)
    for whole, parts in (*_changes(document), *_section_changes(document)):
        if not _changes_add_up(whole, parts):
            yield _change_finding(whole, parts)


def _sums(document: Document, groups: list[tuple[Claim, list[Claim]]]) -> Iterator[tuple[Claim, list[Claim]]]:
    for whole, parts in groups:
        yield from _by_concept(whole, parts)
        yield from _by_word(whole, parts)
        yield from _by_mark(whole, parts)
    for rule in concepts().sums:
        if rule.section:
            yield from _by_section(document, rule)


def _groups(document: Document) -> list[tuple[Claim, list[Claim]]]:
    """Totals with the parts listed for them, in the parts of the explanation that are ours."""
    found: dict[tuple[int, int], tuple[Claim, list[Claim]]] = {}
    for claim in document.claims:
        topic = claim.section.topic if claim.section else None
        if claim.whole is None or claim.kind not in ("amount", "area") or topic in _OWNED:
            continue
        if of_this_year(document, claim) and not claim.hedged:
            found.setdefault((id(claim.whole), claim.listing), (claim.whole, []))[1].append(claim)
    return list(found.values())


def _base(claim: Claim) -> str:
    return (claim.concept or "").partition("@")[0]


def _by_concept(whole: Claim, parts: list[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    for rule in concepts().sums:
        if whole.concept not in rule.whole:
            continue
        chosen = [part for part in parts if _base(part) in rule.parts | rule.also]
        if {_base(part) for part in chosen} - rule.also == rule.parts and _once(chosen):
            yield whole, chosen


def _once(parts: list[Claim]) -> bool:
    """Each part is named once: a second naming would be another listing."""
    return len({part.concept for part in parts}) == len(parts)


def _by_word(whole: Claim, parts: list[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    for words in concepts().complete if whole.kind == "area" else ():
        chosen: list[Claim] = []
        for word in words:
            named = [part for part in parts if _says(part, word, words)]
            chosen += named[:1] if len(named) == 1 else []
        if len(chosen) == len(words) == len({id(part) for part in chosen}) and whole.kind == chosen[0].kind:
            yield whole, chosen


def _says(part: Claim, word: str, words: Sequence[str]) -> bool:
    subject = fold(part.subject)
    longer = any(other != word and word in other and other in subject for other in words)
    return word in subject and not longer


def _by_mark(whole: Claim, parts: list[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    """机关运行经费 = 本年安排 + 上年结转安排."""
    base = whole.concept
    chosen = [part for part in parts if base and part.concept in (f"{base}@current", f"{base}@carryover")]
    if len(chosen) == 2 and _once(chosen):
        yield whole, chosen


def _by_section(document: Document, rule: SumRule) -> Iterator[tuple[Claim, list[Claim]]]:
    """The first figure of each concept in one part of the explanation."""
    for section in document.sections:
        if section.topic != rule.section:
            continue
        first: dict[str, Claim] = {}
        for claim in document.claims:
            usable = claim.kind == "amount" and claim.concept and not claim.hedged and not claim.guess
            if claim.section is section and usable and of_this_year(document, claim):
                first.setdefault(claim.concept or "", claim)
        whole = next((first[key] for key in sorted(rule.whole) if key in first), None)
        apart = any(f"{key}@carryover" in first for key in rule.parts)  # last year's part is listed by itself
        if whole is not None and rule.parts <= first.keys() and not apart:
            yield whole, [first[key] for key in sorted(rule.parts)]


def _adds_up(whole: Claim, parts: list[Claim]) -> bool:
    total = Span(0, 0)
    for part in parts:
        total = total.plus(span(part))
    return total.meets(span(whole))


def _exceeding(whole: Claim, parts: list[Claim]) -> Iterator[Finding]:
    """The first part after 其中, or all parts together, are greater than the whole."""
    part = parts[0]
    between = whole.paragraph.text[whole.start : part.start] if whole.paragraph is part.paragraph else ""
    known = whole.concept is not None and part.concept is not None and not whole.hedged
    if known and span(part).low > span(whole).high and "其中" in between and "。" not in between:
        yield _finding(whole, [part])
        return
    if len(parts) < 2 or not between or whole.hedged or _APART.search(between):
        return
    named = [p for p in parts if not _TOTAL_AGAIN.match(fold(p.subject)) and not _beside(whole, p)]
    named = _outermost(named)
    least = sum((part.value or 0) - part.half for part in named)  # zeros are trimmed: a doubt, no error
    if len(named) > 1 and least > (whole.value or 0) + whole.half:
        yield replace(_finding(whole, named), severity=Severity.WARNING)


def _beside(whole: Claim, part: Claim) -> bool:
    """Both are parts of one greater total: the second follows the first and is none of its parts."""
    both = {_base(whole), _base(part)}
    return len(both) == 2 and any(both <= rule.parts for rule in concepts().sums)


def _outermost(parts: list[Claim]) -> list[Claim]:
    """Without the parts of parts: they are already counted."""
    homes, named = concepts().homes, {_base(part) for part in parts}
    return [part for part in parts if named.isdisjoint(homes.get(_base(part), ()))]


def _changes(document: Document) -> Iterator[tuple[Claim, list[Claim]]]:
    """Changes of a total and of all its parts in one sentence."""
    found = [
        claim for claim in document.claims if claim.kind == "change" and not claim.hedged and not claim.guess
    ]
    for rule in concepts().sums:
        for whole in found:
            if whole.concept not in rule.whole:
                continue
            parts = [
                claim
                for claim in found
                if claim.paragraph is whole.paragraph
                and claim.sentence == whole.sentence
                and claim.concept in rule.parts
            ]
            if {part.concept for part in parts} == rule.parts and _once(parts):
                yield whole, parts


def _section_changes(document: Document) -> Iterator[tuple[Claim, list[Claim]]]:
    """Changes of a total and of all its parts, in any sentences of one part of the explanation."""
    for rule in concepts().sums:
        for section in document.sections if rule.section else ():
            if section.topic != rule.section:
                continue
            said = _only_changes(document, section)
            whole = next((said[key] for key in sorted(rule.whole) if key in said), None)
            if whole is None or not rule.parts <= said.keys():
                continue
            parts = [said[key] for key in sorted(rule.parts)]
            if any(part.sentence != whole.sentence for part in parts) and any(part.value for part in parts):
                yield whole, parts


def _only_changes(document: Document, section: Section) -> dict[str, Claim]:
    """Changes and standstills by concept: those said once, and against the budget of last year."""
    found: dict[str, Claim] = {}
    twice: set[str] = set()
    for claim in document.claims:
        if claim.section is not section or claim.kind not in ("change", "flat") or not claim.concept:
            continue
        before = found.setdefault(claim.concept, claim)
        same = (before.value or 0, before.direction) == (claim.value or 0, claim.direction)
        if not same or claim.guess or claim.hedged or not against_budget(claim):
            twice.add(claim.concept)
    return {concept: claim for concept, claim in found.items() if concept not in twice}


def _moved(claim: Claim) -> Span:
    """What a change may truly be: it is the difference of two figures that were rounded by themselves."""
    half = 0 if claim.kind == "flat" and claim.of is not None and not claim.of.value else _CENT
    change = signed(claim)
    return Span(change.low - half, change.high + half)


def _changes_add_up(whole: Claim, parts: list[Claim]) -> bool:
    total = Span(0, 0)
    for part in parts:
        total = total.plus(_moved(part))
    return total.meets(_moved(whole))


def _change_finding(whole: Claim, parts: list[Claim]) -> Finding:
    total = sum((part.value or 0) * part.direction for part in parts)
    own = (whole.value or 0) * whole.direction
    listed = "、".join(
        f"{part.subject}{part.text if part.kind == 'flat' else direction(part) + part.text}" for part in parts
    )
    return Finding(
        "OB308",
        f"说明中{listed}，合计{'增加' if total >= 0 else '减少'}{wan(abs(total))}，"
        f"与“{whole.subject}”{direction(whole)}{whole.text}相差{wan(abs(total - own))}。请核对各项增减额。",
        (*(Location.claim(part) for part in parts), Location.claim(whole, "proof")),
        ("changes", *_key(whole), *sorted(part.concept or "" for part in parts)),
        expected=wan(own),
        actual=wan(total),
        difference=wan(abs(total - own)),
    )


def _show(claim: Claim, value: int) -> str:
    if claim.kind == "area":
        whole, rest = divmod(value, AREA_SCALE)
        return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + "平方米"
    return f"{show(value)}万元"


def _finding(whole: Claim, parts: list[Claim]) -> Finding:
    total = sum(part.value or 0 for part in parts)
    difference = abs(total - (whole.value or 0))
    listed = "＋".join(f"{part.subject or '该项'}{part.text}" for part in parts)
    said = f"合计{_show(whole, total)}，" if len(parts) > 1 else "一项就"
    much = "多" if total > (whole.value or 0) else "少"
    unsure = whole.hedged or whole.guess or any(part.guess and part.kind == "amount" for part in parts)
    return Finding(
        "OB308",
        f"说明中{listed}，{said}比“{whole.subject or '合计'}”{whole.text}{much}{_show(whole, difference)}。"
        "请核对各部分和合计，使部分之和等于合计。",
        (*(Location.claim(part) for part in parts), Location.claim(whole, "proof")),
        ("parts", *_key(whole), *sorted(part.concept or part.subject for part in parts)),
        expected=whole.text,
        actual=_show(whole, total),
        difference=_show(whole, difference),
        severity=Severity.WARNING if unsure else Severity.ERROR,
    )


def _key(whole: Claim) -> tuple[str, str]:
    topic = whole.section.topic if whole.section else None
    return (topic or "", whole.concept or whole.subject)


RULE = Rule(
    code="OB308",
    name="parts-do-not-add-up",
    title="说明中各部分之和不等于合计",
    severity=Severity.ERROR,
    basis=GROUND,
    what="“其中：……”把合计拆成完整的几部分（基本与项目、人员与公用、本年与结转、三公各项、"
    "地上与地下面积等），各部分之和与合计不符，或者一部分大于整体；各部分的增减额之和与合计的增减额不符。合计写作“约”的，为警告。",
    why="部分之和就是合计，不等就必有一个数是错的。",
    bad="地上建筑面积为8013平方米（其中计容面积7998平方米，不计容面积105平方米）",
    good="地上建筑面积为8013平方米（其中计容面积7998平方米，不计容面积15平方米）",
    mend="核对每一部分和合计，改正写错的数。",
    check=check,
)
