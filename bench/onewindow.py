"""Our own server for benchmarks: a fresh installation on a fresh database, clerks with tokens, the web process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.clients import Client
from bench.granian import ROOT, served
from bench.postgres import fresh_database

FOLDER = ROOT / "out" / "bench" / "onewindow"
CLERKS = 8
UNIT = "bench"
OWNERS = 1000


@dataclass(frozen=True)
class Installation:
    """`environment`: what its processes run with; `tokens`: of clerks who may take every step."""

    environment: dict[str, str]
    tokens: tuple[str, ...]

    def run(self, *program: str) -> str:
        """The output of a Python program (`-m module …` or `-c text`) in this installation."""
        done = subprocess.run(
            [sys.executable, *program],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def client(self, port: int) -> Client:
        """A client; which clerk it is follows from the process it runs in."""
        return Client(port, {"Authorization": f"Bearer {self.tokens[os.getpid() % len(self.tokens)]}"})


def install(database: str) -> Installation:
    """A fresh installation; `database`: "sqlite" or the name of a database on the private PostgreSQL."""
    folder = FOLDER / database
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONEWINDOW_")}
    environment |= {
        "ONEWINDOW_DATA": str(folder),
        "ONEWINDOW_SECRET_KEY": "only-for-this-benchmark-" * 3,
        "ONEWINDOW_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "onewindow.main.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    if database != "sqlite":
        environment["ONEWINDOW_DATABASE_URL"] = fresh_database(database)
    found = Installation(environment, ())
    tokens = json.loads(found.run("-m", "bench.onewindow").splitlines()[-1])
    return Installation(environment, tuple(tokens))


@contextmanager
def serving(installation: Installation, processes: int = 2) -> Iterator[int]:
    """Its port, while it serves."""
    with served("onewindow.main.wsgi:application", processes, installation.environment) as port:
        yield port


def life(one: Client, number: int) -> None:
    """A case is submitted, accepted, read; every tenth time a list of 100."""
    body = {
        "kind": "permit",
        "step": "submit",
        "unit": UNIT,
        "title": "食品经营许可",
        "owner": f"p-{number % OWNERS:05d}",
        "facts": {"note": "材料齐全"},
    }
    key = f"{os.getpid()}-{number}"
    taken = one.json("create", "POST", "/api/v1/matters", body, headers={"Idempotency-Key": key})
    address = f"/api/v1/matters/{taken['id']}"
    one.json(
        "step",
        "POST",
        f"{address}/steps/accept",
        {},
        headers={"Idempotency-Key": f"{key}-a", "If-Match": '"1-0-0"'},
    )
    one.json("read", "GET", address)
    if number % 10 == 0:
        one.json("list", "GET", "/api/v1/matters?waits_for=officer&limit=100")


def _prepare() -> None:
    """Inside the installation: keys, tables, one unit, clerks with tokens; prints the tokens."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from onewindow.kernel.crypto.fields import fresh_keyring, write_keyring
    from onewindow.kernel.crypto.sm2 import generate

    call_command("migrate", verbosity=0)
    write_keyring(settings.KEYRING, fresh_keyring())
    key = generate()
    Path(settings.LEDGER_KEY).write_text(key.to_pem(), encoding="utf-8")
    settings.TRUSTED_KEYS.mkdir()
    (settings.TRUSTED_KEYS / "bench.pem").write_text(key.public.to_pem(), encoding="utf-8")
    _units()
    print(json.dumps([_clerk(number) for number in range(CLERKS)]))


def _units() -> None:
    """The window, and below it the units of `histories`: so its clerks see all cases that are loaded."""
    from bench.histories import UNITS
    from onewindow.people.models import Unit

    bureau = Unit.objects.create(code=UNIT, name="窗口", kind=Unit.Kind.BUREAU)
    for number in range(UNITS):
        name = f"u-{number:02d}"
        Unit.objects.create(code=name, name=name, kind=Unit.Kind.DEPARTMENT, parent=bureau)


def _clerk(number: int) -> str:
    from datetime import timedelta

    from onewindow.kernel.actor import Actor
    from onewindow.kernel.api import PLATFORM_UNIT
    from onewindow.kernel.moment import today
    from onewindow.kernel.procedure import Role
    from onewindow.people.models import Account, Assignment, Unit
    from onewindow.people.tokens import SCOPES, issue

    unit = Unit.objects.get(code=UNIT)
    account = Account(reference=f"a-{number}", login=f"clerk-{number}", name="窗口", kind=Account.Kind.STAFF)
    account.set_unusable_password()
    account.save()
    for role in (Role.WINDOW, Role.OFFICER, Role.APPROVER):
        Assignment.objects.create(account=account, unit=unit, role=role.value, since=today())
    security = Actor("a-security", "", {Role.SECURITY_ADMIN: frozenset({PLATFORM_UNIT})})
    return issue(account, "bench", SCOPES, today() + timedelta(days=30), security)


if __name__ == "__main__":
    _prepare()
