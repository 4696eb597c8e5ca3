"""The keys of this bureau, from the files that the settings name."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.fields import Keyring, read_keyring, write_keyring
from onewindow.kernel.crypto.keys import PrivateKey, PublicKey, read_private_key, read_public_key


def keyring() -> Keyring:
    """The keys of personal fields; read again when the file was replaced. Raises CryptoError and OSError."""
    path: Path = settings.KEYRING
    now = path.stat()
    return _read(path, now.st_ino, now.st_mtime_ns)


@lru_cache(maxsize=1)
def _read(path: Path, _file: int, _written: int) -> Keyring:
    return read_keyring(path)


def replace_keyring(before: Keyring, ring: Keyring) -> None:
    """Put another keyring in the place of the present one, whole or not at all; every process takes it up at once.

    before  what the new one was made of: a key that somebody else added meanwhile is not lost
    Raises CryptoError where somebody else changes it too, and OSError.
    """
    path: Path = settings.KEYRING
    fresh = path.with_name(path.name + ".new")
    try:
        write_keyring(fresh, ring)
    except FileExistsError:
        told = (
            f"文件 {fresh} 已存在：有人正在更换密钥，或者上次更换时中断。确认没有人在更换后，请删除它再试。"
        )
        raise CryptoError(told) from None
    try:
        if read_keyring(path) != before:
            raise CryptoError("密钥环刚被别人更换过，请查看后再试。")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@cache
def ledger_key() -> PrivateKey:
    """What signs the roots of days. Raises CryptoError and OSError."""
    return read_private_key(settings.LEDGER_KEY.read_bytes())


def trusted_keys() -> dict[str, PublicKey]:
    """Public keys that verification trusts, by fingerprint: files *.pem of a folder, kept apart from the database."""
    found = (read_public_key(path.read_bytes()) for path in sorted(settings.TRUSTED_KEYS.glob("*.pem")))
    return {key.fingerprint: key for key in found}


def announced_keys() -> frozenset[str]:
    """Fingerprints of keys that took over without the old key's word, because it was lost: see docs/ledger.md.

    From `announced.txt` in the folder of the trusted keys, one on each line; what follows a # is a remark.
    """
    path = settings.TRUSTED_KEYS / "announced.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return frozenset(line.split("#")[0].strip().lower() for line in lines) - {""}
