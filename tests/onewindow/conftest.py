"""Django for the tests of OneWindow: SQLite, or PostgreSQL where ONEWINDOW_DATABASE_URL names one."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from django.core.management.commands import flush
from django.db import connections
from playwright.sync_api import sync_playwright

from onewindow.kernel import guards, law, moment
from onewindow.kernel.dossiers import guards as dossier_guards
from onewindow.kernel.legal_time import SHANGHAI
from tests.onewindow.pages.browser import ARGUMENTS, CHROMIUM, WIDE, Window

_numbers = count()


@pytest.fixture(autouse=True)
def _keys(tmp_path_factory, settings):
    """Keys drawn for the tests alone."""
    from onewindow.kernel import keys
    from onewindow.kernel.crypto.fields import fresh_keyring, write_keyring
    from onewindow.kernel.crypto.sm2 import generate

    folder = tmp_path_factory.getbasetemp() / "keys"
    if not folder.exists():
        folder.mkdir()
        write_keyring(folder / "keyring.json", fresh_keyring())
        key = generate()
        (folder / "ledger-key.pem").write_text(key.to_pem(), encoding="utf-8")
        (folder / "trusted").mkdir()
        (folder / "trusted" / "first.pem").write_text(key.public.to_pem(), encoding="utf-8")
    settings.KEYRING = folder / "keyring.json"
    settings.LEDGER_KEY = folder / "ledger-key.pem"
    settings.TRUSTED_KEYS = folder / "trusted"
    settings.STORAGE = str(folder / "documents")
    settings.DOCUMENTS_INCOMING = folder / "incoming"
    settings.DATA = folder / f"data-{next(_numbers)}"  # not made until somebody needs it
    keys.ledger_key.cache_clear()
    law._law.cache_clear()  # the calendars of another test have the same versions


@pytest.fixture
def on():
    """`with on("2026-05-06 09:00"):` it is that moment in Shanghai."""

    def at(text: str):
        return moment.set_to(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))

    return at


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """SQLite in a file, as it is used: two connections to memory would not lock as they do there."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        connections["default"].settings_dict["TEST"]["NAME"] = str(
            tmp_path_factory.mktemp("db") / "test.sqlite3"
        )


class _Flush(flush.Command):
    """Empties a test database, whose ledger refuses to be emptied."""

    def handle(self, **options):
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            for set_of in (guards, dossier_guards):
                for statement in set_of.lift_statements(connection.vendor):
                    cursor.execute(statement)
        super().handle(**{**options, "allow_cascade": True})
        with connection.cursor() as cursor:
            for set_of in (guards, dossier_guards):
                for statement in set_of.set_statements(connection.vendor):
                    cursor.execute(statement)


@pytest.fixture(autouse=True, scope="session")
def _emptied_in_spite_of_guards():
    """For the session: the database is emptied after the fixtures of a test are gone."""
    from django.core import management

    plain = management.load_command_class
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            management,
            "load_command_class",
            lambda app, name: _Flush() if name == "flush" else plain(app, name),
        )
        yield


@pytest.fixture(autouse=True)
def _every_factor_passed(monkeypatch):
    """`client.force_login(account)` leaves in the session what a whole log-in leaves there."""
    from django.test import Client

    plain = Client.force_login

    def force_login(self, user, backend=None):
        plain(self, user, backend)
        session = self.session
        session["opened_us"] = session["fresh_us"] = moment.now_us()
        session["factor"] = "totp"
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


# --- a browser -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium():
    """Closed with the module: while it is open a loop runs in this thread, and asyncio.run would be refused."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no {CHROMIUM}")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The database is still asked in turn.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium, live_server):
    """`window(reader, size)`: closed when the test is over."""
    opened: list[Window] = []

    def open_window(reader=None, size=WIDE, **more) -> Window:
        opened.append(Window(chromium, live_server.url, reader, size, **more))
        return opened[-1]

    yield open_window
    for one in opened:
        one.close()
