"""Rows of a table become rows of a statement: codes joined, labels recognised, figures read."""

from __future__ import annotations

import re
from functools import cache

from openbook.accounts import Classification, classification, stem
from openbook.document import Cell, Column, Row, Statement
from openbook.money import parse_amount
from openbook.source import NOWHERE, Place, Problem, RawCell
from openbook.statements.binding import TOTALS, TWO_SIDED, Binding, Side, has_words, is_number, split_code
from openbook.statements.words import bare, fold, line_key

_BLANKS = frozenset({"", "-", "--", "—", "——", "/", "\\", "_", "－", "·", ".", "无"})
_NOTE = re.compile(r"^(?:备注|说明|注)\d?[:：]")
_STRAY_NUMBER = re.compile(r"^\d{1,3}(?=[\u4e00-\u9fff])")
_BY_NAME = frozenset({"projects", "projects_carryover", "operating"})
_DEFAULT_YEAR = 2024
_HEAD_WORDS = frozenset({"栏次", "行次", "序号", "科目编码"})
_FIGURE_IN_NAME = re.compile(r"(?<![\d.])\d[\d,]*\.\d\d$")  # a scanner merged it with its neighbour
_TWO_FIGURES = re.compile(r"\d\s+\d+\.\d")


def unread(cell: Cell) -> bool:
    """Whether something is printed in a cell that is neither a figure nor a sign for none."""
    return cell.amount is None and cell.text not in _BLANKS


def add_rows(
    statement: Statement, binding: Binding, rows: list[list[RawCell]], year: int | None
) -> list[Problem]:
    """Append what `rows` hold to `statement`; what could not be read comes back as problems."""
    reader = _Rows(statement, binding, classification(year or statement.year or _DEFAULT_YEAR))
    for row in rows:
        reader.add(row)
    return reader.problems


