"""Sweeps while people work, and two at once: nothing is lost, nothing is left behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from onewindow.kernel.actor import SYSTEM
from onewindow.kernel.api import Matter, Subject, begin, move
from onewindow.kernel.calendars import CalendarRefused, commit, propose_own_day
from onewindow.kernel.keeping import sweeping
from onewindow.kernel.keeping.rebuilding import Tally, differences
from onewindow.kernel.keeping.sweeping import sweep
from onewindow.kernel.legal_time import DayKind
from onewindow.kernel.models import CalendarChange
from tests.onewindow.keeping.bureau import on
from tests.onewindow.people import APPLICANT, CLERK, OFFICER

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    barrier = Barrier(len(acts))

    def one(act):
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def accepted(name: str) -> str:
    with on("2026-05-11"):
        begin("permit", "submit", APPLICANT, {}, subject=Subject("bureau", "许可", "p-1"), id=name)
        move(name, "accept", CLERK)
    return name


def own(day: int):
    return commit(propose_own_day(date(2026, 5, day), DayKind.HOLIDAY, "停电", "某府发〔2026〕1号"), SYSTEM)


def test_two_sweeps_share_the_work_while_others_move_and_begin(monkeypatch):
    monkeypatch.setattr(sweeping, "AT_ONCE", 3)
    names = [accepted(f"M{number:02}") for number in range(20)]
    own(20)

    def moving():
        with on("2026-05-12"):
            for name in names[::2]:
                move(name, "send_out", OFFICER, {"excluded": "testing"})
                move(name, "take_back", OFFICER, {"result": "合格"})

    def beginning():
        for number in range(20, 30):
            accepted(f"M{number:02}")

    at_once(sweep, sweep, moving, beginning)
    sweep()
    assert list(differences(Tally())) == []
    assert set(Matter.objects.filter(kind="permit").values_list("due", flat=True)) == {date(2026, 6, 9)}
    assert CalendarChange.objects.get().swept


def test_two_changes_at_once_one_wins_and_the_other_is_told_to_look_again():
    def change(day: int):
        try:
            return own(day)
        except CalendarRefused as refused:
            return refused

    results = at_once(*[lambda day=day: change(day) for day in (18, 19, 20)])
    made = [one for one in results if isinstance(one, CalendarChange)]
    assert len(made) == CalendarChange.objects.count() >= 1
    assert all("请重新预览" in one.message for one in results if isinstance(one, CalendarRefused))
