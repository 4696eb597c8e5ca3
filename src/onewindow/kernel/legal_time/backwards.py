"""Terms counted backwards (七日前, 届满三十日前): the latest day on which something may still be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from onewindow.kernel.legal_time.calendar import Calendar
from onewindow.kernel.legal_time.clock import ClockError
from onewindow.kernel.legal_time.counting import add_months, ranking
from onewindow.kernel.legal_time.explaining import Day, explain_before
from onewindow.kernel.legal_time.terms import End, Sense, Term, Unit


@dataclass(frozen=True)
class Backward:
    """What holds of a term counted backwards. Figures are days of the term's unit (months: calendar days).

    latest   the last day on which it may be done; `anchor` itself is not counted
    left     days after today up to `latest`; below zero by how much it is missed
    late     it was not done in time, or is not done and `latest` has passed
    """

    anchor: date
    latest: date
    done: date | None
    left: int
    late: bool
    days: tuple[Day, ...] = field(repr=False)


def latest_before(
    anchor: date, term: Term, calendar: Calendar, today: date, done: date | None = None
) -> Backward:
    """The latest day before `anchor` (a hearing, the end of a licence) that a term allows.

    The day so found counts as in time: notice on the seventh day before a hearing is 七日前. Where the
    term says so (`End.EARLIER`), a day of rest gives way to the working day before.

    Raises ClockError for a term that is not counted backwards or is one of hours, YearNotLoaded.
    """
    if term.sense is not Sense.BEFORE:
        raise ClockError("forwards", f"“{term.title}”不是倒推的期限，请用 reckon 计算。")
    if term.unit is Unit.HOURS:
        raise ClockError("hours", f"“{term.title}”按小时计算，不能倒推到日。")
    nominal = _nominal(anchor, term, calendar)
    latest = nominal
    if term.end is End.EARLIER:
        latest = date.fromordinal(calendar.working_until(nominal.toordinal()))
    rank, _ = ranking(term, calendar)
    until = done or today
    return Backward(
        anchor,
        latest,
        done,
        rank(latest.toordinal()) - rank(until.toordinal()),
        until > latest,
        explain_before(anchor, nominal, latest, term, calendar),
    )


def _nominal(anchor: date, term: Term, calendar: Calendar) -> date:
    if term.unit is Unit.WORKING:
        return calendar.before(anchor, term.amount)
    if term.unit is Unit.MONTHS:
        return add_months(anchor, -term.amount)
    return date.fromordinal(anchor.toordinal() - term.amount)
