"""Rounding: a printed share holds when some true amounts give it, and only then."""

from hypothesis import given
from hypothesis import strategies as st

from openbook.narrative.intervals import (
    ONE,
    Span,
    change_holds,
    growth_holds,
    share_holds,
    show_percent,
)

HALF = 50_000  # li: half of 0.01 万元
AMOUNT = st.integers(min_value=1_000_000, max_value=10**14)


def printed(amount: int) -> Span:
    """The amount rounded to 0.01 万元, with what rounding leaves open."""
    value = (amount + HALF) // (2 * HALF) * (2 * HALF)
    return Span(value - HALF, value + HALF)


def percent(numerator: int, denominator: int) -> Span:
    """A ratio printed with two decimals."""
    hundredths = (numerator * 20_000 + denominator) // (2 * denominator)
    return Span(hundredths * 100 - 50, hundredths * 100 + 50)


@given(AMOUNT, AMOUNT)
def test_what_is_truly_a_share_always_holds(part, rest):
    assert share_holds(printed(part), printed(part + rest), percent(part, part + rest))


@given(AMOUNT, AMOUNT)
def test_true_growth_always_holds(now, before):
    assert growth_holds(printed(now), printed(before), percent(now - before, before))


@given(AMOUNT, AMOUNT)
def test_true_change_and_growth_always_agree(now, before):
    change = printed(now - before) if now >= before else Span(*sorted(-x for x in printed(before - now)))
    assert change_holds(printed(now), change, percent(now - before, before))


def test_a_wrong_last_digit_of_a_share_is_seen():
    part, whole = printed(504_82 * 100_000), printed(2804_37 * 100_000)
    assert share_holds(part, whole, Span(180_000 - 50, 180_000 + 50))
    assert not share_holds(part, whole, Span(180_200 - 50, 180_200 + 50))


def test_percentages_are_shown_with_two_decimals():
    assert show_percent(1, 3) == "33.33%"
    assert show_percent(-1, 4) == "-25.00%"
    assert show_percent(ONE, 1) == "100000000.00%"


def test_growth_from_next_to_nothing_has_no_upper_bound():
    now, change = Span(390_000 - HALF, 390_000 + HALF), Span(390_000 - HALF, 390_000 + HALF)
    assert change_holds(now, change, Span(10**12, 10**12))
    assert not change_holds(
        Span(10**9 - HALF, 10**9 + HALF), Span(10**9 - HALF, 10**9 + HALF), Span(500_000, 500_000)
    )
