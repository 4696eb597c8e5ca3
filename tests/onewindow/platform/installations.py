"""Installations for tests: folders and databases of their own, and processes that are surely ended."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from onewindow.main.supervising import end_with_parent

POSTGRES = os.environ.get("ONEWINDOW_DATABASE_URL", "")
ONCE = pytest.mark.skipif(bool(POSTGRES), reason="the same on both databases: tried on SQLite")
SUBMIT = """
from onewindow.kernel.api import Actor, Subject, begin
actor = Actor("A-clerk", "x", parties=frozenset({"P-1"}))
begin("permit", "submit", actor, {"contact": "0"}, subject=Subject("bureau", "许可", "P-1"))
"""


class Installation:
    """One installation: a data folder, and on PostgreSQL a database."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.data = folder / "var"
        web, stream = free_port(), free_port()
        self.address = f"http://127.0.0.1:{web}"
        self.stream = f"http://127.0.0.1:{stream}"
        self.told = ""  # what a command printed, where a test wants to know it
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ONEWINDOW_")},
            "ONEWINDOW_DATA": str(self.data),
            "ONEWINDOW_ADDRESS": f"127.0.0.1:{web}",
            "ONEWINDOW_STREAM_ADDRESS": f"127.0.0.1:{stream}",
            "ONEWINDOW_PROCESSES": "2",
        }
        if database:
            self.environment["ONEWINDOW_DATABASE_URL"] = database

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "onewindow.main.command", *arguments]

    def run(self, *arguments: str, expect: int = 0, **more: str) -> str:
        """What a command prints, both streams."""
        done = subprocess.run(
            self.command(*arguments),
            env={**self.environment, **more},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        assert done.returncode == expect, done.stdout
        return done.stdout

    def python(self, code: str, **more: str) -> str:
        """What some lines of Python print, with Django set up."""
        begin = "from onewindow.main import starting; starting.start()\n"
        done = subprocess.run(
            [sys.executable, "-c", begin + code],
            env={**self.environment, **more},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            text=True,
            timeout=120,
            check=True,
        )
        return done.stdout

    @contextmanager
    def started(self, *arguments: str, **more: str):
        """A command that goes on; its output is in `.log`. It and all it started is ended afterwards."""
        log = self.folder / f"{arguments[0]}.log"
        with log.open("w") as file:
            process = subprocess.Popen(
                self.command(*arguments),
                env={**self.environment, **more},
                cwd=self.folder,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,  # also where the tests are killed
            )
        running = Running(process, log)
        try:
            yield running
        finally:
            running.end()

    @contextmanager
    def writing(self, code: str):
        """Lines of Python that go on within; then they are killed."""
        begin = "from onewindow.main import starting; starting.start()\n"
        process = subprocess.Popen(
            [sys.executable, "-c", begin + code],
            env=self.environment,
            cwd=self.folder,
            preexec_fn=end_with_parent,
        )
        try:
            time.sleep(2)
            assert process.poll() is None
            yield
        finally:
            process.kill()
            process.wait()

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and content of an address of the web process; 0 where nobody answers."""
        return get(self.address + path, headers)


class Running:
    """A command that goes on."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process, self.log = process, log

    def events(self) -> list[dict]:
        """Lines of its log that are events."""
        return [
            json.loads(line) for line in self.log.read_text(encoding="utf-8").split("\n") if line[:1] == "{"
        ]

    def pid_of(self, program: str) -> int:
        """Of the newest process of a program of `serve`."""
        started = [e["pid"] for e in self.events() if e["event"] == "started" and e.get("program") == program]
        return started[-1]

    def stop(self, with_signal: int = signal.SIGTERM) -> int:
        """Ask it to stop; gives the exit status."""
        self.process.send_signal(with_signal)
        return self.process.wait(15)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(12)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def get(address: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and content; 0 where nobody answers."""
    try:
        with urlopen(Request(address, headers=headers or {}), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except (URLError, OSError):
        return 0, ""


def wait_until(condition, seconds: float = 30):
    """The first true answer. Fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := condition():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def alive(pid: int) -> bool:
    """Whether a process still runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


@contextmanager
def fresh_database():
    """Address of an empty PostgreSQL database that is removed afterwards; "" where the tests run on SQLite."""
    if not POSTGRES:
        yield ""
        return
    import psycopg

    name = f"ow_{uuid.uuid4().hex[:12]}"
    server = urlsplit(POSTGRES)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
