"""Acceptance by law (逾期不告知即为受理): what a late notice of missing materials means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from onewindow.kernel.legal_time.calendar import Calendar
from onewindow.kernel.legal_time.clock import Act, ClockError, Event, local
from onewindow.kernel.legal_time.reckoning import due_date
from onewindow.kernel.legal_time.terms import Term


class Standing(Enum):
    """Where an application with missing materials stands."""

    WAITING = "waiting"  # the notice may still be given in time
    NOTIFIED = "notified"  # it was given in time: nothing is accepted
    DEEMED = "deemed"  # it was not: accepted on the day of receipt


@dataclass(frozen=True, slots=True)
class Acceptance:
    """`latest`: last day for the notice. `event`: starts the clock where the law has accepted, else None."""

    standing: Standing
    latest: date
    event: Event | None
    reason: str


def accepted(
    received: datetime, notified: datetime | None, term: Term, calendar: Calendar, today: date
) -> Acceptance:
    """Whether an application counts as accepted because nobody told in time what is missing.

    received  when the materials came; notified: when everything missing was told, once; None if not yet
    term      that of the notice (permit.correction: 5 working days)

    Raises ClockError where the notice precedes the receipt or a time has no zone, and YearNotLoaded.
    """
    start = local(received)
    told = None if notified is None else local(notified)
    if told is not None and told < start:
        raise ClockError(
            "order", f"告知时间（{told:%Y-%m-%d %H:%M}）早于收到材料的时间（{start:%Y-%m-%d %H:%M}）。"
        )
    latest = due_date([Event(Act.START, start)], term, calendar)
    assert latest is not None
    basis = f"{term.law}{term.article}"
    if told is not None and told.date() <= latest:
        return Acceptance(Standing.NOTIFIED, latest, None, f"已于{told.date()}一次告知，未超过{latest}。")
    if told is None and today <= latest:
        return Acceptance(Standing.WAITING, latest, None, f"最迟{latest}一次告知，逾期即为受理（{basis}）。")
    when = f"{told.date()}才告知" if told else "至今没有告知"
    reason = f"应于{latest}前一次告知，{when}，自收到材料之日（{start.date()}）起即为受理（{basis}）。"
    return Acceptance(Standing.DEEMED, latest, Event(Act.DEEMED, start, reason, basis), reason)
