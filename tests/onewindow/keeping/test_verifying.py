"""Whatever somebody who holds the database changes, verification names that row."""

from __future__ import annotations

import json
from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection

from onewindow.kernel.api import Entry, Matter, move
from onewindow.kernel.errors import NotFound
from onewindow.kernel.keeping import verifying
from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.keeping.publishing import folder, line_of, sealed_of
from onewindow.kernel.keeping.verifying import Asked, Counts, verify
from onewindow.kernel.ledger.entry import record
from onewindow.kernel.models import LedgerDay, LedgerLeaf, Opening
from onewindow.kernel.rows import stored
from tests.onewindow.keeping.bureau import FIRST, closed_week, on, submitted
from tests.onewindow.keeping.raw import POSTGRES, attack, lifted, run
from tests.onewindow.people import OFFICER

pytestmark = pytest.mark.django_db

MON, TUE, WED, THU = (FIRST + timedelta(number) for number in range(4))


@pytest.fixture(autouse=True)
def _week():
    """M001: Monday 1–2, Wednesday 3, Thursday 4–5; M002: Monday 1, Wednesday 2; M003: Monday 1; all closed."""
    closed_week()


EVERYTHING = Asked()


def found(asked: Asked = EVERYTHING) -> set[tuple[str, str]]:
    """Code and place of every fault: matter and seq, or day."""
    return {
        (fault.code, str(fault.day) if fault.matter is None else f"{fault.matter} {_range(fault)}")
        for fault in verify(asked, Counts())
    }


def _range(fault) -> str:
    return str(fault.seq) if fault.first == fault.seq else f"{fault.first}-{fault.seq}"


def rehash(matter: str, since: int) -> None:
    """Compute all hashes of a matter anew from an entry on, as a clever forger does; head included."""
    with lifted():
        previous = None
        for row in Entry.objects.filter(matter=matter, seq__gte=since).order_by("seq"):
            value = stored(row).value
            value = value if previous is None else value._replace(previous=previous)
            previous = record(value).hash
            run("UPDATE kernel_entry SET previous=%s, hash=%s WHERE id=%s", value.previous, previous, row.pk)
    run("UPDATE kernel_matter SET head=%s WHERE id=%s", previous, matter)


# --- what is sound ----------------------------------------------------------------------------------


def test_a_sound_ledger_has_no_fault_and_is_counted():
    with on("2026-05-15"):
        submitted(9)
    counts = Counts()
    assert list(verify(Asked(), counts)) == []
    assert counts == Counts(entries=9, matters=4, days=4, unsealed=1, openings=4, published=4)


@pytest.mark.django_db(transaction=True)
def test_what_is_written_while_it_runs_is_of_another_snapshot(monkeypatch):
    monkeypatch.setattr(verifying, "STEP", 1)
    wrote: list[int] = []

    def writing():
        with on("2026-05-15"):
            move("M002", "send_out", OFFICER, {"excluded": "expert-review"})
            submitted(9)
        connection.close()

    def progress(entries: int) -> None:
        if not wrote:
            writer = Thread(target=writing)
            writer.start()
            writer.join()
        wrote.append(entries)

    counts = Counts()
    assert list(verify(Asked(), counts, progress)) == []
    assert (counts.entries, wrote) == (8, list(range(1, 9)))
    assert list(verify(Asked(), counts)) == []
    assert counts.entries == 10


# --- entries ------------------------------------------------------------------------------------------

COLUMNS = {
    "kind": "permits",
    "step": "propose",
    "from_state": "submittee",
    "to_state": "x",
    "actor_kind": "officer",
    "actor_id": "a-window2",
    "facts": '{"note":"x"}',
    "documents": f'["{"0" * 64}"]',
    "hash": b"x" * 32,
}


@pytest.mark.parametrize(("column", "value"), COLUMNS.items())
def test_any_column_of_an_entry_that_is_changed_is_named(column, value):
    attack(f"UPDATE kernel_entry SET {column} = %s WHERE matter_id = 'M001' AND seq = 2", value)
    told = found()
    assert ("altered", "M001 2") in told
    if column != "hash":
        assert told == {("altered", "M001 2")}


def test_a_moment_that_is_changed_within_its_day_is_named():
    attack("UPDATE kernel_entry SET at = at + 1 WHERE matter_id = 'M001' AND seq = 5")
    assert found() == {("altered", "M001 5")}


