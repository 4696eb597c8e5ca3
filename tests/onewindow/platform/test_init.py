"""A new installation: keys that are made once, a database, three administrators."""

import sqlite3
import uuid
from urllib.parse import urlsplit

import pytest

from tests.onewindow.platform.installations import POSTGRES, SUBMIT, wait_until


def test_keys_are_made_once_and_never_replaced(installed):
    before = {file.name: file.read_bytes() for file in installed.data.glob("*key*") if file.is_file()}
    told = installed.run("init", expect=1)
    assert "已有账户" in told
    assert {file.name: file.read_bytes() for file in installed.data.glob("*key*") if file.is_file()} == before
    assert all(file.stat().st_mode & 0o077 == 0 for file in installed.data.glob("*key*") if file.is_file())


def test_init_gives_three_administrators_who_can_log_in_once(installed):
    logins = [
        line.split()[2] for line in installed.told.split("\n") if "初始口令 " in line and "登录名" in line
    ]
    assert logins == ["sysadmin", "secadmin", "auditadmin"]
    told = installed.python(
        "from onewindow.people.api import Account, actor_of\n"
        "for one in Account.objects.order_by('pk'):\n"
        "    row = one.passwords.get()\n"
        "    print(one.login, row.initial, *sorted(role.value for role in actor_of(one).grants))\n"
    )
    assert told.split("\n")[:3] == [
        "sysadmin True system-admin",
        "secadmin True security-admin",
        "auditadmin True audit-admin",
    ]
    for password in installed.told.split("初始口令 ")[1:]:
        assert len(password.split()[0]) == 16


def test_sqlite_works_in_wal_and_refuses_replace(installed):
    if "ONEWINDOW_DATABASE_URL" in installed.environment:
        pytest.skip("SQLite's own")
    with sqlite3.connect(installed.data / "onewindow.sqlite3") as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    told = installed.python(
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    print(cursor.execute('PRAGMA recursive_triggers').fetchone()[0])\n"
    )
    assert told == "1\n"


@pytest.mark.skipif(not POSTGRES, reason="PostgreSQL's own")
def test_a_role_that_owns_nothing_is_enough_to_run_and_cannot_touch_the_ledger(installed):
    import psycopg

    owner = installed.environment["ONEWINDOW_DATABASE_URL"]
    role = "onewindow_" + uuid.uuid4().hex[:8]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{role}" LOGIN')
        connection.execute(installed.run("grants", role))
    address = urlsplit(owner)
    installed.environment["ONEWINDOW_DATABASE_URL"] = address._replace(
        netloc=f"{role}@{address.hostname}:{address.port}"
    ).geturl()
    try:
        assert "错误[" not in installed.run("check")
        with installed.started("serve") as running:
            wait_until(lambda: installed.get("/readyz")[0] == 200)
            installed.python(SUBMIT)
            assert running.stop() == 0
            assert not [one for one in running.events() if one["level"] == "ERROR"]
        installed.run("backup", "-o", str(installed.folder / "backup.tar"))
        installed.run("keys", "rotate")
        installed.run("keys", "reseal")
        installed.run("ledger", "verify")
        with psycopg.connect(installed.environment["ONEWINDOW_DATABASE_URL"], autocommit=True) as connection:
            for act in (
                "DELETE FROM kernel_entry",
                "UPDATE kernel_entry SET facts = ''",
                "TRUNCATE kernel_entry",
                "ALTER TABLE kernel_entry DISABLE TRIGGER ALL",
                "DROP TRIGGER kernel_entry_guard ON kernel_entry",
                "DELETE FROM kernel_version",
                "UPDATE kernel_feedorigin SET ahead = 0",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(act)
    finally:
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f'DROP OWNED BY "{role}"')
            connection.execute(f'DROP ROLE "{role}"')
