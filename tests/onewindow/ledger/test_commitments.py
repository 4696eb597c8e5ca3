"""Personal facts by commitment: provable by who holds them, nothing to who does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.ledger.commitments import commit, conceal, fresh_salt, is_commitment, opens
from onewindow.kernel.ledger.entry import record
from onewindow.kernel.ledger.errors import LedgerError
from tests.onewindow.ledger.chains import value
from tests.onewindow.ledger.test_canonical import VALUES, alike

SALTS = st.binary(min_size=16, max_size=16)


@given(VALUES, SALTS)
def test_a_commitment_opens_to_its_value(one: Any, salt: bytes) -> None:
    assert opens(commit(one, salt), one, salt)


@given(VALUES, SALTS, VALUES, SALTS)
def test_a_commitment_opens_to_nothing_else(one: Any, salt: bytes, other: Any, pepper: bytes) -> None:
    same = alike(one, other) and salt == pepper
    assert opens(commit(one, salt), other, pepper) == same


def test_a_commitment_is_the_digest_that_the_documentation_gives() -> None:
    expected = sm3(b"onewindow.commitment.1\0" + bytes(16) + '"某某"'.encode()).hex()
    assert commit("某某", bytes(16)) == {"commitment": expected}


def test_facts_are_concealed_by_name_and_the_rest_stays() -> None:
    facts: dict[str, Any] = {"name": "某某", "phone": None, "count": 2}
    concealed, openings = conceal(facts, {"name", "phone", "not there"})
    assert concealed["count"] == 2
    assert [one.name for one in openings] == ["name", "phone"]
    assert all(is_commitment(concealed[one.name]) for one in openings)
    assert all(opens(concealed[one.name], one.value, one.salt) for one in openings)
    assert facts["name"] == "某某"
    assert openings[0].salt != openings[1].salt


def test_an_entry_holds_when_the_personal_value_is_erased() -> None:
    concealed, openings = conceal({"name": "某某"}, {"name"})
    stored = record(value("M1", None, 0)._replace(facts=concealed))
    openings.clear()
    assert record(stored.value) == stored
    assert "某某" not in str(stored)


def test_the_same_value_leaves_no_trace_of_being_the_same() -> None:
    assert commit("某某", fresh_salt()) != commit("某某", fresh_salt())


@pytest.mark.parametrize("found", [None, "x", {}, {"commitment": 1}, {"commitment": "00", "x": 1}])
def test_what_is_no_commitment_does_not_open(found: Any) -> None:
    assert not opens(found, "x", bytes(16))


def test_a_digit_cannot_be_moved_from_the_value_into_the_salt() -> None:
    assert opens(commit(12, bytes(16)), 12, bytes(16))
    assert not opens(commit(12, bytes(16)), 2, bytes(16) + b"1")


def test_a_salt_of_another_size_is_refused() -> None:
    with pytest.raises(LedgerError, match="16 个随机字节"):
        commit("x", b"")
    assert not opens(commit("x", bytes(16)), "x", b"")
