"""What a disclosure says, and what OpenBook's own readers find in a file written from it."""

from __future__ import annotations

from pathlib import Path

from openbook.api import read_document
from openbook.disclosure import Block, Disclosure, GridCell, Heading, Paragraph, Run, Table
from openbook.document import Document
from openbook.reading.open import read_source
from openbook.source import RawTable
from openbook.writing.data_grid import grid

Places = dict[tuple[int, int], str]

HOSTILE = "=1+1\x00\x0b\ud800<w:t>&amp;\"'</w:t>\ufffe"
CLEANED = "=1+1<w:t>&amp;\"'</w:t>"


def written(table: Table) -> Places:
    """The texts of a table by row and column, the empty ones left out."""
    return {
        (placed.row, placed.column): placed.cell.text
        for row in grid(table).rows
        for placed in row
        if placed.cell.text
    }


def tables_read(path: Path) -> list[Places]:
    """The tables of a file the same way."""
    return [
        {(r, c): cell.text for r, row in enumerate(block.rows) for c, cell in enumerate(row) if cell.text}
        for block in read_source(str(path)).blocks
        if isinstance(block, RawTable)
    ]


def amounts_written(disclosure: Disclosure) -> list[list[int]]:
    """The figures of each statement in fen, sorted; empty ones are nothing."""
    return [
        sorted(
            placed.cell.cell.fen
            for row in grid(table).body
            for placed in row
            if placed.cell.cell is not None and placed.cell.text
        )
        for table in disclosure.tables()
        if table.kind == "statement"
    ]


def amounts_read(document: Document) -> list[list[int]]:
    """The figures of each statement as understood, in fen."""
    return [
        sorted(cell.amount // 10 for cell in statement.cells() if cell.amount is not None and cell.text)
        for statement in document.statements
    ]


def understood(path: Path) -> Document:
    return read_document(str(path))


def hostile_disclosure() -> Disclosure:
    """Texts that want to be formulas, markup or broken characters, wherever a text can stand."""
    rows = [
        [GridCell("项目", head=True), GridCell("说明", head=True)],
        [GridCell(HOSTILE), GridCell("@SUM(A1)")],
        [GridCell("+8613"), GridCell("-1")],
    ]
    table = Table("t", "list", HOSTILE, rows, 1, (1, 1), (HOSTILE, "+x"), number=HOSTILE, notes=(HOSTILE,))
    blocks: list[Block] = [
        Heading(1, HOSTILE, "h"),
        Paragraph((Run(HOSTILE, bold=True), Run(HOSTILE))),
        Paragraph((Run(HOSTILE),), style="center"),
        table,
    ]
    return Disclosure(HOSTILE, HOSTILE, 2024, "x", "department", blocks=blocks)
