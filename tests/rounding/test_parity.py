"""Cuts take away relaxed solutions, never a whole one."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given, settings

from openbook.rounding import Problem
from openbook.rounding.parity import cuts
from openbook.rounding.program import EXACT, program
from openbook.rounding.reduction import parts
from openbook.rounding.search import _broken, _Relaxation, _satisfied
from tests.rounding.departments import department
from tests.rounding.test_best import TRIANGLE, problems


def test_three_crossing_halves_are_refuted_by_one_cut():
    (part,) = parts(Problem((1, 1, 1), TRIANGLE, 2))
    made = program(part, EXACT)
    (cut,) = cuts(made, [0.5] * 3 + [0.0] * 3, 10)
    assert cut.least == 1
    assert set(cut.columns) == {3, 4, 5}
    assert all(made.upper[column] == 0 for column in cut.columns)


@settings(max_examples=100, deadline=None)
@given(problems(most_atoms=5, most_cells=8))
def test_every_whole_solution_satisfies_every_cut(problem):
    for part in parts(problem):
        made = program(part, EXACT)
        answer = _Relaxation(made).solve()
        assume(answer is not None)
        found = cuts(made, answer[1], 100)
        atoms = len(part.floors)
        for above in product(range(-2, 4), repeat=atoms):
            values = _completed(made, list(above), part)
            if _satisfied(made, values):
                assert all(sum(s * values[c] for c, s in cut.columns.items()) >= cut.least for cut in found)


def _completed(made, atoms, part):
    """The columns of cells follow from those of atoms."""
    totals = {
        cell.members: sum(
            part.floors[atom] + atoms[atom] for atom in range(len(atoms)) if cell.members >> atom & 1
        )
        - cell.floor
        for cell in part.cells
        if cell.members & (cell.members - 1)
    }
    return [*atoms, *totals.values()]


def test_cuts_are_found_in_a_department_and_are_violated():
    (part,) = parts(department(3, units=8, projects=60, each=True).problem())
    made = program(part, EXACT)
    answer = _Relaxation(made).solve()
    assert _broken(answer[1])
    found = cuts(made, answer[1], 100)
    assert found
    for cut in found:
        stands = [sign * answer[1][column] for column, sign in cut.columns.items()]
        assert sum(stands) < cut.least - 0.04
