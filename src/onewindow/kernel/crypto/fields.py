"""Personal fields at rest: sealed with SM4 and HMAC-SM3, several keys, an index to search by.

A sealed value is ``version (1) | length of key id (1) | key id | iv (16) | SM4-CTR | HMAC-SM3 (32)``.
The digest covers all before it and the *place* where the value belongs (table, column, row), so a
value that is copied to another row does not open there. Encrypt-then-MAC was preferred to SM4-GCM:
OpenSSL 3.0 has no SM4-GCM, so another program could not read the values; a random 128-bit counter
may be drawn for every value without keeping count; and the digest commits to the key.
The length of a value is not hidden.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from onewindow.kernel.crypto import sm3, sm4
from onewindow.kernel.crypto.errors import CryptoError

_VERSION = 1
_MASTER_SIZE = 32
_INDEX_SIZE = 16
_KEY_ID = re.compile(r"[a-z0-9-]{1,32}", re.ASCII)


@dataclass(frozen=True)
class Keyring:
    """The keys of personal fields; the index key stays when the others change.

    `keys`: 32 bytes each, by id; `current`: the id of the one that seals; `index`: 32 bytes.
    """

    current: str
    keys: Mapping[str, bytes] = field(repr=False)
    index: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise CryptoError(f"密钥环里没有当前密钥“{self.current}”。")
        if any(not _KEY_ID.fullmatch(name) for name in self.keys):
            raise CryptoError("密钥编号只能用小写字母、数字和连字符,最长 32 个字符。")
        if any(len(key) != _MASTER_SIZE for key in (*self.keys.values(), self.index)):
            raise CryptoError("密钥环里的每个密钥都应为 32 个字节。")

    @cached_property
    def _derived(self) -> dict[str, tuple[bytes, bytes]]:
        """For each id the key that encrypts and the key that authenticates."""
        return {
            name: (
                sm3.hmac_sm3(master, b"onewindow.fields.1 encrypt")[: sm4.KEY_SIZE],
                sm3.hmac_sm3(master, b"onewindow.fields.1 authenticate"),
            )
            for name, master in self.keys.items()
        }

    def seal(self, value: str, place: str) -> bytes:
        """Encrypt `value` for `place`, such as ``people.person:identity:42``."""
        encrypting, authenticating = self._derived[self.current]
        iv = secrets.token_bytes(sm4.IV_SIZE)
        body = prefix_of(self.current) + iv + sm4.ctr(encrypting, iv, value.encode("utf-8"))
        return body + _digest(authenticating, body, place)

    def unseal(self, sealed: bytes, place: str) -> str:
        """The value again. Raises CryptoError where it was altered, moved, or its key is gone."""
        name = key_of(sealed)
        if name not in self._derived:
            raise CryptoError(f"密钥环里没有密钥“{name}”,这个字段无法解密。请找回该密钥。")
        encrypting, authenticating = self._derived[name]
        body, digest = sealed[: -sm3.SIZE], sealed[-sm3.SIZE :]
        if not sm3.same(digest, _digest(authenticating, body, place)):
            raise CryptoError("加密字段被改动过,或者不属于这一行,拒绝解密。")
        start = 2 + len(name)
        iv, hidden = body[start : start + sm4.IV_SIZE], body[start + sm4.IV_SIZE :]
        return sm4.ctr(encrypting, iv, hidden).decode("utf-8")

    def resealed(self, sealed: bytes, place: str) -> bytes:
        """The same value under the current key; unchanged where it already is."""
        if key_of(sealed) == self.current:
            return sealed
        return self.seal(self.unseal(sealed, place), place)

    def blind_index(self, column: str, value: str) -> bytes:
        """16 bytes, equal for equal values of a column, by which to search without decrypting.

        The caller brings the value into its one form first (upper case, no spaces).
        """
        key = sm3.hmac_sm3(self.index, b"onewindow.index.1 " + column.encode("utf-8"))
        return sm3.hmac_sm3(key, value.encode("utf-8"))[:_INDEX_SIZE]

    def rotated(self) -> Keyring:
        """With a new current key beside all the old ones."""
        name = f"k{1 + max((int(old[1:]) for old in self.keys if re.fullmatch('k[0-9]+', old)), default=0)}"
        return Keyring(name, {**self.keys, name: secrets.token_bytes(_MASTER_SIZE)}, self.index)

    def without(self, name: str) -> Keyring:
        """Without an old key, after everything sealed with it was sealed anew."""
        return Keyring(self.current, {old: key for old, key in self.keys.items() if old != name}, self.index)


def fresh_keyring() -> Keyring:
    """A first keyring from the system's random source."""
    return Keyring("k1", {"k1": secrets.token_bytes(_MASTER_SIZE)}, secrets.token_bytes(_MASTER_SIZE))


def key_of(sealed: bytes) -> str:
    """The id of the key that a value is sealed with."""
    size = sealed[1] if len(sealed) > 1 else 0
    name = sealed[2 : 2 + size]
    if len(sealed) < 2 + size + sm4.IV_SIZE + sm3.SIZE or sealed[0] != _VERSION or not name.isascii():
        raise CryptoError("这不是加密字段,或者已经损坏。")
    return name.decode("ascii")


def prefix_of(name: str) -> bytes:
    """What every value begins with that is sealed with the key of this id."""
    return bytes((_VERSION, len(name))) + name.encode("ascii")


def write_keyring(path: Path, keyring: Keyring) -> None:
    """Write a new file that only its owner reads; raises FileExistsError rather than replace one."""
    content = {
        "current": keyring.current,
        "keys": {name: key.hex() for name, key in keyring.keys.items()},
        "index": keyring.index.hex(),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read_keyring(path: Path) -> Keyring:
    """Read what `write_keyring` wrote. Raises CryptoError for a damaged file or one others may read."""
    if path.stat().st_mode & 0o077:
        raise CryptoError(f"密钥环文件 {path} 其他用户也能读。请执行:chmod 600 {path}")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        keys = {name: bytes.fromhex(key) for name, key in content["keys"].items()}
        return Keyring(content["current"], keys, bytes.fromhex(content["index"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, CryptoError):
            raise
        raise CryptoError(f"密钥环文件 {path} 已损坏,请从备份恢复。") from error


def _digest(key: bytes, body: bytes, place: str) -> bytes:
    where = place.encode("utf-8")
    return sm3.hmac_sm3(key, body + where + len(where).to_bytes(8, "big"))
