"""A bare endpoint of the same stack, served as ours is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.clients import Client
from bench.granian import served
from bench.postgres import fresh_database

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def serving(processes: int) -> Iterator[int]:
    """Its port, while it serves."""
    environment = {**os.environ, "BARE_DATABASE": fresh_database("bench_bare")}
    subprocess.run([sys.executable, "-m", "bench.peers.bare_app"], check=True, env=environment, cwd=ROOT)
    with served("bench.peers.bare_app:application", processes, environment) as port:
        yield port


def client(port: int) -> Client:
    """A client; there is nothing to log in to."""
    return Client(port)


def life(one: Client, number: int) -> None:
    """One request."""
    body = {"place": f"place {number % 1000}", "text": "x" * 100, "at": number}
    one.json("keep", "POST", "/lines", body)