def test_a_moment_after_that_of_the_next_entry_is_named_there_too():
    attack("UPDATE kernel_entry SET at = at + 1 WHERE matter_id = 'M001' AND seq = 4")
    assert found() == {("altered", "M001 4"), ("backwards", "M001 5")}


def test_a_moment_that_is_moved_to_another_day_is_named_and_missed_there():
    attack("UPDATE kernel_entry SET at = at + 86400000000 WHERE matter_id = 'M003' AND seq = 1")
    assert found() == {
        ("altered", "M003 1"),
        ("inserted", "M003 1"),
        ("missing", "M003 1"),
        ("wrong-root", str(MON)),
        ("wrong-root", str(TUE)),
        ("wrong-count", str(MON)),
        ("wrong-count", str(TUE)),
    }


@pytest.mark.parametrize(
    "spelling", ['{ "note":"x"}', '{"note":"x","note":"x"}', '{"note":"\\u0078"}', "not json", ""]
)
def test_facts_in_other_letters_were_altered_too(spelling):
    with on("2026-05-15"):
        move("M002", "send_out", OFFICER, {"excluded": "expert-review", "note": "x"})
    facts = Entry.objects.get(matter="M002", seq=3).facts
    changed = facts.replace('"note":"x"', spelling[1:-1]) if spelling.startswith("{") else spelling
    assert changed != facts
    attack("UPDATE kernel_entry SET facts = %s WHERE matter_id = 'M002' AND seq = 3", changed)
    assert found() == {("altered", "M002 3")}


def test_an_entry_that_is_taken_out_of_the_middle_is_named():
    attack("DELETE FROM kernel_entry WHERE matter_id = 'M001' AND seq = 4")
    assert found() == {("gap", "M001 4"), ("wrong-count", str(THU))}


def test_an_entry_that_is_taken_off_the_end_is_named():
    attack("DELETE FROM kernel_entry WHERE matter_id = 'M001' AND seq = 5")
    assert found() == {("missing", "M001 5"), ("wrong-root", str(THU)), ("wrong-count", str(THU))}


def test_all_entries_of_a_matter_that_are_taken_out_are_named():
    attack("DELETE FROM kernel_entry WHERE matter_id = 'M003'")
    without = Asked(openings=False)
    assert found(without) == {("missing", "M003 1"), ("wrong-root", str(MON)), ("wrong-count", str(MON))}
    assert found() - found(without) == {("wrong-opening", "M003 1")}


def test_an_entry_that_is_put_in_is_named():
    copy = Entry.objects.get(matter="M002", seq=2)
    with lifted():
        copy.pk, copy.seq, copy.previous = None, 3, copy.hash
        copy.hash = record(stored(copy).value).hash
        copy.save(force_insert=True)
    assert found() == {
        ("inserted", "M002 3"),
        ("wrong-root", str(WED)),
        ("wrong-count", str(WED)),
    }


def test_two_entries_that_change_places_are_named():
    with lifted():
        for before, after in ((4, 99), (5, 4), (99, 5)):
            run("UPDATE kernel_entry SET seq = %s WHERE matter_id = 'M001' AND seq = %s", after, before)
    told = found()
    assert {("altered", "M001 4"), ("altered", "M001 5")} <= told
    assert all(place.startswith(("M001", str(THU))) for _code, place in told)


def test_an_entry_that_went_to_another_matter_is_named():
    attack("UPDATE kernel_entry SET matter_id = 'M003', seq = 2 WHERE matter_id = 'M002' AND seq = 2")
    told = found()
    assert ("altered", "M003 2") in told
    assert ("missing", "M002 2") in told


def test_a_chain_that_is_computed_anew_is_named_by_the_leaves_of_its_days():
    attack("UPDATE kernel_entry SET actor_id = 'a-other' WHERE matter_id = 'M001' AND seq = 3")
    rehash("M001", 3)
    assert found() == {
        ("rehashed", "M001 3"),
        ("rehashed", "M001 4-5"),
        ("wrong-root", str(WED)),
        ("wrong-root", str(THU)),
    }


def test_even_if_the_leaves_are_made_to_fit_the_day_is_named():
    attack("UPDATE kernel_entry SET actor_id = 'a-other' WHERE matter_id = 'M003' AND seq = 1")
    rehash("M003", 1)
    head = Matter.objects.get(pk="M003").head
    attack("UPDATE kernel_ledgerleaf SET head = %s WHERE matter = 'M003'", head)
    assert found() == {("wrong-root", str(MON))}


