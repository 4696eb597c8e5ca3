"""Statements and performance forms as Word tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from openbook.disclosure import GridCell, Table
from openbook.writing.columns import reach
from openbook.writing.data_grid import grid
from openbook.writing.docx_parts import Page, attribute, paragraph, run

_SIZES = (21, 18, 16, 15, 13)  # half points, the largest first
_MARGINS = 114 + 20  # twips of a column that no text may use
_DIGIT = 6  # twips of a bold digit for each half point of its size
_WHOLE = 40  # rows a table may have to be kept on one page where it fits
_FIRST, _LAST = 4, 3  # rows of a longer one that stay together at its beginning and its end
_INDENT = 200  # twips for each level of account


class Slot(NamedTuple):
    """A place in a row of the table: a cell, or the continuation of one from above."""

    column: int
    cell: GridCell
    continued: bool


def table_xml(table: Table, page: Page) -> str:
    """The table alone, as wide as the text; head rows are repeated, no row is broken."""
    widths = _widths(table.widths, page.width)
    size = _size(table, widths)
    properties = (
        '<w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCaption w:val={attribute(table.title)}/>"
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    out = [f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"]
    count = len(table.rows)
    for at, slots in enumerate(_slots(table)):
        head = at < table.head_rows
        last = at == count - 1
        kept = bool(table.notes) if last else head or count <= _WHOLE or at < _FIRST or at >= count - _LAST
        out.append(_row(slots, widths, size, head=head, kept=kept))
    out.append("</w:tbl>")
    return "".join(out)


def _widths(shares: tuple[float, ...], whole: int) -> list[int]:
    """Twips of each column; the last takes what rounding leaves."""
    total = sum(shares)
    widths = [int(whole * share / total) for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


def _size(table: Table, widths: list[int]) -> int:
    """The largest size in which no figure breaks over two lines."""
    figures = [
        (reach(placed.cell.text), sum(widths[placed.column : placed.column + placed.cell.colspan]) - _MARGINS)
        for row in grid(table).body
        for placed in row
        if placed.cell.align == "right" and placed.cell.text
    ]
    largest = _SIZES[0] if len(widths) <= 6 else _SIZES[1]
    fitting = (
        size
        for size in _SIZES
        if size <= largest and all(half * size * _DIGIT <= room for half, room in figures)
    )
    return next(fitting, _SIZES[-1])


def _slots(table: Table) -> Iterator[list[Slot]]:
    """The rows with the continuations of cells from above, which Word wants written."""
    below: dict[int, list[Slot]] = {}
    for at, row in enumerate(grid(table).rows):
        for placed in row:
            for down in range(1, placed.cell.rowspan):
                below.setdefault(at + down, []).append(Slot(placed.column, placed.cell, True))
        own = [Slot(placed.column, placed.cell, False) for placed in row]
        yield sorted([*own, *below.get(at, ())], key=lambda slot: slot.column)


def _row(slots: list[Slot], widths: list[int], size: int, *, head: bool, kept: bool) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    cells = "".join(_cell(slot, widths, size, kept=kept) for slot in slots)
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{size * 16}" w:hRule="atLeast"/>'
        f"{repeated}</w:trPr>{cells}</w:tr>"
    )


def _cell(slot: Slot, widths: list[int], size: int, *, kept: bool) -> str:
    cell = slot.cell
    width = sum(widths[slot.column : slot.column + cell.colspan])
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = "<w:vMerge/>" if slot.continued else '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
    keep = "<w:keepNext/>" if kept else ""
    indent = f'<w:ind w:left="{cell.indent * _INDENT}"/>' if cell.indent else ""
    align = "" if cell.align == "left" else f'<w:jc w:val="{cell.align}"/>'
    content = "" if slot.continued or not cell.text else run(cell.text, _letters(cell, size))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph('TableText', content, keep + indent + align)}</w:tc>"
    )


def _letters(cell: GridCell, size: int) -> str:
    bold = "<w:b/><w:bCs/>" if cell.bold or cell.head else ""
    return bold if size == _SIZES[0] else f'{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
