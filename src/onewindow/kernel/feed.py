"""The change feed (变更流): every entry once, in an order that never changes, and none that commits late is missed.

Entries are numbered before they commit. Who reads up to the greatest number and goes on from there misses
whatever commits afterwards with a smaller one. So entries are read in the order (tx, id), tx being the number
of the transaction that wrote them (`guards` sets it), and only those below a watermark are shown: the oldest
transaction that may still write. A long transaction holds the feed back; it never makes a hole in it.

On SQLite there is one writer at a time: tx stays 0 and ids are the order of commits.

A restored database starts in a cluster that counts from elsewhere. `rebase_feed` leaps ahead of every place in
the feed that was ever given to a consumer, those of entries that the backup did not have included.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import BigIntegerField, Func, Max, Q

from onewindow.kernel.actor import Actor
from onewindow.kernel.journal import PROCEDURE as JOURNAL
from onewindow.kernel.models import Entry, FeedOrigin
from onewindow.kernel.procedure import Role
from onewindow.kernel.sight import may_see

_LEAP = 2**40  # more transactions and entries than any cluster makes between a backup and its restore
_AHEAD = "coalesce((SELECT max(ahead) FROM kernel_feedorigin), 0)"
_IS_BEHIND = f"""
SELECT coalesce(max(tx) >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint + {_AHEAD}, false)
FROM kernel_entry
"""  # noqa: S608 - of constants


class Place(NamedTuple):
    """A place in the feed: after the entry of this transaction and id."""

    tx: int = 0
    id: int = 0


class Page(NamedTuple):
    """Entries that the reader may see, out of those looked at; `next`: where to go on; `more`: at once."""

    entries: list[Entry]
    next: Place
    more: bool


class _Watermark(Func):
    """The number below which no transaction writes any more."""

    template = f"(pg_snapshot_xmin(pg_current_snapshot())::text::bigint + {_AHEAD})"
    output_field = BigIntegerField()


def read_feed(actor: Actor, after: Place, limit: int) -> Page:
    """The entries after a place. `limit`: how many are looked at; those the reader may not see are left out.

    So a page may be empty and yet not the last. Journals are shown to audit administrators alone.
    """
    later = Q(tx__gt=after.tx) | Q(id__gt=after.id)
    found = Entry.objects.filter(later, tx__gte=after.tx).select_related("matter")
    if connection.vendor == "postgresql":
        found = found.filter(tx__lt=_Watermark())
    looked_at = list(found.order_by("tx", "id")[:limit])
    last = Place(looked_at[-1].tx, looked_at[-1].pk) if looked_at else after
    return Page([entry for entry in looked_at if _shown(actor, entry)], last, len(looked_at) == limit)


def _shown(actor: Actor, entry: Entry) -> bool:
    if entry.kind == JOURNAL.kind and not actor.grants.get(Role.AUDIT_ADMIN):
        return False  # his own, too: it is for his eyes, not for his programs
    return may_see(actor, entry.matter)


# --- after a restore ------------------------------------------------------------------------


def feed_is_behind() -> bool:
    """Whether new entries would come before old ones in the feed: the database was restored, or moved to
    another cluster, and `rebase_feed` was not called.
    """
    if connection.vendor != "postgresql":
        return False  # ids go on by themselves
    with connection.cursor() as cursor:
        cursor.execute(_IS_BEHIND)
        return bool(cursor.fetchone()[0])


def rebase_feed() -> None:
    """Have new entries come after every place in the feed that was ever given out. Call it after a restore,
    while nobody writes.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _rebase_transactions()
        else:
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [_LEAP, Entry._meta.db_table]
            )


def _rebase_transactions() -> None:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE kernel_entry IN SHARE MODE")  # writers wait
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        now = int(cursor.fetchone()[0])
    last = Entry.objects.aggregate(last=Max("tx"))["last"] or 0
    before = FeedOrigin.objects.aggregate(last=Max("ahead"))["last"] or 0
    FeedOrigin.objects.all().delete()
    FeedOrigin.objects.create(ahead=max(before, last - now) + _LEAP)
