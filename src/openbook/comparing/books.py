"""What two books say differently, besides their lines of money: units, projects, texts, last year, reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from openbook.book.model import BudgetBook, Spot, Words
from openbook.book.raw import RawRow
from openbook.book.render import render
from openbook.book.tables import BOOK, PROJECTS, SHEETS, TEXTS, TEXTS_SHEET, Field, Sheet
from openbook.comparing.addresses import Renames

# Tables that `openbook.comparing.lines` compares.
LINES = ("expenditure", "revenue", "forward")
# Fields that say which row is which; rows of a table that is not here stand alone.
_KEYS = {
    "units": ("name",),
    "accounts": ("code",),
    "prior": ("item",),
    "reasons": ("item",),
    "purposes": ("function",),
    "projects": ("code",),
    "indicators": ("project", "level2", "name"),
    "purchases": ("unit", "name", "project", "category"),
    "assets": ("item",),
    "controls": ("project", "unit", "source", "period"),
}
HIDDEN = "（不显示）"  # of what is personal only that it changed is told
_AROUND = 12  # letters of a long text shown on both sides of what changed


class FieldEdit(NamedTuple):
    """One field, as written in each book; "" where it is empty."""

    head: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A row of a table, or a text, that was added, removed or changed. Spots are of each side's own book."""

    table: str  # its title, as 项目
    name: str  # which row, in words
    kind: str  # added, removed, changed
    fields: tuple[FieldEdit, ...]
    before: Spot
    after: Spot


class _Row(NamedTuple):
    key: tuple[str, ...]
    values: dict[str, str]
    spot: Spot


def compare_books(old: BudgetBook, new: BudgetBook, renames: Renames) -> list[Edit]:
    """Everything that differs, table by table, in the order of the new book."""
    was, now = render(old), render(new)
    edits: list[Edit] = []
    for sheet in (BOOK, *SHEETS):
        if sheet.key not in LINES:
            before = _rows(old, sheet, was.tables.get(sheet.key, []), renames)
            after = _rows(new, sheet, now.tables.get(sheet.key, []), Renames())
            edits += _table(sheet, before, after)
    return edits + list(_texts(old, new))


def excerpt(before: str, after: str) -> FieldEdit:
    """The part of two long texts where they differ, with a few letters around it."""
    if max(len(before), len(after)) <= 4 * _AROUND:
        return FieldEdit("", before, after)
    start = _common(before, after)
    most = min(len(before), len(after)) - start  # the same letter is not counted from both ends
    end = min(most, _common(before[::-1], after[::-1]))
    return FieldEdit("", _window(before, start, len(before) - end), _window(after, start, len(after) - end))


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _window(text: str, start: int, end: int) -> str:
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    return ("…" if low else "") + text[low:high] + ("…" if high < len(text) else "")


# --- rows -----------------------------------------------------------------------------------


def _rows(book: BudgetBook, sheet: Sheet, rows: Sequence[RawRow], renames: Renames) -> list[_Row]:
    """The rendered rows with where each stands in its own book, in the new book's names for others."""
    found = []
    for row, spot in zip(rows, _spots(book, sheet), strict=True):
        values = {key: _renamed(key, value, renames) for key, value in row.values.items()}
        key = [values.get(one, "") for one in _KEYS.get(sheet.key, ())]
        if sheet is PROJECTS:
            key = [renames.project(values["code"])]
        elif sheet.key == "units":
            key = [renames.unit(values["name"])]
        found.append(_Row(tuple(key), values, spot))
    return found


def _renamed(key: str, value: str, renames: Renames) -> str:
    if key == "project":
        return renames.project(value)
    return renames.unit(value) if key == "unit" else value


def _spots(book: BudgetBook, sheet: Sheet) -> list[Spot]:
    match sheet.key:
        case "book":
            return [Spot(BOOK.file)]
        case "accounts":
            return [Spot(sheet.file) for _ in book.accounts]
        case "reasons":
            return [words.spot for words in book.reasons.values()]
        case "purposes":
            return [words.spot for words in book.purposes.values()]
        case "indicators":
            return [indicator.spot for project in book.projects for indicator in project.indicators]
        case key:
            return [row.spot for row in getattr(book, key)]


def _table(sheet: Sheet, old: Sequence[_Row], new: Sequence[_Row]) -> Iterator[Edit]:
    groups: dict[tuple[str, ...], tuple[list[_Row], list[_Row]]] = {}
    for side, rows in enumerate((new, old)):
        for row in rows:
            groups.setdefault(row.key, ([], []))[side].append(row)
    for added, removed in groups.values():
        before, after = _unequal(removed, added)
        for index in range(max(len(before), len(after))):
            was = before[index] if index < len(before) else None
            now = after[index] if index < len(after) else None
            yield _edit(sheet, was, now)


def _unequal(old: list[_Row], new: list[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Rows of one key without those that are the same on both sides."""
    left = list(old)
    rest = []
    for row in new:
        same = next((one for one in left if one.values == row.values), None)
        if same is None:
            rest.append(row)
        else:
            left.remove(same)
    return left, rest


def _edit(sheet: Sheet, was: _Row | None, now: _Row | None) -> Edit:
    kind = "added" if was is None else "removed" if now is None else "changed"
    before, after = was.values if was else {}, now.values if now else {}
    fields = tuple(
        _field(field, before.get(field.key, ""), after.get(field.key, ""))
        for field in sheet.fields
        if before.get(field.key, "") != after.get(field.key, "")
    )
    row = now or was
    assert row is not None
    spots = (was.spot if was else Spot(), now.spot if now else Spot())
    return Edit(sheet.title, _name(sheet, row.values), kind, fields, *spots)


def _field(field: Field, before: str, after: str) -> FieldEdit:
    if field.private:
        return FieldEdit(field.head, HIDDEN if before else "", HIDDEN if after else "")
    return excerpt(before, after)._replace(head=field.head)


def _name(sheet: Sheet, values: Mapping[str, str]) -> str:
    keys = ("code", "name") if sheet is PROJECTS else _KEYS.get(sheet.key, ())
    return " ".join(values[key] for key in keys if values.get(key))


def _texts(old: BudgetBook, new: BudgetBook) -> Iterator[Edit]:
    for key, title in TEXTS.items():
        before, after = old.texts.get(key, Words()), new.texts.get(key, Words())
        if before.text.strip() == after.text.strip():
            continue
        kind = "added" if not before.text.strip() else "removed" if not after.text.strip() else "changed"
        yield Edit(TEXTS_SHEET, title, kind, (excerpt(before.text, after.text),), before.spot, after.spot)
