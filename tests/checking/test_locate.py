"""Which figure is wrong: the one whose change mends all that is broken."""

from hypothesis import given
from hypothesis import strategies as st

from openbook.checking.locate import locate
from openbook.statements.verdicts import Repair, Verdict
from tests.checking.equations import Figures, figures

TABLE = """t = a + b
a = a1 + a2
b = b1 + b2
s = a"""
PRINTED = {
    "t": "10.00", "a": "6.00", "b": "4.00", "a1": "5.00", "a2": "1.00", "b1": "3.00", "b2": "1.00", "s": "6.00",
}  # fmt: skip


def made(**wrong: str) -> tuple[Figures, list[Repair]]:
    given_figures = figures(TABLE, {**PRINTED, **wrong})
    repairs, _ = locate(given_figures.judged)
    return given_figures, repairs


def test_nothing_is_wrong():
    assert made()[1] == []


def test_one_wrong_figure_in_three_equations():
    given_figures, [repair] = made(a="6.50")
    assert given_figures.names(repair.suspects) == ["a"]
    assert len(repair.broken) == 3
    assert repair.low <= 60_000_000 <= repair.high


def test_the_right_value_lies_in_the_interval_of_what_rounding_leaves():
    _, [repair] = made(a="6.50")
    assert 59_900_000 <= repair.low <= repair.high <= 60_100_000


def test_a_figure_beside_sound_ones_is_the_only_suspect():
    given_figures, [repair] = made(t="11.00")
    assert given_figures.names(repair.suspects) == ["t"]


def test_figures_that_stand_in_one_equation_only_are_equally_likely():
    given_figures, [repair] = made(a1="5.50")
    assert sorted(given_figures.names(repair.suspects)) == ["a1", "a2"]
    assert repair.low is not None


def test_a_lone_equation_accuses_all_its_figures():
    given_figures = figures("t = a + b", {"t": "10.00", "a": "6.00", "b": "5.00"})
    [repair], _ = locate(given_figures.judged)
    assert sorted(given_figures.names(repair.suspects)) == ["a", "b", "t"]


def test_a_blank_total_is_likelier_wrong_than_a_figure_and_a_figure_than_a_blank_part():
    given_figures = figures("total = a + b", {"a": "6.00", "b": "5.00"})
    [repair], _ = locate(given_figures.judged)
    assert given_figures.names(repair.suspects)[0] == "total"
    given_figures = figures("t = a + b", {"t": "10.00", "a": "6.00"})
    [repair], _ = locate(given_figures.judged)
    assert given_figures.names(repair.suspects)[-1] == "b"


def test_two_wrong_figures_far_apart_are_two_faults():
    given_figures, repairs = made(s="7.00", b1="3.50")
    assert len(repairs) == 2
    assert {name for repair in repairs for name in given_figures.names(repair.suspects)} >= {"s", "b1"}
    assert all(len(repair.broken) == 1 for repair in repairs)


def test_two_wrong_figures_in_one_equation_are_both_named():
    given_figures, repairs = made(a="6.50", b="4.70")
    assert sorted(name for repair in repairs for name in given_figures.names(repair.suspects)) == ["a", "b"]
    assert {id(item) for repair in repairs for item in repair.broken} == {
        id(item) for item in given_figures.judged if item.verdict is Verdict.BROKEN
    }


def test_two_figures_that_must_change_together_are_one_fault():
    """No single figure mends the sum: what it would mend there it would break elsewhere."""
    text = "t = a + b\ns = t\nc = a\nd = b\nx = s"
    printed = {"t": "9.00", "s": "9.00", "x": "9.00", "a": "5.00", "c": "5.00", "b": "5.00", "d": "5.00"}
    given_figures = figures(text, printed)
    [repair], _ = locate(given_figures.judged)
    assert repair.low is None
    assert len(repair.broken) == 1
    assert sorted(given_figures.names(repair.suspects)) in (["a", "c"], ["b", "d"])


def test_a_fault_that_one_figure_explains_is_kept_out_of_a_knot_beside_it():
    text = "t = a + b\ns = t\nc = a\nd = b\nx = s\nx = y + z\ny = y1\ny = y2"
    printed = {"t": "9.00", "s": "9.00", "x": "9.00", "a": "5.00", "c": "5.00", "b": "5.00", "d": "5.00"}
    printed |= {"y": "7.00", "z": "4.00", "y1": "5.00", "y2": "5.00"}
    given_figures = figures(text, printed)
    repairs, _ = locate(given_figures.judged)
    named = [sorted(given_figures.names(repair.suspects)) for repair in repairs]
    assert ["y"] in named
    assert len(named) == 2


def test_joint_conflicts_leave_out_what_is_explained():
    text = "a = b\nb = c\nc = d"
    sound = {"a": "10.00", "b": "10.01", "c": "10.02", "d": "10.02"}
    _, [conflict] = locate(figures(text, sound).judged)
    assert len(conflict.equations) == 2
    _, conflicts = locate(figures(text, {**sound, "b": "10.01", "c": "20.00"}).judged)
    assert conflicts == []


@given(st.sampled_from(sorted(PRINTED)), st.integers(5, 10**6), st.sampled_from([-1, 1]))
def test_any_single_wrong_figure_is_among_the_suspects(name, hundredths, sign):
    right = round(float(PRINTED[name]) * 100)
    wrong = right + sign * hundredths
    text = f"{'-' if wrong < 0 else ''}{abs(wrong) // 100}.{abs(wrong) % 100:02d}"
    given_figures, [repair] = made(**{name: text})
    assert name in given_figures.names(repair.suspects)
