"""Rows that a scanner shifted by one column are put back before they are read.

A row is only moved where it makes no sense as it stands and all its sums hold once it is moved.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from openbook.document import Statement
from openbook.money import parse_decimal
from openbook.source import Problem, RawCell
from openbook.statements.binding import Binding, Side, is_number, split_code
from openbook.statements.declared import identities
from openbook.statements.words import fold

_PLACES = 4  # decimals that sums of a row are compared with


def put_back(
    statement: Statement, binding: Binding, rows: list[list[RawCell]]
) -> tuple[list[list[RawCell]], list[Problem]]:
    """The rows with shifted ones mended where that is certain, and a word about each of these.

    A row of another length that nothing mends may be shifted: then the statement proves nothing.
    """
    title = statement.title
    usual = _usual_length(rows)
    side = binding.sides[0]
    movable = len(binding.sides) == 1 and len(side.columns) > 1
    money = {column.index for side in binding.sides for column in side.columns}
    mended: list[list[RawCell]] = []
    problems: list[Problem] = []
    for row in rows:
        moved = _moved(statement.kind, side, row) if movable else None
        mended.append(moved or row)
        odd = len(row) != usual and usual and any("." in cell.text for cell in row)
        if moved is None and (odd or _astray(money, row)):
            statement.reliable = False
            shown = " ".join(cell.text for cell in row if cell.text)[:30]
            message = (
                f"《{fold(title)}》有一行的栏数或数字的位置与别的行不同（“{shown}”），数字可能错开；"
                "凡只依据此表的问题不列为错误。"
            )
            problems.append(Problem("OB004", message, row[0].place))
        if moved:
            name = "".join(cell.text for cell in row[: side.columns[0].index] if not is_number(cell.text))
            message = (
                f"《{fold(title)}》“{name[:30]}”行的数字错开了一栏，按各栏相加的关系移回后核对。请看原件。"
            )
            problems.append(Problem("OB004", message, row[0].place))
    return mended, problems


def _usual_length(rows: list[list[RawCell]]) -> int:
    """Cells of most rows; 0 where rows end with their last figure, so that lengths say nothing."""
    if all(row[-1].text for row in rows):
        return 0
    return Counter(map(len, rows)).most_common(1)[0][0]


def _astray(money: set[int], row: list[RawCell]) -> bool:
    """Whether a figure other than zero stands where no money column is."""
    outside = [cell.text for i, cell in enumerate(row) if i not in money and "." in cell.text]
    return any(is_number(text) and text.strip("0.") for text in outside)


def _moved(kind: str, side: Side, row: list[RawCell]) -> list[RawCell] | None:
    first = side.columns[0].index
    if not any(is_number(cell.text) for cell in row[first:]):
        return None
    if side.label is not None and 0 < side.label < len(row) and is_number(row[side.label].text):
        if split_code(row[side.label - 1].text):  # code and name stand in one cell, the rest moved up
            blank = row[side.label]._replace(text="")
            return [*row[: side.label], blank, *row[side.label :]]
        return None
    if first + 1 >= len(row) or row[first].text or not is_number(row[first + 1].text):
        return None
    moved = [*row[:first], *row[first + 1 :], row[-1]._replace(text="")]
    return moved if not _adds_up(kind, side, row) and _adds_up(kind, side, moved) else None


def _adds_up(kind: str, side: Side, row: list[RawCell]) -> bool:
    """Whether the first identity within a row that fits these columns holds, at least one part filled."""
    amounts = {column.key: _amount(row, column.index) for column in side.columns}
    if max((column.index for column in side.columns), default=0) + 1 < len(row):
        beyond = row[max(column.index for column in side.columns) + 1 :]
        if any(is_number(cell.text) for cell in beyond):
            return False
    for total, parts in _row_identities(kind):
        known = [part for part in parts if part in amounts]
        if total == side.columns[0].key and known:
            tolerance = 10 ** (_PLACES - 2) * (len(known) + 1) // 2
            return amounts[total] != 0 and abs(amounts[total] - sum(amounts[p] for p in known)) <= tolerance
    return True


def _amount(row: list[RawCell], index: int) -> int:
    parsed = parse_decimal(row[index].text) if index < len(row) and row[index].text else None
    return parsed[0] * 10**_PLACES // 10 ** parsed[1] if parsed else 0


@cache
def _row_identities(kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (item.total, item.parts) for item in identities() if item.form == "row" and kind in item.statements
    )
