"""The moments at which a card turns if nothing happens before: `card`, turned round.

A queue over a million matters cannot reckon each of them at every look. So the moments are kept, and the
card on any day is a comparison. That this and `card` agree on every day is held by a property test.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from onewindow.kernel.legal_time.calendar import Calendar
from onewindow.kernel.legal_time.cards import Level, Thresholds, card
from onewindow.kernel.legal_time.clock import SHANGHAI, Course, Event, course_of
from onewindow.kernel.legal_time.counting import beginning, due_of, elapsed, length
from onewindow.kernel.legal_time.hours import timed
from onewindow.kernel.legal_time.reckoning import reckon
from onewindow.kernel.legal_time.terms import Sense, Term, Unit


@dataclass(frozen=True, slots=True)
class CardDays:
    """From when on a card shows, in microseconds since 1970 UTC; None for never.

    level  the card while the clock stands (paused, stopped, not started)
    late   whether a stopped term ended after its last day; None while it has not ended
    """

    warn_us: int | None = None
    yellow_us: int | None = None
    red_us: int | None = None
    level: Level = Level.NONE
    late: bool | None = None


def card_days(events: Iterable[Event], term: Term, calendar: Calendar, limits: Thresholds) -> CardDays:
    """When the card of a term turns. Raises ClockError and YearNotLoaded, as `reckon` does."""
    events = tuple(events)
    course = course_of(events, term)
    if course.start is None:
        return CardDays()
    if course.stop is not None or course.open_pause is not None:
        assert course.latest is not None
        standing = reckon(events, term, calendar, course.latest)
        # what has to last at least so long is not late for ending later
        late = standing.overdue and term.sense is not Sense.AT_LEAST if course.stop is not None else None
        return CardDays(level=card(standing, limits).level, late=late)
    if term.sense is Sense.AT_LEAST:
        return CardDays()
    return _hours(course, term, limits) if term.unit is Unit.HOURS else _days(course, term, calendar, limits)


def _hours(course: Course, term: Term, limits: Thresholds) -> CardDays:
    assert course.start is not None
    at = timed(course, term, course.latest or course.start)
    assert at.due_at is not None
    red = _us(at.due_at) + 1  # the end itself is still in time
    warn = _us(at.due_at - timedelta(seconds=at.total * limits.warn_percent // 100))
    return CardDays(warn_us=warn, red_us=red)


def _days(course: Course, term: Term, calendar: Calendar, limits: Thresholds) -> CardDays:
    due = due_of(course, term, calendar)
    assert due is not None
    units = term.amount + sum(extended.amount for extended in course.extensions)
    total = length(beginning(course, term), units, term)
    allowed = max(total * limits.warn_percent // 100, limits.warn_left)
    warn = _first_day(course, term, calendar, due, total - allowed)
    return CardDays(_midnight(warn), _midnight(due) if limits.yellow_due else None, _midnight(due + 1))


def _first_day(course: Course, term: Term, calendar: Calendar, due: int, gone: int) -> int:
    """The first day on which at least `gone` days are used up: they never become fewer."""
    assert course.start is not None
    low, high = course.start.toordinal(), due
    while low < high:
        middle = (low + high) // 2
        if elapsed(course, middle, term, calendar) >= gone:
            high = middle
        else:
            low = middle + 1
    return low


def _midnight(ordinal: int) -> int:
    return _us(datetime.combine(date.fromordinal(ordinal), time.min, SHANGHAI))


def _us(moment: datetime) -> int:
    return int(moment.replace(microsecond=0).timestamp()) * 1_000_000 + moment.microsecond
