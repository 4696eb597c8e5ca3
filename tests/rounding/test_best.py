"""Small problems against every rounding there is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.rounding import Problem, Rounded, controlled

# Half a step in function A, half of it carried over …: three families of cells, each pair of lines in one.
TRIANGLE = ((0, 1), (1, 2), (0, 2))
# Seven lines, seven cells of three, any two of which share a line: no two colours without a cell of one colour.
FANO = ((0, 1, 2), (0, 3, 4), (0, 5, 6), (1, 3, 5), (1, 4, 6), (2, 3, 6), (2, 4, 5))


@st.composite
def problems(draw, most_atoms=5, most_cells=7) -> Problem:
    step = draw(st.sampled_from([2, 3, 4, 10]))
    atoms = draw(st.lists(st.integers(0, 2 * step), min_size=1, max_size=most_atoms))
    sets = st.sets(st.integers(0, len(atoms) - 1), min_size=1).map(lambda cell: tuple(sorted(cell)))
    cells = draw(st.lists(sets, min_size=1, max_size=most_cells))
    weights = draw(
        st.none() | st.lists(st.integers(1, 4), min_size=len(cells), max_size=len(cells)).map(tuple)
    )
    return Problem(tuple(atoms), tuple(cells), step, weights)


def roundings(problem: Problem, above: int = 2) -> Iterator[tuple[int, ...]]:
    """What is printed, for all atoms up to so many steps above their true value."""
    for atoms in product(*(range(amount // problem.step + 1 + above) for amount in problem.atoms)):
        yield tuple(sum(atoms[atom] for atom in cell) for cell in problem.cells)


def beyond(problem: Problem, printed: tuple[int, ...]) -> int:
    """Steps beyond the first, of each distinct cell once."""
    steps = {}
    for number, (cell, value) in enumerate(zip(problem.cells, printed, strict=True)):
        away = abs(value * problem.step - problem.exact(number))
        steps[cell] = max(0, -(-away // problem.step) - 1)
    return sum(steps.values())


def cost(problem: Problem, printed: tuple[int, ...]) -> float:
    """Weight of what is not nearest, twice for cells of whole steps; infinite where a cell is over a step off."""
    total = 0.0
    for number, value in enumerate(printed):
        exact = problem.exact(number)
        away = abs(value * problem.step - exact)
        if away > problem.step:
            return math.inf
        if 2 * away > problem.step:
            total += problem.weight(number) * (1 if exact % problem.step else 2)
    return total


def exact_possible(problem: Problem, printed: tuple[int, ...]) -> bool:
    return all(
        abs(value * problem.step - problem.exact(number)) < problem.step
        for number, value in enumerate(printed)
    )


def judged(problem: Problem, rounded: Rounded) -> None:
    every = list(roundings(problem))
    assert rounded.proven
    assert rounded.printed in every
    first = [printed for printed in every if exact_possible(problem, printed)]
    allowed = first or [printed for printed in every if cost(problem, printed) < math.inf]
    if allowed:
        assert rounded.relaxed == ()
        assert rounded.printed in allowed
        assert cost(problem, rounded.printed) == min(cost(problem, printed) for printed in allowed)
    else:
        assert rounded.relaxed
        assert beyond(problem, rounded.printed) == min(beyond(problem, printed) for printed in every)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_nothing_is_nearer_among_all_roundings(problem):
    judged(problem, controlled(problem))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([1, 1, 1, 2, 3]), min_size=3, max_size=6), st.data())
def test_crossing_halves_are_as_near_as_any(atoms, data):
    pairs = [(a, b) for a in range(len(atoms)) for b in range(a)]
    cells = data.draw(st.lists(st.sampled_from(pairs), min_size=2, max_size=12, unique=True))
    problem = Problem(tuple(atoms), tuple(cells), 2)
    judged(problem, controlled(problem))


@settings(max_examples=100, deadline=None)
@given(problems(most_atoms=12, most_cells=30))
def test_zero_stays_zero_and_equal_cells_are_printed_alike(problem):
    rounded = controlled(problem)
    for number, (cell, value) in enumerate(zip(problem.cells, rounded.printed, strict=True)):
        assert value == sum(rounded.atoms[atom] for atom in cell)
        assert value == rounded.printed[problem.cells.index(cell)]
        if not problem.exact(number):
            assert value == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 999), min_size=2, max_size=30), st.data())
def test_two_trees_are_always_rounded_to_the_steps_around_each_cell(atoms, data):
    cells = [tuple(range(len(atoms)))]
    for _ in range(2):
        labels = data.draw(st.lists(st.integers(0, 8), min_size=len(atoms), max_size=len(atoms)))
        for depth in (2, 4, 8):  # classes of classes
            groups = {label // depth for label in labels}
            cells += [
                tuple(a for a, label in enumerate(labels) if label // depth == group)
                for group in sorted(groups)
            ]
    rounded = controlled(Problem(tuple(atoms), tuple(cells), 100))
    assert rounded.farthest < 1
    assert rounded.proven


def test_three_crossing_families_may_leave_no_way_but_a_whole_cell_off_by_one():
    problem = Problem((5_000, 5_000, 5_000), TRIANGLE, 10_000)
    assert not any(exact_possible(problem, printed) for printed in roundings(problem))
    rounded = controlled(problem)
    assert sorted(rounded.printed) in ([0, 1, 1], [1, 1, 2])
    assert rounded.farthest == 1
    assert rounded.nearest == 2
    assert rounded.relaxed == ()


@pytest.mark.parametrize("own", [False, True])
def test_seven_crossing_cells_may_leave_no_way_but_one_beyond_a_step(own):
    cells = FANO + (tuple((atom,) for atom in range(7)) if own else ())
    problem = Problem((5_000,) * 7, cells, 10_000)
    assert all(cost(problem, printed) == math.inf for printed in roundings(problem, above=2))
    rounded = controlled(problem)
    assert len(rounded.relaxed) == 1
    assert rounded.proven
    assert float(rounded.farthest) == 1.5


def test_a_cell_printed_often_is_nearest_before_one_printed_once():
    cells = ((0,), (1,), (0, 1))
    assert controlled(Problem((40, 40), cells, 100, (1, 1, 3))).printed in ((0, 1, 1), (1, 0, 1))
    assert controlled(Problem((40, 40), cells, 100, (3, 3, 1))).printed == (0, 0, 0)
