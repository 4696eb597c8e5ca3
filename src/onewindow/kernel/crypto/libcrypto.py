"""SM2 by the system's libcrypto 3: a thin binding by ctypes.

Every call makes its own contexts, and a key handle is only read after it is made, so all of it may
be used from several threads; ctypes releases the interpreter's lock while libcrypto computes.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
import weakref
from collections.abc import Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint, c_ulong, c_void_p
from functools import lru_cache

from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.keys import PrivateKey, PublicKey, private_key

_NAMES = ("libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll")
_OLDEST = 0x30000000
_KEYPAIR, _PUBLIC = 0x87, 0x86  # EVP_PKEY_KEYPAIR, EVP_PKEY_PUBLIC_KEY
_UTF8, _OCTETS, _UNSIGNED = 4, 5, 2  # OSSL_PARAM data types
_LONGEST_SIGNATURE = 72
_SIGNATURES: dict[str, tuple[object, tuple[object, ...]]] = {
    "OpenSSL_version_num": (c_ulong, ()),
    "EVP_sm3": (c_void_p, ()),
    "EVP_MD_CTX_new": (c_void_p, ()),
    "EVP_MD_CTX_free": (None, (c_void_p,)),
    "EVP_MD_CTX_set_pkey_ctx": (None, (c_void_p, c_void_p)),
    "EVP_PKEY_CTX_new": (c_void_p, (c_void_p, c_void_p)),
    "EVP_PKEY_CTX_new_from_name": (c_void_p, (c_void_p, c_char_p, c_char_p)),
    "EVP_PKEY_CTX_free": (None, (c_void_p,)),
    "EVP_PKEY_CTX_set1_id": (c_int, (c_void_p, c_char_p, c_int)),
    "EVP_PKEY_fromdata_init": (c_int, (c_void_p,)),
    "EVP_PKEY_fromdata": (c_int, (c_void_p, POINTER(c_void_p), c_int, c_void_p)),
    "EVP_PKEY_keygen_init": (c_int, (c_void_p,)),
    "EVP_PKEY_generate": (c_int, (c_void_p, POINTER(c_void_p))),
    "EVP_PKEY_get_bn_param": (c_int, (c_void_p, c_char_p, POINTER(c_void_p))),
    "EVP_PKEY_free": (None, (c_void_p,)),
    "BN_bn2binpad": (c_int, (c_void_p, c_char_p, c_int)),
    "BN_clear_free": (None, (c_void_p,)),
    "EVP_DigestSignInit": (c_int, (c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)),
    "EVP_DigestSign": (c_int, (c_void_p, c_char_p, POINTER(c_size_t), c_char_p, c_size_t)),
    "EVP_DigestVerifyInit": (c_int, (c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)),
    "EVP_DigestVerify": (c_int, (c_void_p, c_char_p, c_size_t, c_char_p, c_size_t)),
    "ERR_clear_error": (None, ()),
}


class _Param(ctypes.Structure):
    """OSSL_PARAM of <openssl/core.h>."""

    _fields_ = (
        ("key", c_char_p),
        ("data_type", c_uint),
        ("data", c_void_p),
        ("data_size", c_size_t),
        ("return_size", c_size_t),
    )


class _Handle:
    """An EVP_PKEY, freed with this object."""

    def __init__(self, library: ctypes.CDLL, pointer: int) -> None:
        self.pointer = pointer
        weakref.finalize(self, library.EVP_PKEY_free, pointer)


class Libcrypto:
    """The libcrypto of this machine. Raises OSError where there is none that knows SM2."""

    def __init__(self) -> None:
        self._library = _load()
        self._sm3 = self._library.EVP_sm3()
        self._handle = lru_cache(maxsize=64)(self._new_handle)

    def generate(self) -> PrivateKey:
        """A new key from libcrypto's own random source."""
        library = self._library
        context = library.EVP_PKEY_CTX_new_from_name(None, b"SM2", None)
        pointer, number, secret = c_void_p(), c_void_p(), ctypes.create_string_buffer(32)
        try:
            _check(library.EVP_PKEY_keygen_init(context))
            _check(library.EVP_PKEY_generate(context, byref(pointer)))
            _check(library.EVP_PKEY_get_bn_param(pointer, b"priv", byref(number)))
            if library.BN_bn2binpad(number, secret, 32) != 32:
                raise CryptoError("libcrypto 生成的私钥长度不对。")
            return private_key(secret.raw)
        finally:
            library.BN_clear_free(number)
            library.EVP_PKEY_free(pointer)
            library.EVP_PKEY_CTX_free(context)
            ctypes.memset(secret, 0, 32)

    def sign(self, key: PrivateKey, message: bytes, identity: bytes) -> bytes:
        """The signature in DER."""
        handle = self._handle(key.public, key.secret)
        signature = ctypes.create_string_buffer(_LONGEST_SIGNATURE)
        size = c_size_t(_LONGEST_SIGNATURE)
        digest, context = self._contexts(handle, identity)
        try:
            _check(self._library.EVP_DigestSignInit(digest, None, self._sm3, None, handle.pointer))
            _check(self._library.EVP_DigestSign(digest, signature, byref(size), message, len(message)))
        finally:
            self._library.EVP_MD_CTX_free(digest)
            self._library.EVP_PKEY_CTX_free(context)
        return signature.raw[: size.value]

    def verify(self, key: PublicKey, message: bytes, signature: bytes, identity: bytes) -> bool:
        """Whether `signature`, in DER, is the key's for `message`."""
        handle = self._handle(key, None)
        digest, context = self._contexts(handle, identity)
        try:
            _check(self._library.EVP_DigestVerifyInit(digest, None, self._sm3, None, handle.pointer))
            result = self._library.EVP_DigestVerify(digest, signature, len(signature), message, len(message))
        finally:
            self._library.EVP_MD_CTX_free(digest)
            self._library.EVP_PKEY_CTX_free(context)
        if result != 1:  # a refused signature leaves its reason in this thread's queue of errors
            self._library.ERR_clear_error()
        return bool(result == 1)

    def _contexts(self, handle: _Handle, identity: bytes) -> tuple[int, int]:
        """A digest context bound to a key context that knows the signer's identity."""
        library = self._library
        context = library.EVP_PKEY_CTX_new(handle.pointer, None)
        digest = library.EVP_MD_CTX_new()
        if not context or not digest:
            raise MemoryError
        library.EVP_MD_CTX_set_pkey_ctx(digest, context)
        if library.EVP_PKEY_CTX_set1_id(context, identity, len(identity)) <= 0:
            library.EVP_MD_CTX_free(digest)
            library.EVP_PKEY_CTX_free(context)
            raise CryptoError("libcrypto 不接受这个签名者标识。")
        return digest, context

    def _new_handle(self, key: PublicKey, secret: bytes | None) -> _Handle:
        library = self._library
        group = ctypes.create_string_buffer(b"SM2")
        point = ctypes.create_string_buffer(b"\x04" + key.point, 65)
        params = [
            _Param(b"group", _UTF8, ctypes.addressof(group), 3, 0),
            _Param(b"pub", _OCTETS, ctypes.addressof(point), 65, 0),
        ]
        number = ctypes.create_string_buffer(_in_order_of_machine(secret or b""), 32)
        if secret is not None:
            params.append(_Param(b"priv", _UNSIGNED, ctypes.addressof(number), 32, 0))
        array = (_Param * (len(params) + 1))(*params)  # ended by an empty one
        context, pointer = library.EVP_PKEY_CTX_new_from_name(None, b"SM2", None), c_void_p()
        try:
            _check(library.EVP_PKEY_fromdata_init(context))
            kind = _KEYPAIR if secret is not None else _PUBLIC
            _check(library.EVP_PKEY_fromdata(context, byref(pointer), kind, array))
        finally:
            library.EVP_PKEY_CTX_free(context)
            ctypes.memset(number, 0, 32)
        if pointer.value is None:
            raise MemoryError
        return _Handle(library, pointer.value)


def _in_order_of_machine(number: bytes) -> bytes:
    return number if sys.byteorder == "big" else number[::-1]


def _check(result: int) -> None:
    if result != 1:
        raise CryptoError("libcrypto 拒绝了这次 SM2 运算。")


def _load() -> ctypes.CDLL:
    for name in _candidates():
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        if _declared(library):
            return library
    raise OSError("no libcrypto 3 with SM2 on this machine")


def _candidates() -> Iterator[str]:
    yield from _NAMES
    found = ctypes.util.find_library("crypto")  # asks the linker, which is slow, hence last
    if found:
        yield found


def _declared(library: ctypes.CDLL) -> bool:
    """Give every function its types; False where one is missing or SM2 is."""
    try:
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except AttributeError:
        return False
    context = library.EVP_PKEY_CTX_new_from_name(None, b"SM2", None)
    library.EVP_PKEY_CTX_free(context)
    return bool(context) and library.OpenSSL_version_num() >= _OLDEST
