"""Comparing names: places and bodies that differ from the right ones by a letter or two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openbook.document import Document
from openbook.rules.bodies import Body, body
from openbook.rules.lists import load
from openbook.rules.scan import Scan, scan

_CACHE = "rules.names"
_NOISE = re.compile(r"[\s()（）\[\]【】“”\"'《》、，,.。:：\-—·]+")
_TELLS_APART = re.compile(
    r"[\d一二三四五六七八九十东西南北上下左右前后大小新老男女甲乙丙丁A-Za-z年月季期区县市乡镇村]+"
)
_SAME_WORDS = 4  # letters after the place that must stand after the right place too


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A place that is the own one but for a letter, with where it stands."""

    wrong: str
    right: str
    spans: tuple[tuple[int, int], ...]


def misspelt_places(document: Document) -> list[Misspelt]:
    """Places that differ from the body's own in one letter and stand where the own one stands."""
    if _CACHE not in document.cache:
        own = body(document)
        document.cache[_CACHE] = list(_misspelt(scan(document), own)) if own else []
    found = document.cache[_CACHE]
    assert isinstance(found, list)
    return found


def plain(name: str) -> str:
    """A name without blanks, brackets and punctuation."""
    return _NOISE.sub("", name)


def difference(left: str, right: str) -> tuple[str, str] | None:
    """Where two names part, if they are the same but for one or two letters inside."""
    left, right = plain(left), plain(right)
    if left == right or abs(len(left) - len(right)) > 2 or min(len(left), len(right)) < 5:
        return None
    head = 0
    while head < min(len(left), len(right)) and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(left), len(right)) - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    parts = left[head : len(left) - tail], right[head : len(right) - tail]
    if head + tail < 4 or tail == 0 or max(map(len, parts)) > 2:
        return None
    if all(not part or _TELLS_APART.fullmatch(part) for part in parts):
        return None  # 第一小学 and 第二小学 are two schools
    return parts


def _misspelt(text: Scan, own: Body) -> Iterator[Misspelt]:
    for index, right in enumerate(own.regions):
        if len(right) < 3:
            continue
        above = own.regions[index - 1] if index else ""
        found: dict[str, list[tuple[int, int]]] = {}
        for start in _near_misses(text, right):
            wrong = text.text[start : start + len(right)]
            if wrong not in own.name and _stands_for(text, start, wrong, right, above):
                found.setdefault(wrong, []).append((start, start + len(right)))
        for wrong, spans in found.items():
            everywhere = [] if _real(wrong) else [(at, at + len(wrong)) for at in text.find(wrong)]
            yield Misspelt(wrong, right, tuple(everywhere or spans))


def _near_misses(text: Scan, right: str) -> list[int]:
    """Starts of strings that differ from `right` in exactly one letter before its suffix.

    One odd letter leaves the front or the back half whole: only halves are searched for.
    """
    words, size, starts = text.text, len(right), set()
    half = size // 2
    for fragment, shift in ((right[:half], 0), (right[half:], half)):
        for at in text.find(fragment):
            start = at - shift
            wrong = words[start : start + size] if start >= 0 else ""
            if wrong == right or len(wrong) < size or wrong[-1] != right[-1]:
                continue
            odd = [letter for letter, due in zip(wrong, right, strict=True) if letter != due]
            if len(odd) == 1 and "一" <= odd[0] <= "龥":
                starts.add(start)
    return sorted(starts)


def _stands_for(text: Scan, start: int, wrong: str, right: str, above: str) -> bool:
    words = text.text
    if _real(wrong):
        return words[start - 1 : start] in ("", "\n", "\t") and _same_words(words, start, wrong, right)
    if above and words[max(0, start - len(above)) : start] == above:
        return True
    return _same_words(words, start, wrong, right)


def _real(place: str) -> bool:
    """Whether there is a city of this name."""
    return place[-1] == "市" and place[:-1] in load("places")["prefectures"]


def _same_words(words: str, start: int, wrong: str, right: str) -> bool:
    after = words[start + len(wrong) : start + len(wrong) + _SAME_WORDS]
    return len(after) == _SAME_WORDS and not set(after) & set("\n\t，。、；") and right + after in words
