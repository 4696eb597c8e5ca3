"""Matters that walk at random through a procedure."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from onewindow.kernel import law, moment
from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.api import Matter, Subject, begin, move
from onewindow.kernel.calendars import commit, propose_own_day
from onewindow.kernel.errors import Refused
from onewindow.kernel.legal_time import SHANGHAI, DayKind
from onewindow.kernel.procedure import START, Kind, Procedure, Role, Step
from onewindow.kernel.registry import REGISTRY
from tests.onewindow.keeping.random_procedures import EVERYBODY, rules

FIRST = datetime(2026, 1, 5, 9, tzinfo=SHANGHAI)
SOMEBODY = Actor("a-1", "某人", {role: frozenset({"bureau"}) for role in EVERYBODY})


@contextmanager
def declared(procedure: Procedure):
    """A procedure that exists, with the terms it names, within."""
    plain = law._rules
    law._rules = cache(rules)
    law._law.cache_clear()
    REGISTRY.procedures[procedure.kind] = procedure
    try:
        yield
    finally:
        del REGISTRY.procedures[procedure.kind]
        law._rules = plain
        law._law.cache_clear()


class Walk:
    """A clock that goes on by itself, and choices out of hypothesis."""

    def __init__(self, data: st.DataObject, procedure: Procedure) -> None:
        self.data, self.procedure = data, procedure
        self.now = FIRST + timedelta(minutes=data.draw(st.integers(0, 360 * 24 * 60), "begun"))
        self.refused = 0

    def begin(self) -> Matter:
        step = self.data.draw(st.sampled_from(list(self.procedure.steps_from(START))))
        promised = self.data.draw(st.none() | st.integers(1, 12), "promised")
        with moment.set_to(self.now):
            subject = Subject("bureau", "随机的一件", "p-1", promised)
            return begin(self.procedure.kind, step.key, SOMEBODY, self._facts(step), subject=subject).matter

    def move(self, matter: Matter) -> Matter:
        """One more step, if it may be taken; the row, as it came back."""
        state = self.procedure.state(matter.state)
        steps = list(self.procedure.steps_from(state))
        if not steps:
            return matter
        step = self.data.draw(st.sampled_from(steps))
        self.now += timedelta(minutes=self.data.draw(_gaps, "later"), microseconds=1)
        with moment.set_to(self.now):
            try:
                actor = SYSTEM if step.by == (Role.SYSTEM,) else SOMEBODY
                return move(matter.id, step.key, actor, self._facts(step)).matter
            except Refused:
                self.refused += 1
                return matter

    def change_calendar(self) -> None:
        """A day of the bureau's own, somewhere ahead; a day that was set already is left."""
        day = self.now.date() + timedelta(self.data.draw(st.integers(-5, 25), "own day"))
        if day.year != FIRST.year or day in {one.day for one in law.law().calendar.own}:
            return
        kind = self.data.draw(st.sampled_from(list(DayKind)))
        with moment.set_to(self.now):
            commit(propose_own_day(day, kind, "试", "试"), SYSTEM)

    def _facts(self, step: Step) -> dict[str, object]:
        told: dict[str, object] = {}
        for fact in step.facts:
            if fact.kind is Kind.CHOICE:
                told[fact.key] = self.data.draw(st.sampled_from([key for key, _title in fact.choices]))
            elif fact.kind is Kind.DAYS:
                told[fact.key] = self.data.draw(st.integers(1, 10))
            elif fact.required or self.data.draw(st.booleans()):
                told[fact.key] = "复杂"
        return told


_gaps = st.integers(0, 60) | st.integers(0, 3 * 24 * 60) | st.integers(0, 40 * 24 * 60)
