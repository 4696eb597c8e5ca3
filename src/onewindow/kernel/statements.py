"""The statements of a step, each made once: nothing here is busier.

Building an INSERT out of a model takes the ORM three times as long as the database takes to carry it out. They are
made from the models, so a new column needs no line here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models

from onewindow.kernel.models import CalendarChange, Matter


def locked(matter: str) -> tuple[Matter, int] | None:
    """A matter's row, ours until the transaction ends, and the version of the calendar; None where there is none."""
    found: list[Matter] = list(Matter.objects.raw(_locking(connection.vendor), [matter]))
    return (found[0], getattr(found[0], "newest") or 0) if found else None  # noqa: B009 - no column of the model


def newest_calendar() -> int:
    """The version of the calendar."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        return cursor.fetchone()[0] or 0


def insert(row: models.Model) -> None:
    """Write a new row. Raises what the ORM does: IntegrityError, DatabaseError."""
    statement, columns = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(row, columns))


def update(row: models.Model) -> None:
    """Write every column of a row that exists."""
    statement, columns = _updating(type(row))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(row, columns), row.pk])
        assert cursor.rowcount == 1


_NEWEST = f'SELECT max(id) FROM "{CalendarChange._meta.db_table}"'


@cache
def _locking(vendor: str) -> str:
    lock = " FOR UPDATE" if vendor == "postgresql" else ""  # SQLite has one writer at a time
    return f'SELECT *, ({_NEWEST}) AS newest FROM "{Matter._meta.db_table}" WHERE id = %s{lock}'


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
    return [one.get_db_prep_save(getattr(row, one.attname), connection) for one in columns]
