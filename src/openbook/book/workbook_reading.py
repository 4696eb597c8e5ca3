"""From a workbook to the rows of a book. Nothing is understood here, and nothing is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from difflib import get_close_matches
from pathlib import Path

from openbook.book.faults import fault
from openbook.book.model import Spot
from openbook.book.raw import RawBook, RawRow
from openbook.book.tables import BOOK, SHEETS, TEXTS, TEXTS_SHEET, Field, Sheet
from openbook.book.workbook_cells import DATE, NUMBER, WRONG, Cell, Grid, open_grids
from openbook.book.workbook_names import ABOUT, CONTENT, KEY, NAME, UNREAD
from openbook.reading.errors import Unreadable

_HEAD_WITHIN = 10  # rows: people put titles above the heads
_FEN = Decimal("0.01")
_MOST_DIGITS = 20
_NOISE = Decimal("0.000001")  # yuan; what a formula of Excel may be off by, and nobody types
_TOTALS = ("合计", "总计", "小计")
_BLANK = re.compile(r"[\s*＊]+")

_KEYS = Sheet("", "", BOOK.title, "", (Field("key", KEY, "text", ""), Field("text", CONTENT, "text", "")))
_TEXTS = Sheet("", "", TEXTS_SHEET, "", (Field("name", NAME, "text", ""), Field("text", CONTENT, "text", "")))


def read_workbook(path: Path) -> RawBook:
    """All tables and texts of a workbook as text, with what is wrong with it as faults.

    Numbers become exact decimal text, dates YYYY-MM-DD, formulas their stored result; blanks around
    a value go, as in the folder's files.
    """
    book = RawBook(str(path))
    try:
        grids = open_grids(path)
    except Unreadable as error:
        book.faults.append(fault("BK051", "读不了这本账簿。", str(error), Spot(path.name)))
        return book
    _Reading(book, path.name, grids).read()
    return book


class _Reading:
    def __init__(self, book: RawBook, file: str, grids: list[Grid]) -> None:
        self.book = book
        self.file = file
        self.grids = {grid.name.strip(): grid for grid in grids}

    def read(self) -> None:
        self.strangers()
        self.keys()
        for sheet in SHEETS:
            if grid := self.grid(sheet):
                self.book.tables[sheet.key] = _Table(self, sheet, grid).rows()
        self.texts()

    def fault(self, code: str, message: str, mend: str, spot: Spot) -> None:
        self.book.faults.append(fault(code, message, mend, spot))

    def place(self, title: str) -> str:
        """The "file" of a spot: the workbook's name and the sheet."""
        return f"{self.file}「{title}」"

    def grid(self, sheet: Sheet) -> Grid | None:
        """The sheet, where it is there and not empty."""
        grid = self.grids.get(sheet.title)
        if grid is None and sheet.required:
            near = get_close_matches(sheet.title, self.grids, 1, 0.5)
            mend = f"是不是“{near[0]}”？请改名为“{sheet.title}”。" if near else f"请补上：{sheet.help}。"
            self.fault("BK052", f"缺少工作表“{sheet.title}”。", mend, Spot(self.file))
        return grid if grid and grid.rows else None

    def strangers(self) -> None:
        """A sheet of another name is a person's own, unless it has all the heads of a table."""
        known = {BOOK.title, TEXTS_SHEET, *(sheet.title for sheet in SHEETS)}
        for name, grid in self.grids.items():
            if name in known or name.startswith(UNREAD):
                continue
            like = next((sheet for sheet in SHEETS if _is_like(grid, sheet)), None)
            if like:
                self.fault(
                    "BK058", f"这张表与“{like.title}”的表头相同，名称不同，没有读。",
                    f"要读就改名为“{like.title}”；不要读就删去，或改名为“备份…”。", Spot(self.place(name)),
                )  # fmt: skip

    def keys(self) -> None:
        """基本信息: one row a key; together they are the one row of the table "book"."""
        if not (grid := self.grid(BOOK)):
            return
        place = self.place(BOOK.title)
        fields = {field.head: field for field in BOOK.fields}
        values: dict[str, str] = {}
        rows: dict[str, int] = {}
        for number, row in _Table(self, _KEYS, grid, (ABOUT,)).cells():
            head = _plain(row["key"].text) if "key" in row else ""
            cell, spot = row.get("text"), Spot(place, number, CONTENT)
            if (field := fields.get(head)) is None:
                mend = f"这张表的项目只有：{'、'.join(fields)}。"
                self.fault("BK054", f"没有“{head}”这个项目。", mend, Spot(place, number, KEY))
            elif field.key in rows:
                self.fault("BK055", f"“{head}”写了两次。", "请删去一行。", Spot(place, number, KEY))
            else:
                rows[field.key] = number
                if cell and (text := self.value(cell, field, spot).strip()):
                    values[field.key] = text
        self.book.tables[BOOK.key] = [RawRow(values, place, rows=rows)]

    def texts(self) -> None:
        """文字: one row a line of a text; a row without a name goes on with the text above."""
        if not (grid := self.grid(_TEXTS)):
            return
        place = self.place(TEXTS_SHEET)
        keys = {name: key for key, name in TEXTS.items()}
        lines: dict[str, list[str]] = {}
        first: dict[str, int] = {}
        key: str | None = None
        for number, row in _Table(self, _TEXTS, grid, (ABOUT,)).cells():
            name = _plain(row.get("name", Cell("")).text)
            key = keys.get(name) if name else key
            if name and key is None:
                mend = f"请写其中一个：{'、'.join(keys)}。"
                self.fault("BK054", f"没有“{name}”这段文字。", mend, Spot(place, number, NAME))
            if key is None:
                continue
            cell = row.get("text", Cell(""))
            first.setdefault(key, number)
            lines.setdefault(key, []).append(
                self.value(cell, _TEXTS.field("text"), Spot(place, number, CONTENT))
            )
        for key, written in lines.items():
            if text := "\n".join(written).strip():
                self.book.texts[key] = RawRow({"text": text}, place, first[key])

    def value(self, cell: Cell, field: Field, spot: Spot) -> str:
        """The text of a cell of this field; "" and a fault where there is none to be had."""
        if cell.kind == WRONG:
            message, _, mend = cell.text.partition("。")
            self.fault("BK057", message + "。", mend, spot)
            return ""
        if cell.kind == DATE and field.kind != "date":
            mend = "请把单元格格式设为“文本”（金额设为“数值”），再重新填写。"
            self.fault("BK057", f"Excel 把这一格当成了日期（{cell.text}）。", mend, spot)
            return ""
        return _money(cell.text) if cell.kind == NUMBER and field.kind == "money" else cell.text


