"""Lists of matters: filtered, each page from where the last one ended.

With `waits_for` the most urgent come first, otherwise the newest. Each ground on which somebody sees matters is a
query of its own over its own index, and the pages are merged: joined by OR, no index would be used.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.cards import NAMES, showing
from onewindow.kernel.journal import PROCEDURE as JOURNAL
from onewindow.kernel.models import Matter
from onewindow.kernel.sight import grounds
from onewindow.main.api import cursors

_LEVELS = {name: level for level, name in NAMES.items()}
_PLAIN = ("kind", "state", "unit", "owner", "waits_for")
_PLACES: dict[bool, tuple[type, ...]] = {True: (str, str), False: (str,)}


def page(actor: Actor, query: Mapping[str, Any]) -> tuple[list[Matter], str | None]:
    """Matters that he sees, and the cursor of the next page, None at the end. Raises Problem cursor-invalid."""
    limit = query["limit"]
    conditions = {name: query[name] for name in (*_PLAIN, "card") if name in query}
    urgent = "waits_for" in conditions
    narrowed = _narrowed(conditions) & _after(query.get("after"), conditions, urgent)
    order = ("due_order", "id") if urgent else ("-id",)
    found: dict[str, Matter] = {}
    lists = grounds(actor)
    for ground in lists:
        for row in Matter.objects.filter(narrowed, ground).order_by(*order)[: limit + 1]:
            found[row.id] = row
    rows = list(found.values())
    if len(lists) > 1:
        rows.sort(key=_place if urgent else lambda row: row.id, reverse=not urgent)
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    place = (last.due_order.isoformat(), last.id) if urgent else (last.id,)
    return rows[:limit], cursors.written(place, conditions)


def _place(row: Matter) -> tuple[date, str]:
    return row.due_order, row.id


def _narrowed(conditions: Mapping[str, Any]) -> Q:
    wanted = Q(**{name: conditions[name] for name in _PLAIN if name in conditions})
    if "kind" not in conditions:
        wanted &= ~Q(kind=JOURNAL.kind)  # no business of anybody's: asked for by name alone
    if "card" in conditions:
        wanted &= showing(_LEVELS[conditions["card"]], moment.now_us())
    if "waits_for" in conditions or conditions.get("card", "none") != "none":
        wanted &= ~Q(waits_for="")  # what is over shows no card any more; and so partial indexes are used
    if "owner" in conditions:
        wanted &= ~Q(owner="")
    return wanted


def _after(cursor: str | None, conditions: Mapping[str, Any], urgent: bool) -> Q:
    if cursor is None:
        return Q()
    place = cursors.read(cursor, conditions, _PLACES[urgent], "after")
    if not urgent:
        return Q(id__lt=place[0])
    try:
        due = date.fromisoformat(place[0])
    except ValueError:
        raise cursors.foreign("after") from None
    return Q(due_order__gt=due) | Q(due_order=due, id__gt=place[1])
