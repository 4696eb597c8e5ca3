"""Samples as a workbook: one sheet for each `@sheet`, figures as numbers with their format."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

from scripts.samples.plain import Sheet, Table

_FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")
_WHEN = datetime(2024, 1, 1, tzinfo=UTC)  # fixed: the same source makes the same bytes


def xlsx(sheets: list[Sheet]) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": _WHEN.replace(tzinfo=None)})
    formats: dict[str, Any] = {}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_column(0, 0, 28)
        page.set_column(1, 20, 16)
        row = 0
        for block in sheet.blocks:
            if isinstance(block, Table):
                _table(book, page, row, block, formats)
                row += len(block.rows) + 1
            else:
                page.write_string(row, 0, block.text)
                row += 1
    book.close()
    return file.getvalue()


def _table(book: Any, page: Any, top: int, table: Table, formats: dict[str, Any]) -> None:
    for cell in table.cells():
        pattern = _pattern(cell.text)
        style = formats.setdefault(pattern, book.add_format({"border": 1, "num_format": pattern}))
        value = float(cell.text.replace(",", "")) if _FIGURE.fullmatch(cell.text) else cell.text
        row = top + cell.row
        if cell.down > 1 or cell.across > 1:
            page.merge_range(
                row, cell.column, row + cell.down - 1, cell.column + cell.across - 1, value, style
            )
        elif isinstance(value, float):
            page.write_number(row, cell.column, value, style)
        elif value:
            page.write_string(row, cell.column, value, style)
        else:
            page.write_blank(row, cell.column, None, style)


def _pattern(text: str) -> str:
    if not _FIGURE.fullmatch(text):
        return "@"
    whole, _, decimals = text.partition(".")
    return ("#,##0" if "," in whole else "0") + ("." + "0" * len(decimals) if decimals else "")
