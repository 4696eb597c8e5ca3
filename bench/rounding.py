"""How long a department's figures take to be rounded so that every identity holds and each is true to a step.

Against the plain way in the same run: one integer program with the distance of every printed cell in
it, handed to HiGHS as it is. Both print departments that are generated (tests/rounding/departments.py).
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from openbook.rounding import Problem, Rounded, controlled
from tests.rounding.departments import department

DEPARTMENTS = 3
UNITS = 1_000
PLAIN_SECONDS = 30.0  # after which the plain way is stopped

Row = dict[str, Any]
Result = TypeVar("Result")


def run() -> list[Row]:
    """Departments of 20 and of 200 projects, each also with the statements of every unit; a thousand units."""
    controlled(department(0).problem())  # loads the solver
    return [
        _department("3 units, 20 projects", 0.3, units=3, projects=20),
        _department("3 units, 20 projects, with each unit's statements", 0.3, units=3, projects=20, each=True),
        _department("12 units, 200 projects", 3.0, units=12, projects=200),
        _department("12 units, 200 projects, with each unit's statements", 3.0, units=12, projects=200, each=True),
        _thousand(),
    ]  # fmt: skip


def _department(name: str, bar: float, **kinds: Any) -> Row:
    problems = [department(seed, **kinds).problem() for seed in range(1, DEPARTMENTS + 1)]
    ours = [_timed(controlled, problem) for problem in problems]
    plain = [_timed(_plain, problem) for problem in problems]
    seconds, slowest = statistics.median(t for t, _ in ours), max(t for t, _ in ours)
    peer, stopped = statistics.median(t for t, _ in plain), sum(lost is None for _, lost in plain)
    proven = sum(rounded.proven for _, rounded in ours)
    missed = sum(
        len(problem.cells) - rounded.nearest for problem, (_, rounded) in zip(problems, ours, strict=True)
    )
    printed = sum(len(problem.cells) for problem in problems)
    against = f"plain integer program in HiGHS: {peer * 1000:,.0f} ms"
    if stopped:
        against += f", {stopped} of {DEPARTMENTS} stopped after {PLAIN_SECONDS:.0f} s"
    elif all(lost is not None for _, lost in plain):
        against += f", {100 * sum(lost or 0 for _, lost in plain) / printed:.1f} % of cells not nearest"
    return {
        "name": f"round {name}: {_size(problems)}, median of {DEPARTMENTS} (slowest {slowest * 1000:,.0f} ms; "
        f"{100 * missed / printed:.1f} % of cells not nearest, proven least in {proven} of {DEPARTMENTS})",
        "value": round(seconds * 1000, 1),
        "unit": "ms",
        "against": against,
        "ratio": round(peer / seconds, 1),
        "bar": f"slowest < {bar:g} s",
        "met": slowest < bar and all(_kept(rounded) for _, rounded in ours),
    }


def _size(problems: list[Problem]) -> str:
    atoms = statistics.median(len(problem.atoms) for problem in problems)
    cells = statistics.median(len(problem.cells) for problem in problems)
    distinct = statistics.median(len(set(problem.cells)) for problem in problems)
    return f"{cells:,.0f} printed cells, {distinct:,.0f} different, of {atoms:,.0f} atoms"


def _kept(rounded: Rounded) -> bool:
    return rounded.farthest <= 1 and not rounded.relaxed


def _thousand() -> Row:
    problems = [
        department(seed, units=1 + seed % 3, projects=3 + seed % 12).problem() for seed in range(UNITS)
    ]
    timed = [_timed(controlled, problem) for problem in problems]
    seconds = sum(t for t, _ in timed)
    proven = sum(rounded.proven for _, rounded in timed)
    return {
        "name": f"round {UNITS:,} departments of 1–3 units and 3–14 projects, {_size(problems)} (slowest "
        f"{max(t for t, _ in timed) * 1000:,.0f} ms; proven nearest: {proven:,})",
        "value": round(seconds, 2),
        "unit": "s",
        "against": None,
        "ratio": None,
        "bar": "< 60 s",
        "met": seconds < 60 and all(_kept(rounded) for _, rounded in timed),
    }


def _timed(work: Callable[[Problem], Result], problem: Problem) -> tuple[float, Result]:
    began = time.perf_counter()
    result = work(problem)
    return time.perf_counter() - began, result


def _plain(problem: Problem) -> int | None:
    """Least weighted sum of distances: the number of printed cells not nearest; None where stopped.

    Each distinct cell once: that much anybody would do.
    """
    import highspy

    weights = Counter(problem.cells)
    cells = list(weights)
    exact = [sum(problem.atoms[atom] for atom in cell) / problem.step for cell in cells]
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("time_limit", PLAIN_SECONDS)):
        solver.setOptionValue(option, value)
    solver.passModel(_plain_model(len(problem.atoms), cells, exact, list(weights.values())))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    rounded = [round(value) for value in solver.getSolution().col_value[: len(problem.atoms)]]
    away = [abs(sum(rounded[a] for a in cell) - value) for cell, value in zip(cells, exact, strict=True)]
    return sum(weights[cell] for cell, distance in zip(cells, away, strict=True) if distance > 0.5 + 1e-9)


def _plain_model(atoms: int, cells: list[tuple[int, ...]], exact: list[float], weights: list[int]) -> Any:
    """Whole atoms; for each cell its distance above and below its true value, each one step at most."""
    import highspy
    import numpy as np

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = atoms + 2 * len(cells), len(cells)
    lp.col_cost_ = np.array([0] * atoms + weights + weights, dtype=float)
    lp.col_lower_ = np.zeros(atoms + 2 * len(cells))
    lp.col_upper_ = np.array([highspy.kHighsInf] * atoms + [1.0] * 2 * len(cells))
    lp.row_lower_ = lp.row_upper_ = np.array(exact)
    columns = [[*cell, atoms + number, atoms + len(cells) + number] for number, cell in enumerate(cells)]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, columns)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array([column for row in columns for column in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([value for cell in cells for value in (*[1] * len(cell), -1, 1)], float)
    integer, continuous = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    lp.integrality_ = [integer] * atoms + [continuous] * 2 * len(cells)
    return lp
