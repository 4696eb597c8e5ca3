"""Terms counted in hours: round the clock from the moment itself (民法典 第二百零一条第二款), in seconds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from onewindow.kernel.legal_time.calendar import Calendar
from onewindow.kernel.legal_time.clock import SHANGHAI, ClockError, Course
from onewindow.kernel.legal_time.explaining import Counts, Day
from onewindow.kernel.legal_time.terms import Term


class Timed(NamedTuple):
    """A term of hours at a moment; figures in seconds."""

    due_at: datetime | None
    total: int
    counted: int
    left: int
    overdue: bool


def timed(course: Course, term: Term, now: datetime) -> Timed:
    """Raises ClockError for an extension that came after the end. The course must have started."""
    seconds = term.amount * 3600
    for extended in course.extensions:
        due_at = _due(course, seconds, extended.at)
        if term.extension and not term.extension.late and due_at is not None and extended.at > due_at:
            raise ClockError("extension-late", f"“{term.title}”已于{due_at:%Y-%m-%d %H:%M}届满，不能再延长。")
        seconds += extended.amount * 3600
    due_at = _due(course, seconds)
    until = course.stop or now
    gone = _gone(course, until)
    overdue = due_at is not None and until > due_at
    counted = min(gone, seconds)
    return Timed(due_at, seconds, counted, seconds - (gone if overdue else counted), overdue)


def explain_hours(
    course: Course, due_at: datetime | None, now: datetime, calendar: Calendar
) -> tuple[Day, ...]:
    """What each day takes of the term, in seconds, up to the end of the term or the present."""
    assert course.start is not None
    until = course.stop or max(now, due_at or now)
    days: list[Day] = []
    number = late = 0
    for ordinal in range(course.start.toordinal(), until.toordinal() + 1):
        midnight = datetime.fromordinal(ordinal).replace(tzinfo=SHANGHAI)
        night = min(midnight + timedelta(days=1), until)
        ended = min(night, due_at) if due_at else night
        taken = _gone(course, ended) - number
        number += taken
        why = calendar.reason(midnight.date())
        kind = Counts.COUNTED if taken else Counts.SKIPPED
        days.append(Day(midnight.date(), kind, number if taken else 0, taken, f"计{_words(taken)}，{why}"))
        over = _gone(course, night) - number - late
        if over:
            late += over
            days.append(Day(midnight.date(), Counts.OVERDUE, late, over, f"逾期{_words(over)}，{why}"))
    return tuple(days)


def _due(course: Course, seconds: int, asked: datetime | None = None) -> datetime | None:
    """The moment of the end, of what was known when it was asked; None while a pause holds it open."""
    assert course.start is not None
    due = course.start + timedelta(seconds=seconds)
    for pause in course.pauses:
        if pause.start >= due or (asked and pause.start > asked):
            break
        if pause.end is None or (asked and pause.end > asked):
            return None
        due += pause.end - pause.start
    return due


def _gone(course: Course, until: datetime) -> int:
    assert course.start is not None
    gone = until - course.start
    for pause in course.pauses:
        if pause.start < until:
            gone -= (min(pause.end, until) if pause.end else until) - pause.start
    return max(int(gone.total_seconds()), 0)


def _words(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours}小时{rest // 60}分"
