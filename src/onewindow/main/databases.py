"""The database's settings: SQLite in the data folder, or the PostgreSQL that a variable names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

# A page that takes longer is not waited for: its connection is needed for the others.
_OF_PAGES = {
    "statement_timeout": "30s",
    "lock_timeout": "15s",
    "idle_in_transaction_session_timeout": "60s",
}


def database(url: str, usable: bool, data: Path) -> dict[str, Any]:
    """For settings.DATABASES. `usable`: false for an address that is a complaint already.

    Never falls back to SQLite for an address that cannot be used: what people then enter would stand elsewhere.
    """
    if not url:
        return _sqlite(data)
    if not usable:
        return {"ENGINE": "django.db.backends.dummy"}
    found: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)}
    found["OPTIONS"] = {
        "application_name": "onewindow",
        "connect_timeout": 5,
        "prepare_threshold": 0,  # for `kernel.statements.prepared` alone: cursors of Django's own never prepare
        **found.get("OPTIONS", {}),
    }
    return found


def for_pages(database: dict[str, Any]) -> None:
    """Limits of how long a statement may take, where people wait: set in place, before the first connection."""
    if database["ENGINE"].endswith("postgresql"):
        limits = " ".join(f"-c {name}={value}" for name, value in _OF_PAGES.items())
        options = database["OPTIONS"]
        options["options"] = f"{options.get('options', '')} {limits}".strip()


def _sqlite(data: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(data / "onewindow.sqlite3"),
        "OPTIONS": {
            # A transaction that will write takes the lock at once: two that begin as readers cannot both go on.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Without recursive_triggers, INSERT OR REPLACE would delete a row past the ledger's guards.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
                "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864"
            ),
        },
        "CONN_MAX_AGE": None,
    }
