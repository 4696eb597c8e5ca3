"""What moves when the calendar changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from onewindow.kernel.legal_time.calendar import Calendar, YearNotLoaded, weekday
from onewindow.kernel.legal_time.clock import ClockError, Event
from onewindow.kernel.legal_time.reckoning import due_date
from onewindow.kernel.legal_time.terms import Term


class Clocked(NamedTuple):
    """A matter, as far as its legal time goes."""

    id: str
    events: tuple[Event, ...]
    term: Term


class Moved(NamedTuple):
    """A last day that is another under the new calendar; None where it cannot be told or a pause holds it."""

    id: str
    old: date | None
    new: date | None
    reason: str


def moved(matters: Iterable[Clocked], old: Calendar, new: Calendar) -> Iterator[Moved]:
    """Those of the matters whose last day moves, in the order given, each with the days that moved it.

    A matter that could be reckoned under one calendar only is among them. A matter whose pause lasts
    has no last day, and so none that moves.
    """
    changed = old.differences(new)
    for matter in matters:
        before, trouble = _due(matter, old)
        if before is not None and not _between(changed, matter, before):
            continue
        after, new_trouble = _due(matter, new)
        if before != after or bool(trouble) != bool(new_trouble):
            yield Moved(
                matter.id, before, after, new_trouble or trouble or _reason(changed, matter, before, old, new)
            )


def _due(matter: Clocked, calendar: Calendar) -> tuple[date | None, str]:
    try:
        return due_date(matter.events, matter.term, calendar), ""
    except (YearNotLoaded, ClockError) as error:
        return None, str(error)


def _start(matter: Clocked) -> int:
    return matter.events[0].at.toordinal() - 1  # a day early: the time zone may differ


def _between(changed: list[int], matter: Clocked, due: date) -> bool:
    """Whether a day changed that lies in the term: only such a day can move its end."""
    last = bisect_right(changed, due.toordinal())
    return last > 0 and changed[last - 1] >= _start(matter)


def _reason(changed: list[int], matter: Clocked, before: date | None, old: Calendar, new: Calendar) -> str:
    last = before.toordinal() if before else 0
    days = [date.fromordinal(ordinal) for ordinal in changed if _start(matter) <= ordinal <= last]
    return "；".join(f"{day}（{weekday(day)}）由“{old.reason(day)}”改为“{new.reason(day)}”" for day in days)
