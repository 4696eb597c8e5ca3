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
_DIGITS = 11  # twips that two digits take for each half point of their size, with some room
WHOLE = 40  # rows a table may have to be kept on one page where it fits
_FIRST, _LAST = 4, 3  # rows of a longer one that stay together at its beginning and its end
_FEW = 6  # columns that letters of the largest size suit
_INDENT = 200  # twips for each level of account


class Slot(NamedTuple):
    """A place in a row of the table: a cell, or the continuation of one from above."""

    column: int
    cell: GridCell
    continued: bool


def table_xml(table: Table, page: Page) -> str:
    """The table alone, as wide as the text; head rows are repeated, no row is broken."""
    size, widths = _fit(table, page.width)
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
        kept = bool(table.notes) if last else head or count <= WHOLE or at < _FIRST or at >= count - _LAST
        out.append(_row(slots, widths, size, head=head, kept=kept))
    out.append("</w:tbl>")
    return "".join(out)


def _fit(table: Table, whole: int) -> tuple[int, list[int]]:
    """Size of the letters and widths of the columns: the largest in which no figure breaks over two lines."""
    widths = _divide([round(share * 1_000) for share in table.widths], whole)
    longest = [0] * len(widths)
    for placed in (placed for row in grid(table).body for placed in row):
        if placed.cell.align == "right" and placed.cell.colspan == 1:
            longest[placed.column] = max(longest[placed.column], reach(placed.cell.text))
    for size in _SIZES if len(widths) <= _FEW else _SIZES[1:]:
        needs = [letters * size * _DIGITS // 2 + _MARGINS if letters else 0 for letters in longest]
        if widened := _widen(widths, needs, whole):
            return size, widened
    return _SIZES[-1], widths


def _divide(shares: list[int], whole: int) -> list[int]:
    """Twips of each column; the last takes what rounding leaves."""
    widths = [whole * share // sum(shares) for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


def _widen(widths: list[int], needs: list[int], whole: int) -> list[int] | None:
    """Give the columns of figures what they need; None where that takes too much from the others."""
    short = {at for at, need in enumerate(needs) if need > widths[at]}
    while short:
        rest = [0 if at in short else width for at, width in enumerate(widths)]
        free = whole - sum(needs[at] for at in short)
        if free * 5 < sum(rest) * 3 or not sum(rest):
            return None
        left = _divide(rest, free)
        fitted = [needs[at] if at in short else left[at] for at in range(len(widths))]
        more = {at for at, need in enumerate(needs) if need > fitted[at]}
        if not more:
            fitted[-1] += whole - sum(fitted)
            return fitted
        short |= more
    return widths


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
