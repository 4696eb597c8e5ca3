"""Sealed columns of all apps, and sealing them anew after the keyring was rotated.

An app declares its sealed columns in its `sealed.py` as `COLUMNS`; what is not declared would be lost when an old
key is retired, so a test compares the declarations with the tables. Sealing anew goes on where it stopped, because
it looks for values that another key than the current one seals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Func, QuerySet, Value

from onewindow.kernel.crypto.fields import prefix_of
from onewindow.kernel.keys import keyring

BATCH = 500


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of a table. `place`: where the value of a row belongs, as it was sealed."""

    model: type[models.Model]
    column: str
    place: Callable[[Any], str]

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"


COLUMNS: list[SealedColumn] = []


def declare(columns: tuple[SealedColumn, ...]) -> None:
    """Add the columns of an app. Once declared, they stay."""
    COLUMNS.extend(one for one in columns if one not in COLUMNS)


def reseal(column: SealedColumn, batch: int = BATCH) -> Iterator[int]:
    """Seal what an old key seals under the current one, a batch in each transaction; how many in each.

    A value that somebody writes in the same moment is left as he wrote it. Raises CryptoError for a value that
    does not open.
    """
    after: Any = None
    while True:
        with transaction.atomic():
            rows = list(_not_under(column, keyring().current, after)[:batch])
            done = _resealed(column, rows)
        if not rows:
            return
        after = rows[-1].pk
        yield done


def sealed_under(name: str) -> int:
    """How many values a key seals, in all columns."""
    return sum(_headed(column, name).filter(head=prefix_of(name)).count() for column in COLUMNS)


def _resealed(column: SealedColumn, rows: list[models.Model]) -> int:
    """How many of them were written; not one that holds another value by now."""
    ring = keyring()
    changes = []
    for row in rows:
        old = bytes(getattr(row, column.column))
        changes.append((ring.resealed(old, column.place(row)), row.pk, old))
    meta, quoted = column.model._meta, connection.ops.quote_name
    table, value, pk = quoted(meta.db_table), quoted(column.column), quoted(str(meta.pk.column))
    with connection.cursor() as cursor:
        # One by one through the ORM this takes seven times as long.
        cursor.executemany(f"UPDATE {table} SET {value} = %s WHERE {pk} = %s AND {value} = %s", changes)  # noqa: S608
        return int(cursor.rowcount)


def _not_under(column: SealedColumn, name: str, after: Any) -> QuerySet[Any]:
    rows = _headed(column, name).exclude(head=prefix_of(name)).order_by("pk")
    return rows if after is None else rows.filter(pk__gt=after)


def _headed(column: SealedColumn, name: str) -> QuerySet[Any]:
    """Rows with a value, and the bytes where that says which key seals it."""
    size = len(prefix_of(name))
    head = Func(F(column.column), Value(1), Value(size), function="substr", output_field=models.BinaryField())
    rows: QuerySet[Any] = column.model._default_manager.annotate(head=head)
    return rows.filter(**{f"{column.column}__isnull": False})
