"""A book written as a folder: the same rows always give the same bytes, and nothing is ever half written."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from openbook.book.csvs import write_csv
from openbook.book.folder_names import FOLDER, INDICATOR, KNOWN, TABLES, entries, hidden, safe_code
from openbook.book.raw import RawBook, RawRow
from openbook.book.tables import BOOK, INDICATORS, PROJECTS, TEXTS, Sheet
from openbook.book.tomls import write_pairs, written
from openbook.reading.errors import in_words


class NotWritten(Exception):
    """The book could not be stored; what was there is as it was. The message is for the user."""


def write_folder(raw: RawBook, path: Path) -> None:
    """Write the book in its canonical form, whole or not at all.

    An older book there is replaced; hidden entries (a repository's) stay. Raises `NotWritten`.
    """
    target = Path(os.path.realpath(path))
    _refuse_to_lose(target)
    files = dict(_files(raw))
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            file = beside / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
        _exchange(beside, target)
    except OSError as error:
        raise NotWritten(f"写不进“{path}”：{in_words(error)}。原有的文件没有改动。") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _refuse_to_lose(target: Path) -> None:
    """Whatever the folder holds that is no book must not go."""
    if not target.exists():
        return
    if not target.is_dir():
        raise NotWritten(f"“{target.name}”是一个文件，不能当作账簿的文件夹。请换一个路径。")
    visible = [name for name in entries(target) if not hidden(name)]
    if visible and BOOK.file not in visible:
        raise NotWritten(f"文件夹“{target.name}”里有别的文件，不是账簿。请换一个空的文件夹。")
    others = [name for name in visible if name not in KNOWN]
    if (target / FOLDER).is_dir():
        inner = entries(target / FOLDER)
        others += [f"{FOLDER}/{name}" for name in inner if not name.endswith(".toml") and name[0] != "."]
    if others:
        raise NotWritten(
            f"文件夹“{target.name}”里有不属于账簿的文件：{'、'.join(others[:5])}。请先移到别处。"
        )


def _exchange(beside: Path, target: Path) -> None:
    """Put the new folder where the old one is. If anything fails, the old one is back."""
    if not target.exists():
        beside.rename(target)
        return
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    moved: list[str] = []
    target.rename(old)
    try:
        beside.chmod(stat.S_IMODE(old.stat().st_mode))
        for name in entries(old):
            if hidden(name):
                (old / name).rename(beside / name)
                moved.append(name)
        beside.rename(target)
    except OSError:
        for name in moved:
            (beside / name).rename(old / name)
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _files(raw: RawBook) -> Iterator[tuple[str, str]]:
    """Names and texts of the files of a book."""
    for row in raw.tables.get(BOOK.key, [RawRow({}, BOOK.file)])[:1]:
        yield BOOK.file, write_pairs(_pairs(row, BOOK))
    for name, sheet in TABLES.items():
        if sheet.key in raw.tables:
            yield name, write_csv(raw.tables[sheet.key], sheet)
    yield from _project_files(raw)
    for key in TEXTS:
        if key in raw.texts and (text := raw.texts[key].values.get("text", "").strip()):
            yield f"{key}.md", text + "\n"


def _project_files(raw: RawBook) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    indicators: dict[str, list[RawRow]] = {}
    for row in raw.tables.get(INDICATORS.key, []):
        indicators.setdefault(row.values.get("project", ""), []).append(row)
    for row in raw.tables.get(PROJECTS.key, []):
        code = row.values.get("code", "")
        if not safe_code(code) or code.casefold() in taken:
            why = "是空的、有重复，或者有不能用的字符"
            raise NotWritten(f"项目编码“{code}”{why}，不能做文件名。编码用字母、数字、汉字、“-”和“_”。")
        taken.add(code.casefold())
        yield f"{FOLDER}/{code}.toml", _project_text(row, indicators.pop(code, []))
    if indicators:
        raise NotWritten(f"绩效指标写的项目“{next(iter(indicators))}”，项目表里没有。请先改正。")


def _project_text(row: RawRow, indicators: list[RawRow]) -> str:
    pairs = _pairs(row, PROJECTS)
    parts = [write_pairs(pair for pair in pairs if "." not in pair[0])]
    for group in ("funds", "year_funds"):
        inner = [(key.partition(".")[2], value) for key, value in pairs if key.startswith(group + ".")]
        if inner:
            parts.append(f"[{group}]\n{write_pairs(inner)}")
    for one in indicators:
        inner = [pair for pair in _pairs(one, INDICATORS) if pair[0] != "project"]
        parts.append(f"[[{INDICATOR}]]\n{write_pairs(inner)}")
    return "\n".join(parts)


def _pairs(row: RawRow, sheet: Sheet) -> list[tuple[str, str]]:
    """Keys and values in TOML, in the order of the table, empty ones left out."""
    return [
        (field.key, written(text, number=field.kind in ("money", "count")))
        for field in sheet.fields
        if (text := row.values.get(field.key, ""))
    ]
