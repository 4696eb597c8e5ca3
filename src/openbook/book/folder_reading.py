"""From a folder to the rows of a book. Every file is read once, none outside the folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, TypeVar

from openbook.book.csvs import decode, read_csv
from openbook.book.faults import fault
from openbook.book.folder_names import FOLDER, INDICATOR, KNOWN, TABLES, entries, hidden
from openbook.book.model import Spot
from openbook.book.raw import RawBook, RawRow
from openbook.book.tables import BOOK, INDICATORS, PROJECTS, TEXTS, Sheet
from openbook.book.tomls import Lines, as_text, missing_from, read_toml
from openbook.reading.errors import in_words

_Kind = TypeVar("_Kind", dict[str, Any], list[Any])

_LARGEST_CSV = 16 << 20  # bytes
_LARGEST_TEXT = 256 << 10
_MOST_FILES = 5_000


def read_folder(path: Path) -> RawBook:
    """Rows of all tables and the texts; what could not be read is in `faults`."""
    book = RawBook(str(path))
    reading = _Reading(book, path)
    try:
        reading.read()
    except OSError as error:
        book.faults.append(
            fault("BK104", f"读不了：{in_words(error)}。", "请核对路径和权限。", Spot(path.name))
        )
    return book


class _Reading:
    def __init__(self, book: RawBook, path: Path) -> None:
        self.book = book
        self.path = path
        self.inside = Path(os.path.realpath(path))

    def fault(self, code: str, message: str, mend: str, spot: Spot) -> None:
        self.book.faults.append(fault(code, message, mend, spot))

    def read(self) -> None:
        names = self.names(self.path)
        if BOOK.file not in names:
            mend = f"账簿的文件夹里要有 {BOOK.file}；用 openbook new 可以新建一本。"
            self.fault("BK102", "这个文件夹不是预算账簿。", mend, Spot(self.path.name))
            return
        self.first_page()
        for name, sheet in TABLES.items():
            if name in names and (text := self.text(name, _LARGEST_CSV)) is not None:
                rows, faults = read_csv(text, sheet, name)
                self.book.tables[sheet.key] = rows
                self.book.faults += faults
        if FOLDER in names:
            self.projects()
        for key in TEXTS:
            name = f"{key}.md"
            if name in names and (text := self.text(name, _LARGEST_TEXT)) is not None and text.strip():
                self.book.texts[key] = RawRow({"text": text.strip()}, name, 1)
        self.strangers(names)

    def names(self, folder: Path) -> list[str]:
        """Visible entries in a stable order, not more than are sensible."""
        found = [name for name in entries(folder) if not hidden(name)]
        if len(found) > _MOST_FILES:
            mend = "请核对是不是给错了文件夹。"
            self.fault("BK105", f"文件超过 {_MOST_FILES} 个，后面的没有读。", mend, Spot(folder.name))
        return found[:_MOST_FILES]

    def strangers(self, names: list[str]) -> None:
        for name in names:
            if name not in KNOWN:
                mend = f"请改正文件名，或移到别处；账簿的文件有：{'、'.join(KNOWN)}。"
                self.fault("BK103", "不认识这个文件，没有读。", mend, Spot(name))

    def text(self, name: str, largest: int) -> str | None:
        """The text of a file of the book; None and a fault where it is not to be read."""
        path = self.path / name
        try:
            real = Path(os.path.realpath(path))  # Path.resolve fails where links lead round in a circle
            if not real.is_relative_to(self.inside) or not stat.S_ISREG(path.stat().st_mode):
                mend = "请换成普通文件，放在账簿的文件夹里。"
                self.fault("BK111", "不是普通文件，或者链接到文件夹之外，没有读。", mend, Spot(name))
                return None
            with path.open("rb") as stream:
                data = stream.read(largest + 1)
        except OSError as error:
            self.fault("BK104", f"读不了：{in_words(error)}。", "请核对这个文件和它的权限。", Spot(name))
            return None
        if len(data) > largest:
            mend = "请核对是不是给错了文件。"
            self.fault("BK105", f"文件超过 {largest >> 10} KB，没有读。", mend, Spot(name))
            return None
        text, faults = decode(data, name)
        self.book.faults += faults
        return None if faults else text

    def toml(self, name: str) -> tuple[dict[str, Any], Lines] | None:
        text = self.text(name, _LARGEST_TEXT)
        if text is None:
            return None
        data, lines, faults = read_toml(text, name)
        self.book.faults += faults
        return None if faults else (data, lines)

    def first_page(self) -> None:
        if found := self.toml(BOOK.file):
            data, lines = found
            row = self.row(data, lines, BOOK, "", BOOK.file)
            self.book.tables[BOOK.key] = [row]
            self.unknown(missing_from(data, (field.key for field in BOOK.fields)), "", lines, BOOK.file)

    def projects(self) -> None:
        folder = self.path / FOLDER
        projects = self.book.tables.setdefault(PROJECTS.key, [])
        if not folder.is_dir() or folder.is_symlink():
            self.fault("BK111", "这不是文件夹。", "项目文件要放在普通的文件夹里。", Spot(FOLDER))
            return
        for name in self.names(folder):
            file = f"{FOLDER}/{name}"
            if not name.endswith(".toml"):
                mend = "这里只放项目文件（.toml），请移到别处。"
                self.fault("BK103", "不认识这个文件，没有读。", mend, Spot(file))
            elif found := self.toml(file):
                projects.append(self.project(*found, file))

    def project(self, data: dict[str, Any], lines: Lines, file: str) -> RawRow:
        flat = dict(data)
        for group in ("funds", "year_funds"):
            inner = self.inner(flat.pop(group, {}), {}, Spot(file, lines.get(group), group))
            flat |= {f"{group}.{key}": value for key, value in inner.items()}
        indicators = self.inner(flat.pop(INDICATOR, []), [], Spot(file, lines.get(INDICATOR), INDICATOR))
        row = self.row(flat, lines, PROJECTS, "", file)
        self.unknown(missing_from(flat, (field.key for field in PROJECTS.fields)), "", lines, file)
        code, stem = row.values.get("code", ""), Path(file).stem
        if code and code != stem:
            mend = f"请把文件名改为 {code}.toml，或改正编码。"
            self.fault(
                "BK112", f"文件名是“{stem}”，里面的项目编码是“{code}”。", mend, row.spot("code", "code")
            )
        self.indicators(indicators, lines, code, file)
        return row

    def inner(self, value: Any, empty: _Kind, spot: Spot) -> _Kind:
        """A table within a project's file; `empty` and a fault where a plain value stands in its place."""
        if isinstance(value, type(empty)):
            return value
        head = f"[[{INDICATOR}]]" if spot.column == INDICATOR else f"[{spot.column}]"
        self.fault("BK110", f"“{spot.column}”的值写法不对。", f"请另起一段，第一行写 {head}。", spot)
        return empty

    def indicators(self, items: list[Any], lines: Lines, code: str, file: str) -> None:
        rows = self.book.tables.setdefault(INDICATORS.key, [])
        keys = [field.key for field in INDICATORS.fields if field.key != "project"]
        for index, item in enumerate(items):
            prefix = f"{INDICATOR}.{index}."
            row = self.row(item, lines, INDICATORS, prefix, file)
            row.row = lines.get(prefix.rstrip("."))
            row.values["project"] = code
            rows.append(row)
            self.unknown(missing_from(item, keys), prefix, lines, file)

    def row(self, data: dict[str, Any], lines: Lines, sheet: Sheet, prefix: str, file: str) -> RawRow:
        row = RawRow({}, file)
        for field in sheet.fields:
            key = field.key
            row.heads[key] = key
            if prefix + key in lines:
                row.rows[key] = lines[prefix + key]
            if key not in data:
                continue
            text = as_text(data[key])
            if text is None:
                mend = "值只能是放在英文双引号里的文字，或者数字。"
                self.fault("BK110", f"“{key}”的值写法不对。", mend, row.spot(key))
            elif text.strip():
                row.values[key] = text.strip()
        return row

    def unknown(self, keys: list[str], prefix: str, lines: Lines, file: str) -> None:
        for key in keys:
            spot = Spot(file, lines.get(prefix + key), key[:40])
            self.fault("BK106", f"没有“{key[:40]}”这个键。", "请改正拼写，或删去这一行。", spot)
