"""What the database itself refuses: a version that was received, and its withdrawal, are only ever added.

Like the guards of the ledger (`kernel.guards`), set by a migration. Somebody who may alter tables can lift these;
`onewindow dossiers verify` is for him: the ledger's entries name the digests.
"""

from __future__ import annotations

NEVER_CHANGED = "dossiers: rows are never changed"
TABLES = ("kernel_version", "kernel_withdrawal")
_ACTS = ("update", "delete")

_POSTGRES = f"""
CREATE FUNCTION kernel_dossier_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{NEVER_CHANGED}' USING ERRCODE = 'OW003';
END $$;
"""
_POSTGRES_TABLE = """
CREATE TRIGGER {table}_append BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kernel_dossier_guard();
CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_dossier_guard();
"""

# REPLACE takes the row in its way without asking the DELETE triggers: so INSERT looks, too
_SQLITE_INSERT = ("""
CREATE TRIGGER kernel_version_insert BEFORE INSERT ON kernel_version BEGIN
    SELECT RAISE(ABORT, 'dossiers: rows are never changed') WHERE
        EXISTS (SELECT 1 FROM kernel_version WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM kernel_version WHERE document_id = NEW.document_id AND number = NEW.number);
END
""", """
CREATE TRIGGER kernel_withdrawal_insert BEFORE INSERT ON kernel_withdrawal BEGIN
    SELECT RAISE(ABORT, 'dossiers: rows are never changed') WHERE
        EXISTS (SELECT 1 FROM kernel_withdrawal WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM kernel_withdrawal WHERE version_id = NEW.version_id);
END
""")  # fmt: skip
_SQLITE_TABLE = (
    "CREATE TRIGGER {table}_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
)


def set_statements(vendor: str) -> list[str]:
    """SQL that sets the guards, for `connection.vendor`."""
    if vendor == "postgresql":
        return [_POSTGRES, *(_POSTGRES_TABLE.format(table=table) for table in TABLES)]
    of_tables = [
        _SQLITE_TABLE.format(table=table, act=act, message=NEVER_CHANGED) for table in TABLES for act in _ACTS
    ]
    return [*_SQLITE_INSERT, *of_tables]


def lift_statements(vendor: str) -> list[str]:
    """SQL that lifts them: for migrating backwards, and for tests that empty their database."""
    if vendor == "postgresql":
        return ["DROP FUNCTION IF EXISTS kernel_dossier_guard CASCADE"]
    return [f"DROP TRIGGER IF EXISTS {table}_{act}" for table in TABLES for act in (*_ACTS, "insert")]
