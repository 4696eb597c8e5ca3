"""Inequalities that odd sums give: what the linear relaxation gets wrong is nearly always a half.

Rows are equations of integers, so any sum of rows holds modulo two. Columns with an even coefficient
drop out of it; every other column stands some whole number of steps above its lower bound or below
its upper one. Where the parities leave an odd number over, those distances cannot all be zero: they
add up to at least one ({0, 1/2} cuts: Caprara and Fischetti 1996). Sums that a relaxed solution
violates are sought by elimination over the field of two elements (Koster, Zymolka, Kutschke 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from openbook.rounding.program import Program
from openbook.rounding.reduction import bits

NOTHING = 1e-6
_LESS_THAN_ONE = 0.95
_SHORT = 8  # columns away from their bounds: with more, their distances do not stay below one


class Cut(NamedTuple):
    """Signed columns that add up to `least` or more."""

    columns: dict[int, int]
    least: int


@dataclass(slots=True)
class _Sum:
    """A sum of rows modulo two: the columns off their bounds (as bits), the rows in it, whether it is odd."""

    away: int
    rows: int
    odd: bool


def cuts(program: Program, values: Sequence[float], most: int) -> list[Cut]:
    """Inequalities that hold for every integer solution and not for `values`, shortest first."""
    from_upper = [
        upper - value < value - lower
        for value, lower, upper in zip(values, program.lower, program.upper, strict=True)
    ]
    distance = [
        abs((upper if above else lower) - value)
        for value, lower, upper, above in zip(values, program.lower, program.upper, from_upper, strict=True)
    ]
    bounds = [
        int(program.upper[column] if above else program.lower[column])
        for column, above in enumerate(from_upper)
    ]
    found = [_cut(program, rows, bounds, from_upper) for rows in _violated(program, distance, bounds)]
    return sorted(found, key=lambda cut: (len(cut.columns), tuple(cut.columns)))[:most]


def _violated(program: Program, distance: list[float], bounds: list[int]) -> list[int]:
    """Sums of rows, as bits, that are odd though their columns stand less than one off their bounds."""
    order = sorted(
        (column for column, off in enumerate(distance) if off > NOTHING),
        key=lambda column: (-distance[column], column),
    )
    bit = {column: 1 << number for number, column in enumerate(order)}
    steps = [distance[column] for column in order]
    sums = [_start(number, row, program.sums[number], bit, bounds) for number, row in enumerate(program.rows)]
    found: dict[int, None] = {}
    for at in bit.values():
        holding = [each for each in sums if each.away & at]
        if not holding:
            continue
        pivot = min(holding, key=lambda each: (each.away.bit_count(), each.rows.bit_count()))
        for each in holding:
            if each is not pivot:
                each.away ^= pivot.away
                each.rows ^= pivot.rows
                each.odd ^= pivot.odd
                if each.odd and _close(each.away, steps):
                    found[each.rows] = None
        sums = [each for each in sums if each is not pivot]
    found.update((each.rows, None) for each in sums if each.odd and not each.away)
    return list(found)


def _start(number: int, row: dict[int, int], total: int, bit: dict[int, int], bounds: list[int]) -> _Sum:
    away, odd = 0, total
    for column in row:
        away ^= bit.get(column, 0)
        odd += bounds[column]
    return _Sum(away, 1 << number, odd % 2 == 1)


def _close(away: int, steps: list[float]) -> bool:
    return away.bit_count() <= _SHORT and sum(steps[number] for number in bits(away)) < _LESS_THAN_ONE


def _cut(program: Program, rows: int, bounds: list[int], from_upper: list[bool]) -> Cut:
    odd: set[int] = set()
    for row in bits(rows):
        odd ^= program.rows[row].keys()
    columns = {column: -1 if from_upper[column] else 1 for column in sorted(odd)}
    return Cut(columns, 1 + sum(sign * bounds[column] for column, sign in columns.items()))
