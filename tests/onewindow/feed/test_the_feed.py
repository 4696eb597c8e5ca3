"""The change feed: every entry once, whoever commits when."""

import random
import threading
import time

import pytest
from django.db import connection, transaction

from onewindow.kernel.api import Entry, Subject, begin, move, note
from onewindow.kernel.feed import Place, feed_is_behind, read_feed, rebase_feed
from onewindow.kernel.models import FeedOrigin
from onewindow.kernel.procedure import Role
from tests.onewindow.people import APPLICANT, CLERK, SUPERVISOR, one

pytestmark = pytest.mark.django_db(transaction=True)
AUDITOR = one(Role.AUDIT_ADMIN, units={"platform"})
START = Place()
SUBJECT = Subject("bureau", "食品经营许可", "p-1")


@pytest.fixture
def on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite there is one writer at a time, and ids are the order of commits")


def submitted():
    return begin("permit", "submit", APPLICANT, {}, subject=SUBJECT).matter.id


def places(actor=SUPERVISOR, after=START, limit=7):
    """All entries to be had from a place, page by page, and the place after them."""
    found = []
    while True:
        page = read_feed(actor, after, limit)
        found += [(entry.matter_id, entry.seq) for entry in page.entries]
        after = page.next
        if not page.more:
            return found, after


def settled(count, actor=SUPERVISOR, after=START):
    """The same, until there are so many: another's long transaction in the same cluster holds the feed back."""
    found: list[tuple[str, int]] = []
    end = time.monotonic() + 60
    while len(found) < count and time.monotonic() < end:
        more, after = places(actor, after)
        found += more
        time.sleep(0.02)
    return found, after


def test_entries_come_in_order_and_once():
    matters = [submitted() for _each in range(10)]
    move(matters[0], "accept", CLERK)
    found, after = settled(11)
    assert found == [(matter, 1) for matter in matters] + [(matters[0], 2)]
    assert places(after=after) == ([], after)
    move(matters[1], "accept", CLERK)
    assert settled(1, after=after)[0] == [(matters[1], 2)]


def test_only_what_one_sees_is_shown_and_yet_one_gets_on():
    elsewhere = Subject("elsewhere", "食品经营许可", "p-2")
    clerk = one(Role.WINDOW, units={"elsewhere"})
    for number in range(20):
        subject = elsewhere if number % 5 == 0 else SUBJECT
        begin("permit", "submit", clerk if number % 5 == 0 else APPLICANT, {}, subject=subject)
    assert len(settled(20, one(Role.WINDOW, units={"elsewhere", "bureau"}))[0]) == 20
    assert len(settled(4, clerk)[0]) == 4
    assert len(settled(16, APPLICANT)[0]) == 16
    page = read_feed(clerk, START, 4)
    assert (len(page.entries), page.more) == (1, True)


def test_journals_are_shown_to_audit_administrators_alone():
    clerk = one(Role.WINDOW, "a-1", units={"bureau", "platform"})
    note("a-1", "value_read", clerk, {"what": "联系电话", "reason": "核对材料"})
    submitted()
    assert {matter for matter, _seq in settled(1, clerk)[0]} == {Entry.objects.get(kind="permit").matter_id}
    assert {matter for matter, _seq in settled(2, AUDITOR)[0]} == {"J-a-1"}


def test_an_entry_that_commits_late_is_not_missed(on_postgresql):
    """The first transaction draws the lower number and commits after the second, when a reader has passed by."""
    first_wrote, second_done = threading.Event(), threading.Event()
    late = []

    def slow():
        try:
            with transaction.atomic():
                late.append(submitted())
                first_wrote.set()
                assert second_done.wait(30)
        finally:
            connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert first_wrote.wait(30)
    quick = submitted()
    found, after = places()
    second_done.set()
    writer.join()
    assert found == []  # the later one waits for the earlier
    found, after = settled(2, after=after)
    assert found == [(late[0], 1), (quick, 1)]


def test_eight_writers_at_random_and_a_reader_who_misses_nothing():
    stop = time.monotonic() + 3
    lives: list[list[str]] = [[] for _each in range(8)]

    def write(number):
        rng = random.Random(number)
        try:
            while time.monotonic() < stop:
                with transaction.atomic():
                    lives[number].append(submitted())
                    if connection.vendor == "postgresql":  # on SQLite it would keep all others waiting
                        time.sleep(rng.random() / 50)
                    if rng.random() < 0.1:
                        transaction.set_rollback(True)
                        lives[number].pop()
                if lives[number] and rng.random() < 0.5:
                    move(lives[number].pop(0), "accept", CLERK)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    found, after = [], Place()
    while any(writer.is_alive() for writer in writers):
        more, after = places(after=after, limit=13)
        found += more
    total = Entry.objects.count()
    more, after = settled(total - len(found), after=after)
    found += more
    assert total > 50
    assert sorted(found) == sorted(Entry.objects.values_list("matter_id", "seq"))
    numbers = Entry.objects.order_by("tx", "id").values_list("matter_id", "seq")
    assert found == list(numbers)


def test_steps_of_one_matter_come_in_their_order():
    matter = submitted()
    move(matter, "accept", CLERK)
    move(matter, "withdraw_accepted", APPLICANT)
    assert settled(3)[0] == [(matter, 1), (matter, 2), (matter, 3)]


def test_a_feed_that_goes_on_is_not_behind():
    submitted()
    assert not feed_is_behind()


def test_after_a_restore_into_a_younger_cluster_new_entries_come_last(on_postgresql):
    """A cluster that has counted further is played by one that counts ahead."""
    FeedOrigin.objects.create(ahead=10**9)
    old = [submitted(), submitted()]
    _found, after = settled(2)
    FeedOrigin.objects.all().delete()
    assert feed_is_behind()
    rebase_feed()
    assert not feed_is_behind()
    new = submitted()
    assert settled(1, after=after)[0] == [(new, 1)]
    assert settled(3)[0] == [(old[0], 1), (old[1], 1), (new, 1)]


def test_after_a_restore_no_entry_is_hidden_behind_a_place_that_the_backup_does_not_know():
    """A consumer had read on, after the backup was made: what he read is lost, what comes now must not be."""
    kept = submitted()
    settled(1)
    last = Entry.objects.get()
    beyond = Place(last.tx and last.tx + 10**6, last.pk + 10**6)
    rebase_feed()
    new = submitted()
    assert settled(1, after=beyond)[0] == [(new, 1)]
    assert settled(2)[0] == [(kept, 1), (new, 1)]


def test_a_feed_is_rebased_as_often_as_one_likes():
    for _each in range(3):
        rebase_feed()
        submitted()
    assert len(settled(3)[0]) == 3
    assert not feed_is_behind()
    assert FeedOrigin.objects.count() <= 1
