"""One lock between those who add to the store and whoever sweeps it.

Who adds shares it; who sweeps has it alone, so nothing is removed between "it is there already" and the row that
says so. On SQLite there is one writer at a time anyway. It lasts as long as the transaction.
"""

from __future__ import annotations

from django.db import connection

_LOCK = 8_1003  # advisory lock; the ledger's are beside it (`kernel.guards`)


def share() -> None:
    """Keep the sweeper out until the transaction ends."""
    _take("pg_advisory_xact_lock_shared")


def alone() -> None:
    """Keep everybody out who adds, until the transaction ends."""
    _take("pg_advisory_xact_lock")


def _take(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_LOCK])
