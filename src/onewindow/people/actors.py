"""From an account to what it may do today."""

from __future__ import annotations

from django.db.models import Q

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import PLATFORM_UNIT
from onewindow.kernel.procedure import Role
from onewindow.people.models import Account, Assignment


def actor_of(account: Account) -> Actor:
    """Who somebody is today: his roles with their units and all units below, and whose matters are his own."""
    today = moment.today()
    held: dict[Role, set[str]] = {}
    for one in Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), account=account, since__lte=today
    ).select_related("unit"):
        held.setdefault(Role(one.role), {PLATFORM_UNIT}).add(one.unit.code)
    grants = {role: frozenset(units) for role, units in held.items()}
    parties = frozenset(filter(None, (account.reference, account.party)))
    return Actor(account.reference, account.name, grants, parties=parties)
