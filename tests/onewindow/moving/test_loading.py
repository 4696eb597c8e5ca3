"""A history taken over in bulk is the same as its steps taken one by one, and is held to the same law."""

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from bench.histories import histories
from onewindow.kernel import moment
from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.errors import ClockRefused, FactsInvalid, NotAllowed, NotPossible
from onewindow.kernel.loading import History, Past, load
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.moving import Subject, begin, move
from onewindow.kernel.procedure import Role

pytestmark = pytest.mark.django_db

SUBJECT = Subject("bureau", "取水许可", "p-1")
DAY = 24 * 3_600_000_000
AT = 1_770_000_000_000_000


def history(*steps, matter="260101-AAAAAAAAAA"):
    return History("permit", matter, SUBJECT, tuple(steps))


def taken_one_by_one(one):
    for number, past in enumerate(one.steps):
        parties = frozenset({one.subject.owner} if past.role is Role.APPLICANT else ())
        actor = Actor(past.actor, "", {past.role: frozenset({one.subject.unit})}, parties=parties)
        with moment.set_to(moment.at(past.at)):
            if number:
                move(one.matter, past.step, actor, past.facts)
            else:
                begin(one.kind, past.step, actor, past.facts, subject=one.subject, id=one.matter)


def rows():
    matters = [model_to_dict(row) | {"head": bytes(row.head)} for row in Matter.objects.order_by("id")]
    entries = [
        (one.matter_id, one.seq, one.facts, bytes(one.hash))
        for one in Entry.objects.order_by("matter", "seq")
    ]
    return matters, entries


def test_it_gives_the_very_rows_and_hashes_that_the_steps_would_have_given():
    lives = list(histories(25, seed=3))
    with transaction.atomic():
        assert list(load(lives))[-1] == (25, sum(len(one.steps) for one in lives))
        loaded = rows()
        transaction.set_rollback(True)
    for one in lives:
        taken_one_by_one(one)
    assert rows() == loaded


def test_a_step_that_could_not_have_been_taken_is_refused():
    submit = Past("submit", Role.APPLICANT, "a", AT)
    with pytest.raises(NotPossible, match="已提交"):
        list(load([history(submit, Past("decide", Role.APPROVER, "b", AT + DAY))]))
    with pytest.raises(NotAllowed, match="不由系统办理"):
        list(load([history(Past("submit", Role.SYSTEM, "s", AT))]))
    with pytest.raises(FactsInvalid, match="理由"):
        list(load([history(submit, Past("refuse", Role.WINDOW, "c", AT))]))
    with pytest.raises(NotPossible, match="倒退"):
        list(load([history(submit, Past("accept", Role.WINDOW, "c", AT - 1))]))
    assert Matter.objects.count() == 0


def test_an_extension_that_the_law_does_not_know_is_refused():
    steps = [
        Past("submit", Role.APPLICANT, "a", AT),
        Past("accept", Role.WINDOW, "c", AT),
        Past("ask_extension", Role.OFFICER, "o", AT, {"days": 30, "reason": "忙"}),
        Past("extend", Role.APPROVER, "p", AT, {"days": 30, "reason": "忙"}),
    ]
    with pytest.raises(ClockRefused, match="最多延长10"):
        list(load([history(*steps)]))


def test_personal_facts_are_not_taken_over_in_bulk():
    with pytest.raises(NotPossible, match="个人信息"):
        list(load([history(Past("submit", Role.APPLICANT, "a", AT, {"contact": "0"}))]))


def test_a_matter_is_taken_over_once():
    one = history(Past("submit", Role.APPLICANT, "a", AT))
    list(load([one]))
    with pytest.raises(IntegrityError):
        list(load([one]))


def test_what_was_taken_over_goes_on_as_any_other(on):
    list(load([history(Past("submit", Role.APPLICANT, "a", AT), Past("accept", Role.WINDOW, "c", AT + DAY))]))
    officer = Actor("o", "", {Role.OFFICER: frozenset({"bureau"})})
    assert (
        move("260101-AAAAAAAAAA", "propose", officer, {"opinion": "grant", "grounds": "符合"}).entry.seq == 3
    )
    with pytest.raises(NotAllowed):
        move("260101-AAAAAAAAAA", "decide", SYSTEM)
