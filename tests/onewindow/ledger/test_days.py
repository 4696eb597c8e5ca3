"""The close of a day: who may sign what, and when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.crypto import sm2
from onewindow.kernel.ledger.days import (
    NO_DAY_BEFORE,
    Closing,
    Leaf,
    SealedRoot,
    close_day,
    heads,
)
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.ledger.merkle import EMPTY_ROOT, Tree
from tests.onewindow.ledger.chains import DAY, FIRST_DAY, MIDNIGHT, key, ledger

LEAVES = [Leaf("A", 3, b"\1" * 32), Leaf("B", 1, b"\2" * 32), Leaf("甲", 2, b"\3" * 32)]
CLOSING = Closing(FIRST_DAY, MIDNIGHT + DAY, LEAVES, 5)
FIRST = close_day(CLOSING, None, key())
HEADS = ledger().heads
NEXT = Closing(FIRST_DAY + timedelta(days=1), MIDNIGHT + 2 * DAY, [], 0)


def test_a_root_covers_the_heads_of_the_day() -> None:
    assert FIRST.root.root == Tree(leaf.hash() for leaf in LEAVES).root()
    assert (FIRST.root.leaves, FIRST.root.entries, FIRST.root.previous) == (3, 5, NO_DAY_BEFORE)
    assert FIRST.is_signed_by(key().public)
    assert not FIRST.is_signed_by(key(2).public)


def test_a_root_that_names_another_key_is_not_signed_by_this_one() -> None:
    root = replace(FIRST.root, key=key(2).public.fingerprint)
    assert not SealedRoot(root, sm2.sign(key(), root.canonical())).is_signed_by(key().public)


def test_the_next_day_holds_the_signature_and_not_the_root_alone() -> None:
    again = SealedRoot(FIRST.root, sm2.sign(key(), FIRST.root.canonical()))
    assert again.is_signed_by(key().public)
    assert again.digest() != FIRST.digest()


def test_a_root_is_signed_over_its_canonical_bytes() -> None:
    assert sm2.verify(key().public, FIRST.root.canonical(), FIRST.signature)
    assert json.loads(FIRST.root.canonical()) == FIRST.root.as_json()


def test_a_day_without_entries_has_a_root_too() -> None:
    empty = close_day(NEXT, FIRST, key())
    assert empty.root.root == EMPTY_ROOT
    assert empty.root.previous == FIRST.digest()


def test_a_key_names_its_successor_and_only_that_one_signs_the_next_day() -> None:
    handover = close_day(CLOSING, None, key(), next_key=key(2).public)
    assert handover.root.next_key == key(2).public.fingerprint
    with pytest.raises(LedgerError, match="换密钥"):
        close_day(NEXT, handover, key())
    assert close_day(NEXT, handover, key(2)).is_signed_by(key(2).public)
    with pytest.raises(LedgerError, match="换密钥"):
        close_day(NEXT, FIRST, key(2))


@pytest.mark.parametrize("days", [0, 2, -1])
def test_days_are_closed_one_after_the_other(days: int) -> None:
    closing = replace(NEXT, day=FIRST_DAY + timedelta(days=days), at=MIDNIGHT + 9 * DAY)
    with pytest.raises(LedgerError, match="逐日"):
        close_day(closing, FIRST, key())


def test_a_day_that_is_not_over_is_not_closed() -> None:
    with pytest.raises(LedgerError, match="还没有结束"):
        close_day(replace(CLOSING, at=MIDNIGHT + DAY - 1), None, key())


@pytest.mark.parametrize("leaves", [LEAVES[::-1], [LEAVES[0], LEAVES[0]]])
def test_leaves_out_of_order_are_refused(leaves: list[Leaf]) -> None:
    with pytest.raises(LedgerError, match="排列"):
        close_day(replace(CLOSING, leaves=leaves), None, key())


def test_fewer_entries_than_matters_are_refused() -> None:
    with pytest.raises(LedgerError, match="重新统计"):
        close_day(replace(CLOSING, entries=2), None, key())


@given(st.permutations([(e.value.matter, e.value.seq, e.hash) for e in ledger().entries]))
def test_the_heads_of_a_day_do_not_depend_on_the_order_of_reading(
    entries: list[tuple[str, int, bytes]],
) -> None:
    assert tuple(heads(entries)) == HEADS
