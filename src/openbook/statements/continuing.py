"""Whether a table goes on the statement before it, or is another one whose title was lost."""

from __future__ import annotations

from openbook.document import Statement
from openbook.source import RawCell
from openbook.statements.binding import Binding, has_words, is_number
from openbook.statements.words import fold

_BUDGETS = frozenset({"rev.general", "rev.fund", "rev.capital"})


def changed(own: Binding, other: Binding) -> bool:
    """Whether a head names other columns than the statement has."""
    keys = [{column.key for side in binding.sides for column in side.columns} for binding in (own, other)]
    return bool(own.head) and not own.guessed and not keys[0] <= keys[1]


def repeated(statement: Statement, binding: Binding, rows: list[list[RawCell]]) -> float:
    """The share of rows that stand in the statement already; 0 where the first one does not."""
    if not rows or not statement.rows or not binding.sides:
        return 0
    side = binding.sides[0]
    known = {row.code or fold(row.name) for row in statement.rows}
    if statement.row("rev.carryover") is not None:  # below it the three budgets are named once more
        known -= {fold(row.name) for row in statement.rows if row.key in _BUDGETS}
    last = side.label if side.label is not None else max(side.codes, default=0)
    marks = []
    for row in rows:
        cells = [fold(cell.text) for cell in row[: last + 1] if cell.text]
        code = "".join(text for text in cells if text.isdigit() and len(text) > 1)
        marks.append(code or next((text for text in cells if has_words(text)), ""))
    marks = [mark for mark in marks if mark]
    again = [mark in known for mark in marks]
    return sum(again) / len(again) if again and again[0] else 0


def same_columns(own: Binding, other: Binding) -> bool:
    return [[(c.key, c.index) for c in side.columns] for side in own.sides] == [
        [(c.key, c.index) for c in side.columns] for side in other.sides
    ]


def fits(binding: Binding, row: list[RawCell]) -> bool:
    """Words only where labels stand, figures only where figures stand."""
    money = {column.index for side in binding.sides for column in side.columns}
    return all(
        not has_words(cell.text) if i in money else not is_number(cell.text) or cell.text.isdigit()
        for i, cell in enumerate(row)
        if cell.text
    )


def align(own: Binding, other: Binding) -> bool:
    """A continued table whose head was garbled keeps the meaning of the first one's columns.

    False where the columns are not as many: those of a garbled head without figures are not seen.
    """
    for mine, theirs in zip(own.sides, other.sides, strict=True):
        if len(mine.columns) == len(theirs.columns):
            for column, known in zip(mine.columns, theirs.columns, strict=True):
                column.key, column.label = known.key, known.label
    return all(
        len(mine.columns) == len(theirs.columns) for mine, theirs in zip(own.sides, other.sides, strict=True)
    )
