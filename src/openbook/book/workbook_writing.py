"""From the rows of a book to a workbook that finance officers fill in: heads, notes, drop-downs, formats."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from openbook.book.folder_writing import NotWritten
from openbook.book.raw import RawBook, RawRow
from openbook.book.tables import BOOK, FORMAT, PROJECT_TEXTS, SHEETS, TEXTS, TEXTS_SHEET, Field, Sheet
from openbook.book.workbook_balance import write_balance
from openbook.book.workbook_format import REQUIRED_FILL, Formats
from openbook.book.workbook_guide import write_example, write_guide
from openbook.book.workbook_lists import Lists
from openbook.book.workbook_names import ABOUT, CONTENT, KEY, NAME
from openbook.reading.errors import in_words

LONGEST = 32_000  # UTF-16 units of a cell; Excel takes 32,767

_CREATED = datetime(2024, 1, 1)  # noqa: DTZ001  a fixed date: the same book gives the same bytes
_ROWS = 5_000  # prepared for filling in: drop-downs, marks of what is missing
_EXACT = 15  # digits of a number that a workbook keeps
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d{1,2})?\Z", re.ASCII)  # more decimals are wrong: kept as typed
_COUNT = re.compile(r"(?:0|[1-9]\d*)\Z", re.ASCII)
_LONG = {"text", "note", "description", "ground", *PROJECT_TEXTS}
_WIDTHS = {"money": 16, "count": 10, "code": 14, "date": 14, "function": 12, "economic": 12, "choice": 18,
           "unit": 30, "project": 14, "topic": 24}  # fmt: skip


def write_workbook(raw: RawBook, path: Path, example: RawBook | None = None) -> None:
    """Write the book to `path`; `example` goes on a sheet of its own that is never read.

    The same book gives the same bytes. Raises `NotWritten`, and what was there is as it was.
    """
    import xlsxwriter

    _refuse_long(raw)
    whole = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(whole, {**plain, "in_memory": True}) as book:
        book.set_properties({"title": "预算账簿", "created": _CREATED})
        writing = _Writing(book, raw)
        write_guide(book, writing.formats)
        writing.keys()
        for sheet in SHEETS:
            writing.table(sheet)
        writing.texts()
        write_balance(book, writing.formats, raw)
        if example is not None:
            write_example(book, writing.formats, example)
        writing.lists.write(book, writing.formats)
    _put(path, whole.getvalue())


def _put(path: Path, data: bytes) -> None:
    """Under its name only when complete."""
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        hint = "正在 Excel 里打开的，请先关上。" if isinstance(error, PermissionError) else ""
        raise NotWritten(f"写不进“{path}”：{in_words(error)}。{hint}原有的文件没有改动。") from error
    finally:
        with suppress(OSError):
            part.unlink()


def _refuse_long(raw: RawBook) -> None:
    for row in (row for rows in raw.tables.values() for row in rows):
        for key, text in row.values.items():
            if _units(text) > LONGEST:
                where = row.spot(key, key).describe()
                raise NotWritten(f"{where}的文字超过 {LONGEST} 字，工作簿的一格放不下。请缩短。")
    for key, row in raw.texts.items():
        if any(_units(line) > LONGEST for line in row.values.get("text", "").split("\n")):
            raise NotWritten(f"“{TEXTS[key]}”有一段超过 {LONGEST} 字，工作簿的一格放不下。请分段。")


def _units(text: str) -> int:
    return len(text) if len(text) < LONGEST // 2 else len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Writing:
    def __init__(self, book: Any, raw: RawBook) -> None:
        self.book = book
        self.raw = raw
        self.formats = Formats(book)
        year = self.keys_of().get("year", "")
        self.lists = Lists(int(year) if _COUNT.match(year) else None)

    def keys_of(self) -> dict[str, str]:
        rows = self.raw.tables.get(BOOK.key, [])
        return rows[0].values if rows else {}

    def page(self, title: str, heads: list[tuple[Field, float]], filled: int, *, required: bool) -> Any:
        """A new sheet with its heads, ready for filling in."""
        page = self.book.add_worksheet(title)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        page.set_row(0, 24)
        for column, (field, width) in enumerate(heads):
            page.set_column(column, column, width, self.formats.value(field.kind))
            look = self.formats.required if field.required else self.formats.optional
            page.write_string(0, column, field.head, look)
            if field.help:
                told = f"{'必填' if field.required else '可不填'}。{field.help}"
                page.write_comment(0, column, told, {"x_scale": 1.5, "y_scale": 0.7, "font_size": 9})
        if required:
            page.set_tab_color(REQUIRED_FILL)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, filled), len(heads) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        return page

    def keys(self) -> None:
        """基本信息: one row a key."""
        heads = [
            (Field("key", KEY, "text", ""), 18.0),
            (Field("text", CONTENT, "text", "只改这一列", required=True), 40.0),
            (Field("about", ABOUT, "text", ""), 60.0),
        ]
        values = {"format": str(FORMAT), **self.keys_of()}
        page = self.page(BOOK.title, heads, len(BOOK.fields), required=True)
        for row, field in enumerate(BOOK.fields, 1):
            page.write_string(row, 0, field.head, self.formats.fixed)
            page.write_string(row, 1, values.get(field.key, ""), self.formats.value("text"))
            if rule := self.lists.rule(BOOK, field):
                page.data_validation(row, 1, row, 1, rule)
            told = f"{'必填' if field.required else '可不填'}。{field.help}"
            page.write_string(row, 2, told, self.formats.about)

    def table(self, sheet: Sheet) -> None:
        rows = self.raw.tables.get(sheet.key, [])
        heads = [(field, _width(field)) for field in sheet.fields]
        page = self.page(sheet.title, heads, len(rows), required=sheet.required)
        if sheet.key == "projects":
            page.freeze_panes(1, 2)
        for number, row in enumerate(rows, 1):
            for column, field in enumerate(sheet.fields):
                self.cell(page, number, column, field, row.values.get(field.key, ""))
        last = max(_ROWS, len(rows))
        for column, field in enumerate(sheet.fields):
            if rule := self.lists.rule(sheet, field):
                page.data_validation(1, column, last, column, rule)
        self._mark_missing(page, sheet, last)

    def _mark_missing(self, page: Any, sheet: Sheet, last: int) -> None:
        """What is required and empty shows in a row that has anything in it."""
        from xlsxwriter.utility import xl_col_to_name

        end = xl_col_to_name(len(sheet.fields) - 1)
        for column, field in enumerate(sheet.fields):
            if field.required:
                letter = xl_col_to_name(column)
                rule = f"=AND(COUNTA($A2:${end}2)>0,LEN(TRIM({letter}2))=0)"
                look = {"type": "formula", "criteria": rule, "format": self.formats.missing}
                page.conditional_format(1, column, last, column, look)

    def texts(self) -> None:
        """文字: one row a line, so that long texts can be read; blank lines keep their row."""
        heads = [
            (
                Field("name", NAME, "text", "从下拉列表中选；同一段文字的各行写同一个名称", required=True),
                24.0,
            ),
            (Field("text", CONTENT, "text", "一行一段"), 100.0),
        ]
        lines = [
            (name, line)
            for key, name in TEXTS.items()
            for line in self.raw.texts.get(key, RawRow({}, "")).values.get("text", "").split("\n")
        ]
        page = self.page(TEXTS_SHEET, heads, len(lines), required=True)
        for row, (name, line) in enumerate(lines, 1):
            page.write_string(row, 0, name, self.formats.value("code"))
            if line:
                page.write_string(row, 1, line, self.formats.value("text"))
        told = "名称只能从列表中选。"
        rule = {
            "validate": "list",
            "source": self.lists.texts,
            "error_title": "请从列表中选",
            "error_message": told,
        }
        page.data_validation(1, 0, max(_ROWS, len(lines)), 0, rule)

    def cell(self, page: Any, row: int, column: int, field: Field, text: str) -> None:
        """A value as Excel can count with it where that loses nothing, else as text."""
        look = self.formats.value(field.kind)
        if not text:
            page.write_blank(row, column, None, look)
        elif field.kind in ("money", "count") and _exact(text):
            page.write_number(row, column, _plain(text), look)
        elif field.kind == "date" and (day := _day(text)):
            page.write_datetime(row, column, day, look)
        else:
            page.write_string(row, column, text, look)


def _width(field: Field) -> float:
    usual = 50 if field.key in _LONG else _WIDTHS.get(field.kind, 20)
    return max(usual, 2 * len(field.head) + 4)


def _plain(text: str) -> Decimal:
    """1.50 and 1.5 are stored alike."""
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _exact(text: str) -> bool:
    """Whether a workbook keeps every digit of the number."""
    return bool(_NUMBER.match(text)) and len(re.sub(r"\D", "", text).lstrip("0")) <= _EXACT


def _day(text: str) -> date | None:
    """The day, where it is one that every version of Excel counts the same."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and day.year > 1900 else None
