"""The building half of a layout file: how each statement is made out of the facts of a book.

A layout that is only read (a province nobody has described yet) has no `[build]`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from openbook.composing.facts import ROWS, check_words, column_words
from openbook.money import Unit
from openbook.statements import layouts as package

TEXT_COLUMNS = frozenset({"code", "name", "label", "government", "serial", "class", "section", "item"})
SHAPES = frozenset(
    {"sides", "functions", "economics", "accounts", "paired", "lines", "units", "projects", "single"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: of text (`words` None) or of figures, the sum of the facts that `words` choose."""

    key: str
    words: str | None
    head: str = ""  # of an optional column, appended only where it holds money


@dataclass(frozen=True, slots=True)
class Line:
    """A fixed line: its label, row key and depth; `optional`: only where it holds money."""

    label: str
    key: str
    indent: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One statement of a layout, as its file describes it."""

    kind: str
    title: str
    shape: str
    scope: str
    head: tuple[str, ...]
    columns: tuple[Column, ...]
    optional: tuple[Column, ...]
    left: tuple[Line, ...]
    tail: tuple[tuple[Line, Line | None], ...]
    lines: tuple[Line, ...]
    total_last: bool
    total_label: str
    widths: tuple[float, ...]
    unit: Unit
    decimals: int
    zero: str
    landscape: bool


@dataclass(frozen=True, slots=True)
class Build:
    """How a layout's disclosure is put together."""

    id: str
    title: str
    years: tuple[int, int]
    templates: tuple[Template, ...]
    above: tuple[str, str]
    number: str
    empty_note: str
    all_classes: bool
    form: str
    document: str  # text of the template of the whole document


class WrongLayout(ValueError):
    """A layout file that cannot be built from: says which file and what is wrong."""


def buildable() -> list[str]:
    """Ids of the layouts that can be built."""
    return [name.removesuffix(".toml") for name, raw in _files().items() if "build" in raw]


@cache
def _files() -> dict[str, dict[str, Any]]:
    entries = sorted(resources.files(package).iterdir(), key=lambda entry: entry.name)
    return {
        entry.name: tomllib.loads(entry.read_text("utf-8"))
        for entry in entries
        if entry.name.endswith(".toml")
    }


@cache
def build_of(identifier: str, level: str = "department") -> Build:
    """The layout with this id at `level` (department or unit). Raises WrongLayout."""
    raw = _files().get(f"{identifier}.toml")
    if raw is None or "build" not in raw:
        raise WrongLayout(f"没有可以编制的报表套式“{identifier}”。现有：{'、'.join(buildable())}。")
    build = raw["build"]
    try:
        return Build(
            id=raw["id"],
            title=raw["title"],
            years=(raw["years"][0], raw["years"][1]),
            templates=tuple(_template(build, entry, level) for entry in raw["statement"]),
            above=(build["above"][0], build["above"][1]),
            number=build.get("number", ""),
            empty_note=build["empty_note"],
            all_classes=build.get("classes", "present") == "all",
            form=build["form"],
            document=document_template(build.get("document", "shanxi.md")),
        )
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise WrongLayout(f"报表套式文件 {identifier}.toml 有误：{error}") from error


def document_template(name: str) -> str:
    """A template of the whole document that comes with OpenBook."""
    return (resources.files("openbook.composing") / "documents" / name).read_text("utf-8")


def _template(build: dict[str, Any], entry: dict[str, Any], level: str) -> Template:
    if level == "unit":
        entry = {**entry, **entry.get("unit_level", {})}
    kind, shape = entry["kind"], entry["rows"]
    if shape not in SHAPES:
        raise ValueError(f"rows = {shape!r}")
    scope = entry.get("scope", "")
    check_words(scope)
    return Template(
        kind=kind,
        title=_title(build, entry, level),
        shape=shape,
        scope=scope,
        head=tuple(entry["head"]),
        columns=tuple(_column(kind, text) for text in entry["columns"]),
        optional=tuple(_optional(kind, text) for text in entry.get("optional", ())),
        left=tuple(_line(item) for item in entry.get("left", ())),
        tail=tuple(_pair(item) for item in entry.get("tail", ())),
        lines=tuple(_line(item) for item in entry.get("lines", ())),
        total_last=entry.get("total", "first") == "last",
        total_label=entry.get("total_label", "合计"),
        widths=tuple(float(width) for width in entry["widths"]),
        unit=Unit(entry.get("unit", build["unit"])),
        decimals=entry.get("decimals", build["decimals"]),
        zero=entry.get("zero", build.get("zero", "")),
        landscape=entry.get("landscape", False),
    )


def _title(build: dict[str, Any], entry: dict[str, Any], level: str) -> str:
    title: str = entry.get("full_title") or build["statement_title"].replace("{title}", entry["title"])
    if level == "unit" and "unit_level" in build:
        department, unit = build["unit_level"]
        title = title.replace(department, unit, 1)
    return title


def _column(kind: str, text: str) -> Column:
    key, given, words = text.partition("=")
    if key in TEXT_COLUMNS:
        return Column(key, None)
    words = words if given else column_words(kind, key)
    check_words(words)
    return Column(key, words)


def _optional(kind: str, text: str) -> Column:
    key, _, head = text.partition("=")
    return Column(key, column_words(kind, key), head)


def _line(item: list[Any]) -> Line:
    label, key, *more = item
    if key and key not in ROWS:
        raise ValueError(f"行 {key!r} 不认识")
    return Line(label, key, next((m for m in more if isinstance(m, int)), 0), "?" in more)


def _pair(item: list[Any]) -> tuple[Line, Line | None]:
    left, left_key, right, right_key, *more = item
    return _line([left, left_key, *more]), _line([right, right_key, *more]) if right_key else None
