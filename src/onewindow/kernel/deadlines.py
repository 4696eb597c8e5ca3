"""What legal time says of one matter, explained: its last day, and where its days have gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from onewindow.kernel import moment
from onewindow.kernel.law import Law, law
from onewindow.kernel.ledger.entry import EntryValue, StoredEntry
from onewindow.kernel.legal_time import (
    CalendarError,
    Card,
    ClockError,
    Reckoning,
    Term,
    TermError,
    Thresholds,
    card,
    reckon,
    thresholds,
)
from onewindow.kernel.legal_time import State as ClockState
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Clock, Procedure, Role, State, Step
from onewindow.kernel.projecting import last_day, runs_of
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import standing_of_row


@dataclass(frozen=True, slots=True)
class Deadline:
    """The term of a matter now.

    term      what the law sets; None for a matter without a term
    promised  reckoned as the bureau promised, legal: as the law allows; both None before the clock starts
    card      of what was promised, by `limits`
    trouble   why it cannot be reckoned, "" if it can
    """

    term: Term | None = None
    promised: Reckoning | None = None
    legal: Reckoning | None = None
    card: Card | None = None
    limits: Thresholds | None = None
    trouble: str = ""


class Turn(NamedTuple):
    """A step that may follow. `last`: the day by which it should be taken; `by_itself`: the platform takes it after."""

    step: Step
    last: date | None
    by_itself: bool


class Stretch(NamedTuple):
    """A state that a matter was in without a break, and how it ended.

    until    None while it lasts
    days     working days from the first day, not counted, to the last one; None where the calendar ends before
    clock    how the legal clock stood
    by       whose turn it was; step, actor: what ended it and who took it (reference)
    over     the last day for the next step, where it was exceeded
    """

    state: State
    since: datetime
    until: datetime | None
    days: int | None
    clock: ClockState
    by: Role | None
    step: Step | None
    actor: str
    over: date | None


def deadline(matter: Matter) -> Deadline:
    """What legal time says of it now, with the calendar that its row was reckoned with."""
    procedure = REGISTRY.procedures[matter.kind]
    if not procedure.term:
        return Deadline()
    standing = standing_of_row(procedure, matter)
    now = moment.now()
    try:
        rules = law(matter.calendar)
        runs = runs_of(procedure, standing, rules)
        if runs is None:
            return Deadline(rules.rules.term(procedure.term, now.date()))
        as_promised, as_allowed = runs
        term = as_allowed.term
        legal = reckon(as_allowed.events, term, rules.calendar, now)
        promised = legal
        if as_promised is not as_allowed:
            promised = reckon(as_promised.events, as_promised.term, rules.calendar, now)
        limits = thresholds(standing.clock[0].at.date())
    except (CalendarError, ClockError, TermError) as error:
        return Deadline(trouble=str(error))
    return Deadline(term, promised, legal, card(promised, limits), limits)


def turns(matter: Matter) -> list[Turn]:
    """What may happen next, as the procedure orders it."""
    procedure = REGISTRY.procedures[matter.kind]
    rules = law(matter.calendar)
    return [
        Turn(step, _last(step, matter.state_us, rules), bool(step.after))
        for step in procedure.steps_from(procedure.state(matter.state))
    ]


def stretches(matter: Matter, entries: Sequence[StoredEntry]) -> list[Stretch]:
    """Where the days of a matter have gone, state by state. `entries`: all of them, in order."""
    procedure = REGISTRY.procedures[matter.kind]
    rules = law(matter.calendar)
    values = [entry.value for entry in entries]
    found: list[Stretch] = []
    clock = ClockState.NOT_STARTED
    since = values[0].at
    for value, following in zip(values, [*values[1:], None], strict=True):
        clock = _clock(procedure.step(value.step), clock)
        if following is None or following.to_state != value.to_state:
            found.append(_stretch(procedure, value, since, following, clock, rules))
            since = following.at if following else since
    return [one for one in found if not one.state.final]


def _stretch(
    procedure: Procedure,
    value: EntryValue,
    since_us: int,
    ended: EntryValue | None,
    clock: ClockState,
    rules: Law,
) -> Stretch:
    state = procedure.state(value.to_state)
    since = moment.at(since_us)
    until = moment.at(ended.at) if ended else None
    lasted_to = (until or moment.now()).date()
    lasts = [_last(step, since_us, rules) for step in procedure.steps_from(state)]
    last = min((day for day in lasts if day), default=None)
    return Stretch(
        state,
        since,
        until,
        _between(since.date(), lasted_to, rules),
        clock,
        state.waits_for,
        procedure.step(ended.step) if ended else None,
        ended.actor_id if ended else "",
        last if last is not None and lasted_to > last else None,
    )


_CLOCK = {
    Clock.START: ClockState.RUNNING,
    Clock.DEEM: ClockState.RUNNING,
    Clock.RESUME: ClockState.RUNNING,
    Clock.PAUSE: ClockState.PAUSED,
    Clock.STOP: ClockState.STOPPED,
}


def _clock(step: Step, before: ClockState) -> ClockState:
    return _CLOCK.get(step.clock, before)


def _last(step: Step, since_us: int, rules: Law) -> date | None:
    """None also where it cannot be told; then the row's `trouble` says why."""
    key = step.within or step.after
    try:
        return last_day(key, since_us, rules) if key else None
    except (CalendarError, TermError):
        return None


def _between(since: date, until: date, rules: Law) -> int | None:
    try:
        return rules.calendar.between(since, until)
    except CalendarError:
        return None
