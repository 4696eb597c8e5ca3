"""Every row of a matter follows from its entries, and can be written anew from them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onewindow.kernel.api import Matter, move
from onewindow.kernel.cards import level_of
from onewindow.kernel.keeping.rebuilding import Column, Tally, differences, rebuild
from onewindow.kernel.keeping.sweeping import sweep
from onewindow.kernel.law import law, newest
from onewindow.kernel.legal_time import card, reckon, thresholds
from onewindow.kernel.models import Opening
from onewindow.kernel.moment import at as moment_at
from onewindow.kernel.procedure import Procedure
from onewindow.kernel.projecting import runs_of
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import standing_of_row
from tests.onewindow.keeping.bureau import closed_week, on
from tests.onewindow.keeping.random_procedures import procedures
from tests.onewindow.keeping.raw import attack, run
from tests.onewindow.keeping.walking import Walk, declared
from tests.onewindow.people import CLERK

pytestmark = pytest.mark.django_db


def row(matter: str) -> dict[str, Any]:
    return dict(Matter.objects.filter(pk=matter).values().get())


def differing() -> list:
    return list(differences(Tally()))


# --- rows that are right ----------------------------------------------------------------------------


def test_rows_written_step_by_step_are_what_the_entries_say():
    closed_week()
    tally = Tally()
    assert list(differences(tally)) == []
    assert tally == Tally(matters=3)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(procedures(), st.data())
def test_whatever_procedure_and_course_the_row_equals_the_rebuild(procedure: Procedure, data: st.DataObject):
    with declared(procedure), transaction.atomic():
        walk = Walk(data, procedure)
        matter = walk.begin()
        for _each in range(data.draw(st.integers(0, 12), "steps")):
            matter = walk.move(matter)
        assert differing() == []
        as_it_came_back = {
            field.attname: getattr(matter, field.attname) for field in Matter._meta.concrete_fields
        }
        assert {**row(matter.id), "head": bytes(row(matter.id)["head"])} == as_it_came_back
        check_times(procedure, matter)
        transaction.set_rollback(True)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(procedures(), st.data())
def test_whatever_changes_of_the_calendar_come_between_the_sweep_equals_the_rebuild(
    procedure: Procedure, data: st.DataObject
):
    with declared(procedure), transaction.atomic():
        walk = Walk(data, procedure)
        matters = [walk.begin() for _each in range(2)]
        for _each in range(data.draw(st.integers(1, 8), "steps")):
            number = data.draw(st.integers(0, 2))
            if number < 2:
                matters[number] = walk.move(matters[number])
            else:
                walk.change_calendar()
                if data.draw(st.booleans()):
                    sweep()
                    matters = [Matter.objects.get(pk=one.pk) for one in matters]
                assert differing() == []
        sweep()
        assert differing() == []
        version = newest()
        for matter in Matter.objects.filter(kind=procedure.kind).exclude(waits_for=""):
            assert matter.calendar == version
            check_times(procedure, matter)
        transaction.set_rollback(True)


def check_times(procedure: Procedure, matter: Matter) -> None:
    """The columns of queues are what a direct reckoning says at the moment of the last step."""
    law_ = law(matter.calendar)
    standing = standing_of_row(procedure, matter)
    runs = runs_of(procedure, standing, law_)
    if runs is None:
        assert matter.due is None
    if runs is None or matter.trouble:
        return
    promise, legal = runs
    now = moment_at(matter.moved_us)
    promised = reckon(promise.events, promise.term, law_.calendar, now)
    assert matter.due == promised.due
    assert matter.legal_due == reckon(legal.events, legal.term, law_.calendar, now).due
    assert matter.clock_state == promised.state.value
    limits = thresholds(standing.clock[0].at.date())
    assert level_of(matter, matter.moved_us) is card(promised, limits).level
    assert matter.late == (promised.overdue if standing.clock[-1].act.value == "stop" else None)


# --- rows that are not ------------------------------------------------------------------------------

COLUMNS = {
    "kind": "journal",
    "title": "x",
    "unit": "x",
    "owner": "x",
    "state": "reviewed",
    "waits_for": "officer",
    "seq": 9,
    "head": b"x" * 32,
    "opened_us": 1,
    "moved_us": 1,
    "state_us": 1,
    "term": "x",
    "promised": 3,
    "clock": "[1]",
    "clock_state": "running",
    "due": "2026-05-30",
    "legal_due": "2026-05-30",
    "due_order": "2026-05-30",
    "warn_us": 1,
    "yellow_us": 1,
    "red_us": 1,
    "level": 3,
    "late": True,
    "step_due": "2026-05-30",
    "after_due": "2026-05-30",
    "trouble": "x",
}


@pytest.mark.parametrize(("column", "value"), COLUMNS.items())
def test_whatever_column_was_changed_is_told_and_mended(column, value):
    closed_week()
    for matter in ("M001", "M003"):  # ended and open
        right = row(matter)
        run(f"UPDATE kernel_matter SET {column} = %s WHERE id = %s", value, matter)
        (told,) = differing()
        assert (told.matter, [one.name for one in told.columns]) == (matter, [column])
        assert column in told.told
        tally = Tally()
        assert [one.matter for one in rebuild(tally)] == [matter]
        assert tally.written == 1
        assert row(matter) == right
        assert differing() == []


def test_checking_changes_nothing():
    closed_week()
    run("UPDATE kernel_matter SET state = 'reviewed' WHERE id = 'M001'")
    (told,) = differing()
    assert told.columns == (Column("state", "reviewed", "delivered"),)
    assert row("M001")["state"] == "reviewed"


def test_a_row_that_is_missing_is_written_again():
    closed_week()
    right = row("M002")
    run("DELETE FROM kernel_matter WHERE id = 'M002'")
    (told,) = rebuild(Tally())
    assert told.told == "案件 M002：案件表里没有这一行"
    assert row("M002") == right


def test_a_row_without_entries_is_told_and_kept_as_it_may_be_a_witness():
    closed_week()
    attack("DELETE FROM kernel_entry WHERE matter_id = 'M003'")
    (told,) = rebuild(Tally())
    assert (told.matter, "没有一条经过" in told.trouble) == ("M003", True)
    assert row("M003")["state"] == "submitted"


def test_a_row_of_a_broken_chain_is_told_and_kept_as_it_may_be_a_witness():
    closed_week()
    attack("UPDATE kernel_entry SET to_state = 'reviewed' WHERE matter_id = 'M002' AND seq = 2")
    tally = Tally()
    (told,) = rebuild(tally)
    assert "台账本身有误" in told.trouble
    assert (row("M002")["state"], tally.written) == ("reviewing", 0)


def test_a_procedure_that_is_gone_is_told(monkeypatch):
    closed_week()
    monkeypatch.delitem(REGISTRY.procedures, "permit")
    told = [one.trouble for one in rebuild(Tally())]
    assert len(told) == 3
    assert "没有“permit”这种事务的流程" in told[0]


def test_what_is_rebuilt_goes_on_as_before():
    closed_week()
    Opening.objects.all().delete()
    run("UPDATE kernel_matter SET state = 'x', seq = 7, head = %s WHERE id = 'M003'", b"x" * 32)
    list(rebuild(Tally()))
    with on("2026-05-15"):
        assert move("M003", "accept", CLERK).matter.seq == 2
    assert differing() == []


def test_progress_is_told(monkeypatch):
    closed_week()
    monkeypatch.setattr("onewindow.kernel.keeping.rebuilding.STEP", 2)
    told: list[int] = []
    assert list(differences(Tally(), told.append)) == []
    assert told == [2]
