"""SM2 signatures: the standard's example, two implementations and the openssl command agree."""

from __future__ import annotations

import logging
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.kernel.crypto import der, libcrypto, sm2
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.keys import N, PublicKey, private_key
from onewindow.kernel.crypto.libcrypto import Libcrypto
from onewindow.kernel.ledger import verify_receipt
from tests.onewindow.crypto.standards import GBT

EXAMPLE = {name: bytes.fromhex(value) for name, value in GBT["sm2"].items() if name != "source"}
KEY = private_key(EXAMPLE["secret"])
IMPLEMENTATIONS: list[sm2.Backend] = [Libcrypto(), sm2.Gmalg()]
OPENSSL = shutil.which("openssl")


def test_the_public_key_of_the_standard_comes_out() -> None:
    assert KEY.public.point == EXAMPLE["point"]


@pytest.mark.parametrize("backend", IMPLEMENTATIONS)
def test_the_signature_printed_in_the_standard_verifies(backend: sm2.Backend) -> None:
    signature = sm2.from_raw(EXAMPLE["signature"])
    assert backend.verify(KEY.public, EXAMPLE["message"], signature, EXAMPLE["identity"])
    assert not backend.verify(KEY.public, EXAMPLE["message"] + b".", signature, EXAMPLE["identity"])
    assert not backend.verify(KEY.public, EXAMPLE["message"], signature, b"another signer")


def test_the_program_for_receipts_verifies_the_signature_of_the_standard() -> None:
    signature = sm2.from_raw(EXAMPLE["signature"])
    assert verify_receipt.sm2_verify(KEY.public.point, EXAMPLE["message"], signature)
    assert not verify_receipt.sm2_verify(KEY.public.point, b"", signature)


@settings(max_examples=10, deadline=None)
@given(st.binary(max_size=200), st.binary(min_size=1, max_size=40))
def test_what_one_implementation_signs_the_other_verifies(message: bytes, identity: bytes) -> None:
    for signer in IMPLEMENTATIONS:
        signature = signer.sign(KEY, message, identity)
        for verifier in IMPLEMENTATIONS:
            assert verifier.verify(KEY.public, message, signature, identity)
            assert not verifier.verify(KEY.public, message, signature, identity + b"x")


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=100))
def test_the_program_for_receipts_verifies_what_we_sign(message: bytes) -> None:
    signature = sm2.sign(KEY, message)
    assert verify_receipt.sm2_verify(KEY.public.point, message, signature)
    assert not verify_receipt.sm2_verify(KEY.public.point, message + b"x", signature)


