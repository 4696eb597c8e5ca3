"""The disclosure as an Excel workbook: one sheet a statement, figures as numbers, sums as formulas.

A first sheet lists the others. Nothing is hidden, and no text can become a formula.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openbook.disclosure import Chart, Cover, Disclosure, Heading, Paragraph, Table
from openbook.writing.columns import lines
from openbook.writing.printable import printable
from openbook.writing.xlsx_formats import HEI, Formats, fitting
from openbook.writing.xlsx_names import sheet_names, subject
from openbook.writing.xlsx_prose import ChartSheet, write_prose
from openbook.writing.xlsx_table import TableSheet

CONTENTS, PROSE, CHARTS = "目录", "说明", "图"
_MARK = '&C&"宋体,Regular"&20内部审核'
_FOOT = "&C第 &P 页，共 &N 页"
_A4 = 9
_SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def write_xlsx(disclosure: Disclosure, path: Path) -> None:
    """Write the disclosure to `path`; the same disclosure gives the same bytes.

    Raises OSError where the path cannot be written, AssertionError where the parts of a figure do
    not add up to it.
    """
    import xlsxwriter

    whole = BytesIO()
    with xlsxwriter.Workbook(whole, _SAFE) as book:
        book.set_properties(
            {
                "title": printable(disclosure.title)[:255],
                "author": printable(disclosure.department)[:255],
                "created": datetime(disclosure.year, 1, 1, tzinfo=UTC).replace(tzinfo=None),
            }
        )
        _Workbook(book, disclosure).write()
    path.write_bytes(whole.getvalue())


class _Workbook:
    """The sheets in their order: contents, statements and forms, explanation, charts."""

    def __init__(self, book: Any, disclosure: Disclosure) -> None:
        self.book = book
        self.disclosure = disclosure
        self.formats = Formats(book)
        self.places: dict[str, str] = {}  # address of a figure -> where it stands first

    def write(self) -> None:
        tables = self.disclosure.tables()
        often = Counter(table.title for table in tables)
        subjects = [
            subject(table) if table.kind == "form" and often[table.title] > 1 else "" for table in tables
        ]
        titles = (about or table.title for table, about in zip(tables, subjects, strict=True))
        names = sheet_names(titles, (CONTENTS, PROSE, CHARTS))
        contents = self._sheet(CONTENTS)
        for table, name in zip(tables, names, strict=True):
            self._table(table, name)
        prose = [block for block in self.disclosure.blocks if isinstance(block, Heading | Paragraph)]
        charts = [block for block in self.disclosure.blocks if isinstance(block, Chart)]
        listed = [
            (name, "　".join(part for part in (table.number, table.title, about) if part))
            for table, name, about in zip(tables, names, subjects, strict=True)
        ]
        if prose:
            write_prose(self._sheet(PROSE), prose, self.formats)
            listed.append((PROSE, "文字说明"))
        if charts:
            drawn = ChartSheet(self.book, self._sheet(CHARTS), self.formats, self.places)
            for chart in charts:
                drawn.add(chart)
            listed.append((CHARTS, "图"))
        self._contents(contents, listed)

    def _sheet(self, name: str) -> Any:
        """A sheet for A4, one page wide; drafts alone carry their mark."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        sheet.set_footer(_FOOT)
        if self.disclosure.draft:
            sheet.set_header(_MARK)
        return sheet

    def _table(self, table: Table, name: str) -> None:
        from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

        written = TableSheet(self._sheet(name), table, self.formats, self.disclosure.cells)
        written.write()
        for address, (row, column) in written.places.items():
            where = f"{quote_sheetname(name)}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"
            self.places.setdefault(address, where)

    def _contents(self, sheet: Any, listed: list[tuple[str, str]]) -> None:
        """The title of the whole, and a link to each sheet."""
        width = 80
        sheet.set_column(0, 0, width)
        title = self.formats.get(font_name=HEI, font_size=18, align="center", text_wrap=True)
        sheet.write_string(0, 0, fitting(self.disclosure.title), title)
        sheet.set_row(0, 16 + 24 * lines(self.disclosure.title, width // 2))
        row = 1
        for line in (
            line for cover in self.disclosure.blocks if isinstance(cover, Cover) for line in cover.lines
        ):
            sheet.write_string(row, 0, fitting(line), self.formats.get(font_size=12, align="center"))
            row += 1
        # A list of sheets has no pages: called 目录, it would be read as the contents of the document.
        head = self.formats.get(font_name=HEI, font_size=14, align="center")
        sheet.write_string(row + 1, 0, "工作表一览（点击打开）", head)
        link = self.formats.get(font_size=11, font_color="#0563C1", underline=1)
        for at, (name, text) in enumerate(listed, row + 2):
            quoted = name.replace("'", "''")
            sheet.set_row(at, 20)
            sheet.write_url(at, 0, f"internal:'{quoted}'!A1", link, fitting(text), f"到“{name}”")
