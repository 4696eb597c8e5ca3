"""From entries to where a matter stands: pure, entry by entry, the same in `moving` and in a rebuild."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from onewindow.kernel.ledger.canonical import Json
from onewindow.kernel.ledger.entry import EntryValue
from onewindow.kernel.legal_time import (
    Act,
    CalendarError,
    ClockError,
    Event,
    State,
    Term,
    TermError,
    ThresholdError,
    card_days,
    due_date,
    follow,
    thresholds,
)
from onewindow.kernel.legal_time.clock import Course
from onewindow.kernel.moment import at as moment
from onewindow.kernel.moment import microseconds
from onewindow.kernel.procedure import DAYS_KEY, EXCLUDED_KEY, REASON_KEY, Clock, Procedure, Step
from onewindow.kernel.procedure import State as MatterState

if TYPE_CHECKING:
    from onewindow.kernel.law import Law

OPENED = "matter"  # the fact of the first entry that says what the matter is: unit, title, owner, promised

_ACTS = {
    Clock.START: Act.START,
    Clock.DEEM: Act.DEEMED,
    Clock.PAUSE: Act.PAUSE,
    Clock.RESUME: Act.RESUME,
    Clock.EXTEND: Act.EXTEND,
    Clock.STOP: Act.STOP,
}


@dataclass(frozen=True, slots=True)
class Times:
    """What legal time makes of a matter: the columns of `Matter` of the same names. Moments in microseconds."""

    clock_state: State = State.NOT_STARTED
    due: date | None = None
    legal_due: date | None = None
    warn_us: int | None = None
    yellow_us: int | None = None
    red_us: int | None = None
    level: int = 0
    late: bool | None = None
    step_due: date | None = None
    after_due: date | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter stands after its entries; `clock`: the events of its legal clock."""

    state: MatterState
    seq: int
    head: bytes
    opened_us: int
    moved_us: int
    state_us: int
    unit: str
    title: str
    owner: str
    promised: int | None
    clock: tuple[Event, ...] = ()


def follows(before: Standing | None, procedure: Procedure, value: EntryValue, head: bytes) -> Standing:
    """Where the matter stands after one more entry."""
    step = procedure.step(value.step)
    if before is None:
        opened = cast("dict[str, Any]", value.facts[OPENED])
        before = Standing(
            step.target,
            0,
            b"",
            value.at,
            value.at,
            value.at,
            opened["unit"],
            opened["title"],
            opened["owner"],
            opened["promised"],
        )
    event = clock_event(step, value.at, value.facts, value.actor_id, before)
    return replace(
        before,
        state=step.target,
        seq=value.seq,
        head=head,
        moved_us=value.at,
        state_us=value.at if value.from_state != value.to_state else before.state_us,
        clock=before.clock if event is None else (*before.clock, event),
    )


def standing_of(procedure: Procedure, entries: Iterable[tuple[EntryValue, bytes]]) -> Standing:
    """Where a matter stands after all its entries. Raises ValueError where there are none."""
    standing = None
    for value, head in entries:
        standing = follows(standing, procedure, value, head)
    if standing is None:
        raise ValueError("a matter has at least one entry")
    return standing


def clock_event(step: Step, at: int, facts: dict[str, Json], actor_id: str, before: Standing) -> Event | None:
    """What a step does to the clock; None for nothing."""
    if step.clock is Clock.NONE:
        return None
    act = _ACTS[step.clock]
    # What the law deems accepted is accepted from the day on which the materials came.
    when = moment(before.state_us if act is Act.DEEMED else at)
    if act is Act.PAUSE:
        return Event(act, when, reason=str(facts[EXCLUDED_KEY]), basis=step.basis)
    if act is Act.EXTEND:
        amount = cast("int", facts[DAYS_KEY])
        return Event(act, when, str(facts[REASON_KEY]), step.basis, amount, actor_id)
    return Event(act, when, basis=step.basis)


def legal_term(procedure: Procedure, clock: tuple[Event, ...], law: Law) -> Term | None:
    """The term that the law sets, as it was on the day of the start. Raises TermError."""
    if not clock or not procedure.term:
        return None
    return law.rules.term(procedure.term, clock[0].at.date())


def promised_term(term: Term, promised: int | None) -> Term:
    """The term as the bureau promised it: never longer than the law's."""
    return term if promised is None else replace(term, amount=min(promised, term.amount))


