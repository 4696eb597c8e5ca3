"""Tables as CSV: UTF-8 or GB18030, heads in any order, blank lines and lines of `#` passed over."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from openbook.book.faults import fault
from openbook.book.model import Fault, Spot
from openbook.book.raw import RawRow
from openbook.book.tables import Field, Sheet

MOST_ROWS = 100_000
_BLANKS = re.compile(r"\s+")
_QUOTED = re.compile(r'[,"\r\n]|^#')


def decode(data: bytes, file: str) -> tuple[str, list[Fault]]:
    """The text of a file with plain line ends; "" and a fault where it is neither UTF-8 nor GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n"), []
    mend = "请用记事本打开，另存为 UTF-8 编码。"
    return "", [fault("BK104", "认不出文件的编码，既不是 UTF-8 也不是 GB18030。", mend, Spot(file))]


def read_csv(text: str, sheet: Sheet, file: str) -> tuple[list[RawRow], list[Fault]]:
    """Rows of a table; `row` counts every line of the file that a spreadsheet shows."""
    rows: list[RawRow] = []
    faults: list[Fault] = []
    columns: list[Field | None] | None = None
    row = 0
    try:
        for row, record in _records(text):
            cells = [cell.strip() for cell in record]
            if not any(cells):
                continue
            if columns is None:
                columns, wrong = columns_of(cells, sheet, Spot(file, row))
                faults += wrong
                continue
            if len(rows) == MOST_ROWS:
                mend = "请核对是不是给错了文件。"
                faults.append(fault("BK105", f"超过 {MOST_ROWS} 行，后面的没有读。", mend, Spot(file, row)))
                break
            if any(cells[len(columns) :]):
                faults.append(_longer(len(columns), Spot(file, row)))
            values = {field.key: cell for field, cell in zip(columns, cells, strict=False) if field and cell}
            rows.append(RawRow(values, file, row))
    except csv.Error:
        mend = "引号要成对，写在一格的开头和末尾；一格不能超过 13 万字。"
        faults.append(fault("BK104", "从这一行起读不下去。", mend, Spot(file, row + 1)))
    return rows, faults


def write_csv(rows: Iterable[RawRow], sheet: Sheet) -> str:
    """The table as text: all heads in their order, one line a row."""
    lines = [[field.head for field in sheet.fields]]
    lines += [
        [row.values.get(field.key, "") for field in sheet.fields] for row in rows if any(row.values.values())
    ]
    return "".join(",".join(map(_quoted, line)) + "\n" for line in lines)


def columns_of(cells: list[str], sheet: Sheet, spot: Spot) -> tuple[list[Field | None], list[Fault]]:
    """The field of each column, None where there is none, and what is wrong with the heads."""
    fields = {field.head: field for field in sheet.fields}
    columns: list[Field | None] = []
    faults: list[Fault] = []
    for cell in cells:
        head = _BLANKS.sub("", cell)
        field = fields.get(head)
        if field in columns and field is not None:
            faults.append(
                fault("BK108", f"“{head}”这一栏有两列。", "请删去一列。", spot._replace(column=head))
            )
            field = None
        elif field is None and head:
            faults.append(_unknown(head, list(fields), spot))
        columns.append(field)
    for field in sheet.fields:
        if field.required and field not in columns:
            mend = "请在表头补上这一栏，名称要一样。"
            faults.append(
                fault("BK107", f"缺少“{field.head}”这一栏。", mend, spot._replace(column=field.head))
            )
    return columns, faults


def _unknown(head: str, heads: list[str], spot: Spot) -> Fault:
    near = get_close_matches(head, heads, 1, 0.5)
    mend = f"是不是“{near[0]}”？" if near else f"请改正或删去；这张表的栏有：{'、'.join(heads)}。"
    return fault("BK106", f"没有“{head[:40]}”这一栏。", mend, spot._replace(column=head[:40]))


def _longer(count: int, spot: Spot) -> Fault:
    mend = "多半是文字里有逗号：请把那一格用双引号括起来。"
    return fault("BK109", f"这一行的格数超过表头的 {count} 栏。", mend, spot)


class _Lines:
    """Lines for the csv module; one of `#` is passed over only where a record begins, not inside quotes."""

    def __init__(self, text: str) -> None:
        self.lines = (line + "\n" for line in text.split("\n"))  # splitlines would split at U+2028 too
        self.begins = True
        self.passed = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        while self.begins and line.startswith("#"):
            self.passed += 1
            line = next(self.lines)
        self.begins = False
        return line


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each record, blank ones included. Raises `csv.Error`."""
    lines = _Lines(text)
    for number, record in enumerate(csv.reader(lines, strict=True), start=1):
        yield number + lines.passed, record
        lines.begins = True


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
