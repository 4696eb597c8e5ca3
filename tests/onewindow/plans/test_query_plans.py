"""Every work queue is walked by an index: the plans of both databases, over some thousand matters."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.histories import UNITS, histories
from onewindow.kernel.actor import Actor
from onewindow.kernel.feed import Place, read_feed
from onewindow.kernel.legal_time import Level
from onewindow.kernel.loading import load
from onewindow.kernel.measures import Period
from onewindow.kernel.measuring import measured
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Role
from onewindow.kernel.queries import (
    Chosen,
    Watched,
    entries_of,
    own,
    queue,
    queue_cards,
    queue_length,
    watch,
    watched,
)
from onewindow.kernel.registry import REGISTRY

ALL = frozenset(f"u-{number:02d}" for number in range(UNITS))
CLERK = Actor("c", "", {Role.WINDOW: ALL})
OFFICER = Actor("o", "", {Role.OFFICER: ALL, Role.APPROVER: ALL})
ONE_UNIT = Actor("o", "", {Role.OFFICER: frozenset({"u-07"})})
APPLICANT = Actor("a", "", parties=frozenset({"p-00042"}))
NOW = "2026-11-20 09:00"

# What is asked -> the index that must answer it.
QUEUES = {
    "an officer's queue over all units": (lambda: queue(OFFICER), "matter_queue"),
    "an officer's queue in his unit": (lambda: queue(ONE_UNIT), "matter_unit_queue"),
    "a clerk's queue": (lambda: queue(CLERK), "matter_(unit_)?queue"),
    "a clerk's queue of red cards": (lambda: queue(CLERK, Chosen(level=Level.RED)), "matter_"),
    "how long a queue is": (lambda: queue_length(ONE_UNIT), "matter_unit_queue"),
    "the cards of a queue": (lambda: queue_cards(OFFICER), "matter_(warn|level)"),
    "an applicant's own matters": (lambda: own(APPLICANT), "matter_owner"),
    "a supervisor's board": (lambda: watch(ALL), "matter_(warn|level)"),
    "red cards of the board": (lambda: watched(ALL, Watched.RED), "matter_(warn|level|queue)"),
    "paused matters of the board": (lambda: watched({"u-07"}, Watched.PAUSED), "matter_paused"),
    "step overruns of the board": (lambda: watched(ALL, Watched.OVERRUN), "matter_step"),
    "the entries of a matter": (
        lambda: entries_of([Matter.objects.order_by("id").values_list("id", flat=True)[0]]),
        "entry_seq|autoindex_kernel_entry",
    ),
    "the change feed": (lambda: read_feed(OFFICER, Place(), 100), "entry_feed"),
}


@pytest.fixture
def filled(db):
    list(load(histories(4000, seed=5)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plans(ask) -> list[str]:
    """The plan of every SELECT that `ask` makes."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    found = []
    for query in captured.captured_queries:
        if query["sql"].lstrip("( ").upper().startswith("SELECT") and "kernel_" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(explain + query["sql"].replace("%", "%%"))
                found.append("\n".join(" ".join(map(str, row)) for row in cursor.fetchall()))
    return found


# A whole table read from end to end. On SQLite a SCAN that names an index walks that index.
WHOLE = {
    "postgresql": re.compile(r"Seq Scan on kernel_(matter|entry)\b"),
    "sqlite": re.compile(r"SCAN kernel_(matter|entry)\b(?!.*USING)"),
}


def test_every_queue_is_walked_by_its_index(filled, on):
    with on(NOW):
        for name, (ask, index) in QUEUES.items():
            told = "\n\n".join(plans(ask))
            assert told, name
            assert not WHOLE[connection.vendor].search(told), f"{name}:\n{told}"
            assert re.search(index, told), f"{name} does not use {index}:\n{told}"


def test_pages_far_down_cost_what_the_first_costs(filled, on):
    with on(NOW):
        first = queue(OFFICER, limit=50)
        far = first
        for _page in range(8):
            far = queue(OFFICER, after=far.next, limit=50)
        assert far.matters
        told = "\n".join(plans(lambda: queue(OFFICER, after=far.next)))
        assert not WHOLE[connection.vendor].search(told), told
        assert not re.search(r"OFFSET", told, re.IGNORECASE)


def test_a_measure_looks_at_the_entries_of_its_steps_alone(filled):
    measure, year = REGISTRY.measures["permit.on-time"], Period.year(2025)
    told = "\n".join(plans(lambda: measured(measure, year, {"u-07"})))
    assert "entry_step" in told
    assert not re.search(r"(Seq Scan on|SCAN) kernel_entry", told), told