def test_a_chain_of_today_that_is_computed_anew_is_named_while_the_row_of_its_matter_is_not():
    with on("2026-05-15"):
        move("M002", "send_out", OFFICER, {"excluded": "expert-review"})
    head = Matter.objects.get(pk="M002").head
    attack("UPDATE kernel_entry SET actor_id = 'a-other' WHERE matter_id = 'M002' AND seq = 3")
    rehash("M002", 3)
    run("UPDATE kernel_matter SET head = %s WHERE id = 'M002'", head)
    assert found() == {("rehashed", "M002 1-3")}


def test_a_row_of_a_matter_that_is_behind_or_ahead_is_named():
    run("UPDATE kernel_matter SET seq = 1 WHERE id = 'M002'")
    assert found() == {("inserted", "M002 2")}
    run("UPDATE kernel_matter SET seq = 4 WHERE id = 'M002'")
    assert found() == {("missing", "M002 3-4")}


def test_a_matter_whose_row_is_gone_is_named():
    row = Matter.objects.get(pk="M003")
    run("DELETE FROM kernel_matter WHERE id = 'M003'")
    assert found() == {("inserted", "M003 1")}
    row.save(force_insert=True)


# --- leaves and roots -----------------------------------------------------------------------------------


def test_a_leaf_that_is_changed_taken_out_or_put_in_is_told():
    attack("UPDATE kernel_ledgerleaf SET seq = 7 WHERE matter = 'M003'")
    assert found() == {("missing", "M003 2-7"), ("wrong-leaves", str(MON))}
    attack("UPDATE kernel_ledgerleaf SET seq = 1 WHERE matter = 'M003'")
    attack("DELETE FROM kernel_ledgerleaf WHERE matter = 'M003'")
    assert found() == {("inserted", "M003 1"), ("wrong-leaves", str(MON))}


@pytest.mark.parametrize(
    ("column", "value"),
    [("root", b"x" * 32), ("entries", 5), ("leaves", 4), ("at", 5), ("signature", b"x"), ("next_key", "k")],
)
def test_a_root_that_is_changed_is_named(column, value):
    attack(f"UPDATE kernel_ledgerday SET {column} = %s WHERE day = %s", value, WED)
    told = found()
    assert ("wrong-signature", str(WED)) in told
    assert {day for _code, day in told} <= {str(WED), str(THU)}


def test_a_day_that_is_taken_out_is_named():
    attack("DELETE FROM kernel_ledgerday WHERE day = %s", WED)
    assert {("missing-day", str(WED)), ("not-closed", str(WED))} <= found()


def test_the_last_days_cut_off_with_their_leaves_are_known_by_what_was_published():
    with lifted():
        for table in ("kernel_ledgerday", "kernel_ledgerleaf"):
            run(f"DELETE FROM {table} WHERE day >= %s", WED)
    assert found() == {("missing-day", str(WED)), ("missing-day", str(THU))}


def test_whoever_holds_the_key_and_signs_the_past_anew_is_known_by_what_was_published():
    attack("UPDATE kernel_entry SET actor_id = 'a-other' WHERE matter_id = 'M001' AND seq = 5")
    rehash("M001", 5)
    files = sorted(folder().glob("*.jsonl"))
    kept = files[0].read_text(encoding="utf-8")
    with lifted():
        run("DELETE FROM kernel_ledgerday WHERE day = %s", THU)
        run("DELETE FROM kernel_ledgerleaf WHERE day = %s", THU)
    with on("2026-05-16", "00:01"):
        assert close_days() == 1
    assert found() == {("not-published", str(THU))}
    files[0].unlink()  # our own file was on the same machine
    assert found() == set()
    newspaper = folder() / "newspaper.txt"
    newspaper.write_text(kept, encoding="utf-8")
    assert found(Asked(published=newspaper)) == {("not-published", str(THU))}
    last = json.loads(kept.splitlines()[-1])
    newspaper.write_text(json.dumps({"day": last["day"], "digest": last["digest"]}), encoding="utf-8")
    assert found(Asked(published=newspaper)) == {("not-published", str(THU))}


