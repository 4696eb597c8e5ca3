"""Whether true amounts exist that print as they are printed and satisfy every equation at once.

A linear program over the deviations d of each cell, d in [-half, half]. Where it is infeasible
its dual names cells that cannot all be right (a conflict); smallest sets of cells that meet all
conflicts are the smallest repairs (implicit hitting sets: Reiter 1987, Davies and Bacchus 2011).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, NamedTuple

from openbook.document import Cell
from openbook.statements.verdicts import Judged

_TOLERANCE = 1e-6
_DENOMINATOR = 1_000
_MOST_ROUNDS = 60
_LARGEST_REPAIR = 8


Key = tuple[tuple[int, int], ...]


def feasible(judged: list[Judged]) -> bool:
    """Whether true amounts exist that print so: the common case, asked before any conflict is sought.

    Cells printed alike that are said to be equal share one unknown, and a cell that stands in one
    equation only is room for that equation: what is left is a third of the problem.
    """
    ties: list[Judged] = []
    others: list[Judged] = []
    for item in judged:
        (ties if _ties(item) else others).append(item)
    stands_for = _merged(ties).get
    unit: int | None = None  # the smallest half
    columns: dict[int, int] = {}
    halves: list[int] = []
    rows: set[tuple[Key, int, bool]] = set()
    for item in others:
        weights: dict[int, int] = {}
        for sign, cell in item.equation.terms:
            half = cell.half
            if unit is None or half < unit:
                unit = half
            owner = stands_for(id(cell)) or id(cell)
            column = columns.setdefault(owner, len(halves))
            if column == len(halves):
                halves.append(half)
            weights[column] = weights.get(column, 0) + sign
        key = tuple(sorted([(column, weight) for column, weight in weights.items() if weight]))
        if key or item.residual:
            rows.add((key, -item.residual, item.equation.at_least))
    return _solvable(halves, sorted(rows), unit or 1)


def _ties(item: Judged) -> bool:
    """Whether it says of two cells printed alike that they are equal."""
    terms = item.equation.terms
    if len(terms) != 2 or item.residual or item.equation.at_least:
        return False
    (first, one), (second, other) = terms
    return first == -second and one.half == other.half


def _merged(ties: list[Judged]) -> dict[int, int]:
    """For each cell that equals others printed alike, the one that stands for all of them."""
    parent: dict[int, int] = {}

    def find(cell: int) -> int:
        while (above := parent.get(cell, cell)) != cell:
            cell = above
        return cell

    for item in ties:
        (_, one), (_, other) = item.equation.terms
        parent[find(id(one))] = find(id(other))
    return {cell: find(cell) for cell in parent}


def _solvable(halves: list[int], rows: list[tuple[Key, int, bool]], unit: int) -> bool:
    import highspy
    import numpy as np

    uses = Counter([column for key, _, _ in rows for column, _ in key])
    number: dict[int, int] = {}
    bounds: list[float] = []
    lower, upper, starts, indices, values = [], [], [0], [], []
    for key, wanted, at_least in rows:
        room = 0
        for column, weight in key:
            if uses[column] == 1:
                room += halves[column] * abs(weight)
                continue
            if column not in number:
                number[column] = len(bounds)
                bounds.append(halves[column] / unit)
            indices.append(number[column])
            values.append(weight)
        lower.append((wanted - room) / unit)
        upper.append(highspy.kHighsInf if at_least else (wanted + room) / unit)
        starts.append(len(indices))
    if not bounds:
        return all(low <= 0 <= high for low, high in zip(lower, upper, strict=True))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(bounds), len(rows)
    limits = np.array(bounds)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(len(bounds)), -limits, limits
    lp.row_lower_, lp.row_upper_ = np.array(lower), np.array(upper)
    _matrix(lp, starts, indices, values)
    solver = _silent()
    solver.passModel(lp)
    solver.run()
    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _matrix(lp: Any, starts: list[int], indices: list[int], values: list[int]) -> None:
    import highspy
    import numpy as np

    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(indices, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(values, dtype=np.float64)


def _silent() -> Any:
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("presolve", "off")  # costs more than it saves at a few hundred rows
    return solver


class Proof(NamedTuple):
    """Why not all figures can be right: `cells` (indices) and the equations that were combined."""

    cells: set[int]
    equations: list[Judged]


class System:
    """A set of equations that share cells, ready to be solved with some cells set free."""

    def __init__(self, judged: list[Judged]) -> None:
        self.judged = judged
        self.cells: list[Cell] = []
        index: dict[int, int] = {}
        for item in judged:
            for _, cell in item.equation.terms:
                if id(cell) not in index:
                    index[id(cell)] = len(self.cells)
                    self.cells.append(cell)
        self.index = index
        self.unit = min((cell.half for cell in self.cells), default=1)
        self._solver: Any = None

    def conflict(self, free: Iterable[Cell] = ()) -> Proof | None:
        """Cells that cannot all be right even if `free` cells may be anything; None where all can."""
        solver = self._prepare()
        freed = [self.index[id(cell)] for cell in free]
        infinity = solver.getInfinity()
        for column in freed:
            solver.changeColBounds(column, -infinity, infinity)
        solver.run()
        feasible = solver.getInfo().objective_function_value <= _TOLERANCE
        duals = [] if feasible else list(solver.getSolution().row_dual)
        for column in freed:
            bound = self.cells[column].half / self.unit
            solver.changeColBounds(column, -bound, bound)
        return self._proven(duals, set(freed)) if duals else None

    def _proven(self, duals: list[float], freed: set[int]) -> Proof | None:
        """A conflict whose proof was checked in exact arithmetic; None without proof.

        For any weights y on the equations, y.(A d) = -y.r must be possible with |d| <= half: if
        |y.r| exceeds sum |y.A| half, no true amounts exist. An inequality may only be weighted in
        its own direction. The solver only suggests y.
        """
        weights: dict[int, Fraction] = {}
        left = Fraction(0)
        used: list[Judged] = []
        one_way: list[Fraction] = []
        for item, dual in zip(self.judged, duals, strict=True):
            if abs(dual) <= _TOLERANCE:
                continue
            y = Fraction(dual).limit_denominator(_DENOMINATOR)
            left += y * item.residual
            used.append(item)
            if item.equation.at_least:
                one_way.append(y)
            for sign, cell in item.equation.terms:
                column = self.index[id(cell)]
                weights[column] = weights.get(column, Fraction(0)) + sign * y
        weights = {column: weight for column, weight in weights.items() if weight}
        room = sum(abs(weight) * self.cells[column].half for column, weight in weights.items())
        if freed & weights.keys() or abs(left) <= room or any(y * left > 0 for y in one_way):
            return None
        return Proof(set(weights), used)

    def _prepare(self) -> Any:
        if self._solver is not None:
            return self._solver
        import highspy
        import numpy as np

        count, rows = len(self.cells), len(self.judged)
        infinity = highspy.kHighsInf
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count + 2 * rows, rows
        halves = np.array([cell.half / self.unit for cell in self.cells])
        lp.col_cost_ = np.concatenate([np.zeros(count), np.ones(2 * rows)])
        lp.col_lower_ = np.concatenate([-halves, np.zeros(2 * rows)])
        lp.col_upper_ = np.concatenate([halves, np.full(2 * rows, infinity)])
        residuals = np.array([-item.residual / self.unit for item in self.judged])
        lp.row_lower_ = residuals
        lp.row_upper_ = np.array(
            [
                infinity if item.equation.at_least else r
                for item, r in zip(self.judged, residuals, strict=True)
            ]
        )
        starts, indices, values = [0], [], []
        for row, item in enumerate(self.judged):
            merged: dict[int, int] = {}
            for sign, cell in item.equation.terms:
                column = self.index[id(cell)]
                merged[column] = merged.get(column, 0) + sign
            indices += [*merged, count + row, count + rows + row]
            values += [*merged.values(), 1, -1]
            starts.append(len(indices))
        _matrix(lp, starts, indices, values)
        solver = _silent()
        solver.passModel(lp)
        self._solver = solver
        return solver

    def smallest_repair(self, known: list[set[int]], free: Sequence[Cell] = ()) -> list[Cell]:
        """A smallest set of cells whose change, besides that of `free`, makes everything feasible.

        [] where none was found in time.
        """
        conflicts = [set(item) for item in known]
        for _ in range(_MOST_ROUNDS):
            chosen = smallest_hitting_set(conflicts)
            if chosen is None:
                return []
            conflict = self.conflict([*free, *(self.cells[column] for column in chosen)])
            if conflict is None:
                return [self.cells[column] for column in sorted(chosen)]
            conflicts.append(conflict.cells)
        return []


def smallest_hitting_set(conflicts: list[set[int]]) -> set[int] | None:
    """A smallest set that meets every conflict; None where it would need more cells than is sensible."""
    if not conflicts:
        return set()
    frequency: dict[int, int] = {}
    for conflict in conflicts:
        for column in conflict:
            frequency[column] = frequency.get(column, 0) + 1
    # a cell that meets only conflicts another cell meets as well is never needed
    signature: dict[frozenset[int], int] = {}
    for column in sorted(frequency, key=lambda c: (-frequency[c], c)):
        met = frozenset(i for i, conflict in enumerate(conflicts) if column in conflict)
        if not any(met <= other for other in signature):
            signature[met] = column
    for size in range(1, _LARGEST_REPAIR + 1):
        found = _cover(list(signature), len(conflicts), size)
        if found is not None:
            return {signature[met] for met in found}
    return None


def _cover(sets: list[frozenset[int]], count: int, size: int) -> tuple[frozenset[int], ...] | None:
    if len(sets) ** size > 200_000:
        return None
    everything = frozenset(range(count))
    for chosen in combinations(sets, size):
        if frozenset().union(*chosen) == everything:
            return chosen
    return None
