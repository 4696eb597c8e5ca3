"""Open data of a disclosure: one JSON file that holds all of it, and a data package of CSV tables.

Every published figure stands there with its exact value and with the lines of the budget book it is the
sum of. `docs/data.md` explains the files, `docs/disclosure.schema.json` is the contract of the first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from openbook.disclosure import Claim, Disclosure, Origin
from openbook.reading.errors import Unreadable, in_words

_Kind = TypeVar("_Kind")
FILE = "disclosure.json"
FORMAT = 1  # a later program that changes the shape counts it up


class BookLine(NamedTuple):
    """A line of the budget book as it is published: where it stands and what it says; `amount` in fen.

    `unit` is the name of the unit; `function` and `economic` are codes; `source`, `category` and `period`
    keys of `openbook.book.model`. "" for what its table does not have.
    """

    file: str
    row: int | None
    amount: int
    unit: str = ""
    function: str = ""
    economic: str = ""
    source: str = ""
    category: str = ""
    project: str = ""
    period: str = ""
    item: str = ""  # what last year's figure or the purchase is, in words


class Licence(NamedTuple):
    """On what terms the data may be used: a name of the Open Definition's list, a title, an address or ""."""

    name: str
    title: str
    path: str = ""


# Only the department can grant a right to its data; where it says nothing, nothing is claimed.
UNSPECIFIED = Licence("notspecified", "未另行规定，以发布部门的声明为准")


class PublishedCell(NamedTuple):
    """A figure as published: its place in words, its text, printed and exact value in fen, its lines."""

    label: str
    text: str
    printed: int
    exact: int
    unit: str
    origins: tuple[Origin, ...]
    parts: tuple[str, ...] = ()  # addresses in the same statement whose printed values add up to it


@dataclass(frozen=True, slots=True)
class Published:
    """What `disclosure.json` holds, read back. `cells` by address."""

    title: str
    department: str
    year: int
    layout: str
    cells: dict[str, PublishedCell]
    lines: dict[Origin, BookLine]
    claims: tuple[Claim, ...]


def write_data(
    disclosure: Disclosure,
    lines: Mapping[Origin, BookLine],
    folder: Path,
    licence: Licence = UNSPECIFIED,
) -> None:
    """Write `disclosure.json` and the folder `data` into `folder`; the same bytes for the same disclosure.

    Only lines that a figure comes from are written. Raises KeyError where `lines` lacks one, OSError.
    """
    from openbook.writing.data_json import plain
    from openbook.writing.data_package import files

    told = plain(disclosure, lines)
    package = folder / "data"
    package.mkdir(parents=True, exist_ok=True)
    _write(folder / FILE, json.dumps(told, ensure_ascii=False, indent=1))
    for name, text in files(disclosure, told, licence).items():
        _write(package / name, text)


def published(disclosure: Disclosure, lines: Mapping[Origin, BookLine]) -> Published:
    """What `read_data` would read back if the disclosure were written."""
    from openbook.writing.data_json import plain

    return _published(plain(disclosure, lines))


def read_data(folder: Path) -> Published:
    """Read what `write_data` wrote. Raises Unreadable, with a message for the user."""
    path = folder / FILE
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(f"读不了 {path}：{in_words(error)}。") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path} 不是完整的 JSON 文件，请重新生成公开文件。") from error
    try:
        if told["format"] != FORMAT:
            raise Unreadable(f"{path} 是别的版本的程序生成的，请用本程序重新生成公开文件。")
        return _published(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"{path} 缺少应有的内容，可能被改动过，请重新生成公开文件。") from error


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "replace") + (b"" if text.endswith("\n") else b"\n"))


def _published(told: dict[str, Any]) -> Published:
    """Raises KeyError, TypeError, ValueError or AttributeError where something is missing or of another kind."""
    origins = {
        _text(one, "line"): Origin(_text(one, "table"), _number(one, "index")) for one in told["lines"]
    }
    lines = {origins[one["line"]]: _line(one) for one in told["lines"]}
    shown = [cell for statement in told["statements"] for row in statement["rows"] for cell in row["cells"]]
    cells = {
        _text(one, "address"): PublishedCell(
            _text(one, "label"),
            _text(one, "text"),
            _number(one, "printed"),
            _number(one, "exact"),
            _text(one, "unit"),
            tuple(origins[line] for line in _texts(one, "lines")),
            _texts(one, "parts"),
        )
        for one in (*shown, *told["other_cells"])
    }
    claims = tuple(
        Claim(
            _text(one, "id"),
            _text(one, "kind"),
            _text(one, "text"),
            None if one["value"] is None else _number(one, "value"),
            _texts(one, "cells"),
            _text(one, "topic"),
        )
        for one in told["claims"]
    )
    year = _number(told, "year")
    return Published(
        _text(told, "title"), _text(told, "department"), year, _text(told, "layout"), cells, lines, claims
    )


def _line(one: dict[str, Any]) -> BookLine:
    row = None if one["row"] is None else _number(one, "row")
    texts = {key: _text(one, key) for key in BookLine._fields if key not in ("row", "amount")}
    return BookLine(row=row, amount=_number(one, "amount"), **texts)


def _text(one: dict[str, Any], key: str) -> str:
    return _of_kind(one[key], str)


def _number(one: dict[str, Any], key: str) -> int:
    return _of_kind(one[key], int)


def _texts(one: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(_of_kind(value, str) for value in _of_kind(one[key], list))


def _of_kind(value: Any, kind: type[_Kind]) -> _Kind:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
