"""All equations at once, against a second opinion in exact fractions."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.checking.feasibility import System, feasible, smallest_hitting_set
from tests.checking.equations import Figures, figures, possible

NAMES = "abcd"


@st.composite
def systems(draw) -> Figures:
    """Up to four cells near each other and up to four equations, as three statements might tie them."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        left, *right = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
        lines.append(f"{left} {draw(st.sampled_from(['=', '=', '=', '>=']))} " + " + ".join(right))
    printed = {name: f"{draw(st.integers(0, 4)) / 100:.2f}" for name in NAMES}
    return figures("\n".join(lines), printed)


def test_a_chain_of_three():
    made = figures("a = b\nb = c", {"a": "10.00", "b": "10.01", "c": "10.02"})
    assert not feasible(made.judged)
    proof = System(made.judged).conflict()
    assert proof is not None
    assert proof.equations == made.judged
    assert {System(made.judged).cells[index].row.key for index in proof.cells} == {"a", "c"}


def test_a_chain_that_goes_up_and_down():
    made = figures("a = b\nb = c", {"a": "10.00", "b": "10.01", "c": "10.00"})
    assert feasible(made.judged)
    assert System(made.judged).conflict() is None


def test_an_inequality_that_a_chain_turns_round():
    made = figures("a = b\nb = c\nc >= d", {"a": "5.02", "b": "5.01", "c": "5.00", "d": "1.00"})
    assert System(made.judged[1:]).conflict() is None
    assert System(made.judged).conflict() is not None


def test_a_cell_set_free_ends_the_conflict_and_stays_bound_afterwards():
    made = figures("a = b\nb = c", {"a": "10.00", "b": "10.01", "c": "10.02"})
    system = System(made.judged)
    assert system.conflict([made.cells["a"]]) is None
    assert system.conflict([made.cells["b"]]) is not None
    assert system.conflict() is not None


@settings(max_examples=60, deadline=None)
@given(systems())
def test_both_answers_are_the_second_opinion(made):
    exists = possible(made.judged)
    assert feasible(made.judged) is exists
    assert (System(made.judged).conflict() is None) is exists


@settings(max_examples=25, deadline=None)
@given(systems())
def test_the_smallest_repair_mends_everything_and_no_smaller_one_does(made):
    broken = not possible(made.judged)
    system = System(made.judged)
    proof = system.conflict()
    if not broken or proof is None:
        return
    repair = system.smallest_repair([proof.cells])
    if not repair:  # equations without a way out: every cell alike on both sides
        return
    assert possible(made.judged, frozenset(map(id, repair)))
    for smaller in combinations(system.cells, len(repair) - 1):
        assert not possible(made.judged, frozenset(map(id, smaller)))


@given(st.lists(st.sets(st.integers(0, 7), min_size=1), max_size=7))
def test_a_smallest_hitting_set_is_as_small_as_any(conflicts):
    found = smallest_hitting_set(conflicts)
    assert found is not None
    assert all(found & conflict for conflict in conflicts)
    for smaller in combinations(range(8), max(len(found) - 1, 0)):
        assert len(found) == 0 or not all(set(smaller) & conflict for conflict in conflicts)


def test_more_faults_than_are_sensible_have_no_smallest_set():
    assert smallest_hitting_set([{number} for number in range(30)]) is None