class _Rows:
    def __init__(self, statement: Statement, binding: Binding, accounts: Classification) -> None:
        self.statement = statement
        self.binding = binding
        self.accounts = accounts
        self.problems: list[Problem] = []
        unit = statement.unit
        self.usual_half = unit.li // 10**unit.usual_decimals // 2
        self.keys = {row.key for row in statement.rows}
        self.names = {fold(row.name) for row in statement.rows}

    def add(self, row: list[RawCell]) -> None:
        filled = [cell for cell in row if cell.text]
        if filled and self._aside(filled):
            return
        if self.statement.kind == "general_basic" and len(self.binding.sides) > 1:
            row = _closed_up(self.binding.sides, row)
        for side in self.binding.sides:
            self._side(side, row)

    def _aside(self, filled: list[RawCell]) -> bool:
        """A note, which the statement keeps, or a line of a repeated head."""
        first = fold(filled[0].text)
        if len(filled) <= 2 and _NOTE.match(first):
            if self.statement.note is None:
                self.statement.note, self.statement.note_place = filled[0].text, filled[0].place
            return True
        return first in _HEAD_WORDS

    def _side(self, side: Side, row: list[RawCell]) -> None:
        label, place, code, raw_code = self._label(side, row)
        filled = _filled(side, row)
        if not label and not code and filled:
            label, place = self._unlabelled(side, row)
            if not label:
                self._unread(row)
        if not has_words(label) and not code:
            return
        key, parent = self._key(side, label, code, filled)
        if key is None:
            if filled:
                self._unread(row)
            return
        if key in self.keys:
            key = self._unique(key)
        entry = Row(self.statement, key, code, label.strip(), side.name, place, parent=parent)
        entry.raw_code = raw_code
        if _FIGURE_IN_NAME.search(label):
            self._unread(row)
        if side.government is not None and side.government < len(row):
            entry.government = row[side.government].text.strip()
        self._cells(entry, side, row)
        self.statement.rows.append(entry)
        self.keys.add(entry.key)
        self.names.add(fold(label))

    def _unlabelled(self, side: Side, row: list[RawCell]) -> tuple[str, Place]:
        """A name for a row of figures without one; "" where it means nothing to us."""
        if self.statement.kind == "three_public_operating":
            return "预算数", next(cell.place for cell in row if cell.text)
        return _first_words(side, row) if self.statement.kind == "procurement" else ("", NOWHERE)

    def _label(self, side: Side, row: list[RawCell]) -> tuple[str, Place, str | None, str]:
        size = len(row)
        label, place = "", NOWHERE
        if side.label is not None and side.label < size:
            label, place = row[side.label].text, row[side.label].place
        parts, raw, code = [], "", None
        if side.codes:
            printed = [row[index] for index in side.codes if index < size]
            parts = [fold(cell.text) for cell in printed]
            raw = " ".join(filter(None, parts))
            place = next((cell.place for cell in printed if cell.text), place)
            if raw and raw.replace(" ", "").isdigit():
                code = self._code(parts)
        if code is None:
            first = side.codes[0] if side.codes else 0
            for cell in row[first : (side.label or 0) + 1] if self._may_hold_codes(side) else ():
                merged = split_code(cell.text)
                if merged:
                    return merged[1], cell.place, merged[0], merged[0]
            if raw and has_words(raw) and not label:
                label = raw
            if not label and side.name is None:
                label = next(
                    (
                        cell.text
                        for cell in row[: side.columns[0].index if side.columns else 0]
                        if fold(cell.text) in TOTALS
                    ),
                    "",
                )
        return label, place, code, raw

    def _may_hold_codes(self, side: Side) -> bool:
        """Not where rows are named: the project “12345政务服务便民热线” has no code."""
        return bool(side.codes) or self.statement.kind not in _BY_NAME

    def _code(self, parts: list[str]) -> str:
        """Join the parts of a code; a part of one digit is padded, a broken first part mended from above.

        What was mended stays visible in `Row.raw_code`, so that a rule can object.
        """
        filled = [part.replace(" ", "") for part in parts if part.strip()]
        if len(filled) == 1:
            return filled[0]
        code = filled[0] + "".join(part.zfill(2) for part in filled[1:])
        if len(filled[0]) != 3 and self.statement.rows:
            above = self.statement.rows[-1].code or ""
            if len(above) >= 3 and len(filled) == len(parts):
                return above[:3] + code[len(filled[0]) :]
        return code

    def _key(self, side: Side, label: str, code: str | None, filled: bool) -> tuple[str | None, str | None]:
        """The row's key and its parent's key; no key where the row means nothing to us."""
        folded = fold(label)
        kind = self.statement.kind
        if code:
            return code, None
        if kind == "state_capital" and side.codes and folded in TOTALS:
            return ("rev.total" if side.name == "revenue" else "total"), None
        if kind in TWO_SIDED:
            return self._two_sided(side, folded), None
        if kind == "three_public":
            return line_key("three_public", folded) or f"three.other:{bare(folded)}", None
        if folded in TOTALS or kind == "three_public_operating":
            return "total", None
        return self._named(side, folded, filled)

    def _named(self, side: Side, name: str, filled: bool) -> tuple[str | None, str | None]:
        kind = self.statement.kind
        if kind in ("projects", "projects_carryover"):
            return self._project(name)
        if kind == "operating":
            return f"unit:{name}", "total"
        if kind in ("procurement", "assets"):
            return f"line:{bare(name)}", None
        if kind == "general_basic" and (key := line_key("general_basic", name)):
            return key, None
        if side.codes:
            return (f"line:{name}" if filled else None), None
        return self._economic(name), None

    def _two_sided(self, side: Side, label: str) -> str | None:
        if side.name == "revenue":
            key = line_key("revenue", label)
            if key and "rev.carryover" in self.keys and (key in self.keys or self._below_carryover(key)):
                return key.replace("rev.", "rev.carryover.", 1)
            return key or f"line:{bare(label)}"
        label = _STRAY_NUMBER.sub("", label)
        key = line_key("expenditure", label)
        if key:
            return key
        name = bare(label)
        return _class_code(self.accounts, name) or f"line:{name}"

    def _below_carryover(self, key: str) -> bool:
        """A budget that is named for the first time after this year's total or beside carried-over ones."""
        return key in ("rev.general", "rev.fund", "rev.capital") and (
            "rev.current" in self.keys or any(known.startswith("rev.carryover.") for known in self.keys)
        )

    def _economic(self, name: str) -> str:
        """Economic accounts printed without codes: the class above decides between equal names."""
        known = self.accounts.by_name(name, "departmental")
        above = next((row.key[:3] for row in reversed(self.statement.rows) if row.key[:3].isdigit()), None)
        for account in known:
            if len(account.code) == 3 or (above and account.code.startswith(above)):
                return str(account.code)
        return known[0].code if len(known) == 1 else f"line:{name}"

    def _project(self, name: str) -> tuple[str, str | None]:
        """Unit lines and project lines look alike: the body's own name and its units mark units."""
        if "total" not in self.keys:
            return "total", None
        entity = fold(self.statement.entity or "")
        unit = name == entity or name in self.names & {entity} or _is_body(name)
        if unit:
            return f"unit:{name}", "total"
        last_unit = next(
            (row.key for row in reversed(self.statement.rows) if row.key.startswith("unit:")), "total"
        )
        return f"project:{name}", last_unit

    def _unique(self, key: str) -> str:
        if key not in self.keys:
            return key
        number = 2
        while f"{key}#{number}" in self.keys:
            number += 1
        return f"{key}#{number}"

    def _cells(self, entry: Row, side: Side, row: list[RawCell]) -> None:
        unit, usual_half = self.statement.unit, self.usual_half
        size, cells = len(row), entry.cells
        for column in side.columns:
            index = column.index
            text, place, _, _ = row[index] if index < size else RawCell("", row[-1].place)
            if text in _BLANKS:
                cells[column.key] = Cell(entry, column, text, place, None, usual_half)
                continue
            figure = parse_amount(text, unit)
            if figure is not None:
                cells[column.key] = Cell(entry, column, text, place, figure.value, figure.half)
                continue
            self._number(entry, column, row[index])
            if _TWO_FIGURES.search(text):  # then the blank beside it is none
                self.statement.reliable = False
            cells[column.key] = Cell(entry, column, text, place, None, usual_half)

    def _number(self, entry: Row, column: Column, raw: RawCell) -> None:
        title = fold(self.statement.title)
        message = f"《{title}》“{entry.name}”行“{column.label}”栏的“{raw.text[:20]}”不是一个数，未参加核对。"
        self.problems.append(Problem("OB005", message, raw.place))

    def _unread(self, row: list[RawCell]) -> None:
        self.statement.reliable = False  # sums now lack a part
        shown = " ".join(cell.text for cell in row if cell.text)[:40]
        message = f"《{fold(self.statement.title)}》有一行没有读懂（“{shown}”），该行未参加核对。"
        place = next((cell.place for cell in row if cell.text), Place())
        self.problems.append(Problem("OB004", message, place))


