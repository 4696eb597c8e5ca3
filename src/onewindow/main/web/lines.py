"""Matters as lines of a list: what stands in each column, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.cards import level_of
from onewindow.kernel.legal_time import Level
from onewindow.kernel.legal_time import State as ClockState
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Role
from onewindow.kernel.registry import REGISTRY
from onewindow.people.tree import tree


class Badge(NamedTuple):
    """A card as it is drawn: `style` is a class of the style sheet."""

    title: str
    style: str


class Line(NamedTuple):
    """A matter in a list. `step_last`: the last day for the next step, where one is set."""

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


def lines(matters: Iterable[Matter]) -> list[Line]:
    """In the order given."""
    now, units = moment.now_us(), tree().units
    return [_line(one, now, units[one.unit].name if one.unit in units else one.unit) for one in matters]


def _line(matter: Matter, now_us: int, unit: str) -> Line:
    procedure = REGISTRY.procedures[matter.kind]
    return Line(
        matter,
        procedure.title,
        procedure.state(matter.state).title,
        waits_for(matter),
        unit,
        badge(matter, now_us),
        matter.due,
        matter.step_due,
        moment.at(matter.opened_us),
        moment.at(matter.moved_us),
    )


def waits_for(matter: Matter) -> str:
    """Whose turn it is, in words, "" for nobody's."""
    roles = {role.value: role.title for role in Role}
    return roles.get(matter.waits_for, "")


def badge(matter: Matter, now_us: int) -> Badge:
    """The card of a matter: that it stands still or is over is said with it."""
    level = level_of(matter, now_us)
    style = {Level.RED: "red", Level.YELLOW: "yellow", Level.WARNING: "warning", Level.NONE: "none"}[level]
    if not matter.waits_for:
        return Badge(_("逾期办结") if matter.late else _("已结束"), "red" if matter.late else "over")
    if matter.clock_state == ClockState.PAUSED.value:
        told = _("不计时") if level is Level.NONE else _("{card}，不计时").format(card=level.title)
        return Badge(told, "paused" if level is Level.NONE else style)
    if matter.clock_state == ClockState.NOT_STARTED.value:
        return Badge(_("未起算"), "over")
    return Badge(level.title, style)
