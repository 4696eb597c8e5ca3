"""Writers at midnight, and the day that closes behind them: nothing falls into a closed day, nothing is lost."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event as Signal

import pytest
from django.db import connection, transaction

from onewindow.kernel import moment, moving
from onewindow.kernel.api import Entry, Matter, Subject, begin, move
from onewindow.kernel.keeping import days
from onewindow.kernel.keeping.days import CLOSER_LOCK, close_days, midnight
from onewindow.kernel.keeping.publishing import published, sealed_of
from onewindow.kernel.ledger import entry
from onewindow.kernel.ledger.chain import check_chain
from onewindow.kernel.ledger.days import heads
from onewindow.kernel.legal_time import SHANGHAI
from onewindow.kernel.models import LedgerDay, LedgerLeaf
from onewindow.kernel.rows import stored
from tests.onewindow.keeping.bureau import FIRST, on, submitted
from tests.onewindow.people import APPLICANT, CLERK, OFFICER

pytestmark = pytest.mark.django_db(transaction=True)

MIDNIGHT = moment.microseconds(datetime(2026, 5, 12, tzinfo=SHANGHAI))


@pytest.fixture
def flowing(monkeypatch):
    """The clock of everybody runs on from 23:59:56 on, as fast as it does; no time is left after midnight."""
    began = time.monotonic_ns()
    since = MIDNIGHT - 4_000_000  # even a busy machine writes something in that time
    monkeypatch.setattr(moment, "now_us", lambda: since + (time.monotonic_ns() - began) // 1000)
    monkeypatch.setattr(days, "GRACE_US", 0)


@pytest.fixture
def hesitating(monkeypatch):
    """Writers think between the look at the clock and the entry, all the longer before midnight."""
    plain = entry.record

    def record(value):
        if MIDNIGHT - 1_000_000 < value.at < MIDNIGHT and random.random() < 0.1:
            time.sleep((MIDNIGHT - value.at) / 1_000_000 + random.random() / 20)
        return plain(value)

    monkeypatch.setattr(moving, "record", record)


def check() -> None:
    """Every closed day has the entries and leaves that it was closed with, and every chain is whole."""
    rows = [stored(entry) for entry in Entry.objects.order_by("matter_id", "seq")]
    for matter in {row.value.matter for row in rows}:
        assert check_chain([row for row in rows if row.value.matter == matter]).faults == []
    for day in LedgerDay.objects.all():
        entries = Entry.objects.filter(at__gte=midnight(day.day), at__lt=day.until_us)
        assert entries.count() == day.entries
        leaves = heads((one.matter_id, one.seq, bytes(one.hash)) for one in entries)
        kept = LedgerLeaf.objects.filter(day=day.day).order_by("matter")
        assert [(one.matter, one.seq, bytes(one.head)) for one in kept] == leaves
        assert published()[day.day] == sealed_of(day).digest()


def run(*acts):
    """Results of all, each in a thread of its own; the first error is raised."""

    def one(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_writers_around_midnight_and_a_day_that_closes(flowing, hesitating):
    over = MIDNIGHT + 1_000_000
    before = submitted(0).id

    def writing(number: int):
        written = []
        while moment.now_us() < over:
            subject = Subject("bureau", "取水许可", "p-1")
            matter = begin("permit", "submit", APPLICANT, {}, subject=subject).matter.id
            written += [(matter, 1), (matter, move(matter, "accept", CLERK).entry.seq)]
            step = ("send_out", OFFICER, {"excluded": "testing"})
            written.append((matter, move(matter, *step).entry.seq))
        return written

    def closing():
        closed = 0
        while moment.now_us() < over:
            closed += close_days()
        return closed + close_days()  # on SQLite busy writers may have kept it out

    *written, one, other = run(*[lambda n=n: writing(n) for n in range(4)], closing, closing)
    assert one + other == 1
    told = [entry for some in written for entry in some]
    assert sorted([(before, 1), *told]) == sorted(Entry.objects.values_list("matter_id", "seq"))
    assert Entry.objects.filter(at__lt=MIDNIGHT).count() > 1
    assert Entry.objects.filter(at__gte=MIDNIGHT).exists()
    check()


def test_who_looked_at_the_clock_before_midnight_and_writes_after_the_close_is_dated_anew(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite the close waits for whoever began")
    with on("2026-05-11"):
        submitted(1)
    looked, closed = Signal(), Signal()
    plain, now = entry.record, [MIDNIGHT - 1]
    monkeypatch.setattr(moment, "now_us", lambda: now[0])

    def record(value):
        if not closed.is_set():
            looked.set()
            assert closed.wait(20)
        return plain(value)

    monkeypatch.setattr(moving, "record", record)

    def closing():
        assert looked.wait(20)
        now[0] = MIDNIGHT + days.GRACE_US
        try:
            return close_days()
        finally:
            closed.set()

    taken, count = run(lambda: move("M001", "accept", CLERK), closing)
    assert count == 1
    assert taken.entry.at == MIDNIGHT + days.GRACE_US
    assert Matter.objects.get().due.isoformat() == "2026-06-09"  # counted from the day after the 12th
    check()


def test_the_close_waits_for_whoever_wrote_before_midnight_and_counts_him(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite the close waits for whoever began")
    with on("2026-05-11"):
        submitted(1)
    wrote, gathered = Signal(), Signal()
    plain = days._store

    def store(closing):
        gathered.set()
        plain(closing)

    monkeypatch.setattr(days, "_store", store)

    def writing():
        with on("2026-05-11", "23:59"), transaction.atomic():
            move("M001", "accept", CLERK)
            wrote.set()
            assert gathered.wait(20)
            time.sleep(0.3)

    def closing():
        assert wrote.wait(20)
        with on("2026-05-12", "00:05"):
            return close_days()

    _, count = run(writing, closing)
    assert count == 1
    assert [(day.day, day.entries) for day in LedgerDay.objects.all()] == [(FIRST, 2)]
    check()


def test_while_one_process_closes_the_others_leave_it_to_him():
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite a transaction has the database for itself")
    with on("2026-05-11"):
        submitted(1)
    closing, done = Signal(), Signal()

    def other():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLOSER_LOCK])
            closing.set()
            assert done.wait(20)

    def mine():
        assert closing.wait(20)
        try:
            with on("2026-05-12"):
                return close_days()
        finally:
            done.set()

    assert run(other, mine)[1] == 0
    with on("2026-05-12"):
        assert close_days() == 1


def test_matters_that_come_while_their_day_is_counted_are_counted_again(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite the close waits for whoever began")
    with on("2026-05-11"):
        submitted(1)
    plain = days._entries_between
    came: list[int] = []

    def between(since: int, until: int) -> int:
        count = plain(since, until)
        if not came:
            came.append(count)
            with ThreadPoolExecutor(1) as pool:
                pool.submit(late).result()
        return count

    def late():
        try:
            with on("2026-05-11", "23:59"):
                submitted(2)
                submitted(3)
        finally:
            connection.close()

    monkeypatch.setattr(days, "_entries_between", between)
    with on("2026-05-12", "00:05"):
        assert close_days() == 1
    assert came == [1]
    assert LedgerDay.objects.get().entries == 3
    check()
