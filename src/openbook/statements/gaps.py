"""Rows that a scanner lost, told by the numbers before them: 序号 17, 18, 26 or 九、十、十四、."""

from __future__ import annotations

import re
from itertools import pairwise

from openbook.document import Document, Statement
from openbook.source import Problem, RawCell
from openbook.statements.binding import Binding
from openbook.statements.words import fold

_NUMERAL = re.compile(r"([一二三四五六七八九十]{1,3})[、.,]")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}
_MOST = 0.6  # share of rows that must be numbered for the numbers to mean anything
_FEWEST = 3
_MANY = 3  # so many accounts are not forgotten
_ALL_ACCOUNTS = ("revenue", "expenditure")  # list every account there is


def number_gap(binding: Binding, rows: list[list[RawCell]], last: int) -> tuple[int, tuple[int, int] | None]:
    """The last running number (序号) of these rows, and the first pair that does not follow."""
    if any(side.label == 0 or 0 in side.codes for side in binding.sides):
        return last, None
    numbers = [int(row[0].text) for row in rows if row and row[0].text.isdecimal() and len(row[0].text) < 4]
    if len(numbers) < max(_FEWEST, _MOST * len(rows)):
        return last, None
    gap = next(((a, b) for a, b in pairwise([last, *numbers]) if b > a + 1), None)
    return numbers[-1], gap


def numeral_gaps(document: Document) -> None:
    """Classes of a two-sided statement that are numbered one by one and skip a number."""
    if not document.source.scanned:
        return
    for statement in document.statements:
        if statement.kind not in ("summary", "appropriation"):
            continue
        numbers = [
            numeral(match[1])
            for row in statement.rows
            if row.side == "expenditure" and (match := _NUMERAL.match(fold(row.name)))
        ]
        gap = next(((a, b) for a, b in pairwise([0, *numbers]) if b > a + 1), None)
        if gap is not None and len(numbers) >= _FEWEST:
            document.problems.append(lost(statement, gap))


def losses(document: Document) -> None:
    """Statements that break off: without their totals, with no row at all, or short of many accounts."""
    if not document.source.scanned:
        return
    statements = {s.kind: s for s in reversed(document.statements)}
    codes = {kind: _codes(statements[kind]) for kind in _ALL_ACCOUNTS if kind in statements}
    for kind, statement in statements.items():
        others = set().union(*(codes[other] for other in codes if other != kind))
        if not statement.rows:
            statement.reliable &= statement.note is not None  # OB104 says so
        elif _lacking(statement, others, statements) or _open(statement) or _cut(statement):
            document.problems.append(_broken_off(statement))


def _lacking(statement: Statement, others: set[str], statements: dict[str, Statement]) -> bool:
    """Whether it lacks several accounts that it must list as others do."""
    own = _codes(statement)
    if statement.kind in _ALL_ACCOUNTS:
        return bool(own) and len(_roots(others - own)) >= _MANY
    return statement.kind == "general_expenditure" and len(_classes(statements) - own) >= _MANY


def _codes(statement: Statement) -> set[str]:
    return {row.key for row in statement.rows if row.key.isdigit()}


def _roots(codes: set[str]) -> set[str]:
    """Codes that are missing with all that stands above them in the same set."""
    return {code for code in codes if code[:3] not in codes or len(code) == len("201")}


def _classes(statements: dict[str, Statement]) -> set[str]:
    """Classes that the statement of appropriations pays from the general budget."""
    found = statements.get("appropriation")
    rows = found.rows if found else []
    return {
        row.key
        for row in rows
        if row.key.isdigit() and (cell := row.cells.get("general")) is not None and cell.amount
    }


def _open(statement: Statement) -> bool:
    """Whether a two-sided statement has rows and no total."""
    keys = {row.key for row in statement.rows}
    return statement.kind in ("summary", "appropriation") and not keys & {"exp.total", "exp.current"}


def _cut(statement: Statement) -> bool:
    """Whether both the total and the unit of the last project are greater than what stands below them."""
    if statement.kind not in ("projects", "projects_carryover") or statement.rows[-1].parent is None:
        return False
    return all(_short(statement, key) for key in ("total", statement.rows[-1].parent))


def _short(statement: Statement, key: str) -> bool:
    whole = statement.cell(key, "total")
    parts = [row.cells["total"] for row in statement.rows if row.parent == key and "total" in row.cells]
    slack = sum(cell.half for cell in parts) + (whole.half if whole else 0)
    return whole is not None and whole.value - sum(cell.value for cell in parts) > slack


def _broken_off(statement: Statement) -> Problem:
    statement.reliable = False
    title = fold(statement.title)
    message = f"《{title}》像是没有读完（缺少合计行，或者缺少多个科目、项目）；凡只依据此表的问题不列为错误。请看原件。"
    return Problem("OB004", message, statement.last)


def numeral(text: str) -> int:
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + _DIGITS.get(ones, 0)


def lost(statement: Statement, gap: tuple[int, int]) -> Problem:
    """Say that rows are missing; such a statement proves nothing."""
    statement.reliable = False
    title = fold(statement.title)
    message = f"《{title}》的编号从 {gap[0]} 跳到 {gap[1]}，中间的行没有读到；凡只依据此表的问题不列为错误。请看原件。"
    return Problem("OB004", message, statement.place)
