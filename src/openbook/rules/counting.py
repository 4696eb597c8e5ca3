"""Stated numbers of offices and units, and the lists that follow them, counted only where certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openbook.document import Document
from openbook.rules.scan import Scan, ask, scan

_CACHE = "rules.counting"
_OFFICE_HINTS = ("内设", "下设", "设立", "设有", "设置")
_SORT_HINTS = ("行政单位", "事业单位", "参公")
ask(lambda: (*_OFFICE_HINTS, *_SORT_HINTS))
_NUMBER = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_NOUN = r"(?:内设|职能|业务|综合|行政|管理|工作)?(?:机构|科室|股室|处室|部门|室|科|股|职能科室)"
_INTERNAL = re.compile(
    rf"(?:(?:内设|下设|设立?|设有|设置)\s*{_NUMBER}\s*个{_NOUN}|内设(?:机构|科室|股室|处室)\s*(?P<after>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})\s*个)"
    r"[，,]?\s*(?:具体)?(?:分别)?(?:包括|为|是|即|有)?\s*[：:]?\s*(?P<list>[^。；;\n\t]{4,400})"
)
_SORTS = re.compile(
    r"(?P<sort>行政单位|参公(?:事业)?单位|参照公务员法管理的?事业单位|(?:全额|差额|公益一类|公益二类|自收自支|其他)?事业单位)"
    r"[ \t]*(?P<count>\d{1,3})[ \t]*[家个]"
)
_INTRODUCES = re.compile(r"(?:具体)?(?:包括|分别为|分别是|如下|为)[：:]?\s*\Z")
_BELOW = re.compile(r"(?:本部|本级|机关)以?及?(?:其|所)?下属\s*(?P<count>\d{1,3})\s*[家个]")
_OFFICE_END = re.compile(r"(?:股|科|室|处|中心|办|队|所|站|部|局|组|院|窗口|大厅|委|司|馆|会)\Z")
_INSIDE = re.compile(r"(?:股|科|处)(?=[一-龥]{2,}(?:股|科|室|处|办|中心)\Z)")
_BRACKETS = re.compile(r"[（(][^（()）]{0,80}[)）]")
_QUOTES = re.compile(r"[“\"][^“”\"]{0,30}[”\"]")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_FARTHEST_ITEM = 120


@dataclass(frozen=True, slots=True)
class Count:
    """A stated number with the number counted; `span` is the statement, `names` what was counted."""

    what: str
    stated: int
    counted: int
    span: tuple[int, int]
    names: tuple[str, ...]


def counts(document: Document) -> list[Count]:
    """Every stated number whose list could be counted without doubt."""
    if _CACHE not in document.cache:
        text = scan(document)
        document.cache[_CACHE] = [*_offices(text), *_units(text)]
    found = document.cache[_CACHE]
    assert isinstance(found, list)
    return found


def whole(number: str) -> int:
    """``12``, ``十二`` or ``二十一`` as an integer."""
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.partition("十")
    if not ten:
        return _DIGITS[number] if len(number) == 1 else 0
    return (_DIGITS.get(tens, 1)) * 10 + _DIGITS.get(ones, 0)


def _offices(text: Scan) -> Iterator[Count]:
    for match in text.search(_INTERNAL, *_OFFICE_HINTS):
        stated = whole(match["count"] or match["after"])
        names = _names(match["list"])
        if stated and names:
            joined = sum(bool(re.search(r"[和及与]", name)) for name in names[-1:])
            counted = stated if stated == len(names) + joined else len(names)
            yield Count("内设机构", stated, counted, (match.start(), match.start("list")), names)


def _names(words: str) -> tuple[str, ...]:
    """The names in a list, or nothing where it is not sure where one ends."""
    flat = _QUOTES.sub("引", _BRACKETS.sub("", words)).strip(" 　.．")
    if re.search(r"[，,:：]|等", flat) or "、" not in flat:
        return ()
    names = tuple(part.strip() for part in flat.split("、"))
    if any(not _OFFICE_END.search(name) or _INSIDE.search(name) or len(name) > 24 for name in names):
        return ()
    return names


def _units(text: Scan) -> Iterator[Count]:
    """行政单位1家，事业单位4家，具体包括： followed by a numbered list."""
    done = -1
    for match in text.search(_SORTS, *_SORT_HINTS):
        line = text.line_at(match.start())
        if line.start == done:
            continue
        done = line.start
        sorts = list(_SORTS.finditer(line.text))
        end = sorts[-1].end()
        after = line.text[end : end + 20]
        if not re.match(r"[，,：:。]?\s*(?:具体)?(?:包括|分别|如下|为|名单)", after):
            continue
        names = _numbered(text.text, line.start + end)
        if len(names) < 2:
            continue
        stated = sum(int(one["count"]) for one in sorts)
        span = (line.start + sorts[0].start(), line.start + end)
        yield Count("预算单位", stated, len(names), span, names)
        below = _BELOW.search(text.text, max(0, line.start - 200), line.start + len(line.text))
        if below:
            total = int(below["count"]) + 1
            yield Count("本部和下属单位", total, len(names), below.span(), names)


def _numbered(text: str, start: int) -> tuple[str, ...]:
    """Items 1., 2., 3. … in order from `start`; the list ends where the next number is far."""
    names: list[str] = []
    at = start
    while len(names) < 200:
        number = len(names) + 1
        match = re.compile(rf"(?<!\d){number}[ ]?[.．、][ ]?(?=[一-龥])").search(
            text, at, at + _FARTHEST_ITEM
        )
        if match is None:
            break
        at = match.end()
        name = re.compile(r"[^。；;\n\t]{2,60}").match(text, at)
        names.append(name[0].strip() if name else "")
    return tuple(names)
