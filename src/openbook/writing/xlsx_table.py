"""A statement or a performance form as a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from openbook.disclosure import Cell, GridCell, Table
from openbook.writing.columns import lines, reach, row_heights
from openbook.writing.data_grid import Grid, Placed, grid
from openbook.writing.xlsx_formats import HEI, Formats, fitting, number_format
from openbook.writing.xlsx_formulas import Position, sum_formula, value

_UPRIGHT, _WIDE = 92, 138  # half-width characters of a page's width
_LINE, _ROOM = 13, 5  # points of a line of text, and around the lines of a row
_UNGROUPED = re.compile(r"-?\d{4}")  # four digits without a comma: some provinces print them so
_TALLEST = 400  # points of a row
_NAME = 40  # half-width characters that the name of a row may take, so that it stands on one line


class TableSheet:
    """Writes one table onto its sheet and remembers where its figures stand."""

    def __init__(self, sheet: Any, table: Table, formats: Formats, cells: Mapping[str, Cell]) -> None:
        self.sheet = sheet
        self.table = table
        self.grid: Grid = grid(table)
        self.formats = formats
        self.cells = cells
        self.width = max(self.grid.width, 1)
        self.widths = self._widths()
        figures = (placed.cell for row in self.grid.rows for placed in row if placed.cell.cell is not None)
        self.grouped = not any(_UNGROUPED.match(cell.text) for cell in figures)
        self.first = 0  # the row of the table's first row
        self.places: dict[str, Position] = {}

    def write(self) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self.first = self._above()
        for placed in (placed for row in self.grid.rows for placed in row):
            if placed.cell.cell is not None:
                self.places.setdefault(placed.cell.cell.address, (self.first + placed.row, placed.column))
        for placed in (placed for row in self.grid.rows for placed in row):
            self._cell(self.first + placed.row, placed.column, placed.cell)
        self._heights()
        row = self.first + len(self.table.rows)
        for note in self.table.notes:
            self._line(row, 0, self.width, note, self.formats.get(text_wrap=True))
            self.sheet.set_row(row, self._height(note, sum(self.widths)))
            row += 1
        self._page(row)

    def _above(self) -> int:
        """Number, title, department and unit; the row after them."""
        table, row = self.table, 0
        if table.number:
            self._line(row, 0, 1, table.number, self.formats.get())
            row += 1
        if table.title:
            title = self.formats.get(font_name=HEI, font_size=16, align="center", text_wrap=True)
            self._line(row, 0, self.width, table.title, title)
            self.sheet.set_row(row, 14 + 20 * lines(table.title, int(sum(self.widths) / 1.6)))
            row += 1
        if any(table.above):
            left, right = table.above
            half = self.width - max(1, self.width // 3)
            if not half:
                left, right, half = f"{left}　{right}", "", 1
            self._line(row, 0, half, left, self.formats.get())
            if right:
                self._line(row, half, self.width - half, right, self.formats.get(align="right"))
            row += 1
        return row

    def _line(self, row: int, column: int, span: int, text: str, form: Any) -> None:
        if span > 1:
            self.sheet.merge_range(row, column, row, column + span - 1, "", form)
        self.sheet.write_string(row, column, fitting(text), form)

    def _cell(self, row: int, column: int, cell: GridCell) -> None:
        form = self._format(cell)
        if cell.colspan > 1 or cell.rowspan > 1:
            self.sheet.merge_range(row, column, row + cell.rowspan - 1, column + cell.colspan - 1, "", form)
        if cell.cell is None:
            if cell.text:
                self.sheet.write_string(row, column, fitting(cell.text), form)
            else:
                self.sheet.write_blank(row, column, None, form)
            return
        formula = sum_formula(cell.cell, self.cells, self.places)
        if formula:
            self.sheet.write_formula(row, column, formula, form, value(cell.cell))
        elif cell.text:
            self.sheet.write_number(row, column, value(cell.cell), form)
        else:
            self.sheet.write_blank(row, column, None, form)

    def _format(self, cell: GridCell) -> Any:
        properties: dict[str, object] = {"border": 1, "align": cell.align}
        if cell.bold or cell.head:
            properties["bold"] = True
        if cell.align == "right" or (cell.indent and cell.align == "left"):
            properties["indent"] = cell.indent or 1  # a figure does not touch the text to its right
        if cell.cell is None:
            properties["text_wrap"] = True
        else:
            properties["num_format"] = number_format(
                cell.cell.decimals, grouped=self.grouped, blank_zero=not cell.text
            )
        return self.formats.get(**properties)

    def _widths(self) -> list[int]:
        """Half-width characters of each column; a figure is never wider than its column, nor most names."""
        whole = _WIDE if self.table.landscape else _UPRIGHT
        shares = self.table.widths or (1.0,) * self.width
        widths = [max(5, round(whole * share / sum(shares))) for share in shares]
        for placed in (placed for row in self.grid.body for placed in row if placed.cell.colspan == 1):
            text = max(map(reach, placed.cell.text.split("\n")))
            if placed.cell.cell is not None:
                widths[placed.column] = max(widths[placed.column], text + 4)
            elif self.table.kind != "form" and placed.cell.align == "left":
                named = min(text + 2 * placed.cell.indent + 2, _NAME)
                widths[placed.column] = max(widths[placed.column], named)
        return widths

    def _heights(self) -> None:
        """Rows as high as their texts need: Excel does not measure merged cells itself."""

        def needed(placed: Placed) -> int:
            cell = placed.cell
            room = sum(self.widths[placed.column : placed.column + cell.colspan]) - 2 * cell.indent
            return self._height(cell.text, room)

        heights = row_heights(self.grid, needed, _LINE + _ROOM)
        for at, height in enumerate(heights):
            self.sheet.set_row(self.first + at, min(height, _TALLEST))

    def _height(self, text: str, room: int) -> int:
        """Points; a character less than the column is wide, since faces differ."""
        return min(_TALLEST, _LINE * lines(text, room - 1) + _ROOM)

    def _page(self, end: int) -> None:
        sheet, heads = self.sheet, self.table.head_rows
        if heads:
            sheet.freeze_panes(self.first + heads, 0)
            sheet.repeat_rows(self.first, self.first + heads - 1)
        if self.table.landscape:
            sheet.set_landscape()
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{max(end, 1)}"})
