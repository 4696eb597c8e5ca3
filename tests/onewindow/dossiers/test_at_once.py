"""Several people at once, and a server that is killed: every version has its file, no number comes twice."""

import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, connections

from onewindow.kernel.api import (
    DocumentsUnknown,
    NotPossible,
    Request,
    Subject,
    begin,
    move,
    receive,
    withdraw_version,
)
from onewindow.kernel.dossiers.store import store
from onewindow.kernel.dossiers.sweeping import sweep
from onewindow.kernel.dossiers.verifying import verify
from onewindow.kernel.models import Version
from tests.onewindow.people import APPLICANT, CLERK

pytestmark = pytest.mark.django_db(transaction=True)

SUBJECT = Subject("bureau", "食品经营许可", "p-1")


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.STORAGE = str(tmp_path / "documents")
    settings.DOCUMENTS_INCOMING = tmp_path / "incoming"


def opened():
    return begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT).matter.id


def send(matter, content, actor=APPLICANT):
    return receive(matter, "说明", io.BytesIO(content), "说明.txt", actor)


def together(*acts):
    """All at the same moment, each with a connection of its own; what each returned or raised."""
    barrier, results = threading.Barrier(len(acts)), dict[int, object]()

    def run(number, act):
        barrier.wait()
        try:
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[number] for number in range(len(acts))]


def test_versions_sent_at_the_same_moment_are_numbered_one_after_the_other():
    matter = opened()
    sent = together(*(lambda content=b"%d" % number: send(matter, content) for number in range(6)))
    assert sorted(version.number for version in sent) == [1, 2, 3, 4, 5, 6]
    assert verify().faults == []


def test_the_same_content_sent_at_the_same_moment_is_one_file():
    matters = [opened() for _each in range(4)]
    sent = together(*(lambda matter=matter: send(matter, b"same") for matter in matters))
    assert len({version.digest for version in sent}) == 1
    assert len(list(store().blobs())) == 1
    assert verify().faults == []


def test_a_press_of_the_button_twice_is_one_version():
    matter = opened()
    sent = together(*(lambda: send(matter, b"same") for _each in range(3)))
    assert len({version.pk for version in sent}) == 1


def test_submitting_and_withdrawing_at_the_same_moment_one_of_them_wins():
    for _round in range(5):
        matter = opened()
        version = send(matter, os.urandom(8).hex().encode())
        request = Request(documents=(version.digest,))
        moved, withdrawn = together(
            lambda matter=matter, request=request: move(matter, "accept", CLERK, request=request),
            lambda version=version: withdraw_version(version.pk, APPLICANT),
        )
        assert isinstance(moved, DocumentsUnknown) != isinstance(withdrawn, NotPossible), (moved, withdrawn)
    assert verify().faults == []


def test_sweeping_while_the_same_content_comes_again_loses_nothing(settings):
    for _round in range(8):
        version = send(opened(), b"same")
        withdraw_version(version.pk, APPLICANT)
        path = Path(settings.STORAGE) / version.digest[:2] / version.digest[2:4] / version.digest
        os.utime(path, (1, 1))
        matter, left = opened(), verify().left
        _swept, sent = together(
            lambda left=left: list(sweep(left)), lambda matter=matter: send(matter, b"same")
        )
        assert isinstance(sent, Version)
        assert verify().faults == []
        withdraw_version(sent.pk, APPLICANT)


PROGRAM = """
import os, sys
import django
from onewindow.main import settings as module
module.DATABASES["default"]["NAME"] = sys.argv[5]
django.setup()
from django.conf import settings
from pathlib import Path
settings.STORAGE, settings.DOCUMENTS_INCOMING = sys.argv[2], Path(sys.argv[3])
settings.KEYRING = Path(sys.argv[4])
from onewindow.kernel.api import receive
from tests.onewindow.people import APPLICANT
import io
print("ready", flush=True)
while True:
    receive(sys.argv[1], "说明", io.BytesIO(os.urandom(200_000).hex().encode()), "说明.txt", APPLICANT)
    print("done", flush=True)
"""


def test_a_server_killed_while_it_receives_leaves_no_version_without_its_file(settings, tmp_path):
    matter, confirmed = opened(), 0
    root, database = Path(__file__).parents[3], connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "PYTHONPATH": f"{root}:{root / 'src'}",
        "DJANGO_SETTINGS_MODULE": "onewindow.main.settings",
    }
    for number in range(4):
        arguments = [matter, settings.STORAGE, settings.DOCUMENTS_INCOMING, settings.KEYRING, database]
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *map(str, arguments)], env=environment, stdout=subprocess.PIPE
        ) as receiving:
            assert receiving.stdout.readline() == b"ready\n"
            for _each in range(2):
                assert receiving.stdout.readline() == b"done\n"
            time.sleep(0.02 * number)
            receiving.kill()
            confirmed += 2 + receiving.stdout.read().count(b"done")
    result = verify(grace=-60)
    assert result.faults == []
    assert Version.objects.count() >= confirmed, "what was answered is there"
    assert [version.number for version in Version.objects.order_by("number")] == list(
        range(1, Version.objects.count() + 1)
    )
    list(sweep(result.left, grace=-60))
    assert list(Path(settings.DOCUMENTS_INCOMING).iterdir()) == []
    assert len(list(store().blobs())) == Version.objects.count()
