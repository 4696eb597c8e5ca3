"""The database as one file and back: a consistent copy while others write."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from onewindow.main.backups.archive import BackupError

Told = Callable[[str], None]  # is told how far it is, in Chinese
Ask = Callable[[str], list[tuple[Any, ...]]]
INSTALLED = Path("/usr/lib/postgresql")  # where Debian and Ubuntu put several versions side by side
_STEP_PAGES = 4096
_OURS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "host", "port", "user", "dbname")


@contextmanager
def dumped(target: Path, told: Told) -> Iterator[Ask]:
    """Write the database into `target`; gives how to ask, in SQL, exactly what was written. Raises BackupError."""
    if connection.vendor == "postgresql":
        with _dumped_postgres(target) as ask:
            yield ask
    else:
        with _dumped_sqlite(target, told) as ask:
            yield ask


def load(source: Path) -> None:
    """Fill an empty database out of such a file. Raises BackupError; then nothing was changed."""
    if connection.vendor == "postgresql":
        _load_postgres(source)
    else:
        _load_sqlite(source)


def is_empty() -> bool:
    """Whether the database has no tables at all."""
    return not connection.introspection.table_names()


# --- SQLite ---------------------------------------------------------------------------------


@contextmanager
def _dumped_sqlite(target: Path, told: Told) -> Iterator[Ask]:
    """A snapshot is held while pages are copied, so writers do not have the copy begin anew."""
    connection.ensure_connection()
    address = f"file:{connection.settings_dict['NAME']}?mode=ro"
    source = sqlite3.connect(address, uri=True, isolation_level=None)
    copy = sqlite3.connect(target)

    def progress(_status: int, left: int, total: int) -> None:
        told(f"数据库 {_share(total - left, total)}")

    try:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_STEP_PAGES, progress=progress)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
        yield lambda sql: copy.execute(sql).fetchall()
    finally:
        copy.close()
        source.close()


def _share(done: int, total: int) -> str:
    return f"{done * 100 // max(total, 1)}%"


def _load_sqlite(source: Path) -> None:
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    part = target.with_name(f"{target.name}.part")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    with sqlite3.connect(part) as copy:
        told = copy.execute("PRAGMA integrity_check").fetchone()[0]
    copy.close()
    if told != "ok":
        part.unlink()
        raise BackupError(f"备份里的数据库损坏：{told}")
    for companion in ("-wal", "-shm"):
        target.with_name(target.name + companion).unlink(missing_ok=True)
    part.replace(target)


# --- PostgreSQL -----------------------------------------------------------------------------


@contextmanager
def _dumped_postgres(target: Path) -> Iterator[Ask]:
    def ask(sql: str) -> list[tuple[Any, ...]]:
        cursor.execute(sql)
        return list(cursor.fetchall())

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        ((snapshot,),) = ask("SELECT pg_export_snapshot()")
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )
        yield ask


def _load_postgres(source: Path) -> None:
    _run(
        "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(source)
    )
    connection.close()


def _run(program: str, *arguments: str) -> None:
    parameters: dict[str, Any] = connection.get_connection_params()
    password = parameters.get("password")
    address = make_conninfo(**{name: parameters[name] for name in _OURS if parameters.get(name)})
    environment = {
        **os.environ,
        **({"PGPASSWORD": str(password)} if password else {}),
    }  # never an argument: ps shows those
    target = f"--dbname={address}"
    done = subprocess.run(  # noqa: S603 - found by us, arguments are ours
        [found(program), target, *arguments], env=environment, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().split("\n")[0]
        told = f"{program} 没有完成：{said}"
        if "server version mismatch" in done.stderr:
            told += "。请安装与数据库服务器同一版本的客户端程序：apt-get install postgresql-client-版本"
        raise BackupError(told)


def found(program: str) -> str:
    """Where one of PostgreSQL's programs is: the newest, since an older one refuses a newer server.

    Raises BackupError.
    """
    installed = [path for path in INSTALLED.glob(f"*/bin/{program}") if path.parent.parent.name.isdigit()]
    if installed:
        return str(max(installed, key=lambda path: int(path.parent.parent.name)))
    psql = shutil.which("psql")
    beside = str(Path(psql).resolve().parent) if psql else None
    named = shutil.which(program) or (beside and shutil.which(program, path=beside))
    if not named:
        raise BackupError(
            f"没有找到 {program}。请安装 PostgreSQL 的客户端程序，如 Debian、Ubuntu：apt-get install postgresql-client"
        )
    return named
