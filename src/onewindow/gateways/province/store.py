"""What the local receiver was sent: a SQLite file of its own, which several processes may use at once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS received (
    id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, at_us INTEGER NOT NULL, body BLOB NOT NULL,
    doubles INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS failing (only INTEGER PRIMARY KEY CHECK (only = 1), left INTEGER, status INTEGER);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that came; `doubles`: how often it came again. at_us: microseconds since 1970, UTC."""

    message_id: str
    at_us: int
    body: bytes
    doubles: int


class Store:
    """The file; made where there is none, for its owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, message_id: str, body: bytes, at_us: int) -> bool | None:
        """Keep a report: True where it is new, False for a double, None for another body of the same id."""
        with self._open() as base:
            known = base.execute("SELECT body FROM received WHERE message_id = ?", (message_id,)).fetchone()
            if known is None:
                base.execute(
                    "INSERT INTO received (message_id, at_us, body) VALUES (?, ?, ?)",
                    (message_id, at_us, body),
                )
                return True
            if known[0] != body:
                return None
            base.execute("UPDATE received SET doubles = doubles + 1 WHERE message_id = ?", (message_id,))
            return False

    def received(self, most: int = 100) -> list[Kept]:
        """What came, newest first."""
        if not self._path.exists():
            return []
        with self._open() as base:
            rows = base.execute(
                "SELECT message_id, at_us, body, doubles FROM received ORDER BY id DESC LIMIT ?", (most,)
            ).fetchall()
        return [Kept(*row) for row in rows]

    def forget(self, before_us: int) -> int:
        """Forget what came before a moment; how much that was."""
        if not self._path.exists():
            return 0
        with self._open() as base:
            return base.execute("DELETE FROM received WHERE at_us < ?", (before_us,)).rowcount

    def fail(self, times: int, status: int) -> None:
        """Answer the next so many reports with this HTTP status."""
        with self._open() as base:
            base.execute("INSERT OR REPLACE INTO failing VALUES (1, ?, ?)", (times, status))

    def failing(self) -> tuple[int, int]:
        """How many more reports fail, and with which status."""
        with self._open() as base:
            return base.execute("SELECT left, status FROM failing").fetchone() or (0, 503)

    def fails(self) -> int | None:
        """The status with which this report fails, if it does: each one that does uses up one."""
        with self._open() as base:
            left, status = base.execute("SELECT left, status FROM failing").fetchone() or (0, 0)
            if left < 1:
                return None
            base.execute("UPDATE failing SET left = left - 1")
            return int(status)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction, the only writer's."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(self._path, timeout=20, isolation_level=None)) as base:
            base.executescript(_TABLES)
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
            except BaseException:
                base.execute("ROLLBACK")
                raise
            base.execute("COMMIT")
