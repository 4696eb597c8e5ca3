"""Cells of a workbook as text, exactly as they were meant, or with what is wrong with them.

The XML is read directly: libraries give numbers as floats, and an error or a formula that was never
computed as an empty cell, which a book must not take for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from openbook.reading.errors import Unreadable, in_words
from openbook.reading.package import Package
from openbook.reading.xlsx_format import GENERAL, is_general, parse_format, show
from openbook.reading.xlsx_parts import MAIN, elements, formats, integer, position, relations

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXT, NUMBER, DATE, WRONG = "text", "number", "date", "wrong"

_LARGEST = 64 << 20  # bytes
_MOST_CELLS = 2_000_000
_WIDEST = 500  # columns; the widest table has some thirty
_EXACT = 15  # digits of a number that a workbook keeps
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "http://purl.oclc.org/ooxml/"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ISO_DAY = "yyyy-mm-dd"
_DAY_IN_FORMAT = re.compile(r"[yd年日]", re.IGNORECASE)


class Cell(NamedTuple):
    """`kind`: TEXT, NUMBER, DATE (as YYYY-MM-DD) or WRONG, where `text` says what is wrong and how to mend it."""

    text: str
    kind: str = TEXT


@dataclass(slots=True)
class Grid:
    """One sheet: row -> column -> cell, both counted from 1; empty cells are left out."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right


def open_grids(path: Path) -> list[Grid]:
    """All sheets of the workbook in order. Raises `Unreadable`, in Chinese, where it is none."""
    with Package(_content(path)) as package:
        _refuse_others(package)
        return list(_grids(package))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise Unreadable(f"文件超过 {_LARGEST >> 20} MB，不像预算账簿。请核对是否给错了文件。")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"读不了这个文件：{in_words(error)}。请核对路径和权限。") from error
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Unreadable("文件设了打开密码，不能读取。请在 Excel 里去除密码后另存。")
        raise Unreadable("这是旧版表格（.xls 或 .et），不能读取。请用 Excel 或 WPS 另存为 .xlsx。")
    if not data.startswith(b"PK"):
        raise Unreadable("这不是 Excel 工作簿（.xlsx）。请用 Excel 或 WPS 打开原文件，另存为 .xlsx。")
    return data


def _refuse_others(package: Package) -> None:
    if package.has("xl/workbook.xml"):
        return
    if package.has("xl/workbook.bin"):
        raise Unreadable("这是二进制工作簿（.xlsb），不能读取。请用 Excel 另存为 .xlsx。")
    raise Unreadable("这个文件里没有 Excel 工作簿。请用 Excel 或 WPS 打开原文件，另存为 .xlsx。")


def _grids(package: Package) -> Iterator[Grid]:
    root = package.xml("xl/workbook.xml")
    if _STRICT in str(root.tag):
        raise Unreadable("这是“严格 Open XML”格式的工作簿，不能读取。请另存为普通的 .xlsx。")
    properties = root.find(MAIN + "workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    reader = _Reader(_strings(package), formats(package), from_1904)
    targets = relations(package, "xl/workbook.xml")
    for sheet in root.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        part = targets.get(sheet.get(_RELATION) or "", "")
        if package.has(part) and "/worksheets/" in part:
            yield reader.grid(sheet.get("name") or "", package.read(part))


def _strings(package: Package) -> list[str]:
    """The shared strings with every blank and line break as typed."""
    if not package.has("xl/sharedStrings.xml"):
        return []
    return [_string(item) for item in elements(package.read("xl/sharedStrings.xml"), ("si",))]


def _string(item: _Element | None) -> str:
    """The text of a string, rich or plain, without phonetic readings."""
    if item is None:
        return ""
    parts: list[str] = []
    for child in item:
        if child.tag == MAIN + "t":
            parts.append(child.text or "")
        elif child.tag == MAIN + "r":
            parts.extend(one.text or "" for one in child.iterchildren(MAIN + "t"))
    return _unescape("".join(parts))


def _unescape(text: str) -> str:
    """Characters that XML cannot hold stand in a workbook as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Reader:
    def __init__(self, strings: list[str], styles: list[str], from_1904: bool) -> None:
        self.strings = strings
        self.styles = styles
        self.from_1904 = from_1904
        self.cells = 0

    def grid(self, name: str, data: bytes) -> Grid:
        grid = Grid(name)
        last = 0
        for element in elements(data, ("row", "mergeCell")):
            if element.tag == MAIN + "mergeCell":
                corners = [position(one) for one in (element.get("ref") or "").split(":", 1)]
                if len(corners) == 2 and corners[0] and corners[1]:
                    grid.merged.append((*corners[0], *corners[1]))
                continue
            last = integer(element.get("r"), last + 1)
            if row := self.row(element):
                grid.rows[last] = row
        return grid

    def row(self, element: _Element) -> dict[int, Cell]:
        found: dict[int, Cell] = {}
        column = 0
        for one in element.iterchildren(MAIN + "c"):
            at = position(one.get("r") or "")
            column = at[1] if at else column + 1
            cell = self.cell(one)
            if cell.text and column <= _WIDEST:
                found[column] = cell
        self.cells += len(found)
        if self.cells > _MOST_CELLS:
            raise Unreadable(f"工作簿里填了 {_MOST_CELLS} 格以上，不像预算账簿。请核对是否给错了文件。")
        return found

    def cell(self, element: _Element) -> Cell:
        kind = element.get("t") or "n"
        if kind == "inlineStr":
            return Cell(_string(element.find(MAIN + "is")))
        value = element.find(MAIN + "v")
        raw = (value.text if value is not None else None) or ""
        if kind == "str":
            return Cell(_unescape(raw))
        if not raw:
            if element.find(MAIN + "f") is None:
                return Cell("")
            return Cell("公式没有计算结果。请用 Excel 或 WPS 打开，重新计算并保存，或直接填数。", WRONG)
        if kind in ("s", "e", "b"):
            return self.stored(kind, raw)
        if kind == "d":
            return Cell(raw[:10], DATE)
        style = integer(element.get("s"), 0)
        return self.number(raw.strip(), self.styles[style] if style < len(self.styles) else GENERAL)

    def stored(self, kind: str, raw: str) -> Cell:
        if kind == "e":
            return Cell(f"公式出错（{raw}）。请改正公式，或直接填数。", WRONG)
        if kind == "b":
            word = "TRUE" if raw == "1" else "FALSE"
            return Cell(f"填的是逻辑值 {word}。请改填文字或数。", WRONG)
        index = integer(raw, -1)
        return Cell(self.strings[index] if 0 <= index < len(self.strings) else "")

    def number(self, raw: str, code: str) -> Cell:
        """A number as typed: 2004.0999999999999 is 2004.1, 0.98 shown as a percentage is 98%."""
        text = show(raw, GENERAL)
        if len(text.lstrip("-").partition(".")[0]) > _EXACT:
            told = f"数字超过 {_EXACT} 位，Excel 已经改掉了后面的数字。请把单元格格式设为“文本”，再重新填写。"
            return Cell(told, WRONG)
        section = None if is_general(code) else parse_format(code)[0]
        if section is None or not (section.date or section.percent):
            return Cell(text, NUMBER)
        if section.percent:
            return Cell(show(f"{text}e2", GENERAL) + "%")
        if not _DAY_IN_FORMAT.search(code):
            return Cell("Excel 把填的内容当成了时间。请把单元格格式设为“文本”，再重新填写。", WRONG)
        return Cell(show(raw, _ISO_DAY, from_1904=self.from_1904), DATE)
