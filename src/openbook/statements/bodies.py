"""Units among the lines of a projects statement, told by their sums where their names do not tell.

局, 中心 and the like end the names of units; a 活动基地 or 交易大厅 may be a unit or a project. A line to which
the lines below it add up is a unit, where only so all sums of the statement hold to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from openbook.document import Document, Row, Statement
from openbook.statements.words import fold

_KINDS = ("projects", "projects_carryover")
_UNIT = "unit:"
_MOST = 400  # lines

Values = tuple[int, ...]


def settle_bodies(document: Document) -> None:
    """Make units of the lines that must be units."""
    named = {fold(form.unit.text) for form in document.forms if form.unit is not None}
    for statement in document.statements:
        if statement.kind in _KINDS and statement.reliable and 2 < len(statement.rows) <= _MOST:
            _settle(statement, named)


def _settle(statement: Statement, named: Set[str]) -> None:
    """`named`: who carries out projects, as the forms say."""
    total, *rows = statement.rows
    if total.key != "total":
        return
    columns = [column.key for column in statement.columns]
    values = [tuple(row.cells[key].value if key in row.cells else 0 for key in columns) for row in rows]
    known = [row.key.startswith(_UNIT) or fold(row.name) in named for row in rows]
    heads = _heads(known, values)
    whole = tuple(total.cells[key].value if key in total.cells else 0 for key in columns)
    if heads and _sum([values[head] for head in heads]) == whole:
        _regroup(rows, heads)


def _regroup(rows: list[Row], heads: list[int]) -> None:
    keys = {row.key for row in rows}
    for start, end in zip(heads, [*heads[1:], len(rows)], strict=True):
        unit = rows[start]
        if not unit.key.startswith(_UNIT):
            name = unit.key.partition(":")[2]
            unit.key = _UNIT + name if _UNIT + name not in keys else f"{_UNIT}{name}#{start}"
            unit.parent = "total"
        for row in rows[start + 1 : end]:
            row.parent = unit.key


def _heads(known: Sequence[bool], values: Sequence[Values]) -> list[int]:
    """Where units stand, so that each is the sum of the lines up to the next; [] where it comes out in no way.

    Known units stay units, and as few lines as possible become one: looked for from the end.
    """
    size = len(values)
    following: dict[int, int] = {size: size}  # a line that may be a unit -> the next one
    for start in range(size - 1, -1, -1):
        sums = (0,) * len(values[start])
        for end in range(start + 2, size + 1):
            if known[end - 1]:
                break
            sums = _sum((sums, values[end - 1]))
            if sums == values[start] and end in following:
                following[start] = end
    heads, at = [], 0
    while at in following and at < size:
        heads.append(at)
        at = following[at]
    return heads if at == size else []


def _sum(values: Sequence[Values]) -> Values:
    return tuple(map(sum, zip(*values, strict=True)))