def test_two_published_files_that_differ_are_told(tmp_path):
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"day": str(MON), "digest": "00" * 32}), encoding="utf-8")
    (fault,) = verify(Asked(published=other), Counts())
    assert (fault.code, "2026-05-11已有一个不同的日根" in fault.message) == ("not-published", True)


def test_a_key_that_nobody_trusts_is_told(settings, tmp_path):
    settings.TRUSTED_KEYS = tmp_path
    assert found() == {("unknown-key", str(day)) for day in (MON, TUE, WED, THU)}


# --- personal facts ---------------------------------------------------------------------------------------


def test_a_personal_fact_that_was_erased_is_well():
    Opening.objects.filter(matter="M001").delete()
    assert found() == set()


def test_a_personal_fact_that_is_another_is_named():
    run("UPDATE kernel_opening SET matter = 'M00X' WHERE matter = 'M001'")
    run(
        "UPDATE kernel_opening SET sealed = (SELECT sealed FROM kernel_opening WHERE matter = 'M003') WHERE matter = 'M002'"
    )
    assert found() == {("wrong-opening", "M00X 1"), ("wrong-opening", "M002 1")}
    assert found(Asked(openings=False)) == set()


# --- one matter -------------------------------------------------------------------------------------------


def test_one_matter_is_held_to_the_signed_days_on_which_it_moved():
    counts = Counts()
    assert list(verify(Asked(matter="M001"), counts)) == []
    assert (counts.entries, counts.matters, counts.openings) == (5, 1, 1)
    attack("UPDATE kernel_entry SET actor_id = 'a-other' WHERE matter_id = 'M001' AND seq = 3")
    assert found(Asked(matter="M001")) == {("altered", "M001 3")}
    assert found(Asked(matter="M002")) == set()
    rehash("M001", 3)
    assert found(Asked(matter="M001")) == {("rehashed", "M001 3"), ("rehashed", "M001 4-5")}
    head = Matter.objects.get(pk="M001").head
    attack("UPDATE kernel_ledgerleaf SET head = %s WHERE matter = 'M001' AND day = %s", head, THU)
    assert found(Asked(matter="M001")) == {("rehashed", "M001 3"), ("wrong-root", str(THU))}


def test_one_matter_whose_entries_are_all_gone_is_named():
    attack("DELETE FROM kernel_entry WHERE matter_id = 'M003'")
    assert found(Asked(matter="M003", openings=False)) == {("missing", "M003 1")}


def test_a_matter_of_which_there_is_nothing_is_told():
    with pytest.raises(NotFound, match="没有案件“M404”"):
        list(verify(Asked(matter="M404"), Counts()))


# --- rows that are none ---------------------------------------------------------------------------------


def _sqlite_only():
    if connection.vendor == POSTGRES:
        pytest.skip("PostgreSQL keeps types")


@pytest.mark.parametrize("column", ["seq", "at", "hash", "previous", "facts", "kind", "documents"])
@pytest.mark.parametrize("value", ["x", b"\xff\xfe", None, 1.5])
def test_what_sqlite_lets_stand_in_a_column_is_a_fault_and_no_crash(column, value):
    _sqlite_only()
    try:
        attack(f"UPDATE kernel_entry SET {column} = %s WHERE matter_id = 'M002' AND seq = 2", value)
    except Exception:
        assert value is None or column == "seq"
        return
    told = found()
    assert told
    assert {place[:4] for _code, place in told} <= {"M002", "2026"}


def test_ids_and_days_that_are_none_are_told():
    _sqlite_only()
    with lifted():
        run("UPDATE kernel_ledgerleaf SET day = '2026-13-45' WHERE matter = 'M003'")
        run("UPDATE kernel_ledgerleaf SET matter = %s WHERE matter = 'M002' AND day = %s", b"\xff", str(MON))
        run("UPDATE kernel_ledgerday SET root = 'text', at = 'never' WHERE day = %s", str(TUE))
    codes = {code for code, _place in found()}
    assert {"unreadable", "wrong-signature", "inserted"} <= codes


def test_the_published_line_is_what_the_page_of_formats_says():
    sealed = sealed_of(LedgerDay.objects.get(day=MON))
    assert set(json.loads(line_of(sealed))) == {"day", "digest", "root", "signature"}
    assert LedgerLeaf.objects.filter(day=date(2026, 5, 12)).count() == 0
