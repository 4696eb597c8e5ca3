"""What Prometheus may ask: counts that each process keeps, and figures that are read when it asks.

Several processes answer requests, and any of them may be asked. Where PROMETHEUS_MULTIPROC_DIR is set (`onewindow
serve` does, to a folder that it empties), each keeps its counts in files there, and whoever is asked adds up all.
"""

from __future__ import annotations

import os
from http import HTTPMethod
from typing import TYPE_CHECKING

from django.db import transaction
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

if TYPE_CHECKING:
    from onewindow.kernel.moving import Taken

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_KEPT = CollectorRegistry()
_METHODS = frozenset(HTTPMethod)

_requests = Histogram(
    "onewindow_request_seconds",
    "Seconds until a request was answered",
    ("method", "route", "status"),
    registry=_KEPT,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_moves = Counter("onewindow_moves", "Steps taken since the start", ("kind", "step"), registry=_KEPT)


def requested(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answered request."""
    _requests.labels(method if method in _METHODS else "other", route, str(status)).observe(seconds)


def moved(taken: Taken) -> None:
    """A reaction to every step: counts it once it is committed."""
    labels = (taken.entry.kind, taken.entry.step)
    transaction.on_commit(lambda: _moves.labels(*labels).inc())


def counts() -> CollectorRegistry:
    """The counts of all processes."""
    if FOLDER not in os.environ:
        return _KEPT
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
