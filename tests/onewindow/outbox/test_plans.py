"""Among a hundred thousand messages that have left, those that have not are found by an index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.kernel import moment
from onewindow.kernel.api import erase_messages, outbox_figures, outbox_messages, post
from onewindow.kernel.models import Message
from onewindow.kernel.outbox import delivering

pytestmark = pytest.mark.django_db

MANY = 20_000


def fill():
    now = moment.now_us()
    Message.objects.bulk_create(
        [
            Message(
                reference=f"{number:032x}",
                channel="pigeon",
                about=f"m-{number // 3}",
                lane=f"{number // 3:032x}",
                sealed=b"sealed",
                size=6,
                state="sent",
                posted_us=now - number,
                ended_us=now - number,
            )
            for number in range(MANY)
        ],
        batch_size=1000,
    )
    for number in range(20):
        post("pigeon", "tower", "hello", about=f"m-{number}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plans(act):
    """How the database goes about each read of `act`."""
    with CaptureQueriesContext(connection) as asked:
        act()
    found = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if query["sql"].startswith("SELECT") and "kernel_message" in query["sql"]:
                explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
                cursor.execute(f"{explain} {query['sql']}")
                found.append(" / ".join(str(row[-1]) for row in cursor.fetchall()))
    assert found
    return found


LEFT = ("message_due", "message_lane")  # both over the few that have not left; a database may take either
READS = {
    "claim": (lambda: delivering._claimed(set()), LEFT),
    "waiting": (lambda: outbox_messages("waiting"), LEFT),
    "dead": (outbox_messages, ("message_dead",)),
    "dropped": (lambda: outbox_messages("dropped"), ("message_dropped",)),
    "of a matter": (lambda: outbox_messages("", "", "m-5"), ("message_about",)),
    "figures": (outbox_figures, (*LEFT, "message_dead")),
    "erase": (erase_messages, ("message_ended",)),
}


def test_the_worker_and_the_desk_read_no_message_that_has_left():
    fill()
    for name, (act, indexes) in READS.items():
        for plan in plans(act):
            assert any(index in plan for index in indexes), (name, plan)
            assert "Seq Scan" not in plan, (name, plan)
    assert any("message_lane" in plan for plan in plans(READS["claim"][0]))  # nor those before it in its lane
