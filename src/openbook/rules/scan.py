"""All text of a document as one string, read once and shared by the rules that look at wording.

Paragraphs and table rows are lines of the string, the cells of a row stand between tabs. A hit is
turned back into a place only when needed. Words that rules want in every document are told with
`ask` when the rule is loaded, and all of them are looked for in one pass.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from openbook.document import Document
from openbook.findings import Location
from openbook.narrative.vocabulary import any_of
from openbook.reading.digits import narrow
from openbook.source import NOWHERE, Paragraph, Place, RawCell

MOST_LOCATIONS = 50

_CACHE = "rules.scan"
_asked: list[Callable[[], Iterable[str]]] = []


def ask(words: Callable[[], Iterable[str]]) -> None:
    """Have the words looked for together with those of other rules; `words` is called at first use."""
    _asked.append(words)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of all rules. A longer word comes first in the pattern and knows the shorter ones in it."""

    pattern: re.Pattern[str]
    within: dict[str, tuple[str, ...]]  # word -> itself and the words that it begins with


@cache
def _vocabulary(_count: int) -> _Vocabulary:
    words = {word for asked in _asked for word in asked()}
    within = {
        word: tuple(word[:size] for size in range(len(word), 0, -1) if word[:size] in words) for word in words
    }
    return _Vocabulary(re.compile(any_of(words) or r"(?!)"), within)


@dataclass(slots=True)
class Line:
    """One paragraph or table row: its text and where it begins in the whole."""

    text: str
    start: int
    unit: Paragraph | list[RawCell]

    @property
    def paragraph(self) -> Paragraph | None:
        return self.unit if isinstance(self.unit, Paragraph) else None


class Scan:
    """The searchable text of a document and the way back to places."""

    def __init__(self, document: Document) -> None:
        texts: list[str] = []
        units: list[Paragraph | list[RawCell]] = []
        for block in document.source.blocks:
            if isinstance(block, Paragraph):
                texts.append(block.text)
                units.append(block)
            else:
                for row in block.rows:
                    texts.append("\t".join([cell.text for cell in row]))
                    units.append(row)
        self.text = narrow("\n".join(texts))
        self.units = units
        self._vocabulary = _vocabulary(len(_asked))
        self._index: dict[str, list[int]] | None = None  # where the words of all rules stand
        self.starts = [0, *accumulate(len(one) + 1 for one in texts)][:-1]

    def __len__(self) -> int:
        return len(self.units)

    def index(self, position: int) -> int:
        """Number of the line that holds character `position`."""
        return bisect_right(self.starts, position) - 1

    def line(self, index: int) -> Line:
        start = self.starts[index]
        end = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)
        return Line(self.text[start:end], start, self.units[index])

    def lines(self) -> Iterator[Line]:
        return (self.line(index) for index in range(len(self.units)))

    def line_at(self, position: int) -> Line:
        return self.line(self.index(position))

    def find(self, literal: str) -> Iterator[int]:
        """Where `literal` stands, from the front."""
        if literal in self._vocabulary.within:
            if self._index is None:
                self._index = _indexed(text=self.text, vocabulary=self._vocabulary)
            yield from self._index.get(literal, ())
            return
        find, size = self.text.find, len(literal)
        position = find(literal)
        while position >= 0:
            yield position
            position = find(literal, position + size)

    def search(self, pattern: re.Pattern[str], *hints: str) -> Iterator[re.Match[str]]:
        """Matches of `pattern`; with `hints` only lines that hold one of them are searched."""
        if not hints:
            return pattern.finditer(self.text)
        return self._search_lines(pattern, hints)

    def _search_lines(self, pattern: re.Pattern[str], hints: tuple[str, ...]) -> Iterator[re.Match[str]]:
        for line in self.lines_with(*hints):
            yield from pattern.finditer(self.text, line.start, line.start + len(line.text))

    def lines_with(self, *literals: str) -> list[Line]:
        """Lines that hold one of the literals, in order, each once."""
        found = {self.index(position) for literal in literals for position in self.find(literal)}
        return [self.line(index) for index in sorted(found)]

    def paragraphs_with(self, *literals: str) -> Iterator[Line]:
        """Running text that holds one of the literals; these are no digits."""
        for index, unit in enumerate(self.units):
            if isinstance(unit, Paragraph) and any(literal in unit.text for literal in literals):
                yield self.line(index)

    def place(self, start: int, end: int) -> Place:
        """Place of characters [start, end)."""
        index = self.index(start)
        unit = self.units[index]
        offset = start - self.starts[index]
        if isinstance(unit, Paragraph):
            return unit.place(offset, offset + end - start)
        for cell in unit:
            if offset <= len(cell.text):
                return _within(cell, offset, end - start)
            offset -= len(cell.text) + 1
        return NOWHERE

    def locate(self, start: int, end: int, value: str | None = None, role: str = "suspect") -> Location:
        """A location that shows the characters [start, end), or `value` in their stead."""
        return Location.text(self.place(start, end), self.text[start:end] if value is None else value, role)

    def match(self, match: re.Match[str], group: int | str = 0, role: str = "suspect") -> Location:
        """A location of what a pattern found."""
        return self.locate(match.start(group), match.end(group), role=role)


def _indexed(text: str, vocabulary: _Vocabulary) -> dict[str, list[int]]:
    """Every word of the vocabulary with where it stands, as `str.find` would find it again and again."""
    search, within = vocabulary.pattern.search, vocabulary.within
    index: dict[str, list[int]] = {}
    match = search(text)
    while match is not None:
        at = match.start()
        for word in within[match[0]]:
            found = index.setdefault(word, [])
            if not found or at >= found[-1] + len(word):
                found.append(at)
        match = search(text, at + 1)
    return index


def scan(document: Document) -> Scan:
    """The scan of a document, made at first use."""
    found = document.cache.get(_CACHE)
    if not isinstance(found, Scan):
        found = document.cache[_CACHE] = Scan(document)
    return found


def some(locations: list[Location]) -> tuple[Location, ...]:
    """As many locations as a report can bear; messages say the full count."""
    return tuple(locations[:MOST_LOCATIONS])


def short(text: str, size: int = 40) -> str:
    """A quotation of at most `size` characters."""
    text = " ".join(text.split())
    return text if len(text) <= size else text[: size - 1] + "…"


def _within(cell: RawCell, offset: int, size: int) -> Place:
    place = cell.place
    if place.column is None or place.end_column != place.column + len(cell.text):
        return place
    first = place.column + offset
    return place._replace(column=first, end_column=min(first + size, place.end_column))
