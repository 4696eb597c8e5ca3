"""From an account to what it may do today: asked with every request, so one query answers it.

The query joins four questions: the token of the tree of units, the roles he holds, the roles that are lent to him
during somebody's leave, and who authorised him.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import PLATFORM_UNIT, prepared
from onewindow.kernel.procedure import Role
from onewindow.people.models import Account, Assignment, Delegation
from onewindow.people.tree import Tree, tree

T = TypeVar("T", bound=Model)

# Written out, because building it out of query sets takes ten times as long as asking it.
_QUESTIONS = """
WITH who AS ({who})
SELECT 'tree' AS what, token AS first, '' AS second, '' AS third FROM people_structure WHERE id = 1
UNION ALL
SELECT 'held', held.role, unit.code, '' FROM who JOIN people_assignment held ON held.account_id = who.id
JOIN people_unit unit ON unit.id = held.unit_id
WHERE held.since <= %(today)s AND (held.until IS NULL OR held.until >= %(today)s)
UNION ALL
SELECT 'lent', held.role, unit.code, lender.reference FROM who JOIN people_delegation lent ON lent.deputy_id = who.id
JOIN people_assignment held ON held.id = lent.assignment_id JOIN people_unit unit ON unit.id = held.unit_id
JOIN people_account lender ON lender.id = held.account_id
WHERE lent.ended IS NULL AND lent.since <= %(today)s AND lent.until >= %(today)s
    AND held.since <= %(today)s AND (held.until IS NULL OR held.until >= %(today)s) AND lender.is_active
UNION ALL
SELECT 'agent', grants.kind, grants.principal, '' FROM who JOIN people_authorisation grants ON grants.agent = who.party
WHERE grants.ended IS NULL AND grants.since <= %(today)s AND grants.until >= %(today)s
"""


class Row(NamedTuple):
    """`what`: tree, held, lent or agent; then the token; role, unit and lender; or kind of matter and principal."""

    what: str
    first: str
    second: str
    third: str


def questions(who: str) -> str:
    """The query. `who`: one that gives the account's `id` and `party`; parameter `today` is a date as text."""
    return _QUESTIONS.format(who=who)


_OF_ACCOUNT = questions("SELECT id, party FROM people_account WHERE id = %(account)s")


def actor_of(account: Account) -> Actor:
    """Who somebody is today: his roles with their units and all units below, and whose matters are his own.

    An account that is closed may do nothing.
    """
    if not account.is_active:
        return Actor(account.reference, account.name)
    rows = asked(_OF_ACCOUNT, {"account": account.pk, "today": moment.today().isoformat()})
    return actor_from(rows, account.reference, account.name, account.party)


def asked(query: str, parameters: Mapping[str, str | int]) -> list[Row]:
    """The answers to `questions`."""
    with prepared() as cursor:
        cursor.execute(query, parameters)
        return [Row._make(row) for row in cursor.fetchall()]


def actor_from(rows: list[Row], reference: str, name: str, party: str) -> Actor:
    """The actor that the answers make of an account that is open."""
    token = next((row.first for row in rows if row.what == "tree"), "")
    grants, lent = (
        _roles(rows, tree(token)) if any(row.what in ("held", "lent") for row in rows) else ({}, {})
    )
    agent_of: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.what == "agent":
            agent_of[row.first] = agent_of.get(row.first, frozenset()) | {row.second}
    own = frozenset(filter(None, (reference, party)))
    return Actor(
        reference,
        name,
        grants,
        lent,
        parties=own | agent_of.get("", frozenset()),
        agent_of={kind: principals - own for kind, principals in agent_of.items()},
    )


def _roles(rows: list[Row], units: Tree) -> tuple[dict[Role, frozenset[str]], dict[Role, dict[str, str]]]:
    """What he holds himself comes first: only where he does not is a role a lent one."""
    grants: dict[Role, set[str]] = {}
    lent: dict[Role, dict[str, str]] = {}
    for row in rows:
        if row.what == "held":
            covered = {PLATFORM_UNIT, *units.below(row.second)}
            grants.setdefault(Role(row.first), set()).update(covered)
    for row in rows:
        if row.what == "lent":
            role, covered = Role(row.first), {PLATFORM_UNIT, *units.below(row.second)}
            of_role = lent.setdefault(role, {})
            of_role.update(dict.fromkeys(covered - grants.get(role, set()) - of_role.keys(), row.third))
    for role, of_role in lent.items():
        grants.setdefault(role, set()).update(of_role)
    return {role: frozenset(covered) for role, covered in grants.items()}, lent


def current(assignments: QuerySet[Assignment], today: date) -> QuerySet[Assignment]:
    """Those that hold on a day."""
    return assignments.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)


def delegated(today: date) -> QuerySet[Delegation]:
    """Delegations that hold on a day, of roles that hold on it, by accounts that are open."""
    of_roles = Q(assignment__until__isnull=True) | Q(assignment__until__gte=today)
    found = Delegation.objects.filter(
        of_roles, assignment__since__lte=today, assignment__account__is_active=True
    )
    return running(found, today)


def running(rows: QuerySet[T], today: date) -> QuerySet[T]:
    """Delegations or authorisations that hold on a day."""
    return rows.filter(ended__isnull=True, since__lte=today, until__gte=today)
