"""Equations written as text between cells given by what is printed in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from openbook.checking.judging import judge
from openbook.document import Cell, Column, Row, Statement
from openbook.money import Unit, parse_amount
from openbook.source import Place
from openbook.statements.declared import Identity
from openbook.statements.identities import Equation
from openbook.statements.verdicts import Judged

EQUAL = Identity("S1", "total", "linear", "合计＝各项之和", "算术")
AT_LEAST = Identity("S2", "total", "linear", "左边≥右边", "算术", sense=">=")


@dataclass(repr=False)
class Figures:
    """Judged equations and the cells they speak of, by name."""

    judged: list[Judged]
    cells: dict[str, Cell]

    def names(self, cells: list[Cell]) -> list[str]:
        known = {id(cell): name for name, cell in self.cells.items()}
        return [known[id(cell)] for cell in cells]


def cell(name: str, text: str, unit: Unit = Unit.WAN) -> Cell:
    """A cell in a row of its own, read as a statement's cell is."""
    statement = Statement("summary", "收支总表", Place(), unit)
    row = Row(statement, name, None, name, None, Place())
    figure = parse_amount(text, unit) if text else None
    column = Column("amount", "金额", 1)
    half = figure.half if figure else unit.li // 10**unit.usual_decimals // 2
    return Cell(row, column, text, Place(), figure.value if figure else None, half)


def figures(equations: str, printed: Mapping[str, str], unit: Unit = Unit.WAN) -> Figures:
    """``figures("t = a + b\\nt >= c", {"t": "10.00", ...})``; names that are not printed are blank."""
    cells: dict[str, Cell] = {}
    judged = []
    for number, line in enumerate(equations.strip().splitlines()):
        left, sense, *right = [part for part in line.split() if part != "+"]
        for name in (left, *right):
            cells.setdefault(name, cell(name, printed.get(name, ""), unit))
        terms = [(1, cells[left]), *((-1, cells[name]) for name in right)]
        identity = AT_LEAST if sense == ">=" else EQUAL
        judged.append(judge(Equation(identity, terms, (str(number),))))
    return Figures(judged, cells)


def possible(judged: list[Judged], free: frozenset[int] = frozenset()) -> bool:
    """Whether amounts exist that print so, by trying every corner in exact fractions: no solver, no float.

    A polytope that is not empty has a corner: each cell stands at an end of its interval or is
    determined by the equations (and by the inequalities that are tight there). `free` cells
    (by id) may be anything: they get an interval so wide that it never binds.
    """
    halves: dict[int, int] = {}
    for item in judged:
        for _, each in item.equation.terms:
            halves[id(each)] = 10**12 if id(each) in free else each.half
    index = {key: number for number, key in enumerate(halves)}
    rows = []
    for item in judged:
        row = [Fraction(0)] * len(index)
        for sign, each in item.equation.terms:
            row[index[id(each)]] += sign
        rows.append((row, Fraction(-item.residual), item.equation.at_least))
    equal = [(row, wanted) for row, wanted, at_least in rows if not at_least]
    loose = [(row, wanted) for row, wanted, at_least in rows if at_least]
    ends = list(halves.values())
    for tight in product((False, True), repeat=len(loose)):
        wanted = equal + [each for each, one in zip(loose, tight, strict=True) if one]
        for corner in product((-1, 0, 1), repeat=len(ends)):
            point = _solve(
                wanted, [side * end if side else None for side, end in zip(corner, ends, strict=True)]
            )
            if point is not None and _allowed(point, ends, equal, loose):
                return True
    return False


Row_ = tuple[list[Fraction], Fraction]


def _allowed(point: list[Fraction], ends: list[int], equal: list[Row_], loose: list[Row_]) -> bool:
    def value(row: list[Fraction]) -> Fraction:
        return sum((a * b for a, b in zip(row, point, strict=True)), Fraction(0))

    return (
        all(abs(each) <= end for each, end in zip(point, ends, strict=True))
        and all(value(row) == wanted for row, wanted in equal)
        and all(value(row) >= wanted for row, wanted in loose)
    )


def _solve(equations: list[Row_], fixed: list[int | None]) -> list[Fraction] | None:
    """The only point with these fixed coordinates that solves the equations; None where there is not one."""
    unknown = [number for number, each in enumerate(fixed) if each is None]
    if len(unknown) > len(equations):
        return None
    system = [
        [row[number] for number in unknown]
        + [wanted - sum((row[n] * each for n, each in enumerate(fixed) if each is not None), Fraction(0))]
        for row, wanted in equations
    ]
    for place in range(len(unknown)):
        pivot = next((row for row in system[place:] if row[place]), None)
        if pivot is None:
            return None
        system.remove(pivot)
        system.insert(place, [each / pivot[place] for each in pivot])
        for number, row in enumerate(system):
            if number != place and row[place]:
                factor = row[place]
                system[number] = [a - factor * b for a, b in zip(row, system[place], strict=True)]
    solved = {number: system[place][-1] for place, number in enumerate(unknown)}
    return [solved[n] if each is None else Fraction(each) for n, each in enumerate(fixed)]
