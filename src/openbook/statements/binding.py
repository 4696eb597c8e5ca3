"""Which column of a table means what: heads are read, data decide where heads are garbled."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openbook.document import Column
from openbook.money import parse_decimal
from openbook.source import RawCell
from openbook.statements.words import clear, column_key, fold, line_key

TWO_SIDED = frozenset({"summary", "appropriation", "state_capital"})
CODED = frozenset(
    {"revenue", "expenditure", "general_expenditure", "general_basic", "fund_revenue", "fund_expenditure"}
)
TOTALS = frozenset({"合计", "总计", "部门合计", "单位合计", "本年支出合计", "支出合计", "本年收入合计"})

# Order of the money columns where a head cannot be read.
_USUAL = {
    "expenditure": ("total", "basic", "project"),
    "general_expenditure": ("total", "basic", "project"),
    "fund_expenditure": ("total", "basic", "project"),
    "general_basic": ("total", "personnel", "public"),
    "three_public": ("total", "general", "fund", "capital"),
}
_CJK = re.compile(r"[\u4e00-\u9fff]")
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}\Z")
_DIGITS = re.compile(r"\d{1,7}\Z")
_CODE_HEAD = re.compile(r"编码$|^类$|^款$|^项$|代码$")
_CODE_AND_NAME = re.compile(r"(\d{3}(?:\d\d){0,2})\s*([\u4e00-\u9fff].*)\Z", re.S)
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+|\d{1,2})[、.．]")


@dataclass(slots=True)
class Side:
    """One side of a table: where its label stands and what its money columns mean."""

    name: str | None
    label: int | None
    codes: list[int] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    government: int | None = None  # column of the government economic account (Shanxi)


@dataclass(slots=True)
class Binding:
    """How to read the rows of a table from row `head` on."""

    head: int
    width: int
    sides: list[Side]
    guessed: bool = False


def is_number(text: str) -> bool:
    """Whether a cell holds exactly one number."""
    return bool(text) and (text[-1].isdigit() or text[-1] in ")）") and parse_decimal(text) is not None


def has_words(text: str) -> bool:
    return _CJK.search(text) is not None


def split_code(text: str) -> tuple[str, str] | None:
    """``"2120899 其他国有土地…"`` -> (code, name): a scanner merged two cells."""
    match = _CODE_AND_NAME.match(text) if text[:1].isdigit() else None
    if match and not match[1].isascii():
        return fold(match[1]), match[2]
    return (match[1], match[2]) if match else None


def head_rows(kind: str, rows: list[list[RawCell]]) -> int:
    """Number of rows before the first row of data."""
    for index, row in enumerate(rows):
        if _is_data(kind, row):
            return index
    return len(rows)


def _is_data(kind: str, row: list[RawCell]) -> bool:
    texts = [cell.text for cell in row if cell.text]
    if not texts or _is_enumeration(texts):
        return False
    if kind == "three_public_operating":
        return all(is_number(text) or text in "-—" for text in texts)
    folded = [clear(fold(text)) for text in texts]
    heads = sum(1 for text in folded if not _NUMBERED.match(text) and column_key(kind, text) is not None)
    coded = any(map(_CODE.match, folded))
    if heads >= 2 and not coded and not (heads == 2 and _is_closing(kind, texts)):
        return False
    words = list(filter(has_words, folded))
    if not words:
        return False
    if coded or split_code(texts[0]) or any(map(is_number, texts)):
        return True
    return _is_label(kind, words) and heads < 2


def _is_closing(kind: str, texts: list[str]) -> bool:
    """收入总计 … 支出总计 …, or 合计 on both sides, which look like heads."""
    amounts = any(is_number(text) and not (text.isdigit() and len(text) < 5) for text in texts)
    return kind in TWO_SIDED and amounts


def _is_label(kind: str, words: list[str]) -> bool:
    first = words[0]
    if first in TOTALS:
        return len(words) == 1 or kind in TWO_SIDED
    if kind == "three_public":
        return line_key("three_public", first) is not None
    return kind in TWO_SIDED and (
        _NUMBERED.match(first) is not None or any(line_key("expenditure", word) for word in words)
    )


def _is_enumeration(texts: list[str]) -> bool:
    """A row of column numbers: 栏次 1 2 3 4."""
    numbers = [text for text in texts if text.isdigit()]
    if len(numbers) < max(2, len(texts) - 1):
        return False
    values = list(map(int, numbers))
    return values == list(range(values[0], values[0] + len(values))) and values[0] <= 2


def bind(kind: str, rows: list[list[RawCell]]) -> Binding:
    """Bind the columns of a table that is known to be a statement of `kind`."""
    width = max(map(len, rows), default=0)
    head = head_rows(kind, rows)
    labels = _labels(rows[:head], width)
    profile = _profile(rows[head:], width)
    if kind == "three_public_operating":
        side = Side(None, None)
        sides = [side]
    else:
        sides = _sides(kind, labels, profile, width)
    guessed = False
    for position, side in enumerate(sides):
        first = (side.label + 1) if side.label is not None else 0
        last = _side_end(sides, position, width)
        guessed |= _money_columns(kind, side, labels, profile, first, last)
    return Binding(head, width, sides, guessed)


def _side_end(sides: list[Side], position: int, width: int) -> int:
    if position + 1 == len(sides):
        return width
    following = sides[position + 1]
    starts = [*following.codes, following.label if following.label is not None else width]
    return min(starts)


@dataclass(slots=True)
class _Head:
    """What stands above a column: own texts from top to bottom, and groups carried over from the left."""

    own: list[str]
    groups: list[str]


def _labels(head: list[list[RawCell]], width: int) -> list[_Head]:
    labels = [_Head([], []) for _ in range(width)]
    for row in head:
        texts = [clear(fold(cell.text)) for cell in row]
        if _is_enumeration([text for text in texts if text]):
            continue
        carried = ""
        for index in range(width):
            text = texts[index] if index < len(texts) else ""
            if text:
                carried = text
                labels[index].own.append(text)
            elif carried:
                labels[index].groups.append(carried)
    return labels


@dataclass(slots=True)
class _Profile:
    words: int = 0
    merged: int = 0  # code and name in one cell
    numbers: int = 0
    digits: int = 0  # digits only, short enough for a code part
    codes: int = 0  # account codes of three to seven digits


def _profile(rows: list[list[RawCell]], width: int) -> list[_Profile]:
    profile = [_Profile() for _ in range(width)]
    for row in rows:
        for column, cell in zip(profile, row, strict=False):
            text = cell.text
            if not text:
                continue
            if text.isdigit():
                text = fold(text)
                column.numbers += 1
                column.digits += len(text) <= 7
                column.codes += _CODE.match(text) is not None
            elif has_words(text):
                if split_code(text):
                    column.merged += 1
                elif not fold(text).endswith(("合计", "总计", "小计")):
                    column.words += 1
            elif is_number(text):
                column.numbers += 1
    return profile


def _sides(kind: str, labels: list[_Head], profile: list[_Profile], width: int) -> list[Side]:
    named = [i for i in range(width) if profile[i].words and profile[i].words >= profile[i].numbers]
    if not named:
        named = [i for i in range(width) if profile[i].merged > profile[i].numbers]
    if not named:
        named = [i for i in range(width) if any("名称" in text or text == "项目" for text in labels[i].own)]
        named = [i for i in named if not _CODE_HEAD.search(labels[i].own[-1])] or named
    if kind in TWO_SIDED and len(named) >= 2:
        second = _second_side(labels, named)
        sides = [Side("revenue", named[0]), Side("expenditure", second)]
    elif kind in TWO_SIDED:
        sides = [Side("expenditure" if kind == "state_capital" else "revenue", named[0] if named else None)]
    elif kind == "general_basic" and len(halves := _halves(labels, profile, named)) >= 2:
        sides = [Side(None, label) for label in halves]
    else:
        sides = [Side(None, named[0] if named else None)]
        if kind == "general_basic" and len(named) >= 2 and named[1] == named[0] + 1:
            sides[0].government = named[1]
    start = 0
    for side in sides:
        side.codes = _code_columns(labels, profile, start, side.label, width)
        start = (side.label or 0) + 1
    return sides


def _halves(labels: list[_Head], profile: list[_Profile], named: list[int]) -> list[int]:
    """Label columns of parts printed side by side: each has account codes of its own on its left."""
    return [
        index
        for index in named
        if index
        and (profile[index - 1].codes or any(_CODE_HEAD.search(text) for text in labels[index - 1].own))
    ]


def _second_side(labels: list[_Head], named: list[int]) -> int:
    for index in named[1:]:
        if any("支出" in text for text in labels[index].own + labels[index].groups):
            return index
    return named[1]


def _code_columns(
    labels: list[_Head], profile: list[_Profile], start: int, label: int | None, width: int
) -> list[int]:
    """Columns of account codes: named so, or digits only, directly left of the label column."""
    end = label if label is not None else width
    found: list[int] = []
    for index in range(end - 1, start - 1, -1):
        column = profile[index]
        if column.words or column.numbers != column.digits:
            break
        if start == 0 and not (column.numbers or labels[index].own):
            continue  # the rest of a wide cell that holds the whole code
        named = any(_CODE_HEAD.search(text) for text in labels[index].own)
        if not named and any(column_key("", text) not in (None, "none") for text in labels[index].own):
            break  # whole amounts look like codes
        sequence = any(text in ("序号", "栏次", "行次") for text in labels[index].own)
        if sequence or not (column.digits or named):
            break
        found.insert(0, index)
        if column.codes and column.codes >= column.digits / 2:
            break
    if found and (profile[found[0]].codes or not profile[found[0]].digits or label is None):
        return found
    return []


def _money_columns(
    kind: str, side: Side, labels: list[_Head], profile: list[_Profile], first: int, last: int
) -> bool:
    guessed = False
    used: set[str] = set()
    usual = _USUAL.get(kind, ())
    for index in range(first, last):
        if index == side.government:
            continue
        own = labels[index].own
        bottom = own[-1] if own else ""
        key = column_key(kind, bottom, "".join(own), *reversed(own[:-1]))
        if key is None and not own and labels[index].groups and profile[index].numbers:
            key = column_key(kind, labels[index].groups[-1])
            key = None if key == "none" else key  # the head of another column, carried over a lost one
        if key == "none" or (key is None and not profile[index].numbers):
            continue
        if key is None or key in used:
            open_keys = [candidate for candidate in usual if candidate not in used]
            key, guessed = (open_keys[0] if open_keys else f"column{index}"), True
        used.add(key)
        side.columns.append(Column(key, bottom or "".join(labels[index].groups[-1:]) or key, index))
    _settle(kind, side, labels)
    return guessed


def _settle(kind: str, side: Side, labels: list[_Head]) -> None:
    """Resolve what one head alone cannot say."""
    keys = {column.key: column for column in side.columns}
    if len(side.columns) == 1 and (side.name or kind == "fund_revenue"):
        side.columns[0].key = "amount"
    if kind == "three_public" and "budget" in keys and keys.keys().isdisjoint(("amount", "total")):
        keys["budget"].key = "amount"
    if kind == "revenue" and "current" not in keys:
        subtotal = [column for column in side.columns if "小计" in column.label]
        total = keys.get("total")
        if subtotal and total is not None and subtotal[0] is not total:
            subtotal[0].key = "current"
        elif total is not None and "carryover" in keys:
            head = labels[total.index]
            if any("本年收入" in text for text in head.own + head.groups):
                total.key = "current"
