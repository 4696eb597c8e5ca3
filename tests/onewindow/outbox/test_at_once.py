"""Several at once, each with a connection of his own: one wins, and nothing happens twice."""

import threading

import pytest
from django.db import connection

from onewindow.kernel.api import (
    PLATFORM,
    NotPossible,
    deliver_due,
    drop_message,
    journal_id,
    note,
    post,
    retry_message,
    retry_messages,
)
from onewindow.kernel.models import Entry, Message
from tests.onewindow.outbox.conftest import never
from tests.onewindow.outbox.test_the_desk import ADMIN, OTHER

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each returned, or what it was refused with."""
    begin, found = threading.Barrier(len(acts)), {}

    def run(number, act):
        begin.wait()
        try:
            found[number] = act()
        except NotPossible as refusal:
            found[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(acts))]


def won(outcomes):
    return sum(not isinstance(one, NotPossible) for one in outcomes)


def noted():
    acts = ("message_retried", "message_dropped")
    return Entry.objects.filter(matter=journal_id(PLATFORM), step__in=acts).count()


def dead(gateway):
    gateway.errors = [never()]
    reference = post("pigeon", "tower", "hello")
    deliver_due()
    return reference


@pytest.mark.parametrize("_round", range(3))
def test_administrators_decide_about_one_message_and_one_of_them_does(gateway, _round):
    note(PLATFORM, "platform_changed", ADMIN, {"what": "有日志了"})
    reference = dead(gateway)
    outcomes = at_once(
        lambda: retry_message(reference, ADMIN),
        lambda: retry_message(reference, OTHER),
        lambda: drop_message(reference, OTHER, "空号"),
        lambda: retry_messages("pigeon", ADMIN),
    )
    assert won(outcomes) == noted() == 1
    assert Message.objects.get().state in ("waiting", "dropped")


def test_a_key_that_several_use_at_once_counts_once(gateway):
    references = at_once(*[lambda: post("pigeon", "tower", "hello", key="k")] * 4)
    assert len(set(references)) == 1
    assert deliver_due().sent == 1
