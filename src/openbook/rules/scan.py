"""All text of a document as one string, read once and shared by the rules that look at wording.

Paragraphs and table rows are lines of the string, the cells of a row stand between tabs. Searching
one string for a literal costs microseconds; a hit is turned back into a place only when needed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from openbook.document import NOWHERE, Document, Paragraph, Place, RawCell
from openbook.findings import Location
from openbook.reading.digits import narrow

MOST_LOCATIONS = 50

_CACHE = "rules.scan"


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
        text = self.text = narrow("\n".join(texts))
        self.units = units
        self._letters = frozenset(text)  # most literals are ruled out by a letter that never occurs
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
        if not self._letters.issuperset(literal):
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
