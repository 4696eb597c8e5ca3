"""One equation at a time: rounding is never called broken, and what rounding cannot do always is."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.checking.judging import judge
from openbook.money import Unit
from openbook.statements.identities import Equation
from openbook.statements.verdicts import Judged, Verdict
from tests.books import wan, yuan
from tests.checking.equations import EQUAL, cell, figures

FEN = st.integers(0, 10**12)
PRINTED = {Unit.WAN: wan, Unit.YUAN: yuan}


def printed_sum(total: str, parts: list[str], unit: Unit = Unit.WAN) -> Judged:
    terms = [(1, cell("t", total, unit)), *((-1, cell(f"p{n}", text, unit)) for n, text in enumerate(parts))]
    return judge(Equation(EQUAL, terms, ("t",)))


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        ("10.00", ["4.00", "6.00"], Verdict.HOLDS),
        ("10.01", ["4.00", "6.00"], Verdict.ROUNDING),
        ("9.99", ["4.00", "6.00"], Verdict.ROUNDING),
        ("10.02", ["4.00", "6.00"], Verdict.BROKEN),  # the slack of three cells is 0.015
        ("10.02", ["4.00", "5.00", "1.00"], Verdict.ROUNDING),  # of four, 0.02: just enough
        ("10.00", ["10.01"], Verdict.ROUNDING),
        ("10.00", ["10.02"], Verdict.BROKEN),
        ("10.000", ["4.000", "6.001"], Verdict.ROUNDING),
        ("10.000", ["4.000", "6.002"], Verdict.BROKEN),  # finer print, less slack
        ("", [""], Verdict.HOLDS),
        ("0.01", ["", ""], Verdict.ROUNDING),  # blanks are rounded as well
    ],
)
def test_verdicts(total, parts, verdict):
    assert printed_sum(total, parts).verdict is verdict


def test_yuan_beside_wan():
    terms = [(1, cell("t", "1,000,000", Unit.YUAN)), (-1, cell("a", "100.00"))]
    assert judge(Equation(EQUAL, terms, ())).verdict is Verdict.HOLDS
    terms[0] = (1, cell("t", "1,000,050", Unit.YUAN))
    assert judge(Equation(EQUAL, terms, ())).verdict is Verdict.ROUNDING
    terms[0] = (1, cell("t", "1,000,051", Unit.YUAN))
    assert judge(Equation(EQUAL, terms, ())).verdict is Verdict.BROKEN


@pytest.mark.parametrize(
    ("left", "verdict"),
    [("7.00", Verdict.HOLDS), ("5.00", Verdict.HOLDS), ("4.99", Verdict.ROUNDING), ("4.98", Verdict.BROKEN)],
)
def test_at_least(left, verdict):
    assert figures("a >= b", {"a": left, "b": "5.00"}).judged[0].verdict is verdict


@given(st.lists(FEN, min_size=1, max_size=12), st.sampled_from([Unit.WAN, Unit.YUAN]))
def test_true_amounts_each_rounded_on_its_own_are_never_broken(parts, unit):
    made = printed_sum(PRINTED[unit](sum(parts)), [PRINTED[unit](part) for part in parts], unit)
    assert made.verdict is not Verdict.BROKEN


@given(st.lists(FEN, min_size=1, max_size=12), st.integers(1, 10**6), st.sampled_from([-1, 1]))
def test_a_difference_beyond_the_slack_is_always_broken(parts, more, sign):
    figures = [wan(part) for part in parts]
    total = sum(round(Fraction(text or "0") * 100) for text in figures)
    beyond = (len(parts) + 1) // 2 + more  # hundredths: half of one for each cell, and then some
    shifted = total + sign * beyond
    text = f"{'-' if shifted < 0 else ''}{abs(shifted) // 100}.{abs(shifted) % 100:02d}"
    assert printed_sum(text, figures).verdict is Verdict.BROKEN


@given(st.lists(FEN, min_size=1, max_size=12), st.integers(-7, 7))
def test_what_is_called_rounding_has_amounts_that_print_so(parts, more):
    figures = [wan(part) for part in parts]
    total = sum(round(Fraction(text or "0") * 100) for text in figures) + more
    made = printed_sum(f"{max(total, 0) // 100}.{max(total, 0) % 100:02d}", figures)
    if made.verdict is Verdict.BROKEN:
        return
    share = Fraction(made.residual, made.slack)  # every cell gives way by the same share of its half
    amounts = [(sign, each.value - sign * share * each.half, each) for sign, each in made.equation.terms]
    assert sum(sign * amount for sign, amount, _ in amounts) == 0
    assert all(abs(amount - each.value) <= each.half for _, amount, each in amounts)
