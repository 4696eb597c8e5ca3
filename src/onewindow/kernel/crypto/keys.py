"""SM2 keys as values, and their files: PKCS#8, SEC 1 (``EC PRIVATE KEY``), SubjectPublicKeyInfo."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field

from onewindow.kernel.crypto import der
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.sm3 import sm3

# The curve of GB/T 32918.5: y² = x³ + ax + b modulo P, of order N.
P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123

_EC_KEY = bytes.fromhex("2a8648ce3d0201")  # 1.2.840.10045.2.1, id-ecPublicKey
_SM2_CURVE = bytes.fromhex("2a811ccf5501822d")  # 1.2.156.10197.1.301
_ALGORITHM = der.write(der.SEQUENCE, der.write(der.OID, _EC_KEY), der.write(der.OID, _SM2_CURVE))
_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)
_SEC1 = ("EC PRIVATE KEY", "SM2 PRIVATE KEY")  # the second is how OpenSSL 3 names it


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A point on the curve.

    `point`: x and y, 32 bytes each. Raises CryptoError where it is not on the curve.
    """

    point: bytes

    def __post_init__(self) -> None:
        x, y = int.from_bytes(self.point[:32], "big"), int.from_bytes(self.point[32:], "big")
        if len(self.point) != 64 or max(x, y) >= P or (y * y - (x * x + A) * x - B) % P:
            raise CryptoError("公钥不是 SM2 曲线上的点,不能使用。")

    def to_der(self) -> bytes:
        """SubjectPublicKeyInfo."""
        return der.write(der.SEQUENCE, _ALGORITHM, der.write(der.BITS, b"\0\x04", self.point))

    def to_pem(self) -> str:
        """``PUBLIC KEY``, as OpenSSL writes it."""
        return _armour("PUBLIC KEY", self.to_der())

    @property
    def fingerprint(self) -> str:
        """SM3 of the SubjectPublicKeyInfo, 64 hexadecimal digits."""
        return sm3(self.to_der()).hex()


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A secret number with its public key.

    `secret`: 32 bytes, never shown by repr. Raises CryptoError where the two do not belong together.
    """

    secret: bytes = field(repr=False)
    public: PublicKey

    def __post_init__(self) -> None:
        if self.public.point != _point_of(self.secret):
            raise CryptoError("私钥与公钥不是一对。")

    def to_der(self) -> bytes:
        """PKCS#8, not encrypted."""
        inner = der.write(der.OCTETS, self._sec1(b""))
        return der.write(der.SEQUENCE, der.write_integer(0), _ALGORITHM, inner)

    def to_pem(self) -> str:
        """``PRIVATE KEY`` (PKCS#8), as OpenSSL writes it; not encrypted."""
        return _armour("PRIVATE KEY", self.to_der())

    def to_sec1_pem(self) -> str:
        """``EC PRIVATE KEY`` (SEC 1), for older software; not encrypted."""
        parameters = der.write(der.CONTEXT_0, der.write(der.OID, _SM2_CURVE))
        return _armour(_SEC1[0], self._sec1(parameters))

    def _sec1(self, parameters: bytes) -> bytes:
        point = der.write(der.BITS, b"\0\x04", self.public.point)
        return der.write(
            der.SEQUENCE,
            der.write_integer(1),
            der.write(der.OCTETS, self.secret),
            parameters,
            der.write(der.CONTEXT_1, point),
        )


def private_key(secret: bytes) -> PrivateKey:
    """The key of a secret number (32 bytes); its public key is computed."""
    return PrivateKey(secret, PublicKey(_point_of(secret)))


def read_public_key(data: str | bytes) -> PublicKey:
    """From PEM, or from the DER of a SubjectPublicKeyInfo."""
    label, content = _unarmoured(data)
    if label not in ("PUBLIC KEY", ""):
        raise CryptoError(f"这不是公钥文件,而是“{label}”。公钥文件以 -----BEGIN PUBLIC KEY----- 开头。")
    body = _after_algorithm(der.read_all(content, der.SEQUENCE))
    return PublicKey(_point(der.read_all(body, der.BITS)))


def read_private_key(data: str | bytes) -> PrivateKey:
    """From PEM (PKCS#8 or SEC 1), or from the DER of a PKCS#8 structure; not from an encrypted one."""
    label, content = _unarmoured(data)
    if "ENCRYPTED" in label:
        raise CryptoError("私钥文件加了口令。请先解密:openssl pkey -in 密钥文件 -out 新文件")
    if label in _SEC1:
        return _from_sec1(content)
    if label not in ("PRIVATE KEY", ""):
        raise CryptoError(f"这不是私钥文件,而是“{label}”。私钥文件以 -----BEGIN PRIVATE KEY----- 开头。")
    version, rest = der.read_integer(der.read_all(content, der.SEQUENCE))
    if version > 1:
        raise CryptoError("私钥文件的版本不认识。")
    inner, _ = der.read(_after_algorithm(rest), der.OCTETS)
    return _from_sec1(inner)


def _from_sec1(content: bytes) -> PrivateKey:
    version, rest = der.read_integer(der.read_all(content, der.SEQUENCE))
    secret, rest = der.read(rest, der.OCTETS)
    if version != 1:
        raise CryptoError("私钥文件的版本不认识。")
    if rest[:1] == bytes((der.CONTEXT_0,)):
        parameters, rest = der.read(rest, der.CONTEXT_0)
        if der.read_all(parameters, der.OID) != _SM2_CURVE:
            raise CryptoError("这不是 SM2 密钥:曲线不是 1.2.156.10197.1.301。")
    if not rest:
        return private_key(secret)
    bits = der.read_all(der.read_all(rest, der.CONTEXT_1), der.BITS)
    return PrivateKey(secret, PublicKey(_point(bits)))


def _after_algorithm(body: bytes) -> bytes:
    if not body.startswith(_ALGORITHM):
        raise CryptoError("这不是 SM2 密钥:算法不是椭圆曲线公钥,或者曲线不是 1.2.156.10197.1.301。")
    return body[len(_ALGORITHM) :]


def _point(bits: bytes) -> bytes:
    if bits[:2] != b"\0\x04":
        raise CryptoError("公钥是压缩写法,请改用未压缩写法(以 04 开头)。")
    return bits[2:]


def _point_of(secret: bytes) -> bytes:
    import gmalg

    if len(secret) != 32 or not 1 <= int.from_bytes(secret, "big") <= N - 2:
        raise CryptoError("私钥超出 SM2 规定的范围。")
    return bytes(gmalg.SM2().generate_pk(secret))[1:]


def _armour(label: str, content: bytes) -> str:
    text = base64.b64encode(content).decode("ascii")
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join((f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""))


def _unarmoured(data: str | bytes) -> tuple[str, bytes]:
    """Label and content; bytes that hold no PEM are taken for DER and have no label."""
    text = data if isinstance(data, str) else data.decode("latin-1")
    for label, content in _PEM.findall(text):
        if not label.endswith("PARAMETERS"):  # OpenSSL writes the curve before the key
            try:
                return label, base64.b64decode("".join(content.split()), validate=True)
            except binascii.Error as error:
                raise CryptoError("密钥文件的内容不是 Base64,可能已损坏。") from error
    if isinstance(data, str):
        raise CryptoError("不是密钥文件:找不到 -----BEGIN …----- 开头的内容。")
    return "", data
