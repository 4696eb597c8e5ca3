"""Rows that a scanner lost, told by the numbers before them: 序号 17, 18, 26 or 九、十、十四、."""

from __future__ import annotations

import re
from itertools import pairwise

from openbook.document import Document, Problem, RawCell, Statement
from openbook.statements.binding import Binding
from openbook.statements.words import fold

_NUMERAL = re.compile(r"([一二三四五六七八九十]{1,3})[、.,]")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}
_MOST = 0.6  # share of rows that must be numbered for the numbers to mean anything
_FEWEST = 3


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
