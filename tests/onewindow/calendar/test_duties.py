"""What the platform does by itself: on the day, once, whoever else works."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from onewindow.kernel.api import Entry, Matter, Subject, begin, move
from onewindow.kernel.duties import DUTIES, take_overdue_steps
from onewindow.kernel.errors import Refused
from onewindow.kernel.keeping import sweeping
from onewindow.kernel.keeping.rebuilding import Tally, differences
from onewindow.kernel.models import LedgerDay
from onewindow.kernel.procedure import Fact
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.soundness import flaws
from tests.onewindow.keeping.bureau import on
from tests.onewindow.keeping.raw import run
from tests.onewindow.people import APPLICANT, CLERK

pytestmark = pytest.mark.django_db


def submitted(name: str, day: str) -> None:
    with on(day):
        begin("permit", "submit", APPLICANT, {}, subject=Subject("bureau", "许可", "p-1"), id=name)


def state(name: str) -> str:
    return Matter.objects.get(pk=name).state


def test_what_nobody_answered_is_deemed_accepted_the_day_after_the_last_one():
    submitted("M", "2026-05-11")
    assert Matter.objects.get().after_due == date(2026, 5, 18)
    with on("2026-05-18", "23:59:59"):
        assert take_overdue_steps() == 0
    with on("2026-05-19", "00:00"):
        assert take_overdue_steps() == 1
        assert take_overdue_steps() == 0
    last = Entry.objects.get(seq=2)
    assert (last.step, last.actor_kind, last.actor_id, state("M")) == (
        "deem_accepted",
        "system",
        "system",
        "reviewing",
    )


def test_what_was_answered_is_left_alone():
    submitted("M", "2026-05-11")
    with on("2026-05-12"):
        move("M", "correct", CLERK, {"missing": [{"name": "章程", "problem": "缺"}]})
    with on("2026-06-30"):
        assert take_overdue_steps() == 0


def test_in_pieces_the_longest_waiting_first():
    for number in range(5):
        submitted(f"M{number}", f"2026-05-1{5 - number}")
    with on("2026-07-01"):
        assert take_overdue_steps(most=2) == 2
        assert [state(f"M{number}") for number in range(5)] == ["submitted"] * 3 + ["reviewing"] * 2
        assert take_overdue_steps() == 3


def test_one_that_cannot_be_taken_does_not_keep_the_others_waiting(monkeypatch):
    monkeypatch.setattr("onewindow.kernel.duties._AT_ONCE", 2)
    for number in range(5):
        submitted(f"M{number}", "2026-05-11")
    run("UPDATE kernel_matter SET kind = 'gone' WHERE id IN ('M0', 'M1')")
    with on("2026-07-01"):
        assert take_overdue_steps() == 3


def test_a_day_that_a_changed_calendar_moves_is_not_taken_too_early():
    """The row says one day, the law another by now: what counts is the law."""
    submitted("M", "2026-05-11")
    run("UPDATE kernel_matter SET after_due = '2026-05-12'")
    with on("2026-05-14"):
        assert take_overdue_steps() == 0
    assert state("M") == "submitted"


def test_a_step_of_the_platform_that_would_need_to_be_told_something_is_no_sound_procedure():
    permit = REGISTRY.procedures["permit"]
    assert flaws(permit) == []
    steps = [replace(one, facts=(Fact("reason", "理由"),)) if one.after else one for one in permit.steps]
    assert [flaw.code for flaw in flaws(replace(permit, steps=tuple(steps)))] == ["PR15"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_clerk_at_once_take_each_step_once():
    for number in range(12):
        submitted(f"M{number:02}", "2026-05-11")
    barrier = Barrier(3)

    def worker():
        barrier.wait()
        try:
            with on("2026-05-19"):
                return take_overdue_steps()
        finally:
            connection.close()

    def clerk():
        barrier.wait()
        withdrawn = 0
        try:
            with on("2026-05-19"):
                for number in range(11, -1, -1):
                    try:
                        move(f"M{number:02}", "withdraw", APPLICANT)
                        withdrawn += 1
                    except Refused:
                        pass
            return withdrawn
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        done = [one.result() for one in [pool.submit(act) for act in (worker, worker, clerk)]]
    assert sum(done) == 12
    assert Entry.objects.count() == 24
    assert list(differences(Tally())) == []


def test_every_duty_does_nothing_the_second_time():
    sweeping._tried.clear()
    submitted("M", "2026-05-11")
    with on("2026-05-20"):
        first = {duty.name: duty.do() for duty in DUTIES}
        assert first == {"overdue-steps": 1, "close-days": 9, "sweep-calendar": 0}
        assert {duty.do() for duty in DUTIES} == {0}
    assert LedgerDay.objects.count() == 9
    assert all(duty.every_s > 0 for duty in DUTIES)
