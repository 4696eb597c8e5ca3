"""How pages ask the database: a fixed number of questions, each of which an index answers."""

import json
import random
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import Matter
from onewindow.kernel.legal_time import Level
from onewindow.kernel.procedure import Role
from onewindow.kernel.queries import Chosen, Watched, own, queue, queue_cards, queue_length, watch, watched
from tests.onewindow.pages import cases

pytestmark = pytest.mark.django_db

MANY = 20_000
UNITS = [f"u{number:02}" for number in range(40)]
_DAY = 24 * 3600 * 1_000_000
_STATES = [("reviewing", "officer"), ("submitted", "window"), ("reviewed", "approver")]


def rows(now_us: int, today: date):
    """Matters as a bureau has them after years: one in twelve is open, a few are urgent, some ended late."""
    draw = random.Random(20260602)
    for number in range(MANY):
        is_open = number % 12 == 0
        state, waits_for = draw.choice(_STATES) if is_open else ("delivered", "")
        due = (
            today + timedelta(days=draw.randint(-3, 40))
            if is_open
            else today - timedelta(days=draw.randint(1, 900))
        )
        paused = is_open and number % 84 == 0
        turns = now_us + (due - today).days * _DAY
        yield Matter(
            id=f"2606{number:06}",
            kind="permit",
            title="食品经营许可",
            unit=draw.choice(UNITS),
            owner=f"P{draw.randint(1, MANY // 4)}",
            state=state,
            waits_for=waits_for,
            seq=3,
            head=b"0" * 32,
            opened_us=now_us - draw.randint(0, 900) * _DAY,
            moved_us=now_us,
            state_us=now_us,
            clock=json.dumps([]),
            clock_state="paused" if paused else "running" if is_open else "stopped",
            due=due,
            due_order=date.max if paused else due,
            warn_us=turns - 4 * _DAY if is_open and not paused else None,
            yellow_us=turns if is_open and not paused else None,
            red_us=turns + _DAY if is_open and not paused else None,
            level=0 if is_open or number % 50 else 3,
            late=None if is_open else not number % 50,
            step_due=due if is_open and number % 36 == 0 else None,
        )


@pytest.fixture
def years_of_work(db):
    Matter.objects.bulk_create(rows(moment.now_us(), moment.today()), batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE kernel_matter" if connection.vendor == "postgresql" else "ANALYZE")


def walked(read) -> list[str]:
    """How the database walks through the matters to answer `read`; what is wrong with it."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read()
    wrong = []
    for query in asked.captured_queries:
        if "kernel_matter" not in query["sql"]:
            continue
        explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        with connection.cursor() as cursor:
            cursor.execute(explain + query["sql"].replace("%", "%%"))
            plan = [str(row[-1]) for row in cursor.fetchall()]
        for line in plan:
            whole = "Seq Scan on kernel_matter" in line or (
                line.startswith("SCAN kernel_matter") and "USING" not in line
            )
            if whole:
                wrong.append("\n".join(plan))
    return wrong


ONE = Actor("a", "", {Role.OFFICER: frozenset({"u01"})}, parties=frozenset({"P7"}))
MANY_UNITS = Actor(
    "a", "", {role: frozenset(UNITS[:30]) for role in (Role.WINDOW, Role.OFFICER, Role.APPROVER)}
)


READS = {
    "a queue": lambda: queue(ONE),
    "a queue of many units": lambda: queue(MANY_UNITS),
    "its next page": lambda: queue(MANY_UNITS, after=queue(MANY_UNITS).next),
    "a queue that is filtered": lambda: queue(ONE, Chosen("permit", "reviewing", "u01")),
    "its red cards": lambda: queue(MANY_UNITS, Chosen(level=Level.RED)),
    "its length": lambda: queue_length(ONE),
    "the length of that of many units": lambda: queue_length(MANY_UNITS),
    "its cards": lambda: queue_cards(ONE),
    "own matters": lambda: own(ONE),
    "a board": lambda: watch(UNITS),
    "a board of two units": lambda: watch(UNITS[:2]),
    **{f"its {what.value}": partial(watched, UNITS, what) for what in Watched},
}


def test_an_index_answers_every_list_and_every_figure(years_of_work):
    assert {name: wrong for name, read in READS.items() if (wrong := walked(read))} == {}


@pytest.mark.parametrize("more", [3, 30])
def test_the_number_of_questions_does_not_grow_with_what_is_shown(
    more, on, signed_in, applicant, django_assert_max_num_queries
):
    with on("2026-04-20 09:00"):
        asking, clerk, supervisor = (
            applicant(),
            signed_in(Role.WINDOW, Role.OFFICER),
            signed_in(Role.SUPERVISOR),
        )
        for number in range(more):
            matter = cases.accepted(owner=asking.account.party, title=f"第{number}件")
    with on("2026-06-02 09:00"):
        # sessions of April are over by June
        asking, clerk, supervisor = (
            applicant(),
            signed_in(Role.WINDOW, Role.OFFICER),
            signed_in(Role.SUPERVISOR),
        )
        for reader, address, most in (
            (asking, "/matters/", 6),
            (asking, f"/matters/{matter.pk}/", 14),
            (asking, "/start/permit/submit/own/", 6),
            (clerk, "/queue/", 8),
            (clerk, f"/matters/{matter.pk}/", 17),
            (clerk, f"/matters/{matter.pk}/steps/propose/", 8),
            (supervisor, "/board/", 12),
            (supervisor, "/board/fragment/", 12),
            (supervisor, "/board/red/", 12),
        ):
            reader.text(address)
            with django_assert_max_num_queries(most, info=address):
                reader.text(address)
