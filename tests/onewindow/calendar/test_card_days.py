"""The moments at which a card turns say the same as the card itself, on every day and to the microsecond."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.legal_time import (
    Act,
    Calendar,
    CardDays,
    ClockError,
    Event,
    Level,
    Sense,
    State,
    Term,
    Thresholds,
    Unit,
    bundled_calendar,
    card,
    card_days,
    reckon,
)
from onewindow.kernel.legal_time.terms import Extension
from onewindow.kernel.moment import microseconds
from tests.onewindow.legal_time.clocks import DECISION, at, term
from tests.onewindow.legal_time.test_cards import DEFAULT
from tests.onewindow.legal_time.test_properties import Story, calendars, moment, stories, terms

MICROSECOND = timedelta(microseconds=1)


def level_at(turns: CardDays, now: datetime) -> Level:
    """The card that the kept moments say."""
    us = microseconds(now)
    for turn, level in (
        (turns.red_us, Level.RED),
        (turns.yellow_us, Level.YELLOW),
        (turns.warn_us, Level.WARNING),
    ):
        if turn is not None and turn <= us:
            return level
    return turns.level


@st.composite
def limits(draw: st.DrawFn) -> Thresholds:
    percent = draw(st.sampled_from([0, 1, 10, 20, 33, 50, 99, 100]))
    return replace(
        DEFAULT, warn_percent=percent, warn_left=draw(st.integers(0, 4)), yellow_due=draw(st.booleans())
    )


@st.composite
def hours(draw: st.DrawFn) -> Term:
    return replace(
        DECISION, unit=Unit.HOURS, amount=draw(st.integers(1, 100)), extension=Extension(24, "局长", "法")
    )


@st.composite
def happenings(draw: st.DrawFn) -> list[Event]:
    """A start, pauses, perhaps an extension, perhaps still paused, perhaps stopped; odd microseconds."""
    story: Story = draw(stories())
    events = [one._replace(at=one.at + timedelta(microseconds=n)) for n, one in enumerate(story.events)]
    if len(events) > 1 and draw(st.booleans()):
        events.pop()
    last = events[-1].at
    if draw(st.booleans()):
        later = last + timedelta(minutes=draw(st.integers(0, 30 * 24 * 60)))
        events.append(Event(Act.EXTEND, later, "复杂", amount=draw(st.integers(1, 10)), approved_by="局长"))
        last = later
    if draw(st.integers(0, 3)) == 0:
        events.append(Event(Act.STOP, last + timedelta(minutes=draw(st.integers(0, 60 * 24 * 60)))))
    return events


def turns_of(events: list[Event], a_term: Term, calendar: Calendar, limit: Thresholds) -> CardDays | None:
    """None where the events cannot be: an extension after the end."""
    try:
        reckon(events, a_term, calendar, events[-1].at)
    except ClockError:
        return None
    return card_days(events, a_term, calendar, limit)


@given(
    happenings(),
    terms(),
    calendars(),
    limits(),
    st.sampled_from([Sense.WITHIN, Sense.WITHIN, Sense.AT_LEAST]),
)
def test_on_every_day_the_kept_moments_show_the_card(
    events: list[Event], a_term: Term, calendar: Calendar, limit: Thresholds, sense: Sense
) -> None:
    a_term = replace(a_term, sense=sense)
    turns = turns_of(events, a_term, calendar, limit)
    if turns is None:
        return
    for later in range(150):
        today = events[-1].at.date() + timedelta(later)
        found = reckon(events, a_term, calendar, today)
        shown = card(found, limit).level
        noon = datetime.combine(today, datetime.min.time(), events[-1].at.tzinfo) + timedelta(hours=12)
        assert level_at(turns, noon) is shown, today
        assert level_at(turns, noon + timedelta(hours=12) - MICROSECOND) is shown
        if later:
            assert level_at(turns, noon - timedelta(hours=12)) is shown


@given(happenings(), hours(), limits(), st.lists(st.integers(0, 60 * 24 * 60), max_size=20))
def test_a_term_of_hours_turns_to_the_microsecond(
    events: list[Event], a_term: Term, limit: Thresholds, others: list[int]
) -> None:
    calendar = bundled_calendar()
    turns = turns_of(events, a_term, calendar, limit)
    if turns is None:
        return
    last = events[-1].at
    asked = [last + timedelta(minutes=one) for one in others]
    for turn in (turns.warn_us, turns.red_us):
        if turn is not None:
            asked += [
                moment(0) + timedelta(microseconds=turn - microseconds(moment(0)) + n) for n in (-1, 0, 1)
            ]
    for now in asked:
        if now >= last:
            shown = card(reckon(events, a_term, calendar, now), limit).level
            assert level_at(turns, now) is shown, now


@given(happenings(), terms() | hours(), calendars(), limits())
def test_the_moments_come_in_their_order(
    events: list[Event], a_term: Term, calendar: Calendar, limit: Thresholds
) -> None:
    """A queue finds every card by the first of them."""
    turns = turns_of(events, a_term, calendar, limit)
    if turns is None:
        return
    kept = [one for one in (turns.warn_us, turns.yellow_us, turns.red_us) if one is not None]
    assert all(one <= other for one, other in pairwise(kept))
    assert (turns.warn_us is None) == (turns.red_us is None)
    standing = reckon(events, a_term, calendar, events[-1].at)
    assert (turns.late is None) == (standing.state is not State.STOPPED)


def test_before_the_start_there_is_no_card() -> None:
    assert card_days([], DECISION, bundled_calendar(), DEFAULT) == CardDays()


def test_what_lasts_at_least_so_long_is_never_late() -> None:
    """公示期不少于三日: ending it later is no fault."""
    shown = term("tender.candidates-shown")
    events = [Event(Act.START, at("2026-03-02")), Event(Act.STOP, at("2026-03-20"))]
    assert card_days(events, shown, bundled_calendar(), DEFAULT).late is False


def test_ended_on_its_last_day_is_not_late_and_a_day_later_is() -> None:
    begun = Event(Act.START, at("2026-03-02"))
    on_time = card_days(
        [begun, Event(Act.STOP, at("2026-03-30 23:59"))], DECISION, bundled_calendar(), DEFAULT
    )
    late = card_days([begun, Event(Act.STOP, at("2026-03-31 00:00"))], DECISION, bundled_calendar(), DEFAULT)
    assert (on_time.late, on_time.level) == (False, Level.NONE)
    assert (late.late, late.level) == (True, Level.RED)
