"""What is no problem to be rounded; parts, shares; and solvers that fail or lie."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.rounding import Problem, controlled
from openbook.rounding.program import EXACT, program
from openbook.rounding.reduction import parts, shared
from openbook.rounding.search import Found, _Relaxation, solve
from tests.rounding.departments import department


@pytest.mark.parametrize(
    ("atoms", "cells", "step", "weights"),
    [
        ((-1,), ((0,),), 100, None),
        ((1,), ((0,),), 0, None),
        ((1,), ((1,),), 100, None),
        ((1,), ((0, 0),), 100, None),
        ((1,), ((0,),), 100, (1, 1)),
        ((1,), ((0,),), 100, (-1,)),
    ],
)
def test_what_makes_no_sense_is_refused(atoms, cells, step, weights):
    with pytest.raises(ValueError, match=r"."):
        Problem(atoms, cells, step, weights)


def test_nothing_is_rounded_to_nothing():
    assert controlled(Problem((), (), 100)).printed == ()
    assert controlled(Problem((0, 0), ((), (0,), (0, 1)), 100)).printed == (0, 0, 0)


def test_an_atom_that_is_printed_nowhere_is_rounded_by_itself():
    assert controlled(Problem((250, 260, 30), ((2,),), 100)).atoms == (3, 3, 0)


def test_cells_without_common_atoms_are_parts_of_their_own():
    problem = Problem((10, 20, 30, 40, 0), ((0, 1), (2, 4), (3,), (1,), (3, 2)), 100)
    assert sorted(sorted(sum(part.groups, ())) for part in parts(problem)) == [[0, 1], [2, 3]]


def test_atoms_in_the_same_cells_are_one():
    (part,) = parts(Problem((10, 20, 30), ((0, 1), (0, 1, 2), (1, 0)), 100))
    assert part.groups == ((0, 1), (2,))
    assert sorted(cell.weight for cell in part.cells) == [1, 2]


@given(st.integers(0, 1000), st.lists(st.integers(1, 10**12), min_size=1, max_size=20))
def test_shares_lose_nothing_and_are_never_negative(steps, amounts):
    found = shared(steps, amounts)
    assert sum(found) == steps
    assert min(found) >= 0


def test_an_answer_that_does_not_satisfy_the_rows_is_not_taken(monkeypatch):
    (part,) = parts(department(3).problem())
    made = program(part, EXACT)
    monkeypatch.setattr(_Relaxation, "solve", lambda self: (0.0, [0.0] * len(made.cost)))
    assert solve(made) == Found(None, False)


def test_without_any_solver_the_figures_still_add_up(monkeypatch):
    monkeypatch.setattr("openbook.rounding.stages.solve", lambda program: Found(None, False))
    made = department(4)
    rounded = controlled(made.problem())
    assert made.broken(rounded.printed) == []
    assert not rounded.proven


def test_rounding_is_imported_without_the_solver():
    code = "import sys, openbook.rounding; sys.exit('highspy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
