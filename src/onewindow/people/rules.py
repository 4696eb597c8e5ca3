"""Which roles go together (三员分立): pure.

System, security and audit administrator are three people, and none of them does business: who gives out roles
has none to use, who runs the platform cannot see what it decides, and who reads the journals has nothing of his
own in them (GB/T 22239-2019 访问控制, 权限分离).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from onewindow.kernel.procedure import Role

ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
BUSINESS = (Role.WINDOW, Role.OFFICER, Role.APPROVER, Role.SUPERVISOR)


class Days(NamedTuple):
    """From a day to a day, both counted; `until`: None for open."""

    since: date
    until: date | None

    def meets(self, other: Days) -> bool:
        """Whether a day is in both. Days that end before they begin meet nothing."""
        first = max(self.since, other.since)
        return all(days.until is None or first <= days.until for days in (self, other))


class Held(NamedTuple):
    """A role that somebody holds, of his own or lent."""

    role: Role
    days: Days


def clash(held: Iterable[Held], wanted: Held) -> Role | None:
    """A role he holds on one of those days that does not go with the wanted one; None for none."""
    for one in held:
        apart = one.role != wanted.role and {one.role, wanted.role} & set(ADMINISTRATORS)
        if apart and one.days.meets(wanted.days):
            return one.role
    return None
