"""From the cells of a sheet to titles, notes and tables."""

from __future__ import annotations

import re
from typing import NamedTuple

from openbook.source import Block, Paragraph, Piece, Place, RawCell, RawTable

_WIDEST = 200  # columns
_LABEL = re.compile(
    r"(?:[一-鿿（）()]{0,8}(?:单位|部门|编制|填报|填表|制表|名称|日期|时间|年度|科室|负责人)[一-鿿（）()]{0,6}\s*[:：]"
    r"|(?:金额)?单位\s*(?:[:：]|万?元)|[（(]?单位)|(?:预算)?公开\S{0,4}表\S{0,3}\Z|附?表[一二三四五六七八九十\d]{1,3}\Z"
)
_UNIT = re.compile(r"[（(]?(?:金额)?单位\s*[:：]\s*[百万亿]*元[)）]?\Z")
_NOTE = re.compile(r"注\s*\d{0,2}\s*[:：]|备注\s*[:：]|说明\s*[:：]|[（(]?注[:：、]|本表|[*※]")
_TITLE = re.compile(r"表\s*(?:[（(][^（）()]{1,20}[）)])?\Z")
_NUMBER = re.compile(r"[-+(（]?[\d,.]+%?[)）]?\Z")


class SheetCell(NamedTuple):
    """A cell of a sheet that is seen; `span` and `down` count visible columns and rows."""

    column: int
    text: str
    span: int = 1
    down: int = 1


class SheetRow(NamedTuple):
    """A visible row with its cells that hold text, by column."""

    number: int
    cells: list[SheetCell]


def to_blocks(sheet: str, rows: list[SheetRow], columns: list[int]) -> list[Block]:
    """Blocks of one sheet; `columns` are the numbers of the visible columns, in order."""
    blocks: list[Block] = []
    table: list[SheetRow] = []
    gap = False
    for index, row in enumerate(rows):
        if not row.cells:
            gap = True
            continue
        if _is_line(row, table, gap, rows[index + 1 : index + 4]):
            _end(sheet, table, columns, blocks)
            table = []
            blocks.extend(_line(sheet, row))
        else:
            table.append(row)
        gap = False
    _end(sheet, table, columns, blocks)
    return blocks


def _is_line(row: SheetRow, table: list[SheetRow], gap: bool, following: list[SheetRow]) -> bool:
    """Whether the row is a title, a note, or a line like 单位：万元, and no row of a table."""
    cells = row.cells
    if all(_LABEL.match(cell.text) and not _NUMBER.match(cell.text) for cell in cells) and len(cells) < 5:
        return not table or gap or len(cells) == 1
    if len(cells) > 1:  # the unit of money stands right of whatever else is said above a table
        return not table and len(cells) < 4 and _UNIT.match(cells[-1].text) is not None
    text = cells[0].text
    if _NUMBER.match(text):
        return False
    if not table or _NOTE.match(text):
        return True
    if not gap:
        return _TITLE.search(text) is not None and cells[0].span > 2
    ends = not any(len(one.cells) > 1 for one in following)
    return ends or cells[0].span > 2 or len(text) > 15 or _TITLE.search(text) is not None


def _line(sheet: str, row: SheetRow) -> list[Paragraph]:
    found: list[Paragraph] = []
    for cell in row.cells:
        place = Place(row.number, cell.column, cell.column + 1, sheet=sheet)
        for part in cell.text.split("\n"):
            text = part.strip()
            if text:
                # A column here is a column of the sheet, so no character of the text can be pointed at.
                found.append(Paragraph(text, (Piece(0, place._replace(column=None, end_column=None)),)))
    return found


def _end(sheet: str, table: list[SheetRow], columns: list[int], blocks: list[Block]) -> None:
    if not table:
        return
    first = min(row.cells[0].column for row in table)
    last = max(cell.column for row in table for cell in row.cells)
    kept = [column for column in columns if first <= column <= last]
    widest = max(cell.span for row in table for cell in row.cells)
    more = columns[columns.index(last) + 1 :] if last in columns else []
    kept.extend(more[: _reach(table, last, widest)])
    kept = kept[:_WIDEST]
    blocks.append(RawTable([_row(sheet, row, kept) for row in table]))


def _reach(table: list[SheetRow], last: int, widest: int) -> int:
    """Columns that only a merged cell of the last column covers."""
    if widest == 1:
        return 0
    return max((cell.span - 1 for row in table for cell in row.cells if cell.column == last), default=0)


def _row(sheet: str, row: SheetRow, columns: list[int]) -> list[RawCell]:
    cells = {cell.column: cell for cell in row.cells}
    made: list[RawCell] = []
    for column in columns:
        place = Place(row.number, column, column + 1, None, None, sheet)
        cell = cells.get(column)
        if cell is None:
            made.append(RawCell("", place))
        else:
            made.append(RawCell(" ".join(cell.text.split()), place, cell.span, cell.down))
    return made
