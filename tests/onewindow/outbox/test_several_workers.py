"""Workers as processes of their own: killed in the middle of sending, and several at once."""

import json
import os
import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from onewindow.kernel.outbox.delivering import LEASE
from tests.onewindow.gateways.servers import ACCOUNT, SECRET, Provider, served

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = Path(__file__).parent / "worker.py"
SOURCES = Path(__file__).parents[3] / "src"


@pytest.fixture
def provider():
    with served(Provider()) as server:
        yield server


@pytest.fixture
def process(provider, tmp_path):
    """`process("deliver")` starts a process of the platform upon the database of the test."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(SOURCES),
        "ONEWINDOW_DATA": str(tmp_path),
        "ONEWINDOW_KEYRING": str(settings.KEYRING),
        "ONEWINDOW_SECRET_KEY": "x" * 60,
        "ONEWINDOW_SMS": f"http://{ACCOUNT}:{SECRET.replace(' ', '%20')}@{provider.address}/send",
    }
    if connection.vendor == "postgresql":
        base = connection.settings_dict
        where = f"{base['HOST']}:{base['PORT']}/{base['NAME']}"
        environment["ONEWINDOW_DATABASE_URL"] = f"postgresql://{base['USER']}@{where}"
    else:
        migrate = "import django; from django.core.management import call_command; django.setup(); call_command('migrate', verbosity=0)"
        wanted = {**environment, "DJANGO_SETTINGS_MODULE": "onewindow.main.settings"}
        subprocess.run([sys.executable, "-c", migrate], env=wanted, check=True)

    def start(*words):
        command = [sys.executable, str(WORKER), *map(str, words)]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    return start


def told(process):
    out, _err = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(out) if out else None


def test_a_worker_killed_in_the_middle_of_sending_loses_nothing_and_doubles_nothing(process, provider):
    told(process("post", 12))
    taken, killed = threading.Event(), threading.Event()

    def keep_waiting(handler):
        """The provider has the message; the worker never hears of it."""
        taken.set()
        killed.wait(30)

    provider.answers = [None, None, None, keep_waiting]
    victim = process("deliver")
    assert taken.wait(30)
    victim.kill()
    victim.communicate()
    killed.set()
    assert len(provider.delivered) == 4

    rows = told(process("figures"))["rows"]
    assert sorted(state for _reference, state, _tries in rows) == ["sending"] + ["sent"] * 3 + ["waiting"] * 8
    first = told(process("deliver"))  # the lease still holds, and what stands behind it in its lane waits
    assert first["sent"] == 6
    again = told(process("deliver", LEASE + 1))
    assert first["sent"] + again["sent"] == 9
    rows = told(process("figures"))["rows"]
    assert {state for _reference, state, _tries in rows} == {"sent"}
    assert sum(tries for _reference, _state, tries in rows) == 13
    requested = [message_id for message_id, _began, _ended in provider.requests]
    assert len(requested) == 13  # one of them twice,
    assert len(provider.delivered) == 12  # and every phone rang once
    assert set(provider.delivered) == {reference for reference, _state, _tries in rows}


def test_several_workers_at_once_never_send_one_message_at_the_same_time_and_keep_every_lane_in_order(
    process, provider
):
    count = 60
    provider.slow = 0.02
    told(process("post", count))
    workers = [process("deliver") for _each in range(3)]
    done = [told(one)["sent"] for one in workers]
    while sum(done) < count and len(done) < 10:
        done.append(told(process("deliver"))["sent"])  # a worker stops when every lane is in other hands
    assert sum(done) == count
    assert sum(sent > 0 for sent in done) > 1
    assert len(provider.requests) == len(provider.delivered) == count

    lanes: dict[str, list[tuple[int, float, float]]] = {}
    for message_id, began, ended in sorted(provider.requests, key=lambda one: one[1]):
        to, text = provider.delivered[message_id]
        lanes.setdefault(to, []).append((int(text[1:-1]), began, ended))
    assert len(lanes) == 4
    for sent in lanes.values():
        assert sent == sorted(sent)
        assert all(before[2] < after[1] for before, after in pairwise(sent))
