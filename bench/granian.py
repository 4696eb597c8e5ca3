"""Granian as the web process runs: so many worker processes, two blocking threads each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.clients import free_port, wait_for

ROOT = Path(__file__).parent.parent
THREADS = 2


def start(
    application: str, processes: int, environment: Mapping[str, str], port: int
) -> subprocess.Popen[bytes]:
    """The server in a session of its own, so that all of it can be killed at once."""
    return subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(processes),
            "--blocking-threads", str(THREADS), "--log-level", "error", "--no-access-log", application,
        ],
        env={**os.environ, **environment, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        cwd=ROOT,
        start_new_session=True,
    )  # fmt: skip


def kill(server: subprocess.Popen[bytes]) -> None:
    """SIGKILL for it and all its workers."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


@contextmanager
def served(application: str, processes: int, environment: Mapping[str, str]) -> Iterator[int]:
    """Its port, while it serves."""
    port = free_port()
    server = start(application, processes, environment, port)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            kill(server)
