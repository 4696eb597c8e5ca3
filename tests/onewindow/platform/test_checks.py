"""Checks before a start: everything that is not right, at once, each with how to mend it."""

import os

import pytest
from django.core.checks import run_checks
from django.db import connection

from onewindow.kernel import guards
from onewindow.kernel.api import Subject, begin
from onewindow.kernel.crypto.fields import fresh_keyring, write_keyring
from onewindow.kernel.crypto.sm2 import generate
from onewindow.main import layers
from onewindow.main.checks import TAG
from tests.onewindow.people import APPLICANT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def right(settings, tmp_path):
    """Everything is as it should be, for each test to spoil."""
    settings.DATA = tmp_path / "var"
    settings.DATA.mkdir(mode=0o700)
    settings.SECRET_KEY = "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz"
    (settings.DATA / "secret-key").write_text(settings.SECRET_KEY)
    (settings.DATA / "secret-key").chmod(0o600)
    settings.STORAGE = str(settings.DATA / "documents")
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.KEYRING = settings.DATA / "keyring.json"
    settings.LEDGER_KEY = settings.DATA / "ledger-key.pem"
    settings.TRUSTED_KEYS = settings.DATA / "trusted-keys"
    settings.TRUSTED_KEYS.mkdir()
    write_keyring(settings.KEYRING, fresh_keyring())
    key = generate()
    settings.LEDGER_KEY.write_text(key.to_pem())
    settings.LEDGER_KEY.chmod(0o600)
    (settings.TRUSTED_KEYS / "one.pem").write_text(key.public.to_pem())


@pytest.fixture(autouse=True)
def _spring(on):
    with on("2026-05-06 09:00"):
        yield


def found() -> dict[str, str]:
    """Code -> words and hint of everything that is not right; the clock stands in May 2026."""
    named = {"onewindow.E205"}  # the database's own clock knows nothing of the test's
    return {
        one.id.removeprefix("onewindow."): f"{one.msg} {one.hint}"
        for one in run_checks(tags=[TAG], include_deployment_checks=True)
        if one.id not in named
    }


def test_nothing_is_wrong():
    assert found() == {}


def test_all_complaints_come_at_once(settings, tmp_path):
    settings.SECRET_KEY = "short"
    settings.KEYRING = tmp_path / "nowhere.json"
    settings.LEDGER_KEY = tmp_path / "nowhere.pem"
    settings.DATA = tmp_path / "nowhere"
    assert {"E101", "E104", "E106", "E107"} <= found().keys()


def test_a_secret_that_is_long_but_simple(settings):
    settings.SECRET_KEY = "ab" * 40
    assert "E104" in found()


def test_secrets_that_others_may_read(settings):
    for file in (settings.DATA / "secret-key", settings.KEYRING, settings.LEDGER_KEY):
        file.chmod(0o644)
    told = found()
    assert {"E105", "E106", "E108"} == told.keys()
    assert all("chmod 600" in one for one in told.values())


def test_a_data_folder_that_others_may_enter(settings):
    settings.DATA.chmod(0o755)
    assert "chmod o=" in found()["W103"]


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_cannot_be_written(settings):
    settings.DATA.chmod(0o500)
    assert "E102" in found()


def test_keys_that_are_damaged(settings):
    settings.KEYRING.write_text("{}")
    settings.LEDGER_KEY.write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    assert {"E106", "E107"} == found().keys()


def test_a_signing_key_that_nobody_trusts(settings):
    settings.LEDGER_KEY.write_text(generate().to_pem())
    assert "公钥" in found()["E109"]


def test_documents_that_cannot_be_stored(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.STORAGE = str(tmp_path / "file" / "documents")
    assert "E113" in found()


def test_open_to_the_world_in_the_clear(settings):
    settings.ALLOWED_HOSTS = ["spj.example.gov.cn"]
    settings.ORIGINS = []
    settings.DEBUG = True
    # the tests' own database user may everything, and their messages stay here
    assert {"E110", "W111", "W112"} == found().keys() - {"W204", "W131"}


# --- the database ---------------------------------------------------------------------------


def test_a_ledger_whose_guards_were_lifted():
    with connection.cursor() as cursor:
        for statement in guards.lift_statements(connection.vendor):
            cursor.execute(statement)
    try:
        assert "kernel_entry_guard" in found()["E211"]
    finally:
        with connection.cursor() as cursor:
            for statement in guards.set_statements(connection.vendor):
                cursor.execute(statement)


def test_a_clock_that_was_set_back(on):
    begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=Subject("bureau", "许可", "p-1"))
    with on("2026-05-05 09:00"):
        assert "2026-05-06 09:00" in found()["E210"]


def test_a_year_whose_notice_is_missing(on):
    with on("2026-11-14 09:00"):
        assert "W214" not in found()
    with on("2026-11-15 09:00"):
        assert "2027年" in found()["W214"]
    with on("2027-01-01 09:00"):
        assert "2027年" in found()["E214"]


def test_migrations_that_were_not_made(monkeypatch):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_unapplied("main", "0001_initial")
    told = found()
    assert "main.0001_initial" in told["E208"]
    assert "onewindow migrate" in told["E208"]


def test_a_database_of_a_newer_program():
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_applied("main", "0999_of_tomorrow")
    assert "main.0999_of_tomorrow" in found()["E209"]


def test_a_feed_that_would_run_backwards(monkeypatch):
    from onewindow.main import database_checks

    monkeypatch.setattr(database_checks, "feed_is_behind", lambda: True)
    assert "rebase_feed" in found()["E213"]


def test_a_database_that_cannot_be_reached(empty):
    empty.run("init")
    told = empty.run(
        "check", expect=1, ONEWINDOW_DATABASE_URL="postgresql://nobody:hunter2@127.0.0.1:1/nowhere"
    )
    assert "127.0.0.1:1，库 nowhere" in told
    assert "hunter2" not in told


def test_a_database_file_that_is_none(empty):
    empty.environment.pop("ONEWINDOW_DATABASE_URL", None)
    empty.data.mkdir(mode=0o700)
    (empty.data / "onewindow.sqlite3").write_bytes(b"not a database at all, but long enough" * 40)
    assert "E201" in empty.run("check", expect=1)


def test_a_new_installation_is_right(installed):
    told = installed.run("check")
    assert "错误" not in told.replace("错误 0", "")


def test_a_fresh_machine_is_told_to_begin_with_init(empty):
    told = empty.run("check", expect=1)
    assert "onewindow init" in told
    for code in ("E101", "E104", "E106", "E107"):
        assert f"错误[{code}]" in told


# --- the order of areas ---------------------------------------------------------------------


def test_foreign_keys_point_downward():
    assert list(layers.misplaced()) == []


def test_one_that_points_upward_is_found():
    from django.db import models

    from onewindow.kernel.models import Matter

    class Impossible(models.Model):
        up = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
        own = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "kernel"
            managed = False

        __module__ = "onewindow.kernel.models.impossible"

    from django.apps import apps

    try:
        assert list(layers.misplaced()) == ["kernel.Impossible.up → people.Account"]
    finally:
        del apps.all_models["kernel"]["impossible"]
        apps.clear_cache()
