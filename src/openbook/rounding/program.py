"""A part as an integer program whose rows are short and whose figures are small.

Every column counts steps above the whole steps of the true value, so that a cell's column is 0 or 1.
A cell is not the sum of all its atoms but of the largest cells within it (a total of its classes, a
class of its items): a fifth of the entries, and a basis that a simplex solver turns over quickly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from openbook.rounding.reduction import Cell, Part, bits

EXACT, WHOLE_BY_ONE, ELASTIC = 1, 2, 3
_WHOLE = 2  # as bad as so many others: a true figure that is printed as another one


@dataclass(slots=True)
class Program:
    """Least cost of integer columns within bounds; a row adds signed columns up to a figure.

    The cost is the weight of the cells that are not printed at the nearest step, twice that of cells of
    whole steps, and `excess`, more than all of it, for each step that a cell is off beyond the first.
    """

    atoms: int
    excess: int
    cost: list[int] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[dict[int, int]] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    offset: int = 0

    def column(self, cost: int, lower: float, upper: float) -> int:
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.cost) - 1

    def row(self, columns: dict[int, int], total: int) -> None:
        self.rows.append(columns)
        self.sums.append(total)


def program(part: Part, stage: int) -> Program:
    """EXACT: each cell at one of the two steps around it. WHOLE_BY_ONE: cells of whole steps may be one off.

    ELASTIC: any cell may be any steps off, at a price above everything else.
    """
    made = Program(len(part.floors), 1 + _WHOLE * sum(cell.weight for cell in part.cells))
    for floor in part.floors:
        made.column(0, -floor, math.inf)
    columns: dict[int, int] = {}
    for cell in part.cells:
        alone = cell.members & (cell.members - 1) == 0
        columns[cell.members] = (
            cell.members.bit_length() - 1 if alone else made.column(0, -cell.floor, math.inf)
        )
    floors = {cell.members: cell.floor for cell in part.cells}
    for members, within in _composed(part).items():
        signs = {columns[cell]: 1 for cell in within if cell in columns}
        signs.update({cell.bit_length() - 1: 1 for cell in within if cell not in columns})
        below = sum(floors[c] if c in floors else part.floors[c.bit_length() - 1] for c in within)
        made.row({**signs, columns[members]: -1}, floors[members] - below)
    for cell in part.cells:
        _price(made, cell, columns[cell.members], part.step, stage)
    return made


def _composed(part: Part) -> dict[int, list[int]]:
    """Each cell of several atoms as disjoint smaller cells and, where no cell fits, single atoms."""
    by_size = sorted((cell.members for cell in part.cells), key=lambda mask: (-mask.bit_count(), mask))
    holding: dict[int, list[int]] = {}
    for members in by_size:
        for atom in bits(members):
            holding.setdefault(atom, []).append(members)
    made: dict[int, list[int]] = {}
    for members in by_size:
        if members & (members - 1) == 0:
            continue
        rest, made[members] = members, []
        while rest:
            lowest = rest & -rest
            fitting = (c for c in holding[lowest.bit_length() - 1] if c & ~rest == 0 and c != members)
            chosen = next(fitting, lowest)
            made[members].append(chosen)
            rest &= ~chosen
    return made


def _price(made: Program, cell: Cell, column: int, step: int, stage: int) -> None:
    """Bounds and cost of a cell's column: being at the farther of two steps costs a linear function."""
    farther = 2 * cell.rest > step
    cost = 0 if 2 * cell.rest in (0, step) else -cell.weight if farther else cell.weight
    made.offset += cell.weight if farther else 0
    upper = 1 if cell.rest else 0
    if stage == EXACT or (stage == WHOLE_BY_ONE and cell.rest):
        made.cost[column], made.lower[column], made.upper[column] = cost, 0, upper
        return
    signs = {column: -1}
    if cell.rest:
        signs[made.column(cost, 0, upper)] = 1
    else:
        signs[made.column(_WHOLE * cell.weight, 0, 1)] = 1
        signs[made.column(_WHOLE * cell.weight, 0, 1)] = -1
    if stage == ELASTIC:
        signs[made.column(made.excess, 0, math.inf)] = 1
        signs[made.column(made.excess, 0, math.inf)] = -1
    made.row(signs, 0)
