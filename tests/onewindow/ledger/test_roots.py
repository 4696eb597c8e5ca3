"""The chain of days: no root is exchanged, taken out or signed by another without being named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.kernel.crypto import sm2
from onewindow.kernel.ledger.days import Closing, SealedRoot, close_day
from onewindow.kernel.ledger.roots import check_roots
from tests.onewindow.ledger.chains import DAY, FIRST_DAY, MIDNIGHT, key, ledger

BOOK = ledger(days=6, closed=5)
KEYS = {key().public.fingerprint: key().public}


def codes(roots: list[SealedRoot], **options: Any) -> set[str]:
    return {fault.code for fault in check_roots(roots, options.pop("keys", KEYS), **options)}


def resigned(sealed: SealedRoot, number: int = 1, **changes: Any) -> SealedRoot:
    root = replace(sealed.root, **changes)
    return SealedRoot(root, sm2.sign(key(number), root.canonical()))


CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "day": st.integers(-9, 9).map(lambda days: FIRST_DAY + timedelta(days=days)),
    "at": st.integers(0, 2**53 - 1),
    "entries": st.integers(0, 99),
    "leaves": st.integers(0, 99),
    "root": st.binary(min_size=32, max_size=32),
    "previous": st.binary(min_size=32, max_size=32),
    "key": st.just(key(2).public.fingerprint),
    "next_key": st.just(key(2).public.fingerprint),
}


@settings(deadline=None)
@given(st.data(), st.integers(0, 4))
def test_any_field_of_any_root_changed_is_found_on_its_day(data: st.DataObject, place: int) -> None:
    name = data.draw(st.sampled_from([*CHANGES, "signature"]))
    sealed = BOOK.roots[place]
    if name == "signature":
        changed = replace(sealed, signature=data.draw(st.binary(max_size=72)))
    else:
        new: Any = data.draw(CHANGES[name].filter(lambda value: value != getattr(sealed.root, name)))
        changed = replace(sealed, root=replace(sealed.root, **{name: new}))
    found = BOOK.faults(roots=(*BOOK.roots[:place], changed, *BOOK.roots[place + 1 :]))
    assert any(
        fault.code in ("wrong-signature", "unknown-key") and fault.day == changed.root.day for fault in found
    )


@pytest.mark.parametrize("place", range(5))
def test_any_root_taken_out_is_missed(place: int) -> None:
    found = BOOK.faults(roots=(*BOOK.roots[:place], *BOOK.roots[place + 1 :]))
    day = BOOK.roots[place].root.day
    assert ("missing-day", day) in {(fault.code, fault.day) for fault in found}


def test_roots_exchanged_or_doubled_are_found() -> None:
    one, two, *rest = BOOK.roots
    assert "wrong-day-chain" in codes([two, one, *rest])
    assert "wrong-day-chain" in codes([one, two, two, *rest])


def test_a_root_signed_anew_breaks_the_chain_on_the_next_day() -> None:
    """Even who has the key cannot change a past day alone."""
    one, two, *rest = BOOK.roots
    found = list(check_roots([resigned(one, entries=99), two, *rest], KEYS))
    assert [(fault.code, fault.day) for fault in found] == [("wrong-day-chain", two.root.day)]


def test_a_ledger_signed_anew_from_some_day_on_differs_from_what_was_published() -> None:
    published = {sealed.root.day: sealed.digest() for sealed in BOOK.roots}
    assert codes(list(BOOK.roots), published=published) == set()
    last = resigned(BOOK.roots[-1], entries=99)
    assert codes([*BOOK.roots[:-1], last], published=published) == {"not-published"}
    assert codes(list(BOOK.roots[:-1]), published=published) == {"missing-day"}


def test_a_foreign_signature_is_found() -> None:
    *rest, last = BOOK.roots
    assert codes([*rest, resigned(last, 2)]) == {"wrong-signature"}
    other = resigned(last, 2, key=key(2).public.fingerprint)
    assert codes([*rest, other]) == {"unknown-key", "wrong-key"}
    both = {**KEYS, key(2).public.fingerprint: key(2).public}
    assert codes([*rest, other], keys=both) == {"wrong-key"}
    assert codes([*rest, other], keys=both, announced=[key(2).public.fingerprint]) == set()


def test_a_key_that_the_old_one_named_takes_over() -> None:
    first = close_day(Closing(FIRST_DAY, MIDNIGHT + DAY, [], 0), None, key(), key(2).public)
    second = close_day(Closing(FIRST_DAY + timedelta(days=1), MIDNIGHT + 2 * DAY, [], 0), first, key(2))
    both = {**KEYS, key(2).public.fingerprint: key(2).public}
    assert codes([first, second], keys=both) == set()


def test_entries_before_the_first_root_are_not_covered_and_named() -> None:
    first = close_day(Closing(FIRST_DAY + timedelta(days=5), MIDNIGHT + 6 * DAY, [], 0), None, key())
    found = BOOK.faults(roots=(first,), leaves=())
    assert {fault.code for fault in found} >= {"not-closed"}
