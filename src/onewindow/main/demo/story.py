"""What happened in the demonstration bureau: courses played in the order of time, by whoever's turn it was.

Every step goes through `kernel.begin` and `kernel.move` at its own moment, so holidays, pauses, cards and lateness
are those that the law and the calendar make of it; nothing is written past them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle

from onewindow.kernel import moment
from onewindow.kernel.api import Actor, Matter, Subject, begin, deliver_due, move
from onewindow.kernel.duties import take_overdue_steps
from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.law import law
from onewindow.kernel.legal_time import SHANGHAI, Calendar
from onewindow.main.demo import courses
from onewindow.main.demo.courses import APPLICANT, Turn
from onewindow.main.demo.people import Card, Cast, give_passwords, make_people, send_on_leave
from onewindow.people.api import actor_of

Told = Callable[[str], None]
_BEFORE = 3  # working days between the opening of the bureau and its first matter


@dataclass(frozen=True)
class _Event:
    """Something that happens at a moment. `step`: "" for the opening of a matter."""

    at: datetime
    case: int
    turn: Turn


@dataclass
class _Case:
    """A matter of the story; `id`: once it was opened."""

    title: str
    unit: str
    promised: int | None
    owner: int
    id: str = ""


def play(told: Told) -> tuple[Card, ...]:
    """Make the bureau and everything that happened in it up to now; gives how everybody logs in."""
    calendar, last = law().calendar, last_day(moment.today(), law().calendar)
    opening = calendar.before(last, max(courses.OPENED) + _BEFORE)
    with moment.set_to(_moment(opening, "08:30")):
        cast = make_people()
    told(f"单位与人员：{len(cast.titles)} 个账户")
    cases, events = _told_in_order(calendar, last)
    day = opening
    for number, event in enumerate(events, 1):
        while day < event.at.date():
            day += timedelta(days=1)
            with moment.set_to(_moment(day, "00:20")):
                take_overdue_steps()
                deliver_due(10_000)
        with moment.set_to(event.at):
            _happen(event, cases[event.case], cast)
        if not number % 100:
            told(f"办理环节：{number}/{len(events)}")
    send_on_leave(cast)
    take_overdue_steps()
    deliver_due(10_000)
    told(f"案件：{Matter.objects.filter(kind='permit').count()}；正在封存台账日根")
    close_days()
    return give_passwords(cast)


def last_day(today: date, calendar: Calendar) -> date:
    """The last day of the story: today, or the last November whose following year the calendar may not know."""
    known = min(today, date(calendar.years.stop - 1, 11, 20))
    return date.fromordinal(calendar.working_until(known.toordinal()))


def _told_in_order(calendar: Calendar, last: date) -> tuple[list[_Case], list[_Event]]:
    """The cases, and all their events up to the last day."""
    cases: list[_Case] = []
    events: list[_Event] = []
    chosen = cycle(courses.COURSES)
    ways = [(opened, next(chosen)) for opened in courses.OPENED]
    ways += [(opened, courses.NEVER_REVIEWED) for opened in courses.ABANDONED]
    now = moment.now()
    for number, (opened, course) in enumerate(ways):
        title, unit, promised = courses.ITEMS[number % len(courses.ITEMS)]
        cases.append(_Case(title, unit, promised, number))
        events += _events(number, calendar, calendar.before(last, opened), course)
    happened = (one for one in events if one.at.date() <= last and one.at < now)
    return cases, sorted(happened, key=lambda one: (one.at, one.case))


def _events(case: int, calendar: Calendar, opened: date, course: tuple[Turn, ...]) -> Iterator[_Event]:
    minute = case * 7 % 50  # not everybody comes at the same minute
    day = opened
    for turn in (Turn(0, f"{9 + case % 3}:00", "", ""), *course):
        day = calendar.after(day, turn.after)
        yield _Event(_moment(day, turn.at) + timedelta(minutes=minute), case, turn)


def _happen(event: _Event, case: _Case, cast: Cast) -> None:
    owner, account = cast.owners[case.owner % len(cast.owners)]
    if not event.turn.step:
        case.id = _opened(case, owner, actor_of(account))
    else:
        actor = actor_of(account) if event.turn.by == APPLICANT else cast.actor(event.turn.by)
        move(case.id, event.turn.step, actor, event.turn.facts)


def _opened(case: _Case, owner: str, applicant: Actor) -> str:
    subject = Subject(case.unit, case.title, owner, case.promised)
    facts = {"contact": "00000000000", "materials_complete": True}
    matter: str = begin("permit", "submit", applicant, facts, subject=subject).matter.id
    return matter


def _moment(day: date, at: str) -> datetime:
    hour, minute = at.split(":")
    return datetime.combine(day, time(int(hour), int(minute)), SHANGHAI)
