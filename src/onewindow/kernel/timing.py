"""Whether a step still can, or already may, be taken; and whether the legal clock can follow it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.errors import ClockRefused, Lapsed
from onewindow.kernel.law import Law
from onewindow.kernel.legal_time import ClockError, Event, YearNotLoaded, due_date
from onewindow.kernel.procedure import Procedure, Step
from onewindow.kernel.projecting import Standing, check_clock, last_day, legal_term


def check_times(procedure: Procedure, step: Step, before: Standing, at: int, law: Law) -> None:
    """Raises Lapsed where a term has passed, or has not yet; ClockRefused where that cannot be told."""
    if not (step.lapses or step.after):
        return
    today = moment.at(at).date()
    last = _last_day(step.within or step.after, before.state_us, today, law)
    if step.lapses and today > last:
        told = _("“{step}”最迟应于{last}办理，已经逾期，不能再办理（{basis}）。")
        message = told.format(step=step.title, last=last, basis=step.basis)
        for one in procedure.steps_from(before.state):
            if one.after:
                message += _("系统将按“{step}”办理（{basis}）。").format(step=one.title, basis=one.basis)
        raise Lapsed(message, last=last.isoformat())
    if step.after and today <= last:
        told = _("“{step}”要到{last}之后才能由系统办理。").format(step=step.title, last=last)
        raise Lapsed(told, last=last.isoformat())


def _last_day(term: str, since_us: int, today: date, law: Law) -> date:
    """The last day; where it lies beyond the years that are loaded, the last date there is."""
    try:
        return last_day(term, since_us, law)
    except YearNotLoaded as error:
        if today.year not in law.calendar.years:
            raise ClockRefused(str(error), clock="year-not-loaded") from None
        return date.max


def check_clock_follows(procedure: Procedure, before: Standing, event: Event | None, law: Law) -> None:
    """Raises ClockRefused for what the law does not allow: an extension too long or too late, a pause for no ground."""
    if event is None:
        return
    clock = (*before.clock, event)
    try:
        term = legal_term(procedure, clock, law)
        if term is not None:
            check_clock(before.clock, event, term)
            due_date(clock, term, law.calendar)
    except ClockError as error:
        raise ClockRefused(str(error), clock=error.code) from None
    except YearNotLoaded:
        return  # the due day stays open, and the matter says so
