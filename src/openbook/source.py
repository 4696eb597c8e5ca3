"""A file as it stands: paragraphs and tables in reading order, each piece with its place.

Readers (`openbook.reading`) yield a `Source`; what it means is `openbook.document`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """Where a piece of text stands. Lines, columns and pages count from 1; unknown parts are None.

    `column` is the first character and `end_column` the one after the last, as in editors.
    `box` is (left, top, right, bottom) in points from the page's upper left corner.
    """

    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None


NOWHERE = Place()


class RawCell(NamedTuple):
    """One cell of a table as printed. `span` and `down` count the columns and rows it covers."""

    text: str
    place: Place
    span: int = 1
    down: int = 1


@dataclass(slots=True)
class RawTable:
    """A run of rows that belong together in the file. Rows may differ in length.

    A merged cell stands once, at its upper left, followed by empty cells for what it covers.
    """

    rows: list[list[RawCell]]
    page: int | None = None
    of_form: bool | None = None  # whether it is a piece of a performance form, once somebody has looked


class Piece(NamedTuple):
    """The part of a paragraph from character `start` on that stands at `place`."""

    start: int
    place: Place


@dataclass(slots=True)
class Paragraph:
    """Running text. A paragraph that wraps over lines or pages has several pieces."""

    text: str
    pieces: tuple[Piece, ...]
    heading: int = 0  # 1..6 where the file marks it as a heading (Markdown, html, docx)

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Place of characters [start, end); of the first piece where it crosses pieces."""
        if end is None:
            end = len(self.text)
        pieces = self.pieces
        index = len(pieces) - 1
        while index > 0 and pieces[index].start > start:
            index -= 1
        piece = pieces[index]
        column = piece.place.column
        if column is None:
            return piece.place
        limit = pieces[index + 1].start if index + 1 < len(pieces) else len(self.text)
        first = column + start - piece.start
        where = piece.place
        return Place(where.line, first, first + min(end, limit) - start, where.page, where.box, where.sheet)


Block = Paragraph | RawTable


class Problem(NamedTuple):
    """Something the reader could not do, or did with doubt. `code` is one of the OB0xx rules."""

    code: str
    message: str
    place: Place = NOWHERE


class Hidden(NamedTuple):
    """Content that a reader of the page does not see: a hidden sheet, row, column, comment, text."""

    what: str
    text: str
    place: Place = NOWHERE


@dataclass(slots=True)
class Source:
    """A file as it stands, in reading order."""

    path: str
    format: str  # txt, md, docx, html, xlsx, pdf
    blocks: list[Block]
    metadata: dict[str, str] = field(default_factory=dict)
    hidden: list[Hidden] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pages: int | None = None

    @property
    def scanned(self) -> bool:
        """Whether columns may be shifted and letters misread (text out of a scanner)."""
        return self.format in ("txt", "md")

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[RawTable]:
        return (block for block in self.blocks if isinstance(block, RawTable))
