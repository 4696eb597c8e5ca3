"""The least cost of a program, proven: its linear relaxation, cuts by parity, then branch and bound.

The relaxation of most departments is integral as it stands. HiGHS solves the linear programs, each
from the basis of the one before. Its own integer solver is not used: it spends ten times as long on
cuts that do not fit this kind of program.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from openbook.rounding.parity import NOTHING, Cut, cuts
from openbook.rounding.program import Program

_ROUNDS_OF_CUTS = 12
_CUTS = 100  # in a round
_NODES = 1_000  # once there is a solution
_NODES_BEFORE = 4_000  # while there is none
_ACCURACY = 1e-4  # of a cost, which is a whole number

Bounds = dict[int, tuple[float, float]]


class Found(NamedTuple):
    """The best integer values of the columns, None where there are none; `proven`: nothing is left to search."""

    values: list[int] | None
    proven: bool


class _Node(NamedTuple):
    """A part of all solutions: columns with narrower bounds, and what any solution in it costs at least."""

    least: int
    bounds: Bounds


class _Relaxation:
    """The program without integrality, its bounds moved from node to node."""

    def __init__(self, program: Program) -> None:
        import highspy

        self.optimal = highspy.HighsModelStatus.kOptimal
        self.infeasible = highspy.HighsModelStatus.kInfeasible
        self.program = program
        self.narrowed: Bounds = {}
        self.solver = _silent()
        self.solver.passModel(_model(program))
        self.failed = False

    def solve(self) -> tuple[float, list[float]] | None:
        """Least cost and values, or None where there are none (or the solver gave up: `failed`)."""
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != self.optimal:
            self.failed |= status != self.infeasible
            return None
        return self.solver.getInfo().objective_function_value, list(self.solver.getSolution().col_value)

    def move(self, bounds: Bounds) -> None:
        for column in self.narrowed.keys() - bounds.keys():
            self.solver.changeColBounds(column, self.program.lower[column], self.program.upper[column])
        for column, (lower, upper) in bounds.items():
            if self.narrowed.get(column) != (lower, upper):
                self.solver.changeColBounds(column, lower, upper)
        self.narrowed = bounds

    def add(self, found: list[Cut]) -> None:
        import numpy as np

        starts, indices, values = _entries([cut.columns for cut in found])
        least = np.array([cut.least for cut in found], dtype=np.float64)
        most = np.full(len(found), self.solver.getInfinity())
        self.solver.addRows(len(found), least, most, len(indices), starts[:-1], indices, values)


def _silent() -> Any:
    import highspy

    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("presolve", "off"),
        ("solver", "simplex"),
    ):
        solver.setOptionValue(option, value)
    return solver


def _entries(rows: list[dict[int, int]]) -> tuple[Any, Any, Any]:
    import numpy as np

    starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    indices = np.array([column for row in rows for column in row], dtype=np.int32)
    values = np.array([value for row in rows for value in row.values()], dtype=np.float64)
    return starts, indices, values


def _model(program: Program) -> Any:
    import highspy
    import numpy as np

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.rows)
    lp.col_cost_ = np.array(program.cost, dtype=np.float64)
    lp.col_lower_, lp.col_upper_ = np.array(program.lower, dtype=np.float64), np.array(program.upper)
    lp.row_lower_ = lp.row_upper_ = np.array(program.sums, dtype=np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = _entries(program.rows)
    return lp


def solve(program: Program) -> Found:
    """What it returns satisfies every row and bound in integers, whatever the solver answered."""
    relaxation = _Relaxation(program)
    if (answer := _tightened(relaxation)) is None:
        return Found(None, not relaxation.failed)
    return _search(relaxation, answer)


def _tightened(relaxation: _Relaxation) -> tuple[float, list[float]] | None:
    """The relaxation with cuts as long as there are any."""
    answer = relaxation.solve()
    for _ in range(_ROUNDS_OF_CUTS):
        if answer is None or not _broken(answer[1]):
            break
        if not (found := cuts(relaxation.program, answer[1], _CUTS)):
            break
        relaxation.add(found)
        answer = relaxation.solve()
    return answer


def _broken(values: list[float]) -> list[int]:
    """The columns that are not whole."""
    return [column for column, value in enumerate(values) if abs(value - round(value)) > NOTHING]


def _search(relaxation: _Relaxation, answer: tuple[float, list[float]] | None) -> Found:
    """Depth first, into the nearer half first; a node is left where it cannot beat the best."""
    program = relaxation.program
    pulls = _pulls(program)
    best, cost, nodes = None, math.inf, 0
    stack = [_Node(-(2**62), {})]
    while stack and nodes < (_NODES_BEFORE if best is None else _NODES):
        node = stack.pop()
        if node.least >= cost:
            continue
        if nodes:
            relaxation.move(node.bounds)
            answer = relaxation.solve()
        nodes += 1
        if answer is None or (least := math.ceil(answer[0] - _ACCURACY)) >= cost:
            continue
        if broken := _broken(answer[1]):
            stack += _halves(program, node, least, answer[1], max(broken, key=_by(answer[1], pulls)))
        elif _satisfied(program, values := [round(value) for value in answer[1]]):
            best, cost = values, _cost(program, values)
        else:
            relaxation.failed = True
    return Found(best, not stack and not relaxation.failed)


def _cost(program: Program, values: list[int]) -> int:
    return sum(cost * value for cost, value in zip(program.cost, values, strict=True))


def _pulls(program: Program) -> list[int]:
    """How much hangs on a column: found by trial, half the nodes of any simpler rule."""
    degrees = [0] * len(program.cost)
    for row in program.rows:
        for column in row:
            degrees[column] += 1
    return [(1 + abs(cost)) * degree**2 for cost, degree in zip(program.cost, degrees, strict=True)]


def _by(values: list[float], pulls: list[int]) -> Callable[[int], tuple[float, int]]:
    """Columns far from whole on which much hangs; the first of equals, whatever the last digits say."""
    return lambda column: (round(abs(values[column] - round(values[column])) * pulls[column], 6), -column)


def _halves(program: Program, node: _Node, least: int, values: list[float], column: int) -> list[_Node]:
    """The half that is searched first stands last."""
    lower, upper = node.bounds.get(column, (program.lower[column], program.upper[column]))
    floor = math.floor(values[column])
    below = _Node(least, {**node.bounds, column: (lower, floor)})
    above = _Node(least, {**node.bounds, column: (floor + 1, upper)})
    return [below, above] if values[column] - floor > 0.5 else [above, below]


def _satisfied(program: Program, values: list[int]) -> bool:
    within = all(
        low <= value <= high for value, low, high in zip(values, program.lower, program.upper, strict=True)
    )
    return within and all(
        sum(sign * values[column] for column, sign in row.items()) == total
        for row, total in zip(program.rows, program.sums, strict=True)
    )
