"""`onewindow serve`, and each of its programs alone: web, stream, worker."""

from __future__ import annotations

import logging.config
import os
import shutil
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import click

from onewindow.main import environment, lines, starting, supervising
from onewindow.main.commands.help import Command

PROGRAMS = ("web", "stream", "worker")
COUNTS = "PROMETHEUS_MULTIPROC_DIR"  # see main.metrics
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(cls=Command)
def serve() -> int:
    """启动全部服务：网页和接口、实时推送、后台进程。Ctrl-C 停止。

    哪个进程意外退出，就重新启动哪个。端口、进程数等见 onewindow settings。
    """
    return run_all()


def run_all(announce: Callable[[str], bool] | None = None, more: tuple[supervising.Program, ...] = ()) -> int:
    """Check, then run every program until told to stop.

    announce  called with the address when the web answers; returns whether to go on
    more      programs beside ours
    Raises click.ClickException where something must be mended first.
    """
    found = environment.read()
    starting.start()
    for name in ("ADDRESS", "STREAM_ADDRESS"):
        _refuse_if_taken(name, *found.address(name))
    starting.refuse_if_wrong()
    logging.config.dictConfig(lines.configuration(found.text("LOG_LEVEL")))
    host, port = found.address("ADDRESS")
    address = f"http://{_written('127.0.0.1' if host == '0.0.0.0' else host)}:{port}"  # noqa: S104
    counts = _folder_of_counts(found, port)
    _empty(counts)
    supervisor = supervising.Supervisor(
        [*(supervising.Program(name, _arguments(name)) for name in PROGRAMS), *more],
        {**os.environ, **_addresses(found), COUNTS: str(counts)},
        ready=lambda: _answers(f"{address}/healthz"),
        announce=lambda: (announce or _say)(address),
    )
    return supervisor.run()


def _say(address: str) -> bool:
    click.echo(f"一窗已启动：{address}（Ctrl-C 停止）", err=True)
    return True


@click.command(cls=Command)
def web() -> None:
    """只启动网页和接口。"""
    found = environment.read()
    host, port = found.address("ADDRESS")
    counts = None if _supervised() else _folder_of_counts(found, port)
    _begin("ADDRESS", {} if counts is None else {COUNTS: str(counts)})
    if counts is not None:
        _empty(counts)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "onewindow.main.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=found.number("PROCESSES"),
        blocking_threads=found.number("THREADS"),
        blocking_threads_idle_timeout=600,  # a thread keeps its connection to the database
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=_logging("WARNING"),
    ).serve()


@click.command(cls=Command)
def stream() -> None:
    """只启动实时推送。"""
    _begin("STREAM_ADDRESS")
    import uvicorn

    host, port = environment.read().address("STREAM_ADDRESS")
    uvicorn.run(
        "onewindow.main.stream:application",
        host=host,
        port=port,
        access_log=False,
        log_config=_logging("WARNING"),
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=2,
        server_header=False,
    )


@click.command(cls=Command)
def worker() -> int:
    """只启动后台进程：到期的环节、日终、发送。同时开几个也无妨。"""
    _begin()
    from onewindow.main.worker import run

    return run()


# --- before anything starts -----------------------------------------------------------------


def _supervised() -> bool:
    """Whether `serve` started this program, and has checked everything."""
    return COUNTS in os.environ


def _begin(address: str = "", more: Mapping[str, str] | None = None) -> None:
    """Begin a program. `more`: variables that must be there before Django, which looks at them when it is imported."""
    supervised = _supervised()
    os.environ.update(more or {})
    starting.start()
    if not supervised:
        if address:
            _refuse_if_taken(address, *environment.read().address(address))
        starting.refuse_if_wrong()


def _refuse_if_taken(name: str, host: str, port: int) -> None:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        variable = environment.PREFIX + name
        raise click.ClickException(
            f"{_written(host)}:{port} 不能监听（{error.strerror}）：可能已有程序在用。"
            f"请停掉它，或用 {variable} 换一个端口。"
        ) from None


def _arguments(name: str) -> list[str]:
    return [sys.executable, "-m", "onewindow.main.command", name]


def _addresses(found: environment.Environment) -> dict[str, str]:
    """Where everything is on this machine alone, pages find the stream without being told."""
    host, port = found.address("ADDRESS")
    stream_host, stream_port = found.address("STREAM_ADDRESS")
    if found.text("ORIGIN") or found.text("STREAM_URL") or {host, stream_host} - set(_LOOPBACK):
        return {}
    origins = ",".join(f"http://{_written(one)}:{port}" for one in _LOOPBACK)
    return {
        "ONEWINDOW_ORIGIN": origins,
        "ONEWINDOW_STREAM_URL": f"http://{_written(stream_host)}:{stream_port}",
    }


def _folder_of_counts(found: environment.Environment, port: int) -> Path:
    return found.path("DATA", Path("var").resolve()) / "run" / f"counts-{port}"


def _empty(folder: Path) -> None:
    """Counts begin with the service."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


# --- logs -----------------------------------------------------------------------------------


def _logging(level: str) -> dict[str, Any]:
    """The servers' own messages as lines like all others; what they say of their ordinary life is left out."""
    servers = ("_granian", "granian.access", "uvicorn", "uvicorn.error", "uvicorn.access")
    configured = lines.configuration(environment.read().text("LOG_LEVEL"))
    configured["loggers"] |= {name: {"level": level, "handlers": [], "propagate": True} for name in servers}
    return configured
