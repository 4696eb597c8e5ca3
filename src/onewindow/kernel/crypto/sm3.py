"""SM3 (GB/T 32905) and HMAC-SM3 over whatever implementation this Python has.

``hashlib`` knows SM3 where Python is linked with an OpenSSL that does; ``cryptography`` carries an
OpenSSL of its own and steps in where it does not. Copying one prepared state is the quickest way
to hash the few hundred bytes of an entry: 1.8 µs, where ``hashlib.new`` takes 2.8 µs.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Protocol

SIZE = 32
_BLOCK = 64
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))


class Digest(Protocol):
    """A running digest, as in ``hashlib``."""

    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...
    def copy(self) -> Digest: ...


class _Foreign:
    """SM3 of the ``cryptography`` package in the shape of ``hashlib``."""

    def __init__(self, state: object = None) -> None:
        from cryptography.hazmat.primitives import hashes

        self._state = state if isinstance(state, hashes.Hash) else hashes.Hash(hashes.SM3())

    def update(self, data: bytes, /) -> None:
        self._state.update(data)

    def digest(self) -> bytes:
        return self._state.copy().finalize()

    def copy(self) -> _Foreign:
        return _Foreign(self._state.copy())


def _prepared() -> Digest:
    try:
        return hashlib.new("sm3", usedforsecurity=True)
    except ValueError:
        return _Foreign()


_start = _prepared().copy


def running() -> Digest:
    """A digest to feed piece by piece, for what does not fit into memory."""
    return _start()


def sm3(data: bytes) -> bytes:
    """The SM3 digest of `data`: 32 bytes."""
    state = _start()
    state.update(data)
    return state.digest()


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """HMAC (GB/T 15852.2, RFC 2104) with SM3: 32 bytes."""
    block = (key if len(key) <= _BLOCK else sm3(key)).ljust(_BLOCK, b"\0")
    return sm3(block.translate(_OUTER) + sm3(block.translate(_INNER) + data))


def same(one: bytes, other: bytes) -> bool:
    """Whether two digests are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)