@pytest.mark.skipif(OPENSSL is None, reason="no openssl command on this machine")
@pytest.mark.parametrize("identity", ["1234567812345678", "approval-bureau"])
def test_the_openssl_command_verifies_ours_and_we_verify_its_signatures(
    tmp_path: Path, identity: str
) -> None:
    key = sm2.generate()
    message, signature = tmp_path / "message", tmp_path / "signature"
    message.write_bytes(b"one window, " * 50)
    signature.write_bytes(sm2.sign(key, message.read_bytes(), identity.encode()))
    (tmp_path / "public.pem").write_text(key.public.to_pem())
    (tmp_path / "private.pem").write_text(key.to_pem())

    def openssl(*arguments: str) -> str:
        command = [OPENSSL, "dgst", "-sm3", *arguments, "-sigopt", f"distid:{identity}", "message"]
        return subprocess.run(
            [part or "" for part in command], cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout

    assert "Verified OK" in openssl("-verify", "public.pem", "-signature", "signature")
    openssl("-sign", "private.pem", "-out", "theirs")
    theirs = (tmp_path / "theirs").read_bytes()
    assert sm2.verify(key.public, message.read_bytes(), theirs, identity.encode())


@pytest.mark.parametrize("backend", IMPLEMENTATIONS)
def test_a_new_key_signs_and_every_key_is_another(backend: sm2.Backend) -> None:
    one, other = backend.generate(), backend.generate()
    assert one.secret != other.secret
    assert sm2.verify(one.public, b"text", sm2.sign(one, b"text"))
    assert not sm2.verify(other.public, b"text", sm2.sign(one, b"text"))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_signature_with_any_bit_changed_is_none(data: st.DataObject) -> None:
    signature = bytearray(sm2.from_raw(EXAMPLE["signature"]))
    signature[data.draw(st.integers(0, len(signature) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert not sm2.verify(KEY.public, EXAMPLE["message"], bytes(signature))
    assert not verify_receipt.sm2_verify(KEY.public.point, EXAMPLE["message"], bytes(signature))


@pytest.mark.parametrize("signature", [b"", b"\x30", b"0\x00", b"\x30\x06\x02\x01\x01\x02\x01", b"x" * 72])
def test_what_is_no_signature_does_not_verify(signature: bytes) -> None:
    assert not sm2.verify(KEY.public, b"", signature)
    assert not verify_receipt.sm2_verify(KEY.public.point, b"", signature)


@pytest.mark.parametrize("signature", [b"", b"0\x00", b"x" * 72])
def test_libcrypto_itself_takes_rubbish_for_no_signature(signature: bytes) -> None:
    assert not Libcrypto().verify(KEY.public, b"", signature, sm2.DEFAULT_IDENTITY)


def test_a_third_number_in_a_signature_is_refused() -> None:
    numbers = [der.write_integer(number) for number in (1, 2, 3)]
    assert len(sm2.to_raw(der.write(der.SEQUENCE, *numbers[:2]))) == 64
    with pytest.raises(CryptoError, match="不合规"):
        sm2.to_raw(der.write(der.SEQUENCE, *numbers))


@given(st.integers(1, N - 1), st.integers(1, N - 1))
def test_both_forms_of_a_signature_are_one(r: int, s: int) -> None:
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    assert sm2.to_raw(sm2.from_raw(raw)) == raw


@pytest.mark.parametrize(("r", "s"), [(0, 1), (1, 0), (N, 1), (1, N)])
def test_numbers_out_of_range_are_no_signature(r: int, s: int) -> None:
    with pytest.raises(CryptoError, match="不合规"):
        sm2.to_raw(sm2.from_raw(r.to_bytes(32, "big") + s.to_bytes(32, "big")))


def test_an_identity_that_is_too_long_is_refused() -> None:
    with pytest.raises(CryptoError, match="太长"):
        sm2.sign(KEY, b"", b"x" * 8192)


def test_many_threads_sign_and_verify_at_once() -> None:
    keys = [sm2.generate() for _ in range(3)]

    def work(number: int) -> bool:
        key, message = keys[number % 3], str(number).encode()
        return sm2.verify(key.public, message, sm2.sign(key, message))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(300)))


def test_a_machine_without_sm2_in_libcrypto_uses_gmalg_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def nothing() -> None:
        raise OSError

    monkeypatch.setattr(libcrypto, "_load", nothing)
    sm2._chosen.cache_clear()
    try:
        with caplog.at_level(logging.WARNING):
            assert sm2.verify(KEY.public, b"text", sm2.sign(KEY, b"text"))
        assert isinstance(sm2.backend(), sm2.Gmalg)
        assert [record.message[:20] for record in caplog.records] == ["本机的 libcrypto 不支持 SM2"[:20]]
    finally:
        sm2._chosen.cache_clear()


def test_a_library_that_lacks_a_function_or_sm2_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libcrypto, "_NAMES", ("libc.so.6", "no-such-library.so"))
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    with pytest.raises(OSError, match="no libcrypto 3"):
        Libcrypto()


def test_a_point_that_is_not_on_the_curve_is_no_key() -> None:
    with pytest.raises(CryptoError, match="曲线上"):
        PublicKey(b"\1" * 64)
