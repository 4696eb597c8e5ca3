"""Statements of the three public expenses (三公) that are printed lying: one column an expense, one row of figures.

Final accounts print them so, with budget and outcome side by side, and several provinces their
budgets. They are stood up, so that everything else meets one shape only; every cell keeps its place.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from openbook.source import RawCell
from openbook.statements.binding import has_words, is_number
from openbook.statements.words import fold, line_key

_VALUE = re.compile(r"预算数|决算数|执行数|金额")
_ITEMS_NEEDED = 3
_NO_VALUE = "金额"


class _Column(NamedTuple):
    """A money column: which expense, what of it (预算数, 决算数), and the head cell that says so."""

    key: str
    value: str
    head: RawCell
    at: int


def stand_up(rows: list[list[RawCell]]) -> list[list[RawCell]]:
    """The rows with one expense a row; unchanged where the table stands already."""
    head, figures = _parts(rows)
    if not head or len(figures) > 1:
        return rows
    columns = [found for index, path in enumerate(_paths(head)) if (found := _column(path, index))]
    if len({column.key for column in columns}) < _ITEMS_NEEDED:
        return rows
    row = figures[0] if figures else []
    values = list(dict.fromkeys(column.value for column in columns))
    place = head[0][0].place
    made = [[RawCell("项目", place), *(RawCell(value, place) for value in values)]]
    for key in dict.fromkeys(column.key for column in columns):
        mine = {column.value: column for column in columns if column.key == key}
        first = next(iter(mine.values())).head
        made.append([first, *(_figure(row, mine.get(value), first) for value in values)])
    return made


def _parts(rows: list[list[RawCell]]) -> tuple[list[list[RawCell]], list[list[RawCell]]]:
    """The head, and the rows of figures below it; rows of column numbers are neither."""
    head: list[list[RawCell]] = []
    figures: list[list[RawCell]] = []
    for row in rows:
        texts = [cell.text for cell in row if cell.text]
        if any(map(has_words, texts)):
            if figures:
                return [], []
            head.append(row)
        elif any(map(is_number, texts)) and not _numbering(texts):
            figures.append(row)
    return head, figures


def _numbering(texts: list[str]) -> bool:
    return texts == [str(number) for number in range(1, len(texts) + 1)]


def _paths(head: list[list[RawCell]]) -> list[list[tuple[int, RawCell]]]:
    """For each column the head cells above it, from top to bottom.

    A blank head cell belongs to the one on its left where both stand under the same cells. The number
    is the column where the cell itself stands: two cells of one text are still two.
    """
    width = max(map(len, head))
    paths: list[list[tuple[int, RawCell]]] = [[] for _ in range(width)]
    for row in head:
        before: list[tuple[int, RawCell]] = []
        carried: tuple[int, RawCell] | None = None
        for index in range(width):
            above = list(paths[index])
            cell = row[index] if index < len(row) else None
            if cell is not None and cell.text:
                carried = (index, cell)
            elif above != before:
                carried = None
            if carried is not None:
                paths[index].append(carried)
            before = above
    return paths


def _column(path: list[tuple[int, RawCell]], index: int) -> _Column | None:
    value, found = _NO_VALUE, None
    for _, cell in path:
        text = fold(cell.text)
        key = line_key("three_public", text)
        if key and not (found and found[0] == "three.vehicle" and key == "three.total"):
            found = (key, cell)
        elif match := _VALUE.search(text):
            value = match[0]
    return _Column(found[0], value, found[1], index) if found else None


def _figure(row: list[RawCell], column: _Column | None, head: RawCell) -> RawCell:
    if column is None or column.at >= len(row):
        return RawCell("", head.place)
    return row[column.at]
