"""The reason for every day of a term, walked day by day: a second way to the figures of `counting.py`."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import NamedTuple

from onewindow.kernel.legal_time.calendar import Calendar, weekday
from onewindow.kernel.legal_time.clock import Course
from onewindow.kernel.legal_time.terms import Term, Unit


class Counts(Enum):
    """What a day does for a term."""

    COUNTED = "counted"
    SKIPPED = "skipped"
    OVERDUE = "overdue"


class Day(NamedTuple):
    """One day of a term. `number`: the how-manieth counted (or overdue) day, 0 for a skipped one.

    amount  what of the term it takes: 1 for a counted day, in a term of hours its seconds
    """

    day: date
    kind: Counts
    number: int
    amount: int
    reason: str

    def __str__(self) -> str:
        told = {Counts.COUNTED: f"第{self.number}日", Counts.OVERDUE: f"逾期第{self.number}日"}
        return f"{self.day} {weekday(self.day)} {told.get(self.kind, '不计')}（{self.reason}）"


def explain(
    course: Course, term: Term, calendar: Calendar, due: date | None, total: int, today: date
) -> tuple[Day, ...]:
    """Every day from the start on, see `Reckoning.days`. The course must have started."""
    assert course.start is not None
    start = course.start.toordinal()
    last = course.stop.toordinal() if course.stop else max(today, due or today).toordinal()
    days: list[Day] = []
    counted = overdue = 0
    for ordinal in range(start, last + 1):
        day = date.fromordinal(ordinal)
        if ordinal == start and not term.first_day_counts:
            days.append(Day(day, Counts.SKIPPED, 0, 0, _first(course, term)))
        elif reason := _skipped(day, course, term, calendar):
            days.append(Day(day, Counts.SKIPPED, 0, 0, reason))
        elif due is not None and day > due:
            overdue += 1
            days.append(Day(day, Counts.OVERDUE, overdue, 1, _counts(day, course, term, calendar)))
        elif counted == total:
            days.append(Day(day, Counts.SKIPPED, 0, 0, _moved(day, due, calendar)))
        else:
            counted += 1
            days.append(Day(day, Counts.COUNTED, counted, 1, _counts(day, course, term, calendar)))
    return tuple(days)


def explain_before(
    anchor: date, nominal: date, latest: date, term: Term, calendar: Calendar
) -> tuple[Day, ...]:
    """Every day from the latest day allowed to the day it is counted back from, numbered backwards."""
    days = [Day(anchor, Counts.SKIPPED, 0, 0, f"{term.starts}当日不计入")]
    counted = 0
    for ordinal in range(anchor.toordinal() - 1, latest.toordinal() - 1, -1):
        day = date.fromordinal(ordinal)
        if day < nominal:
            days.append(Day(day, Counts.SKIPPED, 0, 0, "倒推之日是休息日，提前到之前的工作日"))
        elif term.unit is Unit.WORKING and not calendar.is_working(day):
            days.append(Day(day, Counts.SKIPPED, 0, 0, calendar.reason(day)))
        else:
            counted += 1
            days.append(Day(day, Counts.COUNTED, counted, 1, _plain(day, term, calendar)))
    return tuple(reversed(days))


def _first(course: Course, term: Term) -> str:
    if course.deemed:
        return "收到材料当日不计入（逾期未一次告知，自收到之日起即为受理）"
    return f"{term.starts}当日不计入"


def _skipped(day: date, course: Course, term: Term, calendar: Calendar) -> str:
    """Why a day after the first does not count, "" if it does."""
    for pause in course.pauses:
        ends = pause.end.date() if pause.end else None
        if pause.start.date() < day and (ends is None or day <= ends):
            told = f"{_title(term, pause.reason)}不计时"
            return f"{told}（当日恢复，次日起续计）" if day == ends and course.stop is None else told
    if term.unit is Unit.WORKING and not calendar.is_working(day):
        return calendar.reason(day)
    return ""


def _counts(day: date, course: Course, term: Term, calendar: Calendar) -> str:
    plain = _plain(day, term, calendar)
    gone = [_title(term, pause.reason) for pause in course.pauses if pause.start.date() == day]
    return f"{plain}，当日转{'、'.join(gone)}" if gone else plain


def _plain(day: date, term: Term, calendar: Calendar) -> str:
    return calendar.reason(day) if term.unit is Unit.WORKING else f"自然日，{calendar.reason(day)}"


def _moved(day: date, due: date | None, calendar: Calendar) -> str:
    if day == due:
        return f"期限末日顺延至此日（{calendar.reason(day)}）"
    return f"期限已满，末日逢{calendar.reason(day)}顺延"


def _title(term: Term, key: str) -> str:
    excluded = term.excludes(key)
    return excluded.title if excluded else key