class Run(NamedTuple):
    """A term with the events that count for it, for `due_date`, `reckon` and `card_days`."""

    term: Term
    events: tuple[Event, ...]


def runs_of(procedure: Procedure, standing: Standing, law: Law) -> tuple[Run, Run] | None:
    """The term as the bureau promised it, and as the law sets it; None before the clock starts.

    Whether an extension came in time was judged when it was granted, and stays judged so when the calendar
    changes. It lengthens the promise, too, unless that was broken already: what is late does not become timely.
    Raises TermError, YearNotLoaded.
    """
    term = legal_term(procedure, standing.clock, law)
    if term is None:
        return None
    legal = Run(_granted(term), standing.clock)
    promise = promised_term(term, standing.promised)
    if promise == term:
        return legal, legal
    return Run(_granted(promise), _in_time(standing.clock, promise, law)), legal


def _granted(term: Term) -> Term:
    extension = term.extension
    return term if extension is None else replace(term, extension=extension._replace(late=True))


def _in_time(clock: tuple[Event, ...], promise: Term, law: Law) -> tuple[Event, ...]:
    """Without the extensions that were granted when the promise was broken."""
    events: tuple[Event, ...] = ()
    for event in clock:
        longer = (*events, event)
        if event.act is Act.EXTEND:
            try:
                due_date(longer, promise, law.calendar)
            except ClockError:
                continue
        events = longer
    return events


def times_of(procedure: Procedure, standing: Standing, law: Law) -> Times:
    """What legal time makes of it. A year that is not loaded leaves the due day open and says so."""
    try:
        times = _clock_times(procedure, standing, law)
    except (CalendarError, ClockError, TermError, ThresholdError) as error:
        return Times(clock_state=_state(standing.clock), trouble=str(error)[:300])
    try:
        step_due, after_due = _step_times(procedure, standing, law)
    except (CalendarError, TermError) as error:
        return replace(times, trouble=str(error)[:300])
    return replace(times, step_due=step_due, after_due=after_due)


def _clock_times(procedure: Procedure, standing: Standing, law: Law) -> Times:
    runs = runs_of(procedure, standing, law)
    if runs is None:
        return Times()
    promise, legal = runs
    due = due_date(promise.events, promise.term, law.calendar)
    legal_due = due if promise is legal else due_date(legal.events, legal.term, law.calendar)
    state = _state(standing.clock)
    turns = card_days(promise.events, promise.term, law.calendar, thresholds(standing.clock[0].at.date()))
    late = turns.late if state is State.STOPPED else None
    return Times(state, due, legal_due, turns.warn_us, turns.yellow_us, turns.red_us, turns.level, late)


def _step_times(procedure: Procedure, standing: Standing, law: Law) -> tuple[date | None, date | None]:
    steps = list(procedure.steps_from(standing.state))
    within = _earliest(standing, [step.within for step in steps if step.within], law)
    after = _earliest(standing, [step.after for step in steps if step.after], law)
    return within, after


def _earliest(standing: Standing, keys: list[str], law: Law) -> date | None:
    return min((last_day(key, standing.state_us, law) for key in keys), default=None)


def last_day(term_key: str, since_us: int, law: Law) -> date:
    """The last day of a term that runs from a moment. Raises TermError, CalendarError."""
    since = moment(since_us)
    due = due_date([Event(Act.START, since)], law.rules.term(term_key, since.date()), law.calendar)
    assert due is not None
    return due


def _state(clock: tuple[Event, ...]) -> State:
    if not clock:
        return State.NOT_STARTED
    return {Act.PAUSE: State.PAUSED, Act.STOP: State.STOPPED}.get(clock[-1].act, State.RUNNING)


def check_clock(clock: tuple[Event, ...], event: Event, term: Term) -> None:
    """Raises ClockError where the legal clock cannot follow."""
    course = Course()
    for one in (*clock, event):
        course = follow(course, one, term)


# --- events as JSON -------------------------------------------------------------------------

Row = list[Any]


def clock_rows(clock: tuple[Event, ...]) -> list[Row]:
    """Events as lists for a column of JSON."""
    return [
        [event.act.value, microseconds(event.at), event.reason, event.basis, event.amount, event.approved_by]
        for event in clock
    ]


def clock_of(rows: list[Row]) -> tuple[Event, ...]:
    """The events again."""
    return tuple(Event(Act(row[0]), moment(row[1]), *row[2:]) for row in rows)
