"""The whole ledger as streams, all of one snapshot: what is written meanwhile is in none of them.

Rows come as they stand, whatever somebody made of them: what cannot be read does not stop the reading, but becomes
something that no hash fits. Sorted as the ledger's functions want it, by matter as code points.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, NamedTuple, cast

from django.db import connection, models, transaction

from onewindow.kernel.ledger.canonical import Json, encode
from onewindow.kernel.ledger.days import DayRoot, Leaf, SealedRoot
from onewindow.kernel.ledger.entry import EntryValue, StoredEntry
from onewindow.kernel.ledger.faults import FAULTS, Fault
from onewindow.kernel.ledger.verification import StoredLeaf

AT_ONCE = 5000  # rows that are fetched together
_numbers = count()

_ENTRIES = """
SELECT matter_id, kind, seq, step, from_state, to_state, actor_kind, actor_id, at, facts, documents, previous, hash
FROM kernel_entry {where} ORDER BY matter_id, seq"""
# Days as text: SQLite would stop at one that is none.
_LEAVES = "SELECT CAST(day AS text), matter, seq, head FROM kernel_ledgerleaf {where} ORDER BY matter, day"
_HEADS = "SELECT id, seq, head FROM kernel_matter {where} ORDER BY id"
_ROOTS = """
SELECT CAST(day AS text), at, entries, leaves, root, previous, key, next_key, signature
FROM kernel_ledgerday ORDER BY day"""
_OPENINGS = """
SELECT o.matter, o.seq, o.name, o.sealed, e.facts FROM kernel_opening o
LEFT JOIN kernel_entry e ON e.matter_id = o.matter AND e.seq = o.seq {where} ORDER BY o.matter, o.seq, o.name"""
_NO_JSON = cast("Any", {"": object()})  # has no canonical form, so no hash fits it
_NO_DAY = date(1, 1, 1)

Row = tuple[Any, ...]


class KeptOpening(NamedTuple):
    """A personal fact as it is kept. `facts`: those of its entry, None where there is no entry."""

    matter: str
    seq: int
    name: str
    sealed: bytes
    facts: dict[str, Json] | None


@dataclass
class Source:
    """The ledger at one moment. `matter`: of one matter alone, None for all; `faults`: rows that are none."""

    matter: str | None = None
    faults: list[Fault] = field(default_factory=list)

    def entries(self) -> Iterator[StoredEntry]:
        """All entries by (matter, seq)."""
        for row in self._rows(_ENTRIES, "matter_id"):
            if self._is_name(row[0], "经过"):
                facts, documents, previous, stored = row[9:]
                told = (_json(facts, "{}"), _json(documents, "[]"), previous)
                yield StoredEntry(EntryValue._make((*row[:9], *told)), stored)

    def leaves(self) -> Iterator[StoredLeaf]:
        """All leaves by (matter, day)."""
        for day, matter, seq, head in self._rows(_LEAVES, "matter"):
            if self._is_name(matter, "日终登记"):
                yield StoredLeaf(self._day(day, "日终登记"), Leaf(matter, seq, head))

    def leaves_of(self, day: date) -> Iterator[Leaf]:
        """The leaves of a day by matter."""
        sql = _LEAVES.replace("ORDER BY matter, day", "ORDER BY matter")
        for _day, *leaf in _fetch(sql.format(where="WHERE day = %s"), (day,)):
            yield Leaf(*leaf)

    def heads(self) -> Iterator[Leaf]:
        """Heads of matters as their rows say, by matter."""
        for matter, seq, head in self._rows(_HEADS, "id"):
            if self._is_name(matter, "案件表"):
                yield Leaf(matter, seq, head)

    def matters(self, fields: Iterable[models.Field[Any, Any]]) -> Iterator[dict[str, Any]]:
        """Whole rows of matters by id: dates as text, truth as 0 and 1, as both databases can say it."""
        known = list(fields)
        names = [field.attname for field in known]
        chosen = ", ".join(_cast(field) for field in known)
        for row in _fetch(f"SELECT {chosen} FROM kernel_matter ORDER BY id", ()):  # noqa: S608 - our own columns
            found = dict(zip(names, row, strict=True))
            if self._is_name(found["id"], "案件表"):
                yield found

    def roots(self) -> list[SealedRoot]:
        """All roots by day; what is no figure or no digest is one that no signature fits."""
        found = []
        for day, at, entries, leaves, root, previous, key, next_key, signature in _fetch(_ROOTS, ()):
            figures = [one if type(one) is int else -1 for one in (at, entries, leaves)]
            digests = [one if type(one) is bytes else b"" for one in (root, previous)]
            known = DayRoot(
                day=self._day(day, "日根"),
                at=figures[0],
                entries=figures[1],
                leaves=figures[2],
                root=digests[0],
                previous=digests[1],
                key=str(key),
                next_key=str(next_key) or None,
            )
            found.append(SealedRoot(known, signature if type(signature) is bytes else b""))
        return sorted(found, key=lambda sealed: sealed.root.day)

    def openings(self) -> Iterator[KeptOpening]:
        """All personal facts that are kept, by matter and entry."""
        for matter, seq, name, sealed, facts in self._rows(_OPENINGS, "o.matter"):
            yield KeptOpening(matter, seq, name, sealed, None if facts is None else _json(facts, "{}"))

    def _rows(self, sql: str, column: str) -> Iterator[Row]:
        if self.matter is None:
            return _fetch(sql.format(where=""), ())
        return _fetch(sql.format(where=f"WHERE {column} = %s"), (self.matter,))

    def _is_name(self, matter: object, table: str) -> bool:
        """Whether it is the id of a matter; else it is a fault, and its row cannot be put into order."""
        if type(matter) is str and (matter.isascii() or _is_text(matter)):
            return True
        self._unreadable(f"{table}里有一行的案件编号读不懂（{matter!r}）")
        return False

    def _day(self, day: object, table: str) -> date:
        try:
            return date.fromisoformat(cast("str", day))
        except (TypeError, ValueError):
            self._unreadable(f"{table}里有一行的日期读不懂（{day!r}）")
            return _NO_DAY

    def _unreadable(self, told: str) -> None:
        self.faults.append(Fault("unreadable", f"{told}：{FAULTS['unreadable']}。"))


def _cast(field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.DateField):
        return f'CAST("{field.column}" AS text)'
    if isinstance(field, models.BooleanField):
        return f'CAST("{field.column}" AS integer)'
    return f'"{field.column}"'


@contextmanager
def snapshot(matter: str | None = None) -> Iterator[Source]:
    """The ledger as it is now, for as long as it takes to read it; writers go on."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with _postgres_snapshot():
            yield Source(matter)
    else:
        with _sqlite_snapshot():
            yield Source(matter)


