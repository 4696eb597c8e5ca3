"""Who sees a matter (and with it its entries, deadline and documents): one rule, for pages and API alike.

Whoever holds a business role in the unit that handles it, its supervisor among them, or whose own matter it
is. The three administrators of classified protection see no cases (三员分立): theirs are accounts, rules and
logs. A journal is no case although it is kept as a matter: it is seen by whom it is about, and by the audit
administrator.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.errors import NotFound
from onewindow.kernel.journal import PROCEDURE as JOURNAL
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Role
from onewindow.kernel.statements import one

HANDLING = (Role.WINDOW, Role.OFFICER, Role.APPROVER)
BUSINESS = (*HANDLING, Role.SUPERVISOR)


def may_see(actor: Actor, matter: Matter) -> bool:
    """Whether he may see this matter."""
    if actor is SYSTEM or owns(actor, matter):
        return True
    if matter.kind == JOURNAL.kind:
        return matter.unit in actor.grants.get(Role.AUDIT_ADMIN, ())
    return any(matter.unit in actor.grants.get(role, ()) for role in BUSINESS)


def may_handle(actor: Actor, matter: Matter) -> bool:
    """Whether he works on this matter for its unit: supervisors look, they do not handle."""
    return handles_in(actor, matter.unit)


def handles_in(actor: Actor, unit: str) -> bool:
    """Whether he works on matters of a unit."""
    return any(unit in actor.grants.get(role, ()) for role in HANDLING)


def reads_deliberation(actor: Actor, matter: Matter) -> bool:
    """Whether he sees what internal steps say (`Step.internal`): whose matter it is sees only that they were taken."""
    return actor is SYSTEM or any(matter.unit in actor.grants.get(role, ()) for role in BUSINESS)


def owns(actor: Actor, matter: Matter) -> bool:
    """Whether it is his own matter, or that of somebody who authorised him."""
    if not matter.owner:
        return False
    if matter.kind == JOURNAL.kind:  # an agent acts in somebody's cases, but does not read his journal
        return actor.is_himself(matter.owner)
    return matter.owner in actor.parties or matter.owner in actor.agent_of.get(matter.kind, ())


def grounds(actor: Actor) -> list[Q]:
    """The conditions on `Matter` on each of which he sees one: his units, what is his own, journals.

    Apart, for long lists: each has an index of its own, which a database does not use once they are joined by OR.
    """
    if actor is SYSTEM:
        return [Q()]
    units = frozenset[str]().union(*(actor.grants.get(role, ()) for role in BUSINESS))
    audited = actor.grants.get(Role.AUDIT_ADMIN, frozenset())
    found = []
    if parties := actor.parties - {""}:
        others = actor.agent_of.get("", frozenset())
        found.append(Q(owner__in=sorted(parties)) & ~Q(kind=JOURNAL.kind, owner__in=sorted(others)))
    for kind, owners in sorted(actor.agent_of.items()):
        if kind not in ("", JOURNAL.kind) and owners - {""}:
            found.append(Q(owner__in=sorted(owners - {""}), kind=kind))
    if units:
        found.append(Q(unit__in=sorted(units)) & ~Q(kind=JOURNAL.kind))
    if audited:
        found.append(Q(unit__in=sorted(audited), kind=JOURNAL.kind))
    return found


def seen_by(actor: Actor) -> Q:
    """The condition on `Matter` that says the same as `may_see`, for lists."""
    found = grounds(actor)
    return reduce(or_, found) if found else Q(pk__in=())


def seen(actor: Actor, matter: str) -> Matter:
    """The matter of this id, where he may see it.

    Raises NotFound, for what does not exist and for what is none of his business alike.
    """
    found = one(matter)
    if found is None or not may_see(actor, found):
        raise NotFound(_("没有编号为“{matter}”的事务，请核对编号。").format(matter=matter[:40]))
    return found