class _Table:
    """The rows of one sheet below its heads, in whatever order its columns stand."""

    def __init__(self, reading: _Reading, sheet: Sheet, grid: Grid, ignored: tuple[str, ...] = ()) -> None:
        self.reading = reading
        self.sheet = sheet
        self.grid = grid
        self.place = reading.place(sheet.title)
        self.ignored = ignored
        self.head_row = _head_row(grid, sheet)
        self.columns = self._columns()
        self.keys = [field.key for field in sheet.fields]

    def rows(self) -> list[RawRow]:
        """One `RawRow` for each row that is neither blank nor a sum."""
        found = []
        for number, cells in self.cells():
            values = {}
            for key, cell in cells.items():
                field = self.sheet.field(key)
                if text := self.reading.value(cell, field, Spot(self.place, number, field.head)).strip():
                    values[key] = text
            found.append(RawRow(values, self.place, number))
        return found

    def cells(self) -> Iterable[tuple[int, dict[str, Cell]]]:
        """Row number and the cells by field key, of each row that is neither blank nor a sum."""
        if self.head_row is None:
            return
        self._merged()
        for number in sorted(self.grid.rows):
            if number <= self.head_row:
                continue
            row = self.grid.rows[number]
            cells = {key: row[column] for column, key in self.columns.items() if column in row}
            texts = (cells[key].text.strip() for key in self.keys if key in cells)
            first = next(filter(None, texts), "")
            if first and _plain(first) not in _TOTALS:  # sums that people add below are no lines of the book
                yield number, cells

    def _columns(self) -> dict[int, str]:
        """Column -> key of the field; heads that are unknown, twice or missing are faults."""
        tell, fields = self.reading.fault, {field.head: field for field in self.sheet.fields}
        if self.head_row is None:
            mend = f"第一行要是表头：{'、'.join(fields)}。"
            tell("BK053", "没有找到表头。", mend, Spot(self.place))
            return {}
        columns: dict[int, str] = {}
        for column, cell in sorted(self.grid.rows[self.head_row].items()):
            head = _plain(cell.text)
            spot = Spot(self.place, self.head_row, head)
            if not head or head in self.ignored:
                continue
            if head not in fields:
                near = get_close_matches(head, fields, 1, 0.5)
                mend = f"是不是“{near[0]}”？" if near else "这一列没有读；请改正表头，或删去这一列。"
                tell("BK054", f"没有“{head}”这一栏。", mend, spot)
            elif fields[head].key in columns.values():
                tell("BK055", f"“{head}”这一栏有两列。", "请删去一列。", spot)
            else:
                columns[column] = fields[head].key
        self._headless()
        self._missing(columns)
        return columns

    def _missing(self, columns: dict[int, str]) -> None:
        for field in self.sheet.fields:
            if field.required and field.key not in columns.values():
                mend = "请在表头这一行补上这一栏。"
                self.reading.fault(
                    "BK056", f"缺少“{field.head}”这一栏。", mend, Spot(self.place, self.head_row)
                )

    def _headless(self) -> None:
        """Something is written in a column that has no head: it would be lost."""
        headed = {column for column, cell in self.grid.rows[self.head_row or 0].items() if _plain(cell.text)}
        told: set[int] = set()
        for number in sorted(self.grid.rows):
            if number <= (self.head_row or 0):
                continue
            for column, cell in self.grid.rows[number].items():
                if column not in headed and column not in told and cell.text.strip():
                    told.add(column)
                    message = f"{letters(column)} 列没有表头，里面写的没有读。"
                    self.reading.fault(
                        "BK054", message, "请写上表头，或删去这一列。", Spot(self.place, number)
                    )

    def _merged(self) -> None:
        """A merged cell holds one value and leaves the rest of its cells empty."""
        for top, left, bottom, right in self.grid.merged:
            covered = [self.columns[one] for one in range(left, right + 1) if one in self.columns]
            if self.head_row is None or bottom <= self.head_row or not covered:
                continue
            where = f"{letters(left)}{top}:{letters(right)}{bottom}"
            mend = "请取消合并，每一格都填上。"
            spot = Spot(self.place, top, self.sheet.field(covered[0]).head)
            self.reading.fault("BK059", f"单元格 {where} 是合并的，只有第一格有内容。", mend, spot)


