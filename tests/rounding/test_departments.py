"""Whole departments: every statement adds up, and no figure is off by a step."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.rounding import Rounded, controlled
from tests.rounding import departments
from tests.rounding.departments import Department, department

SEEDS = st.integers(0, 2**32 - 1)


def check(made: Department, rounded: Rounded) -> None:
    """What is promised, derived anew from the lines."""
    assert made.broken(rounded.printed) == []
    exact = [
        Fraction(sum(made.lines[line].amount for line in cell), made.step) for cell in made.cells.values()
    ]
    away = [abs(steps - value) for steps, value in zip(rounded.printed, exact, strict=True)]
    assert max(away) == rounded.farthest <= 1
    assert rounded.relaxed == ()
    assert rounded.nearest == sum(distance <= Fraction(1, 2) for distance in away)
    assert all(steps == 0 for steps, value in zip(rounded.printed, exact, strict=True) if not value)


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(1, 4), st.integers(0, 20), st.sampled_from([10_000, 100]))
def test_a_department_adds_up_and_is_true_to_a_step(seed, units, projects, step):
    made = department(seed, units, projects, step)
    rounded = controlled(made.problem())
    check(made, rounded)
    assert rounded.proven


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_units_add_up_to_their_department(seed):
    made = department(seed, units=3, projects=10, each=True)
    rounded = controlled(made.problem())
    check(made, rounded)
    printed = dict(zip(made.cells, rounded.printed, strict=True))
    for address, steps in printed.items():
        if not address.startswith("unit"):
            assert steps == sum(printed.get(f"unit{unit}-{address}", 0) for unit in range(3))


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.sampled_from([5_000, 2_500]))
def test_amounts_of_half_a_step_are_the_hardest_and_still_true_to_a_step(seed, multiple):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(departments, "_amount", lambda rng, usual: rng.randint(1, usual // 10) * multiple)
        made = department(seed, units=3, projects=15)
    check(made, controlled(made.problem()))


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_a_department_of_whole_steps_is_printed_as_it_is(seed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(departments, "_amount", lambda rng, usual: rng.randint(1, usual) * 10_000)
        made = department(seed, units=2, projects=8)
    problem = made.problem()
    rounded = controlled(problem)
    assert rounded.printed == tuple(problem.exact(cell) // 10_000 for cell in range(len(problem.cells)))
    assert rounded.farthest == 0


def test_the_same_department_is_rounded_the_same():
    problem = department(6, units=12, projects=60, each=True).problem()
    first = controlled(problem)
    assert all(controlled(problem) == first for _ in range(3))


def test_two_hundred_projects_are_rounded_to_the_proven_best():
    made = department(1, units=12, projects=200, each=True)
    rounded = controlled(made.problem())
    check(made, rounded)
    assert rounded.proven
    assert (len(made.cells) - rounded.nearest) / len(made.cells) < 0.1
