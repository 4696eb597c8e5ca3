"""Statements and performance forms as Word tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from openbook.disclosure import GridCell, Table
from openbook.writing.data_grid import grid
from openbook.writing.docx_fit import INDENT, LINE, Fit
from openbook.writing.docx_parts import attribute, paragraph, run

_FIRST, _LAST = 4, 3  # rows of a long table that stay together at its beginning and its end


class Slot(NamedTuple):
    """A place in a row of the table: a cell, or the continuation of one from above."""

    column: int
    cell: GridCell
    continued: bool


def table_xml(table: Table, fit: Fit) -> str:
    """The table alone, as wide as the text; head rows are repeated, no row is broken."""
    properties = (
        '<w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(fit.widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCaption w:val={attribute(table.title)}/>"
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in fit.widths)
    out = [f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"]
    count = len(table.rows)
    for at, slots in enumerate(_slots(table)):
        head, last = at < table.head_rows, at == count - 1
        kept = bool(table.notes) if last else head or fit.whole or at < _FIRST or at >= count - _LAST
        out.append(_row(slots, fit, head=head, kept=kept))
    out.append("</w:tbl>")
    return "".join(out)


def _slots(table: Table) -> Iterator[list[Slot]]:
    """The rows with the continuations of cells from above, which Word wants written."""
    below: dict[int, list[Slot]] = {}
    for at, row in enumerate(grid(table).rows):
        for placed in row:
            for down in range(1, placed.cell.rowspan):
                below.setdefault(at + down, []).append(Slot(placed.column, placed.cell, True))
        own = [Slot(placed.column, placed.cell, False) for placed in row]
        yield sorted([*own, *below.get(at, ())], key=lambda slot: slot.column)


def _row(slots: list[Slot], fit: Fit, *, head: bool, kept: bool) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    cells = "".join(_cell(slot, fit, kept=kept) for slot in slots)
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{fit.height}" w:hRule="atLeast"/>'
        f"{repeated}</w:trPr>{cells}</w:tr>"
    )


def _cell(slot: Slot, fit: Fit, *, kept: bool) -> str:
    cell = slot.cell
    width = sum(fit.widths[slot.column : slot.column + cell.colspan])
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = "<w:vMerge/>" if slot.continued else '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
    keep = "<w:keepNext/>" if kept else ""
    line = f'<w:spacing w:line="{fit.size * LINE}" w:lineRule="exact"/>'
    indent = f'<w:ind w:left="{cell.indent * INDENT}"/>' if cell.indent else ""
    align = "" if cell.align == "left" else f'<w:jc w:val="{cell.align}"/>'
    content = "" if slot.continued or not cell.text else run(cell.text, _letters(cell, fit.size))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph('TableText', content, keep + line + indent + align)}</w:tc>"
    )


def _letters(cell: GridCell, size: int) -> str:
    bold = "<w:b/><w:bCs/>" if cell.bold or cell.head else ""
    return f'{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
