"""Whatever is changed in what is stored is found, and said to be where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onewindow.kernel.ledger.entry import FIRST_PREVIOUS, EntryValue, StoredEntry, day_of, entry_hash
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.ledger.faults import FAULTS, Fault
from onewindow.kernel.ledger.verification import Evidence, Verification
from tests.onewindow.ledger.chains import FIRST_DAY, Ledger, all_heads, chain, key, ledger

LEDGERS = [ledger(seed=seed) for seed in range(4)]
CHOSEN = st.sampled_from(LEDGERS)
OTHER: dict[str, st.SearchStrategy[Any]] = {
    "matter": st.sampled_from(["M000", "M001", "M0015", "A", "Z"]),
    "seq": st.integers(1, 9),
    "at": st.integers(0, 2**53 - 1),
    "facts": st.sampled_from([{}, {"count": 1}, {"title": "食品经营许可", "count": 1.0}, {"x": {"y": [0]}}]),
    "documents": st.sampled_from([[], ["00" * 32], [f"{1:064x}", f"{2:064x}"]]),
    "previous": st.binary(min_size=32, max_size=32),
}
TEXT = st.sampled_from(["", "other", "staff ", "甲"])


def ordered(entries: Sequence[StoredEntry]) -> tuple[StoredEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.value.matter, entry.value.seq)))


def names(fault: Fault, entry: EntryValue) -> bool:
    """Whether a fault points at an entry: alone, or in a range of the same matter."""
    if fault.matter != entry.matter or fault.seq is None or fault.first is None:
        return False
    return fault.first <= entry.seq <= fault.seq


def rehashed(entries: Sequence[StoredEntry]) -> list[StoredEntry]:
    """What somebody makes of a chain who can write to the database, but not sign: all of it fits."""
    made: list[StoredEntry] = []
    for number, entry in enumerate(entries, 1):
        previous = made[-1].hash if made else FIRST_PREVIOUS
        value = entry.value._replace(seq=number, previous=previous)
        made.append(StoredEntry(value, entry_hash(value)))
    return made


def with_chain(book: Ledger, matter: str, made: Sequence[StoredEntry]) -> tuple[StoredEntry, ...]:
    return ordered([*(entry for entry in book.entries if entry.value.matter != matter), *made])


def is_closed(entry: StoredEntry) -> bool:
    return (day_of(entry.value.at) - FIRST_DAY).days < 3


@pytest.mark.parametrize("book", LEDGERS)
def test_an_untouched_ledger_has_no_faults_and_is_counted(book: Ledger) -> None:
    assert book.faults() == []
    run = Verification(Evidence(book.roots, {key().public.fingerprint: key().public}, book.leaves))
    assert list(run.faults(book.entries)) == []
    assert run.entries == len(book.entries)
    assert run.matters == len({entry.value.matter for entry in book.entries})
    assert run.unsealed == sum(not is_closed(entry) for entry in book.entries)


def test_an_empty_ledger_has_no_faults() -> None:
    assert list(Verification(Evidence((), {})).faults(())) == []


@settings(deadline=None, max_examples=300)
@given(CHOSEN, st.data())
def test_any_field_changed_in_any_entry_is_found_there(book: Ledger, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(book.entries) - 1))
    entry = book.entries[place]
    name = data.draw(st.sampled_from([*EntryValue._fields, "hash"]))
    if name == "hash":
        changed = StoredEntry(entry.value, data.draw(st.binary(min_size=32, max_size=32)))
    else:
        new = data.draw(OTHER.get(name, TEXT))
        changed = StoredEntry(entry.value._replace(**{name: new}), entry.hash)
    assume(changed != entry)
    found = book.faults(entries=ordered([*book.entries[:place], changed, *book.entries[place + 1 :]]))
    assert any(names(fault, entry.value) for fault in found)
    assert any(fault.code == "altered" and names(fault, changed.value) for fault in found)


@settings(deadline=None)
@given(CHOSEN, st.data())
def test_any_entry_taken_out_is_named(book: Ledger, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(book.entries) - 1))
    found = book.faults(entries=(*book.entries[:place], *book.entries[place + 1 :]))
    gone = book.entries[place].value
    assert any(fault.code in ("gap", "missing") and names(fault, gone) for fault in found)


@settings(deadline=None)
@given(CHOSEN, st.data())
def test_any_entry_taken_out_of_a_closed_day_is_named_though_all_hashes_are_made_anew(
    book: Ledger, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from([entry for entry in book.entries if is_closed(entry)]))
    matter = gone.value.matter
    entries = with_chain(book, matter, rehashed([one for one in book.of(matter) if one != gone]))
    found = book.faults(entries=entries, heads=tuple(all_heads(list(entries))))
    assert any(fault.matter == matter for fault in found)
    assert any(fault.code == "wrong-root" and fault.day == day_of(gone.value.at) for fault in found)


@settings(deadline=None)
@given(CHOSEN, st.data(), st.booleans())
def test_any_entry_put_in_is_named(book: Ledger, data: st.DataObject, anew: bool) -> None:
    model = data.draw(st.sampled_from([entry for entry in book.entries if is_closed(entry)]))
    matter = model.value.matter
    chain_of, place = book.of(matter), book.of(matter).index(model)
    made = [*chain_of[: place + 1], model, *chain_of[place + 1 :]]
    entries = with_chain(book, matter, rehashed(made) if anew else made)
    heads = tuple(all_heads(list(entries))) if anew else book.heads
    found = [fault for fault in book.faults(entries=entries, heads=heads) if fault.matter == matter]
    assert {"inserted", "duplicate", "rehashed", "missing"} & {fault.code for fault in found}
    assert anew or any(fault.code == "duplicate" and names(fault, model.value) for fault in found)


@settings(deadline=None)
@given(CHOSEN, st.data())
def test_a_whole_matter_taken_out_or_put_in_is_named(book: Ledger, data: st.DataObject) -> None:
    matter = data.draw(st.sampled_from(sorted({leaf.leaf.matter for leaf in book.leaves})))
    heads = tuple(head for head in book.heads if head.matter != matter)
    rest = tuple(entry for entry in book.entries if entry.value.matter != matter)
    assert any(f.code == "missing" and f.matter == matter for f in book.faults(entries=rest, heads=heads))
    closed_day = next(entry.value.at for entry in book.entries if is_closed(entry))
    entries = with_chain(book, "M0005", chain("M0005", [closed_day]))
    found = book.faults(entries=entries, heads=tuple(all_heads(list(entries))))
    assert any(f.code == "inserted" and f.matter == "M0005" for f in found)


@settings(deadline=None)
@given(CHOSEN, st.data(), st.sampled_from(["rows", "contents", "hashes", "numbers"]))
def test_any_two_entries_exchanged_are_found(book: Ledger, data: st.DataObject, how: str) -> None:
    places = st.integers(0, len(book.entries) - 1)
    one, other = sorted(data.draw(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1])))
    a, b = book.entries[one], book.entries[other]
    if how == "rows":
        assume(a.value.matter == b.value.matter)
        swapped = (b, a)
    elif how == "contents":
        assume(a.value._replace(seq=0, previous=b"") != b.value._replace(seq=0, previous=b""))
        keep = ("matter", "seq", "previous")
        swapped = (
            StoredEntry(b.value._replace(**{name: getattr(a.value, name) for name in keep}), a.hash),
            StoredEntry(a.value._replace(**{name: getattr(b.value, name) for name in keep}), b.hash),
        )
    elif how == "hashes":
        swapped = (StoredEntry(a.value, b.hash), StoredEntry(b.value, a.hash))
    else:
        assume(a.value.seq != b.value.seq)
        swapped = (
            StoredEntry(a.value._replace(seq=b.value.seq), a.hash),
            StoredEntry(b.value._replace(seq=a.value.seq), b.hash),
        )
    entries = list(book.entries)
    entries[one], entries[other] = swapped
    found = book.faults(entries=entries if how == "rows" else ordered(entries))
    assert any(names(fault, a.value) for fault in found)
    assert any(names(fault, b.value) for fault in found)


@settings(deadline=None, max_examples=200)
@given(CHOSEN, st.data(), st.booleans())
def test_an_alteration_of_a_closed_day_is_found_though_every_hash_is_made_anew(
    book: Ledger, data: st.DataObject, leaves_too: bool
) -> None:
    """Entries, heads and, where `leaves_too`, the stored leaves are all made to fit; the root cannot be."""
    victim = data.draw(st.sampled_from([entry for entry in book.entries if is_closed(entry)]))
    matter = victim.value.matter
    forged = StoredEntry(victim.value._replace(facts={"title": "已批准"}), b"")
    made = rehashed([forged if entry == victim else entry for entry in book.of(matter)])
    entries = with_chain(book, matter, made)
    hashes = {(matter, entry.value.seq): entry.hash for entry in made}
    leaves = tuple(
        one._replace(leaf=one.leaf._replace(head=hashes.get(one.leaf[:2], one.leaf.head)))
        for one in book.leaves
    )
    heads = tuple(all_heads(list(entries)))
    found = book.faults(entries=entries, heads=heads, leaves=leaves if leaves_too else book.leaves)
    days = {fault.day for fault in found if fault.code == "wrong-root"}
    assert day_of(victim.value.at) in days
    if not leaves_too:
        assert any(fault.code == "rehashed" and names(fault, victim.value) for fault in found)


def test_without_stored_leaves_a_broken_day_is_still_found() -> None:
    book = LEDGERS[0]
    rest = tuple(entry for entry in book.entries if entry.value.matter != "M001")
    run = Verification(Evidence(book.roots, {key().public.fingerprint: key().public}))
    assert {fault.code for fault in run.faults(rest)} == {"wrong-root", "wrong-count"}


@settings(deadline=None)
@given(CHOSEN, st.data())
def test_a_stored_leaf_that_is_changed_is_told_from_a_changed_entry(
    book: Ledger, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(book.leaves) - 1))
    leaf = book.leaves[place]
    changed = leaf._replace(leaf=leaf.leaf._replace(head=data.draw(st.binary(min_size=32, max_size=32))))
    middle = data.draw(st.sampled_from([(changed,), ()]))
    found = book.faults(leaves=(*book.leaves[:place], *middle, *book.leaves[place + 1 :]))
    assert {fault.code for fault in found if fault.matter is None} == {"wrong-leaves"}
    assert [fault.day for fault in found if fault.code == "wrong-leaves"] == [leaf.day]
    assert {fault.matter for fault in found if fault.matter} == {leaf.leaf.matter}


def test_a_head_that_points_elsewhere_is_found() -> None:
    book = LEDGERS[0]
    head = book.heads[2]
    for changed, code in (
        (head._replace(seq=head.seq + 1), "missing"),
        (head._replace(seq=head.seq - 1), "inserted"),
        (head._replace(head=bytes(32)), "rehashed"),
    ):
        found = book.faults(heads=(*book.heads[:2], changed, *book.heads[3:]))
        assert [(fault.code, fault.matter) for fault in found] == [(code, head.matter)]
    (fault,) = book.faults(heads=(*book.heads[:2], *book.heads[3:]))
    assert (fault.code, fault.matter) == ("inserted", head.matter)


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": "2"},
        {"at": None},
        {"at": "x"},
        {"at": -(2**63)},
        {"at": 2**63 - 1},
        {"seq": 2**63 - 1},
        {"documents": None},
        {"facts": {1: object()}},
        {"step": 3},
    ],
)
def test_a_row_that_is_no_entry_any_more_is_a_fault_and_no_crash(changes: dict[str, Any]) -> None:
    book = LEDGERS[0]
    matter = next(entry.value.matter for entry in book.entries if entry.value.seq == 2)
    place = book.entries.index(book.of(matter)[1])
    broken = StoredEntry(book.entries[place].value._replace(**changes), book.entries[place].hash)
    found = book.faults(entries=(*book.entries[:place], broken, *book.entries[place + 1 :]))
    assert any(names(fault, book.entries[place].value) for fault in found)
    assert {"altered", "unreadable"} & {fault.code for fault in found if fault.matter == matter}


@pytest.mark.parametrize("changes", [{"seq": "2"}, {"seq": None}, {"head": None}, {"head": "00"}])
def test_a_leaf_or_head_that_is_none_any_more_is_a_fault_and_no_crash(changes: dict[str, Any]) -> None:
    book = LEDGERS[0]
    leaf, head = book.leaves[0], book.heads[0]
    broken = leaf._replace(leaf=leaf.leaf._replace(**changes))
    found = book.faults(leaves=(broken, *book.leaves[1:]))
    assert ("wrong-leaves", leaf.day) in {(fault.code, fault.day) for fault in found}
    assert book.faults(heads=(head._replace(**changes), *book.heads[1:])) != []


def test_an_entry_joined_to_another_one_is_named_though_its_own_hash_fits() -> None:
    book = LEDGERS[0]
    matter = next(entry.value.matter for entry in book.entries if entry.value.seq == 3)
    value = book.of(matter)[1].value._replace(previous=b"\1" * 32)
    place = book.entries.index(book.of(matter)[1])
    joined = StoredEntry(value, entry_hash(value))
    found = book.faults(entries=(*book.entries[:place], joined, *book.entries[place + 1 :]))
    assert [(fault.code, fault.seq) for fault in found if fault.code == "wrong-previous"] == [
        ("wrong-previous", 2),
        ("wrong-previous", 3),
    ]
    assert "altered" not in {fault.code for fault in found}


def test_time_that_runs_backwards_is_named() -> None:
    book = LEDGERS[0]
    matter = next(entry.value.matter for entry in book.entries if entry.value.seq == 2)
    made = book.of(matter)
    made[1] = StoredEntry(made[1].value._replace(at=made[0].value.at - 1), b"")
    entries = with_chain(book, matter, rehashed(made))
    assert ("backwards", 2) in {(fault.code, fault.seq) for fault in book.faults(entries=entries)}


def test_input_that_is_not_sorted_is_refused_loudly() -> None:
    book = LEDGERS[0]
    with pytest.raises(LedgerError, match="码位顺序"):
        book.faults(entries=book.entries[::-1])
    with pytest.raises(LedgerError, match="码位顺序"):
        book.faults(leaves=book.leaves[::-1])


def test_every_fault_is_told_in_chinese_with_its_place() -> None:
    book = LEDGERS[0]
    victim = book.entries[1]
    (fault,) = book.faults(
        entries=(book.entries[0], victim._replace(value=victim.value._replace(step="x")), *book.entries[2:])
    )
    assert fault.message == f"案件 {victim.value.matter} 第 {victim.value.seq} 条经过:{FAULTS['altered']}。"


def test_every_code_is_explained_in_the_handbook() -> None:
    page = (Path(__file__).parents[3] / "docs" / "ledger.md").read_text(encoding="utf-8")
    assert [code for code, meaning in FAULTS.items() if f"| {code} | {meaning} |" not in page] == []


def test_memory_does_not_grow_with_the_ledger() -> None:
    """A stream can be read only once, and nothing of it is kept: a million entries would do as well."""
    book = LEDGERS[0]
    run = Verification(
        Evidence(book.roots, {key().public.fingerprint: key().public}, iter(book.leaves), iter(book.heads))
    )
    assert list(run.faults(entry for entry in book.entries)) == []
    kept = [value for value in vars(run).values() if isinstance(value, (list, tuple))]
    assert kept == []
