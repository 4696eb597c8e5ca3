"""What the database itself refuses, on both databases: the ledger is only ever added to.

An entry must follow on the one before it (number, hash, time) and may not fall into a day that is closed;
days are closed one after the other, and a closed day takes no more leaves. On PostgreSQL the trigger shares a
lock with every other writer, which the close of a day takes for itself alone; on SQLite there is one writer at
a time anyway. Somebody who may alter tables can still lift these; `onewindow ledger verify` is for him.
"""

from __future__ import annotations

APPEND_ONLY = ("kernel_entry", "kernel_ledgerday", "kernel_ledgerleaf")
CLOSING_LOCK = 8_1002  # advisory lock: shared by writers, exclusive for the close of a day
NOT_NEXT = "ledger: entry does not follow on"
DAY_CLOSED = "ledger: day is closed"
DAY_NOT_NEXT = "ledger: days are closed one after the other"
NEVER_CHANGED = "ledger: rows are never changed"
_DAY_US = 24 * 3600 * 1_000_000

_POSTGRES = f"""
CREATE FUNCTION kernel_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before record;
BEGIN
    PERFORM pg_advisory_xact_lock_shared({CLOSING_LOCK});
    IF NEW.seq > 1 THEN
        SELECT hash, at INTO before FROM kernel_entry WHERE matter_id = NEW.matter_id AND seq = NEW.seq - 1;
        IF NOT FOUND OR before.hash <> NEW.previous OR before.at > NEW.at THEN
            RAISE EXCEPTION '{NOT_NEXT}' USING ERRCODE = 'OW001';
        END IF;
    ELSIF NEW.seq < 1 OR NEW.previous <> decode(repeat('00', 32), 'hex') THEN
        RAISE EXCEPTION '{NOT_NEXT}' USING ERRCODE = 'OW001';
    END IF;
    IF NEW.at < (SELECT max(until_us) FROM kernel_ledgerday) THEN
        RAISE EXCEPTION '{DAY_CLOSED}' USING ERRCODE = 'OW002';
    END IF;
    NEW.tx := pg_current_xact_id()::text::bigint + coalesce((SELECT max(ahead) FROM kernel_feedorigin), 0);
    RETURN NEW;
END $$;
CREATE TRIGGER kernel_entry_guard BEFORE INSERT ON kernel_entry
    FOR EACH ROW EXECUTE FUNCTION kernel_entry_guard();
CREATE FUNCTION kernel_day_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    SELECT day, until_us INTO last FROM kernel_ledgerday ORDER BY day DESC LIMIT 1;
    IF FOUND AND (NEW.day <> last.day + 1 OR NEW.until_us <> last.until_us + {_DAY_US}) THEN
        RAISE EXCEPTION '{DAY_NOT_NEXT}' USING ERRCODE = 'OW004';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kernel_day_guard BEFORE INSERT ON kernel_ledgerday
    FOR EACH ROW EXECUTE FUNCTION kernel_day_guard();
CREATE FUNCTION kernel_leaf_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.day <= (SELECT max(day) FROM kernel_ledgerday) THEN
        RAISE EXCEPTION '{DAY_CLOSED}' USING ERRCODE = 'OW002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kernel_leaf_guard BEFORE INSERT ON kernel_ledgerleaf
    FOR EACH ROW EXECUTE FUNCTION kernel_leaf_guard();
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
_POSTGRES_FUNCTIONS = ("kernel_entry_guard", "kernel_day_guard", "kernel_leaf_guard", "kernel_never_changed")

# REPLACE takes the row that stands in its way without asking the DELETE triggers, unless recursive_triggers is
# on; a connection that was not opened by us has it off. So the INSERT triggers refuse what is there already.
_SQLITE = {
    "kernel_entry_guard": f"""
CREATE TRIGGER kernel_entry_guard BEFORE INSERT ON kernel_entry BEGIN
    SELECT RAISE(ABORT, '{NEVER_CHANGED}') WHERE
        EXISTS (SELECT 1 FROM kernel_entry WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM kernel_entry WHERE matter_id = NEW.matter_id AND seq = NEW.seq)
        OR EXISTS (SELECT 1 FROM kernel_entry WHERE request_key = NEW.request_key);
    SELECT RAISE(ABORT, '{NOT_NEXT}') WHERE
        typeof(NEW.seq) <> 'integer' OR typeof(NEW.at) <> 'integer' OR typeof(NEW.hash) <> 'blob'
        OR NEW.seq < 1 OR (NEW.seq = 1 AND NEW.previous <> zeroblob(32))
        OR (NEW.seq > 1 AND NOT EXISTS (
            SELECT 1 FROM kernel_entry
            WHERE matter_id = NEW.matter_id AND seq = NEW.seq - 1 AND hash = NEW.previous AND at <= NEW.at));
    SELECT RAISE(ABORT, '{DAY_CLOSED}') WHERE NEW.at < (SELECT max(until_us) FROM kernel_ledgerday);
END
""",
    "kernel_day_guard": f"""
CREATE TRIGGER kernel_day_guard BEFORE INSERT ON kernel_ledgerday BEGIN
    SELECT RAISE(ABORT, '{DAY_NOT_NEXT}')
    FROM (SELECT day, until_us FROM kernel_ledgerday ORDER BY day DESC LIMIT 1) AS last
    WHERE NEW.day IS NOT date(last.day, '+1 day') OR NEW.until_us IS NOT last.until_us + {_DAY_US};
END
""",
    "kernel_leaf_guard": f"""
CREATE TRIGGER kernel_leaf_guard BEFORE INSERT ON kernel_ledgerleaf BEGIN
    SELECT RAISE(ABORT, '{DAY_CLOSED}') WHERE NEW.day <= (SELECT max(day) FROM kernel_ledgerday);
    SELECT RAISE(ABORT, '{NEVER_CHANGED}') WHERE
        EXISTS (SELECT 1 FROM kernel_ledgerleaf WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM kernel_ledgerleaf WHERE matter = NEW.matter AND day = NEW.day);
END
""",
}
_SQLITE_TABLE = (
    "CREATE TRIGGER {table}_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
)
_ACTS = ("update", "delete")


def set_statements(vendor: str) -> list[str]:
    """SQL that sets the guards, for `connection.vendor`."""
    if vendor == "postgresql":
        return [_POSTGRES, *(_POSTGRES_TABLE.format(table=table) for table in APPEND_ONLY)]
    of_tables = [
        _SQLITE_TABLE.format(table=table, act=act, message=NEVER_CHANGED)
        for table in APPEND_ONLY
        for act in _ACTS
    ]
    return [*_SQLITE.values(), *of_tables]


def lift_statements(vendor: str) -> list[str]:
    """SQL that lifts them: for migrating backwards, and for tests that empty their database."""
    if vendor == "postgresql":
        return [f"DROP FUNCTION IF EXISTS {name} CASCADE" for name in _POSTGRES_FUNCTIONS]
    triggers = [*_SQLITE, *(f"{table}_{act}" for table in APPEND_ONLY for act in _ACTS)]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in triggers]