def _filled(side: Side, row: list[RawCell]) -> bool:
    """Whether anything is printed in the money columns of this side."""
    size = len(row)
    return any(column.index < size and row[column.index].text not in _BLANKS for column in side.columns)


def _first_words(side: Side, row: list[RawCell]) -> tuple[str, Place]:
    """What is bought for no project stands in the second column, beside a blank name of the project."""
    money = side.columns[0].index if side.columns else 0
    return next(((cell.text, cell.place) for cell in row[:money] if has_words(cell.text)), ("", NOWHERE))


def _closed_up(sides: list[Side], row: list[RawCell]) -> list[RawCell]:
    """A sum whose label spans the next halves stands far right of it: put it where its label is."""
    made = list(row)
    for position, side in enumerate(sides):
        money = side.columns[0].index if side.columns else len(row)
        start = side.codes[0] if side.codes else side.label or 0
        if money >= len(row) or made[money].text or not any(has_words(c.text) for c in made[start:money]):
            continue
        end = len(row)
        for other in sides[position + 1 :]:
            first = other.codes[0] if other.codes else other.label or 0
            if any(has_words(cell.text) for cell in row[first : other.columns[0].index]):
                end = first
                break
        figures = [i for i in range(money, end) if is_number(row[i].text)]
        between = [i for i in range(money, end) if row[i].text and i not in figures]
        if len(figures) == 1 and not between:
            made[money], made[figures[0]] = row[figures[0]], row[money]
    return made


@cache
def _class_code(accounts: Classification, name: str) -> str | None:
    """Code of a functional class by its name of this or an earlier year."""
    for account in accounts.by_name(name, "functional"):
        if len(account.code) == 3:
            return account.code
    for account in accounts.formers():
        if account.kind == "functional" and len(account.code) == 3 and stem(account.name) == stem(name):
            return account.code
    return None


_BODY = re.compile(
    r"(?:局|中心|委员会|办公室|院|所|队|站|大队|支队|街道|政府|办事处|服务部|馆|学校|幼儿园|本级|机关)(?:\((?:本级|机关)\))?$"
)


def _is_body(name: str) -> bool:
    return len(name) <= 40 and _BODY.search(name) is not None and "经费" not in name and "项目" not in name
