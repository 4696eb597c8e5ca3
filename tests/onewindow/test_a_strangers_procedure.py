"""The procedure that CONTRIBUTING.md shows is built from that page, and lived through."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`lost_property/([\w.]+)`\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))

LIFE = """
from datetime import date, datetime
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)

from onewindow.kernel import moment
from onewindow.kernel.api import Actor, Matter, NotAllowed, Subject, begin, move, REGISTRY
from onewindow.kernel.legal_time import SHANGHAI
from onewindow.kernel.measures import Period
from onewindow.kernel.measuring import measured
from onewindow.kernel.procedure import Role

clerk = Actor("a-1", "窗口", {Role.WINDOW: frozenset({"bureau"})})
with moment.set_to(datetime(2026, 9, 24, 9, tzinfo=SHANGHAI)):
    umbrella = begin("lost-property", "find", clerk, {"where": "大厅"}, subject=Subject("bureau", "雨伞")).matter
    glove = begin("lost-property", "find", clerk, {"where": "门口"}, subject=Subject("bureau", "手套")).matter
with moment.set_to(datetime(2026, 9, 28, 9, tzinfo=SHANGHAI)):
    try:
        move(umbrella.id, "sell", clerk, {"reason": "无人认领"})
    except NotAllowed:
        print("refused")
    move(umbrella.id, "give_back", clerk, {"owner": "某人", "proven": True})
print(Matter.objects.get(pk=umbrella.id).state, glove.due)
print(measured(REGISTRY.measures["lost.returned"], Period.year(2026)).value)
"""


def test_it_takes_less_than_sixty_lines_in_one_folder():
    assert set(FILES) == {"__init__.py", "procedure.py", "measures.py", "terms.toml"}
    assert sum(len([line for line in text.splitlines() if line.strip()]) for text in FILES.values()) < 60


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "lost_property").mkdir()
    for name, text in FILES.items():
        (tmp_path / "lost_property" / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(folder, program):
    keys = folder / "keyring.json"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ONEWINDOW_")},
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT / "src")]),
        "DJANGO_SETTINGS_MODULE": "onewindow.main.settings",
        "ONEWINDOW_DATA": str(folder),
        "ONEWINDOW_APPS": "lost_property",
        "ONEWINDOW_KEYRING": str(keys),
    }
    if not keys.exists():
        from onewindow.kernel.crypto.fields import fresh_keyring, write_keyring

        write_keyring(keys, fresh_keyring())
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=120
    )


def test_it_lives_with_its_deadline_and_its_measure(folder):
    """Ten working days from 24 September 2026, across the Mid-Autumn Festival and National Day."""
    done = run(folder, LIFE)
    assert done.returncode == 0, done.stderr
    # counted: 28–30 September, 8–10 October (Saturday 10 is worked), 12–15 October; 20 September is before
    assert done.stdout.split("\n")[:3] == ["refused", "returned 2026-10-15", "50.00"]


def test_an_unsound_one_does_not_start_and_says_why(folder):
    procedure = folder / "lost_property" / "procedure.py"
    procedure.write_text(
        procedure.read_text(encoding="utf-8").replace("Clock.STOP", "Clock.NONE"), encoding="utf-8"
    )
    done = run(folder, "import django; django.setup()")
    assert done.returncode != 0
    assert "PR09" in done.stderr
    assert "没有停止计时的环节" in done.stderr
