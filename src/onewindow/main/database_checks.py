"""What must be right about the database, the clock and the calendar before anything starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's names
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from onewindow.kernel import guards, moment
from onewindow.kernel.api import Entry
from onewindow.kernel.dossiers import guards as of_dossiers
from onewindow.kernel.feed import feed_is_behind
from onewindow.kernel.law import law
from onewindow.kernel.legal_time import CalendarError, TermError
from onewindow.main.checks import TAG

OLDEST_POSTGRES = 140000
OLDEST_SQLITE = (3, 38)
_SKEW_S = 5
_NOTICE_DUE = (
    11,
    15,
)  # month and day: the notice is out by then, and terms that begin now end in the next year


@register(TAG, deploy=True)
def database(**_named: Any) -> list[CheckMessage]:
    """The database, and then what stands in it."""
    if any(one.variable == "ONEWINDOW_DATABASE_URL" for one in settings.ENVIRONMENT.complaints):
        return []  # said already
    try:
        connection.ensure_connection()
        of_server = list(_postgres() if connection.vendor == "postgresql" else _sqlite())
        missing = list(_migrations())
        return [*of_server, *(missing or _content())]
    except DatabaseError as error:
        return [unreachable(error)]


def unreachable(error: DatabaseError) -> CheckMessage:
    """The complaint about a database that cannot be used."""
    database = settings.DATABASES["default"]
    if connection.vendor == "postgresql":
        where = f"{database.get('HOST') or '本机'}:{database.get('PORT') or 5432}，库 {database['NAME']}"
        hint = f"请检查 PostgreSQL 是否在运行、ONEWINDOW_DATABASE_URL 里的主机、库名、用户和口令（{where}）。"
    else:
        hint = f"请检查 {database.get('NAME')} 所在目录是否存在、能否写入，文件是否损坏。"
    told = str(error).strip().split("\n")[0]
    return Error(f"数据库用不了：{told}", hint=hint, id="onewindow.E201")


def _postgres() -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding),"
            " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),"
            " extract(epoch FROM clock_timestamp()) FROM pg_database WHERE datname = current_database()"
        )
        version, encoding, superuser, epoch = cursor.fetchone()
    if version < OLDEST_POSTGRES:
        yield Error(
            f"PostgreSQL 的版本是 {version // 10000}，至少要 {OLDEST_POSTGRES // 10000}。",
            hint="请升级数据库。",
            id="onewindow.E202",
        )
    if encoding != "UTF8":
        hint = "请新建库：CREATE DATABASE 库名 ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"
        yield Error(f"数据库的编码是 {encoding}，应为 UTF8。", hint=hint, id="onewindow.E203")
    if superuser and not settings.ALLOWED_HOSTS[0].startswith(("localhost", "127.")):
        hint = "请为本程序单独建一个用户，只给它需要的权限，见 docs/operation.md。"
        yield Warning("程序以数据库超级用户连接。", hint=hint, id="onewindow.W204")
    if abs(float(epoch) - moment.now_us() / 1e6) > _SKEW_S:
        hint = "请让两台机器都与时间服务器同步。"
        yield Error(
            f"本机时钟与数据库服务器相差超过 {_SKEW_S} 秒，期限会算错。", hint=hint, id="onewindow.E205"
        )


def _sqlite() -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = str(cursor.fetchone()[0])
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if tuple(map(int, version.split("."))) < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        yield Error(f"SQLite 的版本是 {version}，至少要 {needed}。", hint="请升级系统。", id="onewindow.E206")
    if mode not in ("wal", "memory"):
        hint = "WAL 需要本机磁盘：数据目录不要放在网络文件系统上；或改用 PostgreSQL。"
        yield Error(f"SQLite 没有工作在 WAL 模式，而是 {mode}。", hint=hint, id="onewindow.E207")


def _migrations() -> Iterator[CheckMessage]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        waiting = "、".join(f"{migration.app_label}.{migration.name}" for migration, _ in plan[:5])
        yield Error(
            f"数据库的表还不是这一版程序的，有 {len(plan)} 项升级没有做：{waiting}{'……' if len(plan) > 5 else ''}",
            hint="请先备份，再执行 onewindow migrate。",
            id="onewindow.E208",
        )
    ours = {name.split(".")[-1] for name in settings.INSTALLED_APPS if name.startswith("onewindow.")}
    unknown = [
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations
        if app in ours and (app, name) not in executor.loader.disk_migrations and not _squashed(executor, app)
    ]
    if unknown:
        hint = "请使用较新的程序；旧程序不能用新的数据库。"
        yield Error(f"数据库属于较新的程序：{'、'.join(sorted(unknown)[:5])}", hint=hint, id="onewindow.E209")


def _squashed(executor: MigrationExecutor, app: str) -> bool:
    """Names that a squashed migration replaced are in the database and no longer on the disk."""
    return any(key[0] == app and one.replaces for key, one in executor.loader.disk_migrations.items())


def _content() -> Iterator[CheckMessage]:
    yield from _clock()
    yield from _guards()
    yield from _calendar()
    if feed_is_behind():
        hint = "请停下服务，执行 onewindow manage shell -c 'from onewindow.kernel.feed import rebase_feed; rebase_feed()'。"
        yield Error(
            "数据库换过服务器或恢复过，变更流的次序会倒退，读取接口的系统会漏掉新的经过。",
            hint=hint,
            id="onewindow.E213",
        )


def _clock() -> Iterator[CheckMessage]:
    last = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    if last is not None and last > moment.now_us() + _SKEW_S * 1_000_000:
        hint = "请校准本机时钟；若是时钟曾经走快，等它追上之前，新的经过都会记为台账最后的时刻。"
        yield Error(
            f"本机时钟（{moment.now():%Y-%m-%d %H:%M}）早于台账最后一条经过（{moment.at(last):%Y-%m-%d %H:%M}）。",
            hint=hint,
            id="onewindow.E210",
        )


def _guards() -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {row[0] for row in cursor.fetchall()}
    statements = (*guards.set_statements(connection.vendor), *of_dossiers.set_statements(connection.vendor))
    wanted = set(re.findall(r"CREATE TRIGGER (\w+)", " ".join(statements)))
    if missing := sorted(wanted - there):
        hint = "有人改动过数据库。请查明原因，执行 onewindow ledger verify 核验台账，再从备份恢复。"
        told = f"数据库里保护台账的触发器不全：缺 {'、'.join(missing)}。"
        yield Error(told, hint=hint, id="onewindow.E211")


def _calendar() -> Iterator[CheckMessage]:
    today = moment.today()
    try:
        years = law().calendar.years
    except (CalendarError, TermError) as error:
        yield Error(f"工作日历或时限配置用不了：{error}", id="onewindow.E212")
        return
    due = today >= date(today.year, *_NOTICE_DUE)
    wanted = today.year + 1 if due else today.year
    if wanted not in years:
        hint = f"请导入《国务院办公厅关于{wanted}年部分节假日安排的通知》：onewindow calendar import 文件"
        told = f"{wanted}年的放假安排没有装载，到那一年的期限推算不出来。"
        yield (
            Warning(told, hint=hint, id="onewindow.W214")
            if due
            else Error(told, hint=hint, id="onewindow.E214")
        )
