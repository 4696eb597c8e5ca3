"""What the database itself refuses, on both databases: the ledger is only ever added to.

An entry must follow on the one before it (number, hash, time) and may not fall into a day that is closed.
On PostgreSQL the trigger shares a lock with every other writer, which the close of a day takes for itself
alone; on SQLite there is one writer at a time anyway. Somebody who may alter tables can still lift these;
`onewindow ledger verify` is for him.
"""

from __future__ import annotations

APPEND_ONLY = ("kernel_entry", "kernel_ledgerday", "kernel_ledgerleaf")
CLOSING_LOCK = 8_1002  # advisory lock: shared by writers, exclusive for the close of a day
NOT_NEXT = "ledger: entry does not follow on"
DAY_CLOSED = "ledger: day is closed"
NEVER_CHANGED = "ledger: rows are never changed"

_POSTGRES_ENTRY = f"""
CREATE FUNCTION kernel_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before record;
BEGIN
    PERFORM pg_advisory_xact_lock_shared({CLOSING_LOCK});
    IF NEW.seq > 1 THEN
        SELECT hash, at INTO before FROM kernel_entry WHERE matter_id = NEW.matter_id AND seq = NEW.seq - 1;
        IF NOT FOUND OR before.hash <> NEW.previous OR before.at > NEW.at THEN
            RAISE EXCEPTION '{NOT_NEXT}' USING ERRCODE = 'OW001';
        END IF;
    END IF;
    IF NEW.at < (SELECT max(until_us) FROM kernel_ledgerday) THEN
        RAISE EXCEPTION '{DAY_CLOSED}' USING ERRCODE = 'OW002';
    END IF;
    NEW.tx := pg_current_xact_id()::text::bigint + coalesce((SELECT max(ahead) FROM kernel_feedorigin), 0);
    RETURN NEW;
END $$;
CREATE TRIGGER kernel_entry_guard BEFORE INSERT ON kernel_entry
    FOR EACH ROW EXECUTE FUNCTION kernel_entry_guard();
CREATE FUNCTION kernel_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{NEVER_CHANGED}' USING ERRCODE = 'OW003';
END $$;
"""
_POSTGRES_TABLE = """
CREATE TRIGGER {table}_append BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kernel_never_changed();
CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_never_changed();
"""
_POSTGRES_DROP = "DROP TRIGGER {table}_append ON {table}; DROP TRIGGER {table}_whole ON {table};"

_SQLITE_ENTRY = f"""
CREATE TRIGGER kernel_entry_guard BEFORE INSERT ON kernel_entry BEGIN
    SELECT RAISE(ABORT, '{NOT_NEXT}') WHERE NEW.seq > 1 AND NOT EXISTS (
        SELECT 1 FROM kernel_entry
        WHERE matter_id = NEW.matter_id AND seq = NEW.seq - 1 AND hash = NEW.previous AND at <= NEW.at);
    SELECT RAISE(ABORT, '{DAY_CLOSED}') WHERE NEW.at < (SELECT max(until_us) FROM kernel_ledgerday);
END
"""
_SQLITE_TABLE = (
    "CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
    "CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
)


def set_statements(vendor: str) -> list[str]:
    """SQL that sets the guards, for `connection.vendor`."""
    if vendor == "postgresql":
        return [_POSTGRES_ENTRY, *(_POSTGRES_TABLE.format(table=table) for table in APPEND_ONLY)]
    of_tables = [
        statement.format(table=table, message=NEVER_CHANGED)
        for table in APPEND_ONLY
        for statement in _SQLITE_TABLE
    ]
    return [_SQLITE_ENTRY, *of_tables]


def lift_statements(vendor: str) -> list[str]:
    """SQL that lifts them: for migrating backwards, and for tests that empty their database."""
    if vendor == "postgresql":
        return [
            *(_POSTGRES_DROP.format(table=table) for table in APPEND_ONLY),
            "DROP TRIGGER kernel_entry_guard ON kernel_entry",
            "DROP FUNCTION kernel_entry_guard",
            "DROP FUNCTION kernel_never_changed",
        ]
    kinds = [f"{table}_{act}" for table in APPEND_ONLY for act in ("update", "delete")]
    return [f"DROP TRIGGER {name}" for name in ("kernel_entry_guard", *kinds)]
