"""Legal time: from events, a term and a calendar to what holds on a day, with the reason for every day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from functools import cached_property

from onewindow.kernel.legal_time.calendar import Calendar
from onewindow.kernel.legal_time.clock import SHANGHAI, ClockError, Course, Event, course_of, local
from onewindow.kernel.legal_time.counting import beginning, due_of, elapsed, length
from onewindow.kernel.legal_time.explaining import Day, explain
from onewindow.kernel.legal_time.hours import Timed, explain_hours, timed
from onewindow.kernel.legal_time.terms import Term, Unit


class State(Enum):
    """Whether a term runs."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Reckoning:
    """What holds of a term on a day. Figures are days, for a term of hours seconds.

    due       the last day, None before the start and while a pause holds it open
    earliest  only then: the last day if the clock went on today
    total     what the term allows, with its extension
    counted   what of it is used up, today (or the day of the stop) included
    left      what remains; below zero by how much the term is overdue
    overdue   the last day has passed without a stop (or the stop came after it)
    due_at    the moment at which the term ends
    """

    state: State
    today: date
    due: date | None
    earliest: date | None
    total: int
    counted: int
    left: int
    overdue: bool
    term: Term
    course: Course
    due_at: datetime | None = None
    _calendar: Calendar | None = field(default=None, repr=False, compare=False)
    _now: datetime | None = field(default=None, repr=False, compare=False)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Every day from the start to the last day, to today if that is later, to the stop if it is earlier.

        The counted days up to today add up to `counted`, all of them to `total` where there is a last
        day, the overdue ones to -`left`.
        """
        if self.course.start is None or self._calendar is None:
            return ()
        if self.term.unit is Unit.HOURS:
            assert self._now is not None
            return explain_hours(self.course, self.due_at, self._now, self._calendar)
        return explain(self.course, self.term, self._calendar, self.due, self.total, self.today)


def reckon(events: Iterable[Event], term: Term, calendar: Calendar, today: date) -> Reckoning:
    """What holds of a term on a day.

    today  a day, or a moment with a time zone; for a term of hours it must be a moment

    Raises ClockError (an event that cannot be, naive times, events after today) and YearNotLoaded.
    """
    course = course_of(events, term)
    now = local(today) if isinstance(today, datetime) else None
    day = date.fromordinal(now.toordinal() if now else today.toordinal())
    if course.latest is not None and (
        course.latest > now if now else course.latest.toordinal() > day.toordinal()
    ):
        raise ClockError("future", f"{course.latest:%Y-%m-%d %H:%M}的事件在所问时刻（{now or day}）之后。")
    if course.start is None:
        return Reckoning(State.NOT_STARTED, day, None, None, term.amount, 0, term.amount, False, term, course)
    if term.unit is Unit.HOURS:
        if now is None:
            raise ClockError("moment", f"“{term.title}”按小时计算，须给出时刻而不是日期。")
        return _by_hours(course, term, calendar, now)
    return _by_days(course, term, calendar, day)


def due_date(events: Iterable[Event], term: Term, calendar: Calendar) -> date | None:
    """The last day alone, as `reckon` finds it, for many matters. Raises the same."""
    course = course_of(events, term)
    if course.start is None:
        return None
    if term.unit is Unit.HOURS:
        at = timed(course, term, course.latest or course.start).due_at
        return None if at is None else at.date()
    due = due_of(course, term, calendar)
    return None if due is None else date.fromordinal(due)


def _by_days(course: Course, term: Term, calendar: Calendar, day: date) -> Reckoning:
    due = due_of(course, term, calendar)
    until = course.stop.toordinal() if course.stop else day.toordinal()
    begin = beginning(course, term)
    total = length(begin, _units(course, term), term)
    gone = elapsed(course, until, term, calendar)
    counted = min(gone, total)
    overdue = due is not None and until > due
    left = elapsed(course, due, term, calendar) - gone if due is not None and overdue else total - counted
    return Reckoning(
        _state(course),
        day,
        None if due is None else date.fromordinal(due),
        None if due is not None else _if_resumed(course, term, calendar, day),
        total,
        counted,
        left,
        overdue,
        term,
        course,
        None if due is None else datetime.combine(date.fromordinal(due + 1), time.min, SHANGHAI),
        calendar,
    )


def _by_hours(course: Course, term: Term, calendar: Calendar, now: datetime) -> Reckoning:
    at: Timed = timed(course, term, now)
    earliest = timed(_resumed(course, now), term, now).due_at if at.due_at is None else None
    return Reckoning(
        _state(course),
        now.date(),
        None if at.due_at is None else at.due_at.date(),
        None if earliest is None else earliest.date(),
        at.total,
        at.counted,
        at.left,
        at.overdue,
        term,
        course,
        at.due_at,
        calendar,
        now,
    )


def _units(course: Course, term: Term) -> int:
    return term.amount + sum(extended.amount for extended in course.extensions)


def _state(course: Course) -> State:
    if course.stop is not None:
        return State.STOPPED
    return State.PAUSED if course.open_pause else State.RUNNING


def _if_resumed(course: Course, term: Term, calendar: Calendar, day: date) -> date | None:
    due = due_of(_resumed(course, datetime.combine(day, time.max, SHANGHAI)), term, calendar)
    return None if due is None else date.fromordinal(due)


def _resumed(course: Course, at: datetime) -> Course:
    return course._replace(pauses=(*course.pauses[:-1], course.pauses[-1]._replace(end=at)))
