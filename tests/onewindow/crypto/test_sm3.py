"""SM3 is the standard's, whichever implementation computes it."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import gmalg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.crypto import sm3
from onewindow.kernel.ledger import verify_receipt
from tests.onewindow.crypto.standards import GBT


def by_gmalg(data: bytes) -> bytes:
    state = gmalg.SM3()
    state.update(data)
    return bytes(state.value())


@pytest.mark.parametrize("digest", [sm3.sm3, verify_receipt.sm3, by_gmalg])
@pytest.mark.parametrize("example", GBT["sm3"]["digests"], ids=["abc", "64 bytes"])
def test_the_digests_printed_in_the_standard_come_out(digest: Any, example: dict[str, str]) -> None:
    assert digest(bytes.fromhex(example["message"])).hex() == example["digest"]


@given(st.binary(max_size=300))
def test_all_implementations_agree(data: bytes) -> None:
    foreign = sm3._Foreign()
    foreign.update(data)
    assert sm3.sm3(data) == foreign.digest() == foreign.copy().digest() == verify_receipt.sm3(data)


def test_a_digest_fed_in_pieces_is_that_of_the_whole() -> None:
    running = sm3.running()
    for piece in (b"one", b"", b"window"):
        running.update(piece)
    assert running.digest() == sm3.sm3(b"onewindow")


def test_a_python_without_sm3_takes_it_from_cryptography(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **options: object) -> None:
        raise ValueError("unsupported hash type sm3")

    monkeypatch.setattr(hashlib, "new", unknown)
    digest = sm3._prepared()
    assert isinstance(digest, sm3._Foreign)
    digest.update(b"abc")
    assert digest.digest().hex() == GBT["sm3"]["digests"][0]["digest"]


@given(st.binary(max_size=150), st.binary(max_size=100))
def test_the_keyed_digest_is_hmac(key: bytes, data: bytes) -> None:
    assert sm3.hmac_sm3(key, data) == hmac.new(key, data, "sm3").digest()
