"""The close of days: each day in Beijing once, in order, none left out, also those on which nothing happened.

Leaves and root of a day are stored in one transaction. On PostgreSQL leaves are gathered and roots signed while
writers go on; only for the last check and the commit the writers' lock is taken for itself alone, so that what was
counted is all there will ever be. A writer that comes later finds the day closed and reckons anew (`moving`).
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, islice
from operator import itemgetter

from django.db import connection, transaction

from onewindow.kernel import moment
from onewindow.kernel.guards import CLOSING_LOCK
from onewindow.kernel.keeping.publishing import publish, sealed_of
from onewindow.kernel.keeping.signing import Signers, signers, take_over
from onewindow.kernel.ledger.days import Closing, Leaf, SealedRoot, close_day
from onewindow.kernel.ledger.entry import date_of, day_number, day_of, number_of
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.models import Entry, LedgerDay, LedgerLeaf

GRACE_US = 5 * 60 * 1_000_000  # after midnight, for writers that began before it
DAY_US = 24 * 3600 * 1_000_000
_BEIJING_US = 8 * 3600 * 1_000_000
CLOSER_LOCK = CLOSING_LOCK + 1  # advisory lock: who closes; another process leaves it to him
DAYS_AT_ONCE = 200  # days of one transaction, where they are idle
LEAVES_AT_ONCE = 50_000  # after so many leaves no further day goes into the transaction
_STORED_AT_ONCE = 1000
Row = tuple[str, int, bytes | memoryview]
_logger = logging.getLogger(__name__)


class _CameLate(Exception):
    """An entry of the day was committed while its leaves were gathered: it is gathered again."""


@dataclass(slots=True)
class _Closed:
    """What a transaction has closed so far."""

    days: list[LedgerDay] = field(default_factory=list)
    entries: int = 0
    leaves: int = 0

    @property
    def is_enough(self) -> bool:
        return len(self.days) >= DAYS_AT_ONCE or self.leaves >= LEAVES_AT_ONCE


def close_days(now_us: int | None = None, most: int | None = None) -> int:
    """Close every day that has ended, five minutes after midnight, and publish the roots. Returns how many.

    now_us  microseconds since 1970 UTC, None for now; most: days at most in this call
    Does nothing while another process closes. Raises CannotSign, Unreadable and OSError.
    """
    now = moment.now_us() if now_us is None else now_us
    until = day_of(now - GRACE_US) - timedelta(days=1)
    closed = 0
    while most is None or closed < most:
        some = _close_some(now, until, most and most - closed)
        if not some:
            break
        closed += some
        publish()
    publish()  # what a process that was killed had closed
    return closed


def midnight(day: date) -> int:
    """The first moment of a day in Beijing, microseconds since 1970 UTC."""
    return number_of(day) * DAY_US - _BEIJING_US


def last_closed() -> LedgerDay | None:
    """The last day that was closed."""
    return LedgerDay.objects.order_by("-day").first()


def _close_some(now: int, until: date, most: int | None) -> int:
    """Close days in one transaction; how many."""
    for _try in range(5):
        try:
            with transaction.atomic():
                if not _is_ours():
                    return 0
                closed = _Closed()
                for row in islice(_gathered(now, until, closed), most):
                    closed.days.append(row)
                _store(closed)
        except _CameLate:
            _logger.warning("entries of a day to be closed came late; gathering them again")
            continue
        if closed.days:
            take_over(sealed_of(closed.days[-1]).root)
        return len(closed.days)
    return 0


def _is_ours() -> bool:
    if connection.vendor != "postgresql":
        return True  # the transaction has the database for itself
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CLOSER_LOCK])
        return bool(cursor.fetchone()[0])


def _gathered(now: int, until: date, closed: _Closed) -> Iterator[LedgerDay]:
    """The days that are due, signed; their leaves are stored on the way."""
    last = last_closed()
    before = None if last is None else sealed_of(last)
    first = _first_day() if before is None else before.root.day + timedelta(days=1)
    if first is None or first > until:
        return
    on_hand = signers()
    day, moves_on = first, _moves_on(first)
    while day <= until and not closed.is_enough:
        busy = moves_on is not None and day >= moves_on
        # idle days are not asked for one by one: there may be ten thousand of them
        entries = _entries_between(midnight(day), midnight(day) + DAY_US) if busy else 0
        leaves = _gathered_leaves(day, closed) if busy else iter(())
        try:
            before = _signed(Closing(day, now, leaves, entries), before, on_hand)
        except LedgerError:
            if entries != _entries_between(midnight(day), midnight(day) + DAY_US):
                raise _CameLate from None
            raise
        closed.entries += entries
        yield _row(before)
        day += timedelta(days=1)
        moves_on = _moves_on(day) if busy else moves_on


def _first_day() -> date | None:
    at = Entry.objects.order_by("at").values_list("at", flat=True).first()
    return None if at is None else day_of(at)


def _moves_on(day: date) -> date | None:
    """The first day from `day` on that has an entry."""
    at = Entry.objects.filter(at__gte=midnight(day)).order_by("at").values_list("at", flat=True).first()
    return None if at is None else day_of(at)


def _gathered_leaves(day: date, closed: _Closed) -> Iterator[Leaf]:
    """The leaves of a day by matter, stored on the way."""
    entries = (
        Entry.objects.filter(at__gte=midnight(day), at__lt=midnight(day) + DAY_US)
        .order_by("matter_id", "seq")
        .values_list("matter_id", "seq", "hash")
        .iterator(chunk_size=5000)
    )
    heads = (_last(rows) for _matter, rows in groupby(entries, itemgetter(0)))
    while some := list(islice(heads, _STORED_AT_ONCE)):
        leaves = [Leaf(matter, seq, bytes(head)) for matter, seq, head in some]
        LedgerLeaf.objects.bulk_create(
            LedgerLeaf(day=day, matter=leaf.matter, seq=leaf.seq, head=leaf.head) for leaf in leaves
        )
        closed.leaves += len(leaves)
        yield from leaves


def _last(rows: Iterator[Row]) -> Row:
    """The last of some rows, of which there is one at least."""
    return deque(rows, maxlen=1)[0]


def _signed(closing: Closing, before: SealedRoot | None, on_hand: Signers) -> SealedRoot:
    key, next_key = on_hand.turn(before.root if before else None)
    return close_day(closing, before, key, next_key, on_hand.announced)


def _row(sealed: SealedRoot) -> LedgerDay:
    root = sealed.root
    return LedgerDay(
        day=root.day,
        until_us=midnight(root.day) + DAY_US,
        at=root.at,
        entries=root.entries,
        leaves=root.leaves,
        root=root.root,
        previous=root.previous,
        key=root.key,
        next_key=root.next_key or "",
        signature=sealed.signature,
    )


def _store(closed: _Closed) -> None:
    """Store the roots, once no writer is left who began before. Raises _CameLate."""
    if not closed.days:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLOSING_LOCK])
    first, last = closed.days[0], closed.days[-1]
    if _entries_between(midnight(first.day), last.until_us) != closed.entries:
        raise _CameLate
    LedgerDay.objects.bulk_create(closed.days)


def _entries_between(since: int, until: int) -> int:
    return Entry.objects.filter(at__gte=since, at__lt=until).count()


def earliest_receipt(at: int) -> int:
    """From when on the day of a moment can be closed, microseconds since 1970 UTC."""
    return midnight(date_of(day_number(at) + 1)) + GRACE_US
