"""`onewindow serve`: three programs in one command, as processes of their own."""

import json
import os
import signal
import socket
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.onewindow.platform.installations import ONCE, SUBMIT, alive, get, wait_until

PROGRAMS = ("web", "stream", "worker")


def ready(installation):
    return wait_until(lambda: installation.get("/readyz")[0] == 200)


def test_it_serves_pages_stream_and_worker_and_stops_on_ctrl_c(installed):
    with installed.started("serve") as running:
        ready(installed)
        assert installed.get("/")[0] == 200
        assert get(installed.stream + "/healthz") == (200, "ok")
        pids = [running.pid_of(program) for program in PROGRAMS]
        started = time.monotonic()
        assert running.stop(signal.SIGINT) == 0
        assert time.monotonic() - started < 10
        assert not any(alive(pid) for pid in pids)
        assert "一窗已启动" in running.log.read_text()


@ONCE
@pytest.mark.parametrize("program", PROGRAMS)
def test_one_that_is_killed_is_started_again(installed, program):
    with installed.started("serve") as running:
        ready(installed)
        first = running.pid_of(program)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: running.pid_of(program) != first)
        ready(installed)
        wait_until(lambda: get(installed.stream + "/healthz")[0] == 200)
        assert running.stop() == 0
        (ended,) = [e for e in running.events() if e["event"] == "ended"]
        assert (ended["program"], ended["code"]) == (program, -signal.SIGKILL)


@ONCE
def test_a_web_worker_that_is_killed_is_started_again(installed):
    with installed.started("serve", ONEWINDOW_PROCESSES="1") as running:
        ready(installed)
        web = running.pid_of("web")
        (child,) = _children(web)
        os.kill(child, signal.SIGKILL)
        wait_until(lambda: _children(web) not in ([], [child]))
        ready(installed)
        assert running.stop() == 0


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@ONCE
def test_one_that_does_not_stop_is_killed_in_time(installed):
    with installed.started("serve") as running:
        ready(installed)
        worker = running.pid_of("worker")
        os.kill(worker, signal.SIGSTOP)  # it will not hear SIGTERM
        started = time.monotonic()
        assert running.stop() == 1
        assert 5 < time.monotonic() - started < 10
        assert not alive(worker)


@ONCE
def test_who_asks_twice_does_not_wait(installed):
    with installed.started("serve") as running:
        ready(installed)
        os.kill(running.pid_of("worker"), signal.SIGSTOP)
        running.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        started = time.monotonic()
        assert running.stop(signal.SIGINT) == 1
        assert time.monotonic() - started < 3


@ONCE
def test_nothing_outlives_a_supervisor_that_was_killed(installed):
    with installed.started("serve") as running:
        ready(installed)
        pids = [running.pid_of(program) for program in PROGRAMS]
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        wait_until(lambda: not any(alive(pid) for pid in pids), 10)
    with installed.started("serve") as running:  # the ports are free again
        ready(installed)
        assert running.stop() == 0


@ONCE
def test_a_port_that_is_taken_is_said(installed):
    host, _, port = installed.environment["ONEWINDOW_STREAM_ADDRESS"].rpartition(":")
    with socket.create_server((host, int(port))):
        told = installed.run("serve", expect=1)
    assert f"{host}:{port} 不能监听" in told
    assert "ONEWINDOW_STREAM_ADDRESS" in told


@pytest.mark.parametrize("program", ["serve", *PROGRAMS])
def test_it_does_not_start_without_keys_or_tables(empty, program):
    told = empty.run(program, expect=1)
    assert "E106" in told
    assert "没有启动" in told
    assert not empty.data.exists()


def test_it_does_not_start_on_a_database_of_an_older_program(installed):
    installed.python(
        "from django.core.management import call_command\ncall_command('migrate', 'main', 'zero', verbosity=0)"
    )
    assert "main.0001_initial" in installed.run("serve", expect=1)
    assert "1 项升级" in installed.run("migrate")
    with installed.started("serve") as running:
        ready(installed)
        assert running.stop() == 0


@ONCE
@pytest.mark.parametrize("program", ["serve", "web"])
def test_figures_are_added_up_over_all_processes(installed, program):
    with installed.started(program, ONEWINDOW_PROCESSES="3") as running:
        wait_until(lambda: installed.get("/healthz")[0] == 200)
        for _each in range(30):
            installed.get("/healthz")
        name = 'onewindow_request_seconds_count{method="GET",route="healthz",status="200"}'
        seen = {_figure(installed, name) for _each in range(10)}
        assert len(seen) == 1  # whichever process is asked, the answer is the same
        assert seen.pop() >= 30
        assert running.stop() == 0


def _figure(installation, name: str) -> float:
    lines = installation.get("/metrics")[1].split("\n")
    return float(next(line for line in lines if line.startswith(name)).rpartition(" ")[2])


def test_a_page_hears_of_a_step_that_another_process_took(installed):
    token = installed.python(
        "from onewindow.people.api import Account\n"
        "from onewindow.main.stream import stream_token\n"
        "account = Account.objects.create(reference='A-1', login='a', name='a', kind='applicant', party='P-1')\n"
        "print(stream_token(account))"
    ).strip()
    with installed.started("serve") as running:
        ready(installed)
        asked = Request(f"{installed.stream}/events?token={token}", headers={"Origin": installed.address})
        with urlopen(asked, timeout=10) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == installed.address
            assert answer.readline() == b"retry: 3000\n"
            installed.python(SUBMIT)
            lines = [answer.readline().decode() for _each in range(3)]
        told = json.loads(lines[2].removeprefix("data: "))
        assert told == {"changes": [{"kind": "permit", "unit": "bureau", "waits_for": "window"}]}
        assert running.stop() == 0


@ONCE
def test_each_program_runs_alone_too(installed):
    with (
        installed.started("worker") as worker,
        installed.started("web") as web,
        installed.started("stream") as stream,
    ):
        ready(installed)
        wait_until(lambda: get(installed.stream + "/healthz")[0] == 200)
        for one in (worker, web, stream):
            assert one.stop() in (0, -signal.SIGTERM)  # uvicorn passes the signal on when it has ended


def test_two_workers_at_once_do_no_harm(installed):
    with installed.started("serve") as running, installed.started("worker") as second:
        ready(installed)
        installed.python(SUBMIT)
        time.sleep(2)
        assert second.stop() == 0
        assert running.stop() == 0
        assert not [e for e in running.events() + second.events() if e["level"] == "ERROR"]
