"""SM2 signatures (GB/T 32918.2): by the system's libcrypto, or by gmalg in pure Python.

libcrypto does about 4,000 a second; where a machine has none that knows SM2, gmalg does about a
hundred, and the log says so once.
"""

from __future__ import annotations

import logging
import threading
from functools import lru_cache
from typing import Protocol

from onewindow.kernel.crypto import der
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.keys import N, PrivateKey, PublicKey, private_key

DEFAULT_IDENTITY = b"1234567812345678"
_LONGEST_IDENTITY = 8191  # bytes: its length in bits is written into two
_logger = logging.getLogger(__name__)
_choosing = threading.Lock()


class Backend(Protocol):
    """An implementation of SM2; signatures in DER."""

    def generate(self) -> PrivateKey: ...
    def sign(self, key: PrivateKey, message: bytes, identity: bytes) -> bytes: ...
    def verify(self, key: PublicKey, message: bytes, signature: bytes, identity: bytes) -> bool: ...


class Gmalg:
    """SM2 in pure Python by gmalg: slow, but the same everywhere."""

    def generate(self) -> PrivateKey:
        """A new key from the system's random source."""
        import gmalg

        return private_key(bytes(gmalg.SM2().generate_keypair()[0]).rjust(32, b"\0"))

    def sign(self, key: PrivateKey, message: bytes, identity: bytes) -> bytes:
        """The signature in DER."""
        import gmalg

        signer = gmalg.SM2(key.secret, identity, b"\x04" + key.public.point)
        r, s = signer.sign(message)
        return from_raw(bytes(r).rjust(32, b"\0") + bytes(s).rjust(32, b"\0"))

    def verify(self, key: PublicKey, message: bytes, signature: bytes, identity: bytes) -> bool:
        """Whether `signature`, in DER, is the key's for `message`."""
        import gmalg

        raw = to_raw(signature)
        verifier = gmalg.SM2(None, identity, b"\x04" + key.point)
        return bool(verifier.verify(message, raw[:32], raw[32:]))


def generate() -> PrivateKey:
    """A new key pair."""
    return backend().generate()


def sign(key: PrivateKey, message: bytes, identity: bytes = DEFAULT_IDENTITY) -> bytes:
    """Sign `message`; the signature in DER. Two signatures of one message differ."""
    return backend().sign(key, message, _checked(identity))


def verify(key: PublicKey, message: bytes, signature: bytes, identity: bytes = DEFAULT_IDENTITY) -> bool:
    """Whether `signature` (DER) is the key's for `message`; False for what is no signature at all."""
    try:
        to_raw(signature)
    except CryptoError:
        return False
    return backend().verify(key, message, signature, _checked(identity))


def to_raw(signature: bytes) -> bytes:
    """R and s, 32 bytes each, of a signature in DER. Raises CryptoError for any other encoding."""
    r, rest = der.read_integer(der.read_all(signature, der.SEQUENCE))
    s, rest = der.read_integer(rest)
    if rest or not (1 <= r < N and 1 <= s < N):
        raise CryptoError("SM2 签名值不合规:应为两个在规定范围内的整数。")
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def from_raw(raw: bytes) -> bytes:
    """The DER of a signature given as r and s, 32 bytes each."""
    if len(raw) != 64:
        raise CryptoError("SM2 签名值应为 64 个字节。")
    numbers = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
    return der.write(der.SEQUENCE, *(der.write_integer(number) for number in numbers))


def backend() -> Backend:
    """The implementation in use, chosen at the first call."""
    with _choosing:
        return _chosen()


@lru_cache(maxsize=1)
def _chosen() -> Backend:
    from onewindow.kernel.crypto.libcrypto import Libcrypto

    try:
        return Libcrypto()
    except OSError:
        _logger.warning(
            "本机的 libcrypto 不支持 SM2(需要 OpenSSL 3 及以上),改用纯 Python 实现:"
            "结果相同,但签名和验签慢几十倍。安装系统的 OpenSSL 3 后重新启动即可恢复。"
        )
        return Gmalg()


def _checked(identity: bytes) -> bytes:
    if len(identity) > _LONGEST_IDENTITY:
        raise CryptoError("签名者标识太长,最多 8191 个字节。")
    return identity
