"""The database refuses by itself to change the ledger, whoever asks and in whatever words."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from onewindow.kernel.api import Entry, Subject, begin, move
from onewindow.kernel.guards import DAY_CLOSED, DAY_NOT_NEXT, NEVER_CHANGED, NOT_NEXT
from onewindow.kernel.ledger.entry import FIRST_PREVIOUS
from onewindow.kernel.models import LedgerDay, LedgerLeaf
from tests.onewindow.keeping.raw import POSTGRES, attack, run
from tests.onewindow.people import APPLICANT, CLERK

pytestmark = pytest.mark.django_db

ONLY_POSTGRES = "only PostgreSQL has this statement"
ONLY_SQLITE = "only SQLite has this statement"
DAY_US = 24 * 3600 * 1_000_000
COLUMNS = "matter_id, kind, seq, step, from_state, to_state, actor_kind, actor_id, at, facts, documents, previous, hash, tx"


@pytest.fixture
def matter(on):
    """A permit with two entries, on a Tuesday and a Wednesday."""
    with on("2026-05-12 09:00"):
        begun = begin("permit", "submit", APPLICANT, {}, subject=Subject("bureau", "食品经营许可", "p-1"))
    with on("2026-05-13 09:00"):
        return move(begun.matter.id, "accept", CLERK).matter


@pytest.fixture
def closed(matter):
    """The day before those entries is closed, with a leaf of another matter."""
    until = Entry.objects.get(seq=1).at - 9 * 3600 * 1_000_000
    LedgerLeaf(day="2026-05-11", matter="M", seq=1, head=bytes(32)).save()
    columns = {"root": bytes(32), "previous": bytes(32), "key": "k", "signature": b"s"}
    LedgerDay.objects.create(day="2026-05-11", until_us=until, at=until, entries=1, leaves=1, **columns)
    return until


def refused(message: str, sql: str, *values) -> None:
    before = sorted(Entry.objects.values_list())
    with pytest.raises(DatabaseError, match=message):
        run(sql, *values)
    assert sorted(Entry.objects.values_list()) == before


def insert(matter, verb: str = "INSERT", more: str = "", **changes) -> tuple:
    """A statement that adds the next entry of a matter, with changes."""
    last = Entry.objects.get(matter=matter.id, seq=matter.seq)
    row = {
        "matter_id": matter.id,
        "kind": "permit",
        "seq": matter.seq + 1,
        "step": "note",
        "from_state": "reviewing",
        "to_state": "reviewing",
        "actor_kind": "window",
        "actor_id": "a-1",
        "at": last.at,
        "facts": "{}",
        "documents": "[]",
        "previous": bytes(last.hash),
        "hash": b"h" * 32,
        "tx": 0,
        **changes,
    }
    assert ", ".join(list(row)[:14]) == COLUMNS
    marks = ", ".join(["%s"] * len(row))
    return (f"{verb} INTO kernel_entry ({', '.join(row)}) VALUES ({marks}) {more}", *row.values())


# --- what stands is not changed ---------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kernel_entry SET facts = '{}'",
        "UPDATE kernel_entry SET hash = hash WHERE seq = 1",
        "DELETE FROM kernel_entry",
        "DELETE FROM kernel_entry WHERE seq = 2",
        "UPDATE kernel_ledgerday SET root = root",
        "DELETE FROM kernel_ledgerday",
        "UPDATE kernel_ledgerleaf SET seq = 7",
        "DELETE FROM kernel_ledgerleaf",
    ],
)
def test_no_row_of_the_ledger_is_changed_or_deleted(sql, closed):
    refused(NEVER_CHANGED, sql)


@pytest.mark.parametrize("table", ["kernel_entry", "kernel_ledgerday", "kernel_ledgerleaf"])
def test_no_table_of_the_ledger_is_emptied(table, closed):
    if connection.vendor != POSTGRES:
        pytest.skip(ONLY_POSTGRES)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    refused(NEVER_CHANGED, f"TRUNCATE {table}")
    refused(NEVER_CHANGED, f"TRUNCATE {table} CASCADE")


def test_the_ledger_is_not_emptied_by_way_of_the_matters(matter):
    if connection.vendor != POSTGRES:
        pytest.skip(ONLY_POSTGRES)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    refused(NEVER_CHANGED, "TRUNCATE kernel_matter CASCADE")


def test_a_matter_that_has_entries_is_not_deleted(matter):
    run("DELETE FROM kernel_matter")  # the constraint waits for the end of the transaction
    with pytest.raises(IntegrityError):
        connection.check_constraints()
    transaction.set_rollback(True)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_replace_does_not_pass_where_delete_does_not(verb, recursive, matter, closed):
    """SQLite deletes for REPLACE without asking the triggers, unless a pragma says otherwise: we ask anyway."""
    if connection.vendor == POSTGRES:
        pytest.skip(ONLY_SQLITE)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={recursive}")
    try:
        refused(NEVER_CHANGED, *insert(matter, verb, seq=2))
        refused(NEVER_CHANGED, *insert(matter, verb, id=Entry.objects.get(seq=1).id))
        leaf = LedgerLeaf.objects.get()
        sql = f"{verb} INTO kernel_ledgerleaf (id, day, matter, seq, head) VALUES (%s, '2026-05-12', 'N', 1, %s)"
        refused(NEVER_CHANGED, sql, leaf.id, bytes(32))
        day = "(day, until_us, at, entries, leaves, root, previous, key, next_key, signature)"
        values = "SELECT day, until_us, at, 9, leaves, root, previous, key, next_key, signature"
        refused(DAY_NOT_NEXT, f"{verb} INTO kernel_ledgerday {day} {values} FROM kernel_ledgerday")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


def test_our_own_connections_have_the_pragma_on_all_the_same():
    if connection.vendor == POSTGRES:
        pytest.skip(ONLY_SQLITE)
    assert run("PRAGMA recursive_triggers") == [(1,)]
    assert run("PRAGMA foreign_keys") == [(1,)]


def test_an_upsert_does_not_change_what_stands(matter):
    taken = "ON CONFLICT (matter_id, seq) DO UPDATE SET facts = excluded.facts"
    refused(NEVER_CHANGED, *insert(matter, more=taken, seq=2, previous=_hash(1)))


def test_an_insert_that_forgives_does_not_let_a_wrong_entry_in(matter):
    if connection.vendor == POSTGRES:
        refused(NOT_NEXT, *insert(matter, more="ON CONFLICT DO NOTHING", seq=4))
        return
    refused(NOT_NEXT, *insert(matter, "INSERT OR IGNORE", seq=4))
    refused(NOT_NEXT, *insert(matter, "INSERT OR FAIL", seq=4))
    refused(NOT_NEXT, *insert(matter, "INSERT OR ROLLBACK", seq=4))


def _hash(seq: int) -> bytes:
    return bytes(Entry.objects.get(seq=seq).hash)


# --- what is added follows on -----------------------------------------------------------------


def test_an_entry_that_follows_on_is_taken(matter):
    assert run(*insert(matter)) == 1


@pytest.mark.parametrize("seq", [1, 2])
def test_no_second_entry_of_a_number(seq, matter):
    previous = FIRST_PREVIOUS if seq == 1 else _hash(1)
    refused("UNIQUE|unique|never changed", *insert(matter, seq=seq, previous=previous))


@pytest.mark.parametrize("seq", [4, 0, -1])
def test_no_entry_out_of_its_order(seq, matter):
    refused(NOT_NEXT, *insert(matter, seq=seq))


@pytest.mark.parametrize("previous", [b"x" * 32, b"", FIRST_PREVIOUS])
def test_no_entry_with_another_hash_before_it(previous, matter):
    refused(NOT_NEXT, *insert(matter, previous=previous))


def test_no_first_entry_with_a_hash_before_it(matter):
    with pytest.raises(DatabaseError, match=NOT_NEXT):
        run(*insert(matter, seq=1, previous=b"x" * 32, matter_id="another"))


def test_no_entry_back_in_time(matter):
    refused(NOT_NEXT, *insert(matter, at=Entry.objects.get(seq=2).at - 1))


def test_no_entry_whose_numbers_are_words(matter):
    if connection.vendor == POSTGRES:
        pytest.skip(ONLY_SQLITE)
    refused(NOT_NEXT, *insert(matter, at="tomorrow"))
    refused(NOT_NEXT, *insert(matter, hash="h"))


# --- a closed day stays closed ----------------------------------------------------------------


def test_no_entry_falls_into_a_closed_day(closed):
    matter = begin("permit", "submit", APPLICANT, {}, subject=Subject("bureau", "另一件", "p-1")).matter
    other = insert(matter, seq=1, previous=FIRST_PREVIOUS, matter_id=matter.id, at=closed - 1)
    refused(f"{DAY_CLOSED}|{NEVER_CHANGED}", *other)
    attack("UPDATE kernel_entry SET at = %s WHERE matter_id = %s", closed - 10, matter.id)
    refused(DAY_CLOSED, *insert(matter, at=closed - 1))
    assert run(*insert(matter, at=closed)) == 1


def test_no_leaf_is_added_to_a_closed_day(closed):
    leaf = "INSERT INTO kernel_ledgerleaf (day, matter, seq, head) VALUES (%s, 'N', 1, %s)"
    refused(DAY_CLOSED, leaf, "2026-05-11", bytes(32))
    refused(DAY_CLOSED, leaf, "2026-05-10", bytes(32))
    assert run(leaf, "2026-05-12", bytes(32)) == 1


@pytest.mark.parametrize(
    ("day", "later"),
    [("2026-05-11", 0), ("2026-05-10", -DAY_US), ("2026-05-13", 2 * DAY_US), ("2026-05-12", 1)],
)
def test_days_are_closed_one_after_the_other(day, later, closed):
    row = {**LedgerDay.objects.values().get(), "day": day, "until_us": closed + later}
    marks = ", ".join(["%s"] * len(row))
    refused(
        f"{DAY_NOT_NEXT}|unique",
        f"INSERT INTO kernel_ledgerday ({', '.join(row)}) VALUES ({marks})",
        *row.values(),
    )


def test_guards_that_are_lifted_and_set_again_hold_again(matter):
    attack("UPDATE kernel_entry SET actor_id = 'x' WHERE seq = 1")
    refused(NEVER_CHANGED, "UPDATE kernel_entry SET actor_id = 'y' WHERE seq = 1")
