"""What runs beside the pages is answered by indexes, too: the worker, the change feed, measures.

The queues of the pages are held in tests/onewindow/pages/test_plans.py.
"""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.histories import UNITS, histories
from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.feed import Place, read_feed
from onewindow.kernel.loading import load
from onewindow.kernel.measures import Period
from onewindow.kernel.measuring import measured
from onewindow.kernel.models import Matter
from onewindow.kernel.procedure import Role
from onewindow.kernel.queries import entries_of
from onewindow.kernel.registry import REGISTRY

OFFICER = Actor("o", "", {Role.OFFICER: frozenset(f"u-{number:02d}" for number in range(UNITS))})

# A whole table read from end to end. On SQLite a SCAN that names an index walks that index.
WHOLE = {
    "postgresql": re.compile(r"Seq Scan on kernel_(matter|entry)\b"),
    "sqlite": re.compile(r"SCAN kernel_(matter|entry)\b(?!.*USING)"),
}
ENTRIES = r"(Seq Scan on kernel_entry|SCAN kernel_entry\b(?!.*USING))"


def plan(ask) -> str:
    """The plans of every SELECT that `ask` makes."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    found = []
    for query in captured.captured_queries:
        if query["sql"].lstrip("( ").upper().startswith("SELECT") and "kernel_" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(explain + query["sql"].replace("%", "%%"))
                found.append("\n".join(" ".join(map(str, row)) for row in cursor.fetchall()))
    assert found
    return "\n\n".join(found)


def whole(told: str) -> bool:
    return bool(WHOLE[connection.vendor].search(told))


@pytest.mark.django_db
def test_what_runs_beside_the_pages_is_answered_by_indexes(on):
    list(load(histories(2000, seed=5)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    one = Matter.objects.latest("opened_us").id
    told = plan(lambda: entries_of([one]))
    assert re.search("entry_seq|autoindex_kernel_entry", told), told
    assert not whole(told)

    told = plan(lambda: read_feed(OFFICER, Place(), 100))
    assert "entry_feed" in told
    assert not re.search(ENTRIES, told), told

    with on("2026-11-20 09:00"):
        today = moment.today()
        waiting = Matter.objects.filter(after_due__lt=today).order_by("after_due", "id")[:50]
        assert waiting
        told = plan(lambda: list(waiting.all()))
    assert "matter_after" in told
    assert not whole(told)

    measure = REGISTRY.measures["permit.on-time"]
    told = plan(lambda: measured(measure, Period.year(2025), {"u-07"}))
    assert "entry_step" in told
    assert not re.search(ENTRIES, told), told
