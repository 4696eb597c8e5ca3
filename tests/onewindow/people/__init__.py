"""Actors for tests."""

from onewindow.kernel.actor import Actor
from onewindow.kernel.procedure import Role

BUREAU = frozenset({"bureau"})


def one(role: Role, reference: str = "", units=BUREAU) -> Actor:
    return Actor(reference or f"a-{role.value}", role.title, {role: frozenset(units)})


CLERK = one(Role.WINDOW)
OFFICER = one(Role.OFFICER)
APPROVER = one(Role.APPROVER)
SUPERVISOR = one(Role.SUPERVISOR)
APPLICANT = Actor("a-applicant", "申请人", parties=frozenset({"p-1"}))
