"""Excel workbooks: every visible sheet as titles, notes and tables, figures as they are printed.

`Place.sheet` is the sheet's name, `line` the row and `column` the column of the cell (A is 1).
Cells of hidden sheets, rows and columns are no part of what is read; they are listed as hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from openbook.reading.errors import Unreadable
from openbook.reading.package import Package
from openbook.reading.properties import metadata
from openbook.reading.xlsx_format import show
from openbook.reading.xlsx_parts import MAIN as _MAIN
from openbook.reading.xlsx_parts import elements, formats, integer, position, relations, string, strings
from openbook.reading.xlsx_rows import SheetCell, SheetRow, to_blocks
from openbook.source import Block, Hidden, Place, Problem, RawTable, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_CELLS = 500_000
_MOST_SHEETS = 300
_WIDEST = 16_384
_MOST_ROWS = 1_048_576
_MOST_MERGED = 5_000
_MOST_COLUMN_GROUPS = 1_000
_FURTHEST = 1_000  # rows or columns that a merged cell may cover
_SHOWN = 80  # characters of hidden content that are kept a row
_MOST_HIDDEN = 200
_STRICT = "http://purl.oclc.org/ooxml/"


def read_xlsx(package: Package, path: str = "") -> Source:
    """Read an opened Excel package."""
    book = _Book(package)
    source = Source(path, "xlsx", [], metadata=metadata(package))
    for name, part, hidden in book.sheets():
        _Sheet(book, source, name, part).read(hidden=hidden)
    return source


class _Book:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = package.xml("xl/workbook.xml")
        if _STRICT in str(self.root.tag):
            raise Unreadable("这是“严格 Open XML”格式的工作簿，请另存为普通的 .xlsx 后再检查。")
        properties = self.root.find(_MAIN + "workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.strings = strings(package)
        self.formats = formats(package)
        self.cells = 0

    def sheets(self) -> Iterator[tuple[str, str, bool]]:
        """Name, part and whether hidden, of each sheet in order."""
        targets = relations(self.package, "xl/workbook.xml")
        listed = self.root.findall(f"{_MAIN}sheets/{_MAIN}sheet")
        for sheet in listed[:_MOST_SHEETS]:
            part = targets.get(sheet.get(_RELATION) or "", "")
            if self.package.has(part) and "/worksheets/" in part:
                state = sheet.get("state") or "visible"
                yield sheet.get("name") or "", part, state != "visible"

    def count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > _MOST_CELLS:
            raise Unreadable(f"工作簿过大：单元格超过 {_MOST_CELLS} 个，不像预算公开文件，未予读取。")


class _Sheet:
    def __init__(self, book: _Book, source: Source, name: str, part: str) -> None:
        self.book = book
        self.source = source
        self.name = name
        self.part = part
        self.rows: dict[int, dict[int, str]] = {}
        self.last_row = 0
        self.row_count = 0
        self.column_groups = 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.uncounted: list[Place] = []  # formulas without a stored result

    def read(self, *, hidden: bool) -> None:
        self.scan()
        self.unhide_merged()
        if hidden:
            self.note("隐藏的工作表", self.rows)
        else:
            self.note("隐藏的行", self.hidden_rows)
            self.columns_hidden()
            self.source.blocks.extend(self.blocks())
            self.warn()
        self.comments()

    def scan(self) -> None:
        for element in elements(self.book.package.read(self.part), ("row", "col", "mergeCell")):
            kind = str(element.tag).removeprefix(_MAIN)
            if kind == "row":
                self.row(element)
            elif kind == "col":
                self.column(element)
            elif ":" in (reference := element.get("ref") or "") and len(self.merged) < _MOST_MERGED:
                top, bottom = (position(one) for one in reference.split(":", 1))
                if top and bottom:
                    self.merged.append((*top, *bottom))

    def column(self, element: _Element) -> None:
        self.column_groups += 1
        hidden = element.get("hidden") in ("1", "true") or element.get("width") == "0"
        if hidden and self.column_groups <= _MOST_COLUMN_GROUPS:
            first, last = integer(element.get("min"), 1), integer(element.get("max"), 1)
            self.hidden_columns.update(range(first, min(last, _WIDEST) + 1))

    def row(self, element: _Element) -> None:
        number = integer(element.get("r"), self.last_row + 1)
        self.last_row = number
        self.row_count += 1
        if self.row_count > _MOST_ROWS:
            raise Unreadable(f"工作表“{self.name}”已损坏：行数超过 {_MOST_ROWS}。")
        if element.get("hidden") in ("1", "true") or element.get("ht") == "0":
            self.hidden_rows.add(number)
        cells: dict[int, str] = {}
        column = 0
        for cell in element.iterchildren(_MAIN + "c"):
            at = position(cell.get("r") or "")
            column = at[1] if at else column + 1
            text = self.text(cell, number, column)
            if text and not text.isspace() and column <= _WIDEST:
                cells[column] = text
        self.book.count(len(cells))
        if cells:
            self.rows[number] = cells

    def text(self, cell: _Element, row: int, column: int) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            inline = cell.find(_MAIN + "is")
            return string(inline) if inline is not None else ""
        value = cell.find(_MAIN + "v")
        raw = ((value.text if value is not None else None) or "").strip()
        if not raw:
            if cell.find(_MAIN + "f") is not None and kind != "str":
                self.uncounted.append(Place(row, column, column + 1, sheet=self.name))
            return ""
        if kind == "s":
            shared, index = self.book.strings, integer(raw, -1)
            return shared[index] if 0 <= index < len(shared) else ""
        if kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        if kind != "n":
            return raw
        codes, style = self.book.formats, integer(cell.get("s"), 0)
        code = codes[style] if 0 <= style < len(codes) else "General"
        return show(raw, code, from_1904=self.book.from_1904)

    def blocks(self) -> list[Block]:
        seen = [number for number in sorted(self.rows) if number not in self.hidden_rows]
        widest = max((column for number in seen for column in self.rows[number]), default=0)
        widest = max(widest, max((right for _, _, _, right in self.merged if right <= 200), default=0))
        columns = [column for column in range(1, widest + 1) if column not in self.hidden_columns]
        spans = self.spans()
        rows: list[SheetRow] = []
        before = 0
        for number in seen:
            if number > before + 1:
                rows.append(SheetRow(number - 1, []))
            before = number
            cells = [
                SheetCell(column, text, *spans.get((number, column), (1, 1)))
                for column, text in sorted(self.rows[number].items())
                if column not in self.hidden_columns
            ]
            rows.append(SheetRow(number, [cell for cell in cells if cell.span]))
        blocks = to_blocks(self.name, rows, columns)
        self.book.count(sum(len(row) for one in blocks if isinstance(one, RawTable) for row in one.rows))
        return blocks

    def unhide_merged(self) -> None:
        """A merged cell is seen where any part of it is: its text moves to the first part seen."""
        for top, left, bottom, right in self.merged:
            if top not in self.hidden_rows and left not in self.hidden_columns:
                continue
            row = self._first_seen(top, bottom, self.hidden_rows)
            column = self._first_seen(left, right, self.hidden_columns)
            text = self.rows.get(top, {}).get(left)
            if text and row and column:
                del self.rows[top][left]
                self.rows.setdefault(row, {})[column] = text

    @staticmethod
    def _first_seen(first: int, last: int, hidden: set[int]) -> int | None:
        return next(
            (one for one in range(first, min(last, first + _FURTHEST) + 1) if one not in hidden), None
        )

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Columns and rows that a cell covers as seen; (0, 0) for a cell that is covered."""
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in self.merged:
            rows = [
                one for one in range(top, min(bottom, top + _FURTHEST) + 1) if one not in self.hidden_rows
            ]
            columns = [
                one for one in range(left, min(right, left + _FURTHEST) + 1) if one not in self.hidden_columns
            ]
            if not rows or not columns:
                continue
            for row in rows:
                for column in self.rows.get(row, {}).keys() & set(columns):
                    spans[row, column] = (0, 0)
            spans[rows[0], columns[0]] = (len(columns), len(rows))
        return spans

    def note(self, what: str, numbers: dict[int, dict[int, str]] | set[int]) -> None:
        """List rows as hidden content."""
        for number in sorted(numbers):
            text = " ".join(self.rows.get(number, {}).values())
            if text and len(self.source.hidden) < _MOST_HIDDEN:
                self.source.hidden.append(Hidden(what, text[:_SHOWN], Place(number, sheet=self.name)))

    def columns_hidden(self) -> None:
        for column in sorted(self.hidden_columns):
            held = [(row, cells[column]) for row, cells in self.rows.items() if column in cells]
            if held and len(self.source.hidden) < _MOST_HIDDEN:
                text = " ".join(one for _, one in held)[:_SHOWN]
                self.source.hidden.append(
                    Hidden("隐藏的列", text, Place(held[0][0], column, column + 1, sheet=self.name))
                )

    def warn(self) -> None:
        if self.uncounted:
            self.source.problems.append(
                Problem(
                    "OB008",
                    f"工作表“{self.name}”有 {len(self.uncounted)} 个公式没有保存计算结果，读作空白。"
                    "请用 Excel 或 WPS 打开文件，重新计算并保存后再检查。",
                    self.uncounted[0],
                )
            )

    def comments(self) -> None:
        for part in relations(self.book.package, self.part).values():
            if not re.match(r"xl/(?:comments/)?comments?\d*\.xml\Z", part) or not self.book.package.has(part):
                continue
            root = self.book.package.xml(part)
            authors = [(one.text or "").strip() for one in root.iterfind(f"{_MAIN}authors/{_MAIN}author")]
            for comment in root.iterfind(f"{_MAIN}commentList/{_MAIN}comment"):
                at = position(comment.get("ref") or "")
                place = Place(*at, at[1] + 1, sheet=self.name) if at else Place(sheet=self.name)
                text, index = string(comment.find(_MAIN + "text")), integer(comment.get("authorId"), -1)
                author = authors[index] if 0 <= index < len(authors) else ""
                shown = f"{author}：{text}" if author and not text.startswith(author) else text
                self.source.hidden.append(Hidden("批注", shown, place))
