"""A case lifecycle over HTTP, at so many clients: what the three benchmarks of cases share."""

from __future__ import annotations

from typing import Any

from bench import onewindow
from bench.clients import Pressed, press
from bench.onewindow import Installation

SECONDS = 20.0
KINDS = ("create", "step", "read", "list")


def measured(installation: Installation, clients: int, seconds: float = SECONDS) -> Pressed:
    """Ours, served by two processes, after two seconds that do not count."""
    with onewindow.serving(installation) as port:
        press(lambda: installation.client(port), onewindow.life, clients, 2)
        return press(lambda: installation.client(port), onewindow.life, clients, seconds)


def told(pressed: Pressed) -> str:
    """p95 of each kind of request in words."""
    return (
        ", ".join(f"{kind} {pressed.p95(kind):.0f}" for kind in KINDS if kind in pressed.seconds)
        + " ms (p95)"
    )


def row(name: str, value: Any, unit: str, against: str | None = None, **more: Any) -> dict[str, Any]:
    """A row; `more`: ratio, bar, met."""
    return {
        "name": name, "value": value, "unit": unit, "against": against,
        "ratio": more.get("ratio"), "bar": more.get("bar"), "met": more.get("met"),
    }  # fmt: skip
