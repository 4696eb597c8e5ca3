"""What machines ask: does the process live, can it serve, how does it stand.

/healthz   the process answers; nothing else is asked, so that a restart is not caused by the database
/readyz    database, migrations, storage, worker, outbox: 503 names what is not right
/metrics   for Prometheus: open to this machine itself, or with ONEWINDOW_METRICS_TOKEN as a bearer token
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from onewindow.kernel import moment
from onewindow.kernel.api import Matter, outbox_figures
from onewindow.kernel.cards import NAMES, showing
from onewindow.kernel.models import LedgerDay
from onewindow.main import metrics, worker
from onewindow.main.proxies import FORWARDED
from onewindow.people.access import EVERYBODY, opened_to

STUCK_S = 3600  # a message that waits longer: its retries, or its receiver, need somebody's look
OK = "ok"
_log = logging.getLogger("onewindow.health")
_migrated = False


@opened_to(EVERYBODY)
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@opened_to(EVERYBODY)
def readyz(_request: HttpRequest) -> JsonResponse:
    """The platform can serve: 200, or 503 with what is not right."""
    found = {name: _asked(question) for name, question in _QUESTIONS.items()}
    right = all(answer == OK for answer in found.values())
    return JsonResponse(found, status=200 if right else 503, json_dumps_params={"ensure_ascii": False})


def _asked(question: Callable[[], str]) -> str:
    try:
        return question()
    except DatabaseError:
        return "数据库用不了"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def _migrations() -> str:
    global _migrated  # noqa: PLW0603 - what was once migrated stays so while this program runs
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return OK if _migrated else "数据库的表不是这一版程序的，请执行 onewindow migrate"


def _storage() -> str:
    if settings.STORAGE.startswith("s3://"):
        return OK
    folder = Path(settings.STORAGE)
    nearest = next(one for one in (folder, *folder.parents) if one.exists())
    return OK if os.access(nearest, os.W_OK | os.X_OK) else "材料存放处不能写入"


def _worker() -> str:
    age = worker.last_seen_s()
    if age is None:
        return "后台进程没有启动过"
    return OK if age <= settings.WORKER_SECONDS else f"后台进程已 {age:.0f} 秒没有动静"


def _outbox() -> str:
    stuck = [one.channel for one in outbox_figures() if one.oldest_s > STUCK_S]
    return f"消息发不出去：{'、'.join(stuck)}" if stuck else OK


_QUESTIONS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "storage": _storage,
    "worker": _worker,
    "outbox": _outbox,
}


# --- metrics --------------------------------------------------------------------------------


@opened_to(EVERYBODY)
def figures(request: HttpRequest) -> HttpResponse:
    """All metrics, in the text form of Prometheus."""
    if not _may_read(request.META, request.headers.get("Authorization", "")):
        told = "只有本机，或带 ONEWINDOW_METRICS_TOKEN 口令的请求可以读取。\n"
        return HttpResponse(told, status=403, content_type="text/plain; charset=utf-8")
    standing = CollectorRegistry()
    standing.register(_Standing())
    content = generate_latest(metrics.counts()) + generate_latest(standing)
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST)


def _may_read(meta: dict[str, Any], authorization: str) -> bool:
    """Who comes through a proxy does not come from this machine, wherever the proxy stands."""
    if settings.METRICS_TOKEN:
        return compare_digest(
            authorization.encode("utf-8", "replace"), f"Bearer {settings.METRICS_TOKEN}".encode()
        )
    try:
        return not meta.get(FORWARDED) and ip_address(meta.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class _Standing(Collector):
    """Figures that are true for all processes, because they are read out of the database when asked for."""

    def collect(self) -> Iterator[Metric]:
        for family in (self._outbox, self._matters, self._ledger, self._workers):
            try:
                yield from family()
            except DatabaseError:
                _log.exception("metrics-not-read")

    def _outbox(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily(
            "onewindow_outbox_messages", "Messages that have not left", labels=["channel", "state"]
        )
        oldest = GaugeMetricFamily(
            "onewindow_outbox_oldest_seconds",
            "Age of the oldest message that has not left",
            labels=["channel"],
        )
        for one in outbox_figures():
            waiting.add_metric([one.channel, "waiting"], one.waiting)
            waiting.add_metric([one.channel, "dead"], one.dead)
            oldest.add_metric([one.channel], one.oldest_s)
        yield waiting
        yield oldest

    def _matters(self) -> Iterator[Metric]:
        family = GaugeMetricFamily("onewindow_matters_open", "Open matters by their card", labels=["card"])
        now, open_ones = moment.now_us(), Matter.objects.exclude(waits_for="").exclude(kind="journal")
        shown = {
            name: open_ones.filter(showing(level, now)).count() for level, name in NAMES.items() if level
        }
        for name, count in ({"none": open_ones.count() - sum(shown.values())} | shown).items():
            family.add_metric([name], count)
        yield family

    def _ledger(self) -> Iterator[Metric]:
        last = LedgerDay.objects.order_by("-day").values_list("until_us", flat=True).first()
        if last is not None:
            age = (moment.now_us() - last) / 1_000_000
            yield GaugeMetricFamily(
                "onewindow_ledger_closed_age_seconds", "Since the end of the last day that is closed", age
            )

    def _workers(self) -> Iterator[Metric]:
        age = worker.last_seen_s()
        if age is not None:
            yield GaugeMetricFamily(
                "onewindow_worker_seen_seconds", "Since the worker was last seen", value=age
            )
