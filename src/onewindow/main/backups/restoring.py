"""The way back: into an empty installation, and only after the whole file was verified."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.fields import read_keyring
from onewindow.kernel.dossiers.store import StoreError, store, waiting
from onewindow.kernel.feed import rebase_feed
from onewindow.kernel.keeping.rebuilding import Tally, differences
from onewindow.kernel.keeping.verifying import Asked, Counts, verify
from onewindow.main.backups import archive, dumping
from onewindow.main.backups.archive import BackupError, Manifest, Reader
from onewindow.main.backups.dumping import Told
from onewindow.main.backups.making import key_files, key_marks

_EVERY = 200
_TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def restore(source: Path, told: Told) -> Manifest:
    """Bring an installation back as it was; gives what the backup held. Raises BackupError, OSError.

    Whether the ledger holds is asked afterwards, by `ledger_faults`.
    """
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    with archive.reading(source) as backup:
        told("正在核对备份的内容")
        faults = list(backup.faults())
        if faults:
            told_faults = "\n".join(f"  {fault}" for fault in faults[:20])
            raise BackupError(f"备份与它的清单不符，没有恢复任何内容：\n{told_faults}")
        _refuse_if_not_fitting(backup.manifest)
        _keys(backup)
        _documents(backup, told)
        _public_files(backup)
        told("正在恢复数据库")
        _database(backup)
        return backup.manifest


def _refuse_if_not_fitting(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        wanted, here = _TITLES[manifest.database], _TITLES[connection.vendor]
        raise BackupError(
            f"备份来自 {wanted}，这里设的是 {here}。请把 ONEWINDOW_DATABASE_URL 设为一个空的 {wanted} 数据库"
            f"{'（不写即为 SQLite）' if manifest.database == 'sqlite' else ''}。"
        )
    try:
        if not dumping.is_empty():
            raise BackupError("这里的数据库不是空的，没有恢复。请另建一个空的数据库或数据目录来恢复。")
    except DatabaseError as error:
        raise BackupError(f"数据库用不了：{str(error).strip()}") from None
    known = MigrationLoader(None, ignore_no_migrations=True)
    ours = {app for app, _name in known.disk_migrations}
    replaced = {key for one in known.disk_migrations.values() for key in one.replaces}
    newer = [
        f"{app}.{name}"
        for app, names in manifest.migrations.items()
        for name in names
        if app in ours and (app, name) not in known.disk_migrations and (app, name) not in replaced
    ]
    if newer:
        raise BackupError(
            f"备份是较新的程序（{manifest.program}）做的，这一版不认识：{'、'.join(newer[:5])}。请先升级程序。"
        )


def _keys(backup: Reader) -> None:
    """Put back keys that the backup holds and that are missing here; then the keyring must be the right one."""
    for name, path in key_files().items():
        if archive.KEYS + name in backup.names() and not path.exists():
            _extract(backup, archive.KEYS + name, path, 0o600)
    try:
        marks = key_marks(read_keyring(settings.KEYRING))
    except FileNotFoundError:
        raise BackupError(
            f"没有密钥环 {settings.KEYRING}，备份里也没有。请先把另外保管的密钥文件（keyring.json、"
            "ledger-key.pem、secret-key）放进数据目录。"
        ) from None
    except CryptoError as error:
        raise BackupError(str(error)) from None
    missing = sorted(name for name, mark in backup.manifest.keyring.items() if marks.get(name) != mark)
    if missing:
        raise BackupError(
            f"{settings.KEYRING} 不是备份时的密钥环（没有它的 {'、'.join(missing)}），个人信息会打不开。"
            "请换成备份那个安装当时的密钥环。"
        )


def _documents(backup: Reader, told: Told) -> None:
    names = backup.names(archive.DOCUMENTS)
    for number, name in enumerate(names, 1):
        file, path = waiting(".restored")
        try:
            with file, backup.open(name) as content:
                shutil.copyfileobj(content, file)
            store().keep(path, name.removeprefix(archive.DOCUMENTS))
        except StoreError as error:
            raise BackupError(error.message) from None
        finally:
            path.unlink(missing_ok=True)
        if not number % _EVERY or number == len(names):
            told(f"材料 {number}/{len(names)}")


def _public_files(backup: Reader) -> None:
    """Public keys and published roots; a file that is here already is left, and judged by `ledger verify`."""
    for start, folder in ((archive.TRUSTED, settings.TRUSTED_KEYS), (archive.ROOTS, settings.DATA / "roots")):
        for name in backup.names(start):
            target: Path = folder / name.removeprefix(start)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                _extract(backup, name, target, 0o644)


def _database(backup: Reader) -> None:
    with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
        name = archive.DATABASES[connection.vendor]
        file = Path(folder) / name
        _extract(backup, name, file, 0o600)
        dumping.load(file)
    call_command("migrate", verbosity=0, interactive=False)
    rebase_feed()


def _extract(backup: Reader, name: str, target: Path, mode: int) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file, backup.open(name) as content:
        shutil.copyfileobj(content, file)


def ledger_faults(told: Told) -> Iterator[str]:
    """What the ledger, and the rows of matters beside it, say of what was restored: nothing where all is well."""
    told("正在核验台账")
    for fault in verify(Asked(), Counts(), lambda entries: told(f"台账 {entries} 条")):
        yield fault.message
    told("正在对照案件与台账")
    for difference in differences(Tally()):
        yield difference.told