@contextmanager
def _postgres_snapshot() -> Iterator[None]:
    fresh = not connection.in_atomic_block
    with transaction.atomic():
        if fresh:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _sqlite_snapshot() -> Iterator[None]:
    """A transaction that begins as a reader, past Django, whose own would keep all writers out."""
    plain = connection.connection
    fresh = not connection.in_atomic_block
    if fresh:
        plain.execute("BEGIN DEFERRED")
    factory = plain.text_factory
    plain.text_factory = _text
    try:
        yield
    finally:
        plain.text_factory = factory
        if fresh:
            plain.execute("ROLLBACK")


def _fetch(sql: str, values: Row) -> Iterator[Row]:
    """Rows as they come from the database, never all at once."""
    plain = connection.connection
    if connection.vendor == "postgresql":
        with plain.cursor(name=f"keeping_{next(_numbers)}") as cursor:
            cursor.execute(sql, values, binary=True)
            yield from _many(cursor.fetchmany)
    else:
        bound = [one.isoformat() if isinstance(one, date) else one for one in values]
        cursor = plain.execute(sql.replace("%s", "?"), bound)
        yield from _many(cursor.fetchmany)
        cursor.close()


def _many(fetch: Callable[[int], list[Row]]) -> Iterator[Row]:
    while rows := fetch(AT_ONCE):
        yield from rows


def _json(text: object, empty: str) -> Any:
    """What stands there, if it is spelt as it was written: the same content in other letters was altered, too."""
    try:
        if text == empty:
            return {} if empty == "{}" else []
        value = json.loads(cast("str", text))
        return value if encode(value) == text else _NO_JSON
    except (TypeError, ValueError, RecursionError):
        return _NO_JSON


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _text(data: bytes) -> str:
    """SQLite keeps bytes that are no text in columns of text."""
    return data.decode("utf-8", "surrogateescape")
