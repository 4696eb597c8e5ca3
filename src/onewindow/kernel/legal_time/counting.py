"""The arithmetic of terms counted in days: due day and days gone, in ordinals, without walking the days.

The rules, all in one place:

- The day of the start is not counted, unless the term says so (`Term.first_day_counts`).
- A pause takes out the days after the day it begins, up to and with the day it ends: it is measured as
  every term is, its own first day left out. So the day of sending out still counts, the day of coming
  back does not; a pause that ends on the day it began takes out nothing; two that touch equal one.
- A pause that begins on the last day moves the end to the day on which it is over: the rest of the last
  day is given back.
- A last day that is a day of rest gives way to the first working day after (`End.ROLL`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from onewindow.kernel.legal_time.calendar import Calendar
from onewindow.kernel.legal_time.clock import ClockError, Course, Pause
from onewindow.kernel.legal_time.terms import End, Term, Unit

Span = tuple[int, int | None]  # ordinals of the days on which a pause begins and ends
Rank = Callable[[int], int]


def ranking(term: Term, calendar: Calendar) -> tuple[Rank, Rank]:
    """How days are numbered for a term, and back: ordinal -> rank, rank -> ordinal."""
    if term.unit is Unit.WORKING:
        return calendar.rank, calendar.nth
    return _itself, _itself


def _itself(ordinal: int) -> int:
    return ordinal


def spans(pauses: tuple[Pause, ...]) -> list[Span]:
    """The pauses in ordinals."""
    return [
        (pause.start.toordinal(), None if pause.end is None else pause.end.toordinal()) for pause in pauses
    ]


def beginning(course: Course, term: Term) -> int:
    """The last day that is not counted, as an ordinal. The course must have started."""
    assert course.start is not None
    return course.start.toordinal() - term.first_day_counts


def length(begin: int, units: int, term: Term) -> int:
    """How many days `units` of a term are from a day on; months run to the same date (民法典 第二百零二条)."""
    if term.unit is not Unit.MONTHS:
        return units
    return add_months(date.fromordinal(begin), units).toordinal() - begin


def add_months(day: date, count: int) -> date:
    """The same date `count` months on (or back); the last of the month where there is no such date."""
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def due_of(course: Course, term: Term, calendar: Calendar) -> int | None:
    """The last day of a term that has started; None while a pause holds it open.

    Raises YearNotLoaded, and ClockError for an extension that came after the end.
    """
    pauses = spans(course.pauses) if course.pauses else []
    begin = beginning(course, term)
    units = term.amount
    for extended in course.extensions:
        _check_in_time(extended.at.toordinal(), begin, units, pauses, term, calendar)
        units += extended.amount
    return _due(begin, units, pauses, term, calendar)


def _due(begin: int, units: int, pauses: list[Span], term: Term, calendar: Calendar) -> int | None:
    rank, nth = ranking(term, calendar)
    target = rank(begin) + length(begin, units, term)
    for start, end in pauses:
        before = rank(start)
        if before >= target:
            break
        if end is None:
            return None
        target += rank(end) - before
    due = nth(target) if units else begin + term.first_day_counts
    return _settled(due, pauses, term, calendar)


def _settled(due: int, pauses: list[Span], term: Term, calendar: Calendar) -> int | None:
    """The due day moved out of pauses and days of rest."""
    rolls = term.end is End.ROLL and (term.unit is not Unit.WORKING or bool(pauses) or not term.amount)
    for start, end in pauses:
        if rolls:
            due = calendar.working_from(due)
        if due < start:
            break
        if end is None:
            return None
        due = max(due, end)
    return calendar.working_from(due) if rolls else due


def _check_in_time(
    at: int, begin: int, units: int, pauses: list[Span], term: Term, calendar: Calendar
) -> None:
    assert term.extension is not None
    if term.extension.late:
        return
    known: list[Span] = [
        (start, end if end is not None and end <= at else None) for start, end in pauses if start <= at
    ]
    due = _due(begin, units, known, term, calendar)
    if due is not None and at > due:
        raise ClockError(
            "extension-late",
            f"“{term.title}”已于{date.fromordinal(due)}届满，{date.fromordinal(at)}不能再延长。",
        )


def elapsed(course: Course, until: int, term: Term, calendar: Calendar) -> int:
    """Days of a started course that count up to and with a day, whether or not the term has ended."""
    rank, _ = ranking(term, calendar)
    gone = rank(until) - rank(beginning(course, term))
    for start, end in spans(course.pauses):
        if start >= until:
            break
        gone -= rank(until if end is None else min(end, until)) - rank(start)
    return gone
