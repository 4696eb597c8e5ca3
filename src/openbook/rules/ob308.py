"""OB308: the parts that a sentence lists do not make up its total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openbook.document import Claim, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.narrative.claims import AREA_SCALE
from openbook.narrative.intervals import Span
from openbook.narrative.vocabulary import SumRule, concepts, fold
from openbook.rules.ob3_claims import GROUND, of_this_year, span

_OWNED = ("procurement", "assets", "performance")  # judged by OB5xx and OB6xx


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    told: set[tuple[int, frozenset[int]]] = set()
    for whole, parts in _sums(document):
        mark = (id(whole), frozenset(map(id, parts)))
        if mark not in told and not _adds_up(whole, parts):
            told.add(mark)
            yield _finding(whole, parts)
    yield from _exceeding(document)


def _sums(document: Document) -> Iterator[tuple[Claim, list[Claim]]]:
    groups = _groups(document)
    for whole, parts in groups:
        yield from _by_concept(whole, parts)
        yield from _by_word(whole, parts)
        yield from _by_mark(whole, parts)
    for rule in concepts().sums:
        if rule.section:
            yield from _by_section(document, rule)


def _groups(document: Document) -> list[tuple[Claim, list[Claim]]]:
    """Totals with the parts listed for them, in the parts of the explanation that are ours."""
    found: dict[int, tuple[Claim, list[Claim]]] = {}
    for claim in document.claims:
        topic = claim.section.topic if claim.section else None
        if claim.whole is None or claim.kind not in ("amount", "area") or topic in _OWNED:
            continue
        if of_this_year(document, claim) and not claim.hedged:
            found.setdefault(id(claim.whole), (claim.whole, []))[1].append(claim)
    return list(found.values())


def _base(claim: Claim) -> str:
    return (claim.concept or "").partition("@")[0]


def _by_concept(whole: Claim, parts: list[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    for rule in concepts().sums:
        chosen = [part for part in parts if _base(part) in rule.parts]
        complete = {_base(part) for part in chosen} == rule.parts
        if whole.concept in rule.whole and complete and _once(chosen):
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
        if whole is not None and rule.parts <= first.keys():
            yield whole, [first[key] for key in sorted(rule.parts)]


def _adds_up(whole: Claim, parts: list[Claim]) -> bool:
    total = Span(0, 0)
    for part in parts:
        total = total.plus(span(part))
    return total.meets(span(whole))


def _exceeding(document: Document) -> Iterator[Finding]:
    """The first part after 其中 is greater than the whole."""
    for whole, parts in _groups(document):
        part = parts[0]
        known = whole.concept is not None and part.concept is not None
        if (
            known
            and part.kind == whole.kind == "amount"
            and not whole.hedged
            and span(part).low > span(whole).high
        ):
            between = whole.paragraph.text[whole.start : part.start]
            if whole.paragraph is part.paragraph and "其中" in between and "。" not in between:
                yield _finding(whole, [part])


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
    "地上与地下面积等），各部分之和与合计不符，或者一部分大于整体。合计写作“约”的，为警告。",
    why="部分之和就是合计，不等就必有一个数是错的。",
    bad="地上建筑面积为8013平方米（其中计容面积7998平方米，不计容面积105平方米）",
    good="地上建筑面积为8013平方米（其中计容面积7998平方米，不计容面积15平方米）",
    mend="核对每一部分和合计，改正写错的数。",
    check=check,
)
