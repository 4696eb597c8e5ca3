"""Matters for tests of pages."""

from __future__ import annotations

from onewindow.kernel.actor import Actor
from onewindow.kernel.api import Matter, Subject, begin, move
from onewindow.kernel.procedure import Role

UNIT = "section"


def acting(role: Role, unit: str = UNIT) -> Actor:
    return Actor(f"a-{role.value}", role.title, {role: frozenset({unit})})


CLERK, OFFICER, APPROVER = acting(Role.WINDOW), acting(Role.OFFICER), acting(Role.APPROVER)


def submitted(owner: str = "p-1", title: str = "食品经营许可", unit: str = UNIT, promised: int | None = None) -> Matter:
    someone = Actor("a-someone", "", parties=frozenset({owner}))
    subject = Subject(unit, title, owner, promised)
    return begin("permit", "submit", someone, {"contact": "00000000000"}, subject=subject).matter


def accepted(**about) -> Matter:
    matter = submitted(**about)
    return move(matter.pk, "accept", acting(Role.WINDOW, matter.unit)).matter


def reviewed(**about) -> Matter:
    matter = accepted(**about)
    told = {"opinion": "grant", "grounds": "符合条件"}
    return move(matter.pk, "propose", acting(Role.OFFICER, matter.unit), told).matter
