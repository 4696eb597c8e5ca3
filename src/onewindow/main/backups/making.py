"""Making a backup while the platform runs.

The database is copied first and the documents after it: a document is stored before the row that names it, so
every one that the copied database names is there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from onewindow.kernel import moment
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.fields import Keyring, read_keyring
from onewindow.kernel.crypto.sm3 import hmac_sm3
from onewindow.kernel.dossiers.store import Blob, Missing, StoreError, store
from onewindow.main.backups import archive, dumping
from onewindow.main.backups.archive import BackupError, Manifest, Writer
from onewindow.main.backups.dumping import Ask, Told

_PACKAGE = "openbook-onewindow"
_EVERY = 200  # documents between two words about how far it is


def make(target: Path, with_keys: bool, told: Told) -> Manifest:
    """Write a backup into a new file; gives what it holds. Raises BackupError, OSError."""
    if target.exists():
        raise BackupError(f"{target} 已经存在，请换一个文件名。")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
        database = Path(folder) / archive.DATABASES[connection.vendor]
        with dumping.dumped(database, told) as ask:
            manifest = _of_database(ask)
        told("数据库已复制")
        files = {database.name: database, **dict(_files(with_keys))}
        try:
            return _written(target, manifest, files, told)
        except Missing as error:
            raise BackupError(f"{error.message}若它是刚刚被申请人撤回的，请再备份一次。") from None
        except StoreError as error:
            raise BackupError(error.message) from None


def key_marks(keyring: Keyring) -> dict[str, str]:
    """For each key of personal fields something that is the same for the same key, and tells nothing of it."""
    named = {**keyring.keys, "index": keyring.index}
    return {name: hmac_sm3(key, b"onewindow.backup.1 mark").hex() for name, key in named.items()}


def _written(target: Path, manifest: Manifest, files: dict[str, Path], told: Told) -> Manifest:
    blobs = list(store().blobs())
    manifest = replace(
        manifest,
        documents=len(blobs),
        document_bytes=sum(blob.size for blob in blobs),
        document_names=archive.digest_of_names([archive.DOCUMENTS + blob.digest for blob in blobs]),
        members={name: _digest(path) for name, path in files.items()},
    )
    with archive.writing(target) as writer:
        writer.manifest(manifest)
        for name, path in files.items():
            with path.open("rb") as file:
                writer.content(name, file, path.stat().st_size)
        _documents(writer, blobs, told)
    return manifest


def _documents(writer: Writer, blobs: list[Blob], told: Told) -> None:
    for number, blob in enumerate(blobs, 1):
        with store().open(blob.digest) as file:
            writer.content(archive.DOCUMENTS + blob.digest, file, blob.size)
        if not number % _EVERY or number == len(blobs):
            told(f"材料 {number}/{len(blobs)}")


def _of_database(ask: Ask) -> Manifest:
    migrations: dict[str, list[str]] = {}
    for app, name in ask("SELECT app, name FROM django_migrations ORDER BY app, name"):
        migrations.setdefault(app, []).append(name)
    engine = ask("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")[0][0]
    try:
        marks = key_marks(read_keyring(settings.KEYRING))
    except (CryptoError, OSError) as error:
        raise BackupError(f"个人信息的密钥环不能读取：{error}") from None
    return Manifest(
        made=moment.now().isoformat(timespec="seconds"),
        program=version(_PACKAGE),
        database=connection.vendor,
        engine=str(engine),
        migrations=migrations,
        keyring=marks,
        entries=ask("SELECT count(*) FROM kernel_entry")[0][0],
        matters=ask("SELECT count(*) FROM kernel_matter")[0][0],
        accounts=ask("SELECT count(*) FROM people_account")[0][0],
        documents=0,
        document_bytes=0,
        document_names="",
    )


def _files(with_keys: bool) -> Iterator[tuple[str, Path]]:
    """Names in the archive, and files of this installation."""
    trusted: Path = settings.TRUSTED_KEYS
    for path in (*sorted(trusted.glob("*.pem")), trusted / "announced.txt"):
        if path.exists():
            yield archive.TRUSTED + path.name, path
    for path in sorted((settings.DATA / "roots").glob("*.jsonl")):
        yield archive.ROOTS + path.name, path
    if with_keys:
        yield from ((archive.KEYS + name, path) for name, path in key_files().items() if path.exists())


def key_files() -> dict[str, Path]:
    """Keys of this installation: name in the archive -> file."""
    return {
        "secret-key": settings.DATA / "secret-key",
        "keyring.json": settings.KEYRING,
        "ledger-key.pem": settings.LEDGER_KEY,
        "province-key.pem": settings.PROVINCE_KEY,
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return archive.digest_of(file)
