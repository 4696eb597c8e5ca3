"""Keys go to files and come back; files of other software are read; wrong ones say what they are."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.kernel.crypto import der
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.keys import (
    N,
    PrivateKey,
    PublicKey,
    private_key,
    read_private_key,
    read_public_key,
)
from onewindow.kernel.crypto.sm2 import generate

KEY = private_key(bytes(31) + b"\7")
OPENSSL = shutil.which("openssl")


@settings(max_examples=10, deadline=None)
@given(st.integers(1, N - 2))
def test_a_key_comes_back_from_every_form(secret: int) -> None:
    key = private_key(secret.to_bytes(32, "big"))
    assert read_private_key(key.to_pem()) == key
    assert read_private_key(key.to_sec1_pem()) == key
    assert read_private_key(key.to_der()) == key
    assert read_public_key(key.public.to_pem().encode()) == key.public
    assert read_public_key(key.public.to_der()) == key.public


@pytest.mark.skipif(OPENSSL is None, reason="no openssl command on this machine")
@pytest.mark.parametrize(
    "command",
    ["genpkey -algorithm SM2", "ecparam -genkey -name SM2", "ecparam -genkey -name SM2 -noout"],
)
def test_files_of_openssl_are_read_and_written_alike(tmp_path: Path, command: str) -> None:
    def openssl(arguments: str) -> str:
        call = [str(OPENSSL), *arguments.split()]
        return subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    file = tmp_path / "key.pem"
    file.write_text(openssl(command))
    key = read_private_key(file.read_bytes())
    assert openssl("pkey -in key.pem") == key.to_pem()
    assert openssl("pkey -in key.pem -pubout") == key.public.to_pem()
    assert read_private_key(openssl("ec -in key.pem")) == key
    (tmp_path / "ours.pem").write_text(key.to_sec1_pem())
    assert openssl("pkey -in ours.pem") == key.to_pem()
    (tmp_path / "public.der").write_bytes(key.public.to_der())
    assert key.public.fingerprint in openssl("dgst -sm3 public.der")


def test_a_key_file_without_the_public_part_is_completed() -> None:
    bare = der.write(der.SEQUENCE, der.write_integer(1), der.write(der.OCTETS, KEY.secret))
    head = KEY.to_der()[:3]
    assert head[0] == der.SEQUENCE
    algorithm = KEY.public.to_der()[2:23]
    pkcs8 = der.write(der.SEQUENCE, der.write_integer(0), algorithm, der.write(der.OCTETS, bare))
    assert read_private_key(pkcs8) == KEY


def test_the_secret_is_never_shown() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert repr(KEY.secret) not in repr(KEY)


def test_a_secret_and_a_public_key_that_are_not_a_pair_are_refused() -> None:
    with pytest.raises(CryptoError, match="不是一对"):
        PrivateKey(KEY.secret, generate().public)


@pytest.mark.parametrize("secret", [0, N - 1, N, 2**256 - 1])
def test_a_secret_out_of_range_is_refused(secret: int) -> None:
    with pytest.raises(CryptoError, match="范围"):
        private_key(secret.to_bytes(32, "big"))


SM2, P256 = bytes.fromhex("06082a811ccf5501822d"), bytes.fromhex("06082a8648ce3d030107")
PRIVATE, PUBLIC = KEY.to_pem(), KEY.public.to_pem()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "找不到"),
        (PUBLIC, "不是私钥文件"),
        (PRIVATE.replace("PRIVATE", "ENCRYPTED PRIVATE"), "加了口令"),
        (PRIVATE.replace("MI", "M!"), "Base64"),
        (KEY.to_der().replace(SM2, P256), "不是 SM2 密钥"),
        (b"\x30\x03\x02\x01\x02", "版本"),
        (b"\x30\x80", "长度"),
        (b"\x30\x7f", "不完整"),
        (KEY.to_der() + b"\0", "多余"),
        (b"\x04\x00", "标签"),
    ],
)
def test_what_is_no_private_key_says_what_it_is(content: str | bytes, said: str) -> None:
    with pytest.raises(CryptoError, match=said):
        read_private_key(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PRIVATE, "不是公钥文件"),
        (KEY.public.to_der().replace(b"\x42\0\x04", b"\x42\0\x02"), "压缩"),
        (KEY.public.to_der()[:-1] + b"\0", "曲线上"),
    ],
)
def test_what_is_no_public_key_says_what_it_is(content: str | bytes, said: str) -> None:
    with pytest.raises(CryptoError, match=said):
        read_public_key(content)


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    for read in (read_private_key, read_public_key):
        with pytest.raises(CryptoError):
            read(data)


@given(st.integers(0, 2**300))
def test_an_integer_has_one_encoding(number: int) -> None:
    encoded = der.write_integer(number)
    assert der.read_integer(encoded + b"rest") == (number, b"rest")
    padded = der.write(der.INTEGER, b"\0", encoded[2:])
    if len(encoded) < 100:
        with pytest.raises(CryptoError, match="最短"):
            der.read_integer(padded if number else b"\x02\x00")


def test_a_public_key_is_a_value() -> None:
    assert {KEY.public, PublicKey(KEY.public.point)} == {KEY.public}