def letters(column: int) -> str:
    """The column as Excel calls it: 28 is AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _plain(head: str) -> str:
    """A head without blanks, line breaks and the star of required ones."""
    return _BLANK.sub("", head)


def _head_row(grid: Grid, sheet: Sheet) -> int | None:
    """The first of the upper rows that holds two heads of the table."""
    heads = {field.head for field in sheet.fields}
    for number in sorted(grid.rows):
        if number > _HEAD_WITHIN:
            break
        if len(heads & {_plain(cell.text) for cell in grid.rows[number].values()}) > 1:
            return number
    return None


def _is_like(grid: Grid, sheet: Sheet) -> bool:
    """Whether the grid has every head of the table."""
    row = _head_row(grid, sheet)
    written = {_plain(cell.text) for cell in grid.rows[row].values()} if row else set()
    return row is not None and {field.head for field in sheet.fields} <= written


def _money(text: str) -> str:
    """Yuan without the noise of a formula: 1234.5700000001 is 1234.57; real decimals stay."""
    value = Decimal(text)
    if not value.is_finite() or value.adjusted() > _MOST_DIGITS:
        return text  # no money: said where the amount is read
    fen = value.quantize(_FEN, ROUND_HALF_EVEN)
    if value == fen or abs(value - fen) >= _NOISE:
        return text
    return format(fen.normalize(), "f")
