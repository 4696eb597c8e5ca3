"""The same lifecycle on SQLite: four clients, two server processes, one file."""

from __future__ import annotations

from typing import Any

from bench.cases import measured, row, told
from bench.onewindow import install

CLIENTS = 4


def run() -> list[dict[str, Any]]:
    """A request that is answered with anything but success fails the run: "database is locked" would be one."""
    ours = measured(install("sqlite"), CLIENTS)
    return [
        row(f"{CLIENTS} clients, none told that the database is locked", ours.rate, "lifecycles/s",
            bar="≥ 40/s", met=ours.rate >= 40),
        row(f"{CLIENTS} clients, a request: {told(ours)}", ours.p95(), "ms p95"),
    ]  # fmt: skip
