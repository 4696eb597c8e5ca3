"""A new installation: keys that are made once, a database, three administrators."""

import sqlite3

import pytest


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
