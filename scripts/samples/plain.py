"""The plain source of a sample: text that people can read and compare line by line.

@sheet NAME   begins a new sheet (xlsx) or page (docx, pdf)
# HEADING     one to six signs
a TAB b TAB   a row of a table; the table ends at the next line without a tab
<  ^          a cell that the one to its left, or above, covers
anything else is a paragraph; blank lines mean nothing
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

LEFT, ABOVE = "<", "^"


class Heading(NamedTuple):
    level: int
    text: str


class Text(NamedTuple):
    text: str


class Printed(NamedTuple):
    """A cell with the rows and columns that it covers."""

    text: str
    row: int
    column: int
    down: int
    across: int


@dataclass
class Table:
    rows: list[list[str]]

    @property
    def width(self) -> int:
        return max(map(len, self.rows))

    def mark(self, row: int, column: int) -> str:
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    def cells(self) -> Iterator[Printed]:
        """The cells from the upper left on; covered ones do not appear."""
        for row in range(len(self.rows)):
            for column in range(self.width):
                text = self.mark(row, column)
                if text in (LEFT, ABOVE):
                    continue
                across = down = 1
                while self.mark(row, column + across) == LEFT:
                    across += 1
                while self.mark(row + down, column) == ABOVE:
                    down += 1
                yield Printed(text, row, column, down, across)

    def blanked(self) -> list[list[str]]:
        """The rows with covered cells left empty, as text out of a scanner shows them."""
        return [["" if cell in (LEFT, ABOVE) else cell for cell in row] for row in self.rows]


Block = Heading | Text | Table


@dataclass
class Sheet:
    name: str
    blocks: list[Block] = field(default_factory=list)


def parse(source: str) -> list[Sheet]:
    """Sheets of a plain source; one without `@sheet` is a single sheet."""
    sheets: list[Sheet] = []
    for line in source.splitlines():
        if line.startswith("@sheet "):
            sheets.append(Sheet(line.removeprefix("@sheet ").strip()))
            continue
        if not sheets:
            sheets.append(Sheet("公开"))
        _add(sheets[-1].blocks, line)
    for sheet in sheets:
        sheet.blocks = [block for block in sheet.blocks if block != Text("")]
    return sheets


def _add(blocks: list[Block], line: str) -> None:
    if "\t" in line:
        last = blocks[-1] if blocks else None
        row = [cell.strip() for cell in line.split("\t")]
        if isinstance(last, Table):
            last.rows.append(row)
        else:
            blocks.append(Table([row]))
    elif line.startswith("#"):
        signs = len(line) - len(line.lstrip("#"))
        blocks.append(Heading(signs, line[signs:].strip()))
    else:
        blocks.append(Text(line.strip()))


def load(path: Path) -> list[Sheet]:
    return parse(path.read_text(encoding="utf-8"))
