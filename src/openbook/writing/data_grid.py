"""A table of a disclosure as rows and columns: where each cell stands, what its row and column are called.

Pages, open data and CSV downloads all name a figure by the same words.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from openbook.disclosure import Disclosure, GridCell, Table
from openbook.money import parse_decimal

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BETWEEN = " / "  # between the words of a head of several rows


class Placed(NamedTuple):
    """A cell with its row and column, from 0."""

    row: int
    column: int
    cell: GridCell

    def covers(self, column: int) -> bool:
        return self.column <= column < self.column + self.cell.colspan


@dataclass(frozen=True)
class Grid:
    """The cells of a table in their rows; covered places are left out."""

    table: Table
    rows: tuple[tuple[Placed, ...], ...]
    width: int

    @property
    def head(self) -> tuple[tuple[Placed, ...], ...]:
        return self.rows[: self.table.head_rows]

    @property
    def body(self) -> tuple[tuple[Placed, ...], ...]:
        return self.rows[self.table.head_rows :]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What each column is called: its heads from above, each word once; "" where there is no head."""
        words: list[list[str]] = [[] for _ in range(self.width)]
        for row in self.head:
            for placed in row:
                for column in range(placed.column, placed.column + placed.cell.colspan):
                    text = _line(placed.cell.text)
                    if text and text not in words[column]:
                        words[column].append(text)
        return tuple(_BETWEEN.join(part) for part in words)

    @cached_property
    def figures(self) -> frozenset[int]:
        """The columns in which amounts stand."""
        return frozenset(
            placed.column
            for row in self.body
            for placed in row
            if placed.cell.colspan == 1 and (placed.cell.cell is not None or placed.cell.align == "right")
        )

    @cached_property
    def sides(self) -> dict[int, tuple[int, int]]:
        """For each column of figures: the first column of the texts before it and the widest of them.

        The widest is the one that names the row. In a two-sided statement each side has its own.
        """
        found: dict[int, tuple[int, int]] = {}
        first = name = 0
        for column in range(self.width):
            if column in self.figures:
                found[column] = first, name
            elif column == 0 or column - 1 in self.figures:
                first = name = column
            elif self.table.widths[column] > self.table.widths[name]:
                name = column
        return found

    @cached_property
    def names(self) -> frozenset[int]:
        """The columns whose texts name rows. A form has none: its heads say themselves that they are."""
        if self.table.kind == "form":
            return frozenset()
        return frozenset(name for _, name in self.sides.values()) - self.figures

    def label(self, placed: Placed) -> tuple[str, str]:
        """The words of the row and of the column a figure stands in; in a form, those just before it."""
        before = [other for other in self.rows[placed.row] if other.column < placed.column]
        if self.table.kind == "form":
            return (_line(before[-1].cell.text) if before else ""), ""
        first, _ = self.sides[placed.column]
        words = (
            _line(other.cell.text)
            for other in before
            if first <= other.column and other.column not in self.figures
        )
        return " ".join(word for word in words if word), self.columns[placed.column]

    def describe(self, placed: Placed) -> str:
        """Where a figure stands, in words."""
        row, column = self.label(placed)
        return f"《{self.table.title}》“{row}”行" + (f"“{column}”栏" if column else "")


def grid(table: Table) -> Grid:
    """Find the column of every cell: covered cells are left out of their rows."""
    taken: set[tuple[int, int]] = set()
    rows: list[tuple[Placed, ...]] = []
    for at, row in enumerate(table.rows):
        column, placed = 0, list[Placed]()
        for cell in row:
            while (at, column) in taken:
                column += 1
            placed.append(Placed(at, column, cell))
            taken.update(
                (at + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)
            )
            column += cell.colspan
        rows.append(tuple(placed))
    width = max((column + 1 for _, column in taken), default=0)
    return Grid(table, tuple(rows), width)


def describe(disclosure: Disclosure) -> dict[str, str]:
    """Address -> in words, for every figure that a table shows: 《预算支出总表》“201 一般公共服务支出”行“合计”栏."""
    found: dict[str, str] = {}
    for table in disclosure.tables():
        laid = grid(table)
        for placed in (placed for row in laid.body for placed in row):
            if placed.cell.cell is not None:
                found.setdefault(placed.cell.cell.address, laid.describe(placed))
    return found


def names(tables: Iterable[Table]) -> dict[str, str]:
    """Id -> what tells a table from the others: its title, and for forms of one title whose form it is."""
    given = list(tables)
    count = Counter(table.title for table in given)
    found: dict[str, str] = {}
    for table in given:
        own = next((one.text for row in table.rows[:1] for one in row if not one.head and one.text), "")
        told = f"{table.title}（{_line(own)}）" if count[table.title] > 1 and own else table.title
        found[table.id] = told
    return found


def csv_rows(table: Table) -> Iterator[list[str]]:
    """The table with one row of heads; a merged cell stands at its upper left, figures without commas."""
    laid = grid(table)
    if laid.head:
        yield [safe(text) for text in laid.columns]
    for row in laid.body:
        line = [""] * laid.width
        for placed in row:
            cell = placed.cell
            line[placed.column] = cell.text.replace(",", "") if cell.cell is not None else safe(cell.text)
        yield line


def csv_text(rows: Iterator[list[str]]) -> str:
    """Rows as CSV with newlines of one character."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def safe(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe; a number stays a number."""
    return f"'{text}" if text.startswith(_FORMULA) and parse_decimal(text) is None else text


def _line(text: str) -> str:
    return " ".join(text.split())
