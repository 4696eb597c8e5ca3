"""Personal fields: sealed, bound to their place, under keys that change, found by an index."""

from __future__ import annotations

import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.crypto import sm4
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.fields import (
    Keyring,
    fresh_keyring,
    key_of,
    read_keyring,
    write_keyring,
)
from tests.onewindow.crypto.standards import GBT

RING = Keyring("k1", {"k1": bytes(range(32))}, bytes(32))
PLACE = "people.person:identity:42"
VALUE = "某某 11010119900307XXXX"
OPENSSL = shutil.which("openssl")
EXAMPLE = {name: bytes.fromhex(value) for name, value in GBT["sm4"].items() if name != "source"}


def test_the_cipher_is_the_one_of_the_standard() -> None:
    assert sm4.ctr(EXAMPLE["key"], EXAMPLE["plain"], bytes(16)) == EXAMPLE["once"]
    block = EXAMPLE["plain"]
    encryptor = Cipher(algorithms.SM4(EXAMPLE["key"]), modes.ECB()).encryptor()
    for _ in range(1_000_000):
        block = encryptor.update(block)
    assert block == EXAMPLE["million_times"]


@given(st.text(), st.text(max_size=30))
def test_what_is_sealed_opens_at_its_place(value: str, place: str) -> None:
    assert RING.unseal(RING.seal(value, place), place) == value


def test_the_same_value_is_sealed_differently_each_time() -> None:
    assert len({RING.seal(VALUE, PLACE) for _ in range(100)}) == 100


@given(st.data())
def test_a_sealed_value_with_any_bit_changed_does_not_open(data: st.DataObject) -> None:
    sealed = bytearray(RING.seal(VALUE, PLACE))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CryptoError):
        RING.unseal(bytes(sealed), PLACE)


@given(st.integers(0, 200))
def test_a_sealed_value_that_is_cut_does_not_open(size: int) -> None:
    sealed = RING.seal(VALUE * 4, PLACE)
    with pytest.raises(CryptoError):
        RING.unseal(sealed[: min(size, len(sealed) - 1)], PLACE)


def test_a_sealed_value_copied_to_another_row_does_not_open() -> None:
    with pytest.raises(CryptoError, match="不属于这一行"):
        RING.unseal(RING.seal(VALUE, PLACE), "people.person:identity:43")


@pytest.mark.skipif(OPENSSL is None, reason="no openssl command on this machine")
def test_another_program_opens_a_sealed_value() -> None:
    """By the format alone: the key, the counter and the hidden bytes, given to openssl."""
    sealed = RING.seal(VALUE, PLACE)
    iv, hidden = sealed[4:20], sealed[20:-32]
    mac = f"hexkey:{RING.keys['k1'].hex()}"
    key = subprocess.run(
        [str(OPENSSL), "mac", "-digest", "SM3", "-macopt", mac, "HMAC"],
        input=b"onewindow.fields.1 encrypt",
        capture_output=True,
        check=True,
    ).stdout
    plain = subprocess.run(
        [str(OPENSSL), "enc", "-d", "-sm4-ctr", "-K", key.decode()[:32], "-iv", iv.hex()],
        input=hidden,
        capture_output=True,
        check=True,
    ).stdout
    assert plain.decode() == VALUE


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = RING.seal(VALUE, PLACE)
    ring = RING.rotated().rotated()
    assert ring.current == "k3"
    assert ring.unseal(old, PLACE) == VALUE
    new = ring.resealed(old, PLACE)
    assert (key_of(old), key_of(new)) == ("k1", "k3")
    assert ring.resealed(new, PLACE) is new
    assert ring.without("k1").unseal(new, PLACE) == VALUE
    with pytest.raises(CryptoError, match="没有密钥“k1”"):
        ring.without("k1").unseal(old, PLACE)


def test_the_key_id_of_a_sealed_value_cannot_be_exchanged() -> None:
    ring = Keyring("k2", {"k1": bytes(32), "k2": bytes(32)}, bytes(32))
    sealed = ring.seal(VALUE, PLACE)
    with pytest.raises(CryptoError, match="改动过"):
        ring.unseal(sealed.replace(b"k2", b"k1", 1), PLACE)


def test_the_index_finds_a_value_and_survives_a_new_key() -> None:
    found = RING.blind_index("identity", "X1")
    assert found == RING.rotated().blind_index("identity", "X1")
    assert len({found, RING.blind_index("name", "X1"), RING.blind_index("identity", "X2")}) == 3
    assert found != fresh_keyring().blind_index("identity", "X1")


def test_a_keyring_goes_to_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    path, ring = tmp_path / "fields.json", fresh_keyring().rotated()
    write_keyring(path, ring)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_keyring(path) == ring
    with pytest.raises(FileExistsError):
        write_keyring(path, ring)
    path.chmod(0o640)
    with pytest.raises(CryptoError, match="chmod 600"):
        read_keyring(path)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"current":"k1","keys":{"k1":"zz"},"index":""}', "null"]
)
def test_a_damaged_keyring_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "fields.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(CryptoError, match="已损坏"):
        read_keyring(path)


@pytest.mark.parametrize(
    ("current", "keys", "index", "said"),
    [
        ("k2", {"k1": bytes(32)}, bytes(32), "没有当前密钥"),
        ("K 1", {"K 1": bytes(32)}, bytes(32), "密钥编号"),
        ("k1", {"k1": bytes(16)}, bytes(32), "32 个字节"),
        ("k1", {"k1": bytes(32)}, b"", "32 个字节"),
    ],
)
def test_a_keyring_that_cannot_be_right_is_refused(
    current: str, keys: dict[str, bytes], index: bytes, said: str
) -> None:
    with pytest.raises(CryptoError, match=said):
        Keyring(current, keys, index)


def test_keys_are_never_shown() -> None:
    assert bytes(range(32)).hex() not in repr(RING)
    assert "x02" not in repr(RING)


def test_many_threads_seal_and_open_at_once() -> None:
    ring = fresh_keyring()

    def work(number: int) -> bool:
        return ring.unseal(ring.seal(str(number), PLACE), PLACE) == str(number)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(500)))
