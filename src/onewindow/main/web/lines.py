"""Matters as lines of a list: what stands in each column, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from onewindow.kernel import moment
from onewindow.kernel.cards import Badge, badge
from onewindow.kernel.legal_time import State as ClockState
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Role
from onewindow.kernel.registry import REGISTRY
from onewindow.people.api import tree


class Line(NamedTuple):
    """A matter in a list. `last`: of the term while it is not over; `step_last`: for the next step, where one is set."""

    matter: Matter
    kind: str
    state: str
    waits_for: str
    unit: str
    badge: Badge
    last: date | None
    step_last: date | None
    opened: datetime
    moved: datetime


def lines(matters: Iterable[Matter], own: bool = False) -> list[Line]:
    """In the order given. `own`: for whose matters they are."""
    now, units = moment.now_us(), tree().units
    return [
        _line(one, badge(one, now, own), units[one.unit].name if one.unit in units else one.unit)
        for one in matters
    ]


def _line(matter: Matter, card: Badge, unit: str) -> Line:
    procedure = REGISTRY.procedures[matter.kind]
    return Line(
        matter,
        procedure.title,
        procedure.state(matter.state).title,
        waits_for(matter),
        unit,
        card,
        None if matter.clock_state == ClockState.STOPPED.value else matter.due,
        matter.step_due,
        moment.at(matter.opened_us),
        moment.at(matter.moved_us),
    )


def waits_for(matter: Matter) -> str:
    """Whose turn it is, in words, "" for nobody's."""
    roles = {role.value: role.title for role in Role}
    return roles.get(matter.waits_for, "")
