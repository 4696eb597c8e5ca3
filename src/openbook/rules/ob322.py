"""OB322: the words for a reason are there, and the reason is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Claim, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.vocabulary import fold
from openbook.rules.ob3_claims import called, direction, judged, key_of, reasoned

_EMPTY = re.compile(r"(?:略|[/／\\]+|[-—_]+|[×xX]+|[…·.．]+|待(?:填写?|定|补充)|[{｛].*[}｝])?\Z")
_EMPTY_IF_CHANGED = re.compile(r"无\Z")
_WORDS = re.compile(r"原因")
_MOVED = re.compile(
    r"(?P<name>.*?)(?:经费|预算|支出|费用|费|资金|安排|拨款|数|的|有所|相应|较上年|比上年|同比|本年度?)*+"
    r"(?:(?P<up>增加|增长|上升|提高)|减少|下降|降低)(?:所致|导致)?\Z"
)
_AS_IT_IS = re.compile(
    r"(?:根据|依据|按照?|据|因|系)?(?:本?单位|本?部门|本年度?)?(?:的?(?:实际|正常|工作|业务|预算))(?:的|工作|业务)*"
    r"(?:情况|支出|需要|需求|变动|变化|安排|调整|列支|编制|增减|核定|发生数?)+\Z"
)
_LEVEL = re.compile(r"[（(][类款项][）)]")
_BARE = re.compile(r"(?:经费|预算|支出|费用|费)+\Z")
_MOST_SHOWN = 20


def check(context: Context) -> Iterator[Finding]:
    told: set[tuple[int, int]] = set()
    for claim in context.document.claims:
        if claim.kind not in ("change", "growth", "flat") or claim.reason is None or not judged(claim):
            continue
        found = _WORDS.search(claim.paragraph.text, claim.start)
        mark = (id(claim.paragraph), found.start() if found else -1)
        if mark not in told and _is_empty(claim):
            told.add(mark)
            yield _finding(claim, found)
    yield from _repeated(context.document)


def _is_empty(claim: Claim) -> bool:
    reason = (claim.reason or "").strip("“”\"' 　：:，,。；;")
    if _EMPTY.match(reason):
        return True
    return bool(claim.direction and claim.value and _EMPTY_IF_CHANGED.match(reason))


def _finding(claim: Claim, words: re.Match[str] | None) -> Finding:
    if words:
        end = min(words.end() + 2, len(claim.paragraph.text))
        place, text = claim.paragraph.place(words.start(), end), claim.paragraph.text[words.start() : end]
    else:
        place, text = claim.place, claim.text
    return Finding(
        "OB322",
        f"说明中{called(claim)}写了“原因是”，后面却是空的或只有占位符（“{claim.reason or ''}”）。请补写实际原因；"
        "与上年持平不需要原因的，删去这几个字。",
        (Location.text(place, text), Location.claim(claim, "proof")),
        ("empty-reason", *key_of(claim)),
        actual=claim.reason or "",
    )


def _repeated(document: Document) -> Iterator[Finding]:
    """All reasons of the document that only say that the thing itself grew or shrank."""
    places: dict[tuple[int, int], Location] = {}
    first: Claim | None = None
    for claim in reasoned(document):
        if judged(claim) and _says_nothing(claim):
            reason, text = claim.reason or "", claim.paragraph.text
            start = max(text.find(reason, claim.start), 0)
            where = claim.paragraph.place(start, start + len(reason))
            places.setdefault((id(claim.paragraph), start), Location.text(where, reason))
            first = first or claim
    if first is None:
        return
    yield Finding(
        "OB322",
        f"说明中有{len(places)}处增减原因没有内容（重复增减本身，或只说“根据实际”），如{called(first)}{direction(first)}的原因写“{first.reason}”，"
        "请写出为什么增减，如人员、标准、任务的变化。",
        tuple(places.values())[:_MOST_SHOWN],
        ("repeated-reason",),
        actual=first.reason,
        severity=Severity.INFO,
    )


def _says_nothing(claim: Claim) -> bool:
    """经费增加 as the whole reason for an increase, with the item's own name before it or none; 根据实际支出."""
    reason = fold(claim.reason or "") if claim.direction and claim.value else ""
    if reason and _AS_IT_IS.match(reason):
        return True
    found = _MOVED.match(reason)
    if found is None or (1 if found["up"] else -1) != claim.direction:
        return False
    parts = [fold(part) for part in _LEVEL.split(claim.subject) if part]
    own = {fold(claim.subject), *("".join(parts[start:]) for start in range(len(parts)))}
    name = found["name"]
    return not name or any(name in (full, _BARE.sub("", full)) for full in own)


RULE = Rule(
    code="OB322",
    name="empty-reason",
    title="增减原因为空",
    severity=Severity.WARNING,
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：“三公”经费等增减变化应当说明原因",
    what="写了“主要原因是”，后面没有内容，或者只有“略”“XX”“/”之类的占位符；"
    "或者全部原因只是“某经费增加”“根据实际支出”（整份文件合为一条提示）。",
    why="这是模板没有填完，公开后一眼可见。",
    bad="公务用车购置及运行费6.40万元，与2023年预算持平，主要原因是。",
    good="公务用车购置及运行费6.40万元，与2023年预算持平，主要原因是车辆编制没有变化。",
    mend="补写原因，或删去“主要原因是”。",
    check=check,
)
