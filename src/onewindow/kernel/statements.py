"""The statements of a step and of a look at a matter, each made once: nothing here is busier.

Building a statement out of a model takes the ORM three times as long as the database takes to carry it out. They are
made from the models, so a new column needs no line here. PostgreSQL plans each once for a connection (`prepared`),
which takes it as long again: only for statements that find rows by a key, whose plan is the same whatever the key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection, models

from onewindow.kernel.ledger.entry import EntryValue, StoredEntry
from onewindow.kernel.models import CalendarChange, Entry, Matter

M = TypeVar("M", bound=models.Model)


@contextmanager
def prepared() -> Iterator[Any]:
    """A cursor whose statements PostgreSQL plans once for a connection; elsewhere a plain one.

    Also plain where statements are logged, as tests do that count them.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        with connection.cursor() as plain:
            yield plain
        return
    import psycopg  # not where SQLite is used

    connection.close_if_health_check_failed()
    connection.ensure_connection()
    # `prepare_threshold` is 0 (main.databases): of cursors, those of Django bind by themselves and never prepare
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        yield cursor


def locked(matter: str) -> tuple[Matter, int] | None:
    """A matter's row, ours until the transaction ends, and the version of the calendar; None where there is none."""
    with prepared() as cursor:
        cursor.execute(_locking(connection.vendor), [matter])
        row = cursor.fetchone()
    return None if row is None else (_made(Matter, row[:-1]), row[-1] or 0)


def one(matter: str) -> Matter | None:
    """A matter's row as it stands; None where there is none."""
    with prepared() as cursor:
        cursor.execute(_finding(connection.vendor), [matter])
        row = cursor.fetchone()
    return None if row is None else _made(Matter, row)


def entries_between(matter: str, after: int, until: int, limit: int) -> list[StoredEntry]:
    """Entries of a matter, in order: those numbered above `after`, up to `until`."""
    with prepared() as cursor:
        cursor.execute(_ENTRIES, [matter, after, until, limit])
        return [_stored(row) for row in cursor.fetchall()]


def newest_calendar() -> int:
    """The version of the calendar."""
    with prepared() as cursor:
        cursor.execute(_NEWEST)
        return cursor.fetchone()[0] or 0


def insert(row: models.Model) -> None:
    """Write a new row. Raises what the ORM does: IntegrityError, DatabaseError."""
    statement, columns = _insertion(type(row))
    with prepared() as cursor:
        cursor.execute(statement, _values(row, columns))


def update(row: models.Model) -> None:
    """Write every column of a row that exists."""
    statement, columns = _updating(type(row))
    with prepared() as cursor:
        cursor.execute(statement, [*_values(row, columns), row.pk])
        assert cursor.rowcount == 1


_NEWEST = f'SELECT max(id) FROM "{CalendarChange._meta.db_table}"'
_ENTRIES = f"""
SELECT matter_id, kind, seq, step, from_state, to_state, actor_kind, actor_id, at, facts, documents, previous, hash
FROM "{Entry._meta.db_table}" WHERE matter_id = %s AND seq > %s AND seq <= %s ORDER BY seq LIMIT %s
"""


def _stored(row: Sequence[Any]) -> StoredEntry:
    *plain, facts, documents, previous, head = row
    value = EntryValue._make((*plain, json.loads(facts), json.loads(documents), bytes(previous)))
    return StoredEntry(value, bytes(head))


@cache
def _locking(vendor: str) -> str:
    lock = " FOR UPDATE" if vendor == "postgresql" else ""  # SQLite has one writer at a time
    return _finding(vendor).replace(" FROM ", f", ({_NEWEST}) FROM ", 1) + lock


@cache
def _finding(vendor: str) -> str:
    names = ", ".join(f'"{one.column}"' for one in _reading(Matter, vendor).fields)
    return f'SELECT {names} FROM "{Matter._meta.db_table}" WHERE id = %s'


class _Reading(NamedTuple):
    """How a row becomes a model. `converted`: places of columns that the driver gives in another form."""

    fields: tuple[models.Field[Any, Any], ...]
    names: tuple[str, ...]
    converted: tuple[tuple[int, Callable[..., Any], Any], ...]


@cache
def _reading(model: type[models.Model], _vendor: str) -> _Reading:
    fields = tuple(model._meta.concrete_fields)
    columns = [field.get_col(model._meta.db_table) for field in fields]
    converted = tuple(
        (place, convert, column)
        for place, column in enumerate(columns)
        for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
    )
    return _Reading(fields, tuple(field.attname for field in fields), converted)


def _made(model: type[M], row: Sequence[Any]) -> M:
    reading = _reading(model, connection.vendor)
    values = list(row)
    for place, convert, column in reading.converted:
        values[place] = convert(values[place], column, connection)
    return model.from_db(connection.alias, reading.names, values)


Columns = tuple["models.Field[object, object]", ...]


@cache
def _insertion(model: type[models.Model]) -> tuple[str, Columns]:
    columns = _columns(model)
    names = ", ".join(f'"{one.column}"' for one in columns)
    marks = ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', columns


@cache
def _updating(model: type[models.Model]) -> tuple[str, Columns]:
    columns = tuple(one for one in _columns(model) if not one.primary_key)
    names = ", ".join(f'"{one.column}" = %s' for one in columns)
    key = model._meta.pk
    assert key is not None
    return f'UPDATE "{model._meta.db_table}" SET {names} WHERE "{key.column}" = %s', columns


def _columns(model: type[models.Model]) -> Columns:
    """Those that we fill: all but a number that the database draws."""
    return tuple(one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField))


def _values(row: models.Model, columns: Columns) -> list[Any]:
    if connection.vendor == "postgresql":  # takes them as they are
        return [getattr(row, one.attname) for one in columns]
    return [one.get_db_prep_save(getattr(row, one.attname), connection) for one in columns]
