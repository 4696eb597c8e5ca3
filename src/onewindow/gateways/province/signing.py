"""The bureau's key for its reports: SM2, in a file; the local stand-in draws one where there is none."""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from onewindow.gateways.province.document import SIGNED
from onewindow.kernel.crypto import sm2
from onewindow.kernel.crypto.keys import PrivateKey, PublicKey, read_private_key


def signature(key: PrivateKey, body: bytes) -> str:
    """Of a body, DER in Base64."""
    return base64.b64encode(sm2.sign(key, SIGNED + body)).decode("ascii")


def is_signed(key: PublicKey, body: bytes, claimed: str) -> bool:
    """Whether the signature, DER in Base64, is the key's for this body."""
    try:
        raw = base64.b64decode(claimed, validate=True)
    except ValueError:
        return False
    return sm2.verify(key, SIGNED + body, raw)


def private_key(path: Path) -> PrivateKey:
    """The key of a file. Raises CryptoError and OSError."""
    return _read(path, path.stat().st_mtime_ns)


def draw(path: Path) -> None:
    """Draw a key where there is none; its public half stands beside it, for the receiver (`….pub.pem`)."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, sm2.generate().to_pem(), 0o600)
    if not (public := public_path(path)).exists():
        _write(public, private_key(path).public.to_pem(), 0o644)


def public_path(path: Path) -> Path:
    """Where the public half of a key's file stands."""
    return path.with_suffix(".pub.pem")


def _write(path: Path, content: str, mode: int) -> None:
    """All of it or nothing; where two draw at once, the first one holds."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content)
    with suppress(FileExistsError):
        os.link(temporary, path)
    temporary.unlink()


@lru_cache(maxsize=4)
def _read(path: Path, _changed_ns: int) -> PrivateKey:
    return read_private_key(path.read_bytes())
