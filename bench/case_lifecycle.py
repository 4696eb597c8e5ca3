"""A case over HTTP on PostgreSQL: create, one step, read, every tenth time a list of 100; two server processes.

Beside it, in the same run: a bare endpoint of the same stack (one SELECT, one INSERT, commit), and django-helpdesk
from PyPI. Open Zaak, run on such a machine before: 6.1 to 6.6 lifecycles a second.
"""

from __future__ import annotations

from typing import Any

from bench.cases import SECONDS, measured, row, told
from bench.clients import press
from bench.onewindow import install
from bench.peers import bare, helpdesk

CLIENTS = 8


def run() -> list[dict[str, Any]]:
    """The bare endpoint before and after ours, so that a machine that slows down is seen."""
    installation = install("bench_lifecycle")
    least = [_bare()]
    alone = measured(installation, 1, SECONDS / 2)
    ours = measured(installation, CLIENTS)
    least.append(_bare())
    peer = {clients: _helpdesk(clients) for clients in (1, CLIENTS)}
    bare_rate = sum(least) / len(least)
    share = ours.requests / ours.elapsed / bare_rate
    against = f"django-helpdesk 2.6.1 {peer[CLIENTS]:.1f}/s; Open Zaak 6.1/s"
    return [
        row("one client", alone.rate, "lifecycles/s", f"django-helpdesk 2.6.1 {peer[1]:.1f}/s; Open Zaak 6.2/s",
            ratio=alone.rate / peer[1]),
        row(f"{CLIENTS} clients", ours.rate, "lifecycles/s", against, ratio=ours.rate / peer[CLIENTS],
            bar="≥ 100/s", met=ours.rate >= 100),
        row(f"{CLIENTS} clients, a request: {told(ours)}", ours.p95(), "ms p95", bar="< 120 ms", met=ours.p95() < 120),
        row(f"{CLIENTS} clients, request for request", ours.requests / ours.elapsed, "requests/s",
            f"bare endpoint {bare_rate:,.0f}/s", ratio=share, bar="≥ 1/3 of the bare endpoint", met=share >= 1 / 3),
    ]  # fmt: skip


def _bare() -> float:
    with bare.serving(2) as port:
        press(lambda: bare.client(port), bare.life, CLIENTS, 2)
        pressed = press(lambda: bare.client(port), bare.life, CLIENTS, SECONDS / 2)
    return pressed.requests / pressed.elapsed


def _helpdesk(clients: int) -> float:
    with helpdesk.serving(2) as port:
        press(lambda: helpdesk.client(port), helpdesk.life, clients, 2)
        return press(lambda: helpdesk.client(port), helpdesk.life, clients, SECONDS / 2).rate
