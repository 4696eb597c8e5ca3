"""SQL past the platform: what somebody who holds the database can do."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import connection, transaction

from onewindow.kernel import guards

POSTGRES = "postgresql"


def run(sql: str, *values):
    """One statement, in a savepoint of its own. Returns what it yields, if anything."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@contextmanager
def lifted():
    """The guards are lifted, within: the work of an administrator of the database."""
    _all(guards.lift_statements(connection.vendor))
    yield
    _all(guards.set_statements(connection.vendor))


def attack(sql: str, *values) -> None:
    """A statement that no guard stops."""
    with lifted():
        assert run(sql, *values) == 1


def _all(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
