"""Two people press the same button: one wins, the other is told. A request that is repeated counts once."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from onewindow.kernel.actor import Actor
from onewindow.kernel.errors import NotPossible, Refused, Stale
from onewindow.kernel.ledger.chain import check_chain
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.moving import Request, Subject, begin, move
from onewindow.kernel.rows import stored
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER

pytestmark = pytest.mark.django_db(transaction=True)

SUBJECT = Subject("bureau", "取水许可", "p-1")


def submitted():
    return begin("permit", "submit", APPLICANT, subject=SUBJECT).matter.id


def at_once(people, act):
    """Results of `act(number)` by so many threads that start together; refusals are results."""
    barrier = Barrier(people)

    def one(number):
        barrier.wait()
        try:
            return act(number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))


def test_one_wins_and_the_others_are_told():
    matter = submitted()
    results = at_once(4, lambda _number: move(matter, "accept", CLERK, request=Request(seen=1)))
    kinds = Counter(type(result).__name__ for result in results)
    assert kinds == {"Taken": 1, "Stale": 3}
    told = next(result for result in results if isinstance(result, Stale))
    assert "窗口人员于" in told.message
    assert "受理" in told.message
    assert Entry.objects.filter(matter=matter).count() == 2


def test_even_who_does_not_say_what_he_saw_cannot_do_it_twice():
    matter = submitted()
    results = at_once(4, lambda _number: move(matter, "accept", CLERK))
    assert Counter(type(result) for result in results)[NotPossible] == 3


def test_the_same_request_at_once_from_everywhere_counts_once():
    begun = at_once(
        4, lambda _n: begin("permit", "submit", APPLICANT, subject=SUBJECT, request=Request(key="k"))
    )
    assert len({one.matter.id for one in begun}) == 1
    assert sum(one.replayed for one in begun) == 3
    assert Matter.objects.count() == 1
    matter = begun[0].matter.id
    moved = at_once(4, lambda _n: move(matter, "accept", CLERK, request=Request(key="m", seen=1)))
    assert sum(one.replayed for one in moved) == 3
    assert {one.entry.seq for one in moved} == {2}


def test_steps_at_random_leave_unbroken_chains():
    matters = [submitted() for _each in range(3)]
    steps: tuple[tuple[str, Actor, dict[str, str]], ...] = (
        ("accept", CLERK, {}),
        ("send_out", OFFICER, {"excluded": "testing"}),
        ("take_back", OFFICER, {"result": "合格"}),
        ("propose", OFFICER, {"opinion": "grant", "grounds": "符合"}),
        ("send_back", APPROVER, {"reason": "再核"}),
    )

    def press(number):
        rng = random.Random(number)
        done = 0
        for _each in range(25):
            step, actor, facts = rng.choice(steps)
            try:
                move(rng.choice(matters), step, actor, facts)
                done += 1
            except NotPossible:
                pass
        return done

    done = sum(at_once(4, press))
    assert Entry.objects.count() == done + 3
    for matter in matters:
        entries = [stored(entry) for entry in Entry.objects.filter(matter=matter).order_by("seq")]
        assert check_chain(entries).faults == []
        row = Matter.objects.get(pk=matter)
        assert (row.seq, bytes(row.head), row.state) == (
            len(entries),
            entries[-1].hash,
            entries[-1].value.to_state,
        )
