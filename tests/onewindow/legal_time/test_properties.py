"""Laws of legal time, tried on random calendars, terms and courses of events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from onewindow.kernel.legal_time import (
    SHANGHAI,
    Act,
    Calendar,
    ClockError,
    Counts,
    Course,
    DayKind,
    End,
    Event,
    OwnDay,
    Reckoning,
    Sense,
    State,
    Term,
    Unit,
    bundled_calendar,
    course_of,
    due_date,
    follow,
    latest_before,
    reckon,
)
from tests.onewindow.legal_time.clocks import DECISION

FIRST = date(2024, 1, 1)
MINUTES_OF_A_DAY = 24 * 60


def moment(day: int, minute: int = 600) -> datetime:
    return datetime.combine(FIRST, datetime.min.time(), SHANGHAI) + timedelta(days=day, minutes=minute)


@st.composite
def calendars(draw: st.DrawFn, most: int = 12) -> Calendar:
    offsets = draw(st.lists(st.integers(0, 900), unique=True, max_size=most))
    kinds = draw(st.lists(st.sampled_from(list(DayKind)), min_size=len(offsets), max_size=len(offsets)))
    own = [OwnDay(FIRST + timedelta(o), kind, "试", "试") for o, kind in zip(offsets, kinds, strict=True)]
    return bundled_calendar().with_own(*own)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    unit = draw(st.sampled_from([Unit.WORKING, Unit.WORKING, Unit.CALENDAR, Unit.MONTHS]))
    amount = draw(st.integers(1, 4) if unit is Unit.MONTHS else st.integers(0, 45))
    end = draw(st.sampled_from([End.ROLL, End.STAY]))
    return replace(
        DECISION, unit=unit, amount=amount, end=end, first_day_counts=draw(st.booleans()) and amount > 0
    )


class Story(NamedTuple):
    """A start and its closed pauses as minutes since FIRST: start, then ends of pauses in turn."""

    start: int
    bounds: tuple[int, ...]

    @property
    def events(self) -> list[Event]:
        found = [Event(Act.START, moment(0, self.start))]
        for number, bound in enumerate(self.bounds):
            if number % 2:
                found.append(Event(Act.RESUME, moment(0, bound)))
            else:
                found.append(Event(Act.PAUSE, moment(0, bound), "testing"))
        return found


@st.composite
def stories(draw: st.DrawFn, least: int = 0) -> Story:
    """A start and up to four closed pauses, half of them short, some touching."""
    start = draw(st.integers(0, 300 * MINUTES_OF_A_DAY))
    gaps = st.integers(0, 12 * MINUTES_OF_A_DAY) | st.integers(0, 2 * MINUTES_OF_A_DAY) | st.just(0)
    count = 2 * draw(st.integers(least, 4))
    bounds, now = [], start
    for gap in draw(st.lists(gaps, min_size=count, max_size=count)):
        now += gap
        bounds.append(now)
    return Story(start, tuple(bounds))


def due(events: list[Event], term: Term, calendar: Calendar) -> date:
    found = due_date(events, term, calendar)
    assert found is not None
    return found


@given(stories(least=1), terms(), calendars(), st.data())
def test_adding_a_pause_never_brings_a_deadline_nearer(
    story: Story, term: Term, calendar: Calendar, data: st.DataObject
) -> None:
    gone = 2 * data.draw(st.integers(0, len(story.bounds) // 2 - 1))
    without = Story(story.start, story.bounds[:gone] + story.bounds[gone + 2 :])
    assert due(story.events, term, calendar) >= due(without.events, term, calendar)


@given(stories(least=1), terms(), calendars(), st.integers(0, 20 * MINUTES_OF_A_DAY))
def test_a_longer_pause_never_brings_a_deadline_nearer(
    story: Story, term: Term, calendar: Calendar, more: int
) -> None:
    *before, last = story.bounds
    longer = Story(story.start, (*before, last + more))
    assert due(longer.events, term, calendar) >= due(story.events, term, calendar)


@given(stories(least=1), terms(), calendars(), st.data())
def test_a_pause_cut_in_two_that_touch_is_the_same_pause(
    story: Story, term: Term, calendar: Calendar, data: st.DataObject
) -> None:
    *before, start, end = story.bounds
    cut = data.draw(st.integers(start, end))
    pieces = Story(story.start, (*before, start, cut, cut, end))
    assert due(pieces.events, term, calendar) == due(story.events, term, calendar)


@given(stories(), terms(), calendars(), st.integers(0, 150), st.booleans(), st.booleans())
def test_the_explanation_sums_to_the_result(
    story: Story, term: Term, calendar: Calendar, later: int, paused: bool, stopped: bool
) -> None:
    events = story.events
    if paused and story.bounds:
        events.pop()
    today = events[-1].at.date() + timedelta(later)
    if stopped:
        events.append(Event(Act.STOP, max(events[-1].at, moment(0) + (today - FIRST))))
    found = reckon(events, term, calendar, today)
    until = events[-1].at.date() if stopped else today
    counted = [one for one in found.days if one.kind is Counts.COUNTED]
    assert len([one for one in counted if one.day <= until]) == found.counted
    assert [one.number for one in counted] == list(range(1, len(counted) + 1))
    overdue = [one for one in found.days if one.kind is Counts.OVERDUE]
    assert len(overdue) == max(-found.left, 0)
    if found.state is State.RUNNING:
        assert found.due is not None
        assert len(counted) == found.total
        assert found.days[-1].day == max(found.due, today)
        assert found.overdue == (today > found.due)
    if not found.overdue:
        assert found.left == found.total - found.counted
    assert [one.day for one in found.days] == [
        found.days[0].day + timedelta(n) for n in range(len(found.days))
    ]
    assert all(one.reason for one in found.days)


@given(stories(), terms(), st.data())
def test_replay_in_pieces_equals_replay_at_once(story: Story, term: Term, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(story.events)))
    course = course_of(story.events[:cut], term)
    for event in story.events[cut:]:
        course = follow(course, event, term)
    assert course == course_of(story.events, term)
    assert course != Course()


@given(stories(), terms(), calendars(), st.integers(0, 120))
def test_waiting_changes_what_is_left_but_never_the_last_day(
    story: Story, term: Term, calendar: Calendar, later: int
) -> None:
    now = story.events[-1].at.date()
    first, then = (reckon(story.events, term, calendar, now + timedelta(n)) for n in (0, later))
    assert first.due == then.due
    assert then.left <= first.left
    assert then.counted >= first.counted


@given(stories(), st.integers(1, 10), st.integers(1, 45), calendars(), st.booleans())
def test_an_extension_moves_the_end_by_exactly_its_counted_days(
    story: Story, more: int, amount: int, calendar: Calendar, working: bool
) -> None:
    term = replace(DECISION, amount=amount, unit=Unit.WORKING if working else Unit.CALENDAR, end=End.STAY)
    at = Event(Act.EXTEND, story.events[-1].at, "复杂", amount=more, approved_by="局长")
    plain = reckon(story.events, term, calendar, at.at.date())
    assume(not plain.overdue)
    longer = reckon([*story.events, at], term, calendar, at.at.date())
    assert longer.total == plain.total + more
    assert sum(one.kind is Counts.COUNTED for one in longer.days) == plain.total + more
    assert plain.due is not None
    assert longer.due is not None
    after = [one for one in longer.days if one.kind is Counts.COUNTED and one.number > plain.total]
    assert len(after) == more
    assert longer.due > plain.due or plain.due == story.events[-1].at.date()


@given(stories(), terms(), calendars(), st.lists(st.integers(0, 900), max_size=30, unique=True))
def test_fewer_working_days_never_bring_a_deadline_nearer(
    story: Story, term: Term, calendar: Calendar, closed: list[int]
) -> None:
    taken = {one.day for one in calendar.own}
    days = [FIRST + timedelta(n) for n in closed if FIRST + timedelta(n) not in taken]
    fewer = calendar.with_own(*(OwnDay(one, DayKind.HOLIDAY, "闭门", "试") for one in days))
    assert due(story.events, term, fewer) >= due(story.events, term, calendar)


@given(stories(), terms(), calendars())
def test_the_earliest_end_during_a_pause_is_never_after_the_real_one(
    story: Story, term: Term, calendar: Calendar
) -> None:
    if not story.bounds:
        return
    paused = reckon(story.events[:-1], term, calendar, story.events[-2].at.date())
    assert (paused.due or paused.earliest) is not None
    assert (paused.due or paused.earliest) <= due(story.events, term, calendar)


@given(st.integers(60, 800), st.integers(1, 40), calendars(), st.sampled_from([Unit.WORKING, Unit.CALENDAR]))
def test_counted_back_and_forth_one_comes_to_the_same_day(
    anchor: int, amount: int, calendar: Calendar, unit: Unit
) -> None:
    day = FIRST + timedelta(anchor)
    backwards = replace(DECISION, sense=Sense.BEFORE, unit=unit, amount=amount, end=End.STAY)
    found = latest_before(day, backwards, calendar, FIRST)
    counted = [one for one in found.days if one.kind is Counts.COUNTED]
    assert len(counted) == amount
    assert counted[0].day == found.latest
    forwards = replace(backwards, sense=Sense.WITHIN)
    noon = datetime.combine(found.latest, datetime.min.time(), SHANGHAI)
    there = due([Event(Act.START, noon)], forwards, calendar)
    if unit is Unit.CALENDAR or calendar.is_working(day):
        assert there == day
    else:
        assert there > day


@given(st.lists(st.tuples(st.sampled_from(list(Act)), st.integers(0, 60)), max_size=8), terms(), calendars())
def test_whatever_the_events_there_is_an_answer_or_a_clear_refusal(
    acts: list[tuple[Act, int]], term: Term, calendar: Calendar
) -> None:
    events = [Event(act, moment(day), "testing", amount=3, approved_by="局长") for act, day in acts]
    found = answer(events, term, calendar)
    if isinstance(found, ClockError):
        assert found.code
        assert any("\u4e00" <= letter <= "\u9fff" for letter in str(found))
    else:
        assert (found.due is None) == (found.state is State.NOT_STARTED or found.earliest is not None)


def answer(events: list[Event], term: Term, calendar: Calendar) -> Reckoning | ClockError:
    try:
        return reckon(events, term, calendar, FIRST + timedelta(90))
    except ClockError as error:
        return error
