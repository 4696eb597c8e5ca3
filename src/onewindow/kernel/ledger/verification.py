"""Every entry and every day of the ledger checked again, streaming.

Entries come sorted by (matter, seq), the leaves that were stored at the close of the days and the
heads of matters likewise. Memory grows with the number of days (some hundred bytes each) and with
the entries of one matter, not with the ledger.

What each part shows:

- an entry whose content does not give its hash was altered;
- a chain that does not follow on was cut, doubled, reordered or joined up differently;
- a chain computed anew after an alteration does not end in the head that the signed root of the day
  covers; the stored leaves say which matter it is, and are held to the signed root themselves;
- without the signing key no root can be made anew, and roots follow on day by day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from onewindow.kernel.crypto.keys import PublicKey
from onewindow.kernel.ledger.chain import DayHead, check_chain
from onewindow.kernel.ledger.days import Leaf, SealedRoot
from onewindow.kernel.ledger.entry import StoredEntry, date_of, number_of
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.ledger.faults import Fault, of_day, of_entries
from onewindow.kernel.ledger.merkle import Growing
from onewindow.kernel.ledger.roots import check_roots

Row = TypeVar("Row")


class StoredLeaf(NamedTuple):
    """A leaf as it was stored when its day was closed."""

    day: date
    leaf: Leaf


@dataclass(frozen=True)
class Evidence:
    """What the entries are held against.

    `roots`: sorted by day; `keys`: trusted public keys by fingerprint, known from outside the database;
    `leaves`: sorted by (matter, day), None where none were stored, and then a broken day does not say
    which matter it is; `heads`: the head of every matter as its projection has it, sorted by matter,
    None to do without; `announced`, `published`: see `roots.check_roots`.
    """

    roots: Sequence[SealedRoot]
    keys: Mapping[str, PublicKey]
    leaves: Iterable[StoredLeaf] | None = None
    heads: Iterable[Leaf] | None = None
    announced: Collection[str] = ()
    published: Mapping[date, bytes] = field(default_factory=dict)


class Verification:
    """One run over the ledger. The counts are true once `faults` is exhausted.

    `entries`, `matters`: how many there are; `unsealed`: entries of days not yet closed, which only
    their own chain protects.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.entries = self.matters = self.unsealed = 0
        self._evidence = evidence
        self._days: dict[int, _Day] = {}
        self._closed = {number_of(sealed.root.day) for sealed in evidence.roots}

    def faults(self, entries: Iterable[StoredEntry]) -> Iterator[Fault]:
        """Everything that is not as it was recorded. Raises LedgerError where the input is not sorted."""
        evidence = self._evidence
        yield from check_roots(evidence.roots, evidence.keys, evidence.announced, evidence.published)
        leaves = _Beside(map(_readable_leaf, evidence.leaves or ()), lambda stored: stored.leaf.matter)
        heads = _Beside(map(_readable, evidence.heads or ()), attrgetter("matter"))
        last = None
        for matter, rows in groupby(entries, _matter):
            if last is not None and matter < last:
                raise LedgerError("经过没有按案件编号(码位顺序)排列,无法核验。")
            last = matter
            yield from self._lost(leaves, heads, matter)
            yield from self._matter(matter, rows, leaves.take(matter), heads.take(matter))
        yield from self._lost(leaves, heads, None)
        yield from self._roots()

    def _matter(
        self, matter: str, rows: Iterable[StoredEntry], leaves: list[StoredLeaf], heads: list[Leaf]
    ) -> Iterator[Fault]:
        chain = check_chain(rows)
        self.matters += 1
        found = list(chain.faults)
        stored = {number_of(one.day): one.leaf for one in leaves}
        before = 0
        for made in chain.heads:
            found += self._close(matter, made, stored.pop(made.day, None), before)
            before = made.seq
        for number, leaf in stored.items():
            self._day(number).lose(leaf)
            found.append(_gone(leaf, number))
        if self._evidence.heads is not None and chain.heads:
            found += _at_the_end(matter, chain.heads[-1], heads)
        yield from dict.fromkeys(found)  # leaf and head may tell the same

    def _close(self, matter: str, made: DayHead, stored: Leaf | None, before: int) -> list[Fault]:
        """Put the head of a day into the day's tree and compare it with what was stored."""
        day = self._day(made.day)
        day.entries += made.entries
        self.entries += made.entries
        day.leafed = day.leafed or stored is not None
        if made.day not in self._closed:
            return []
        leaf = Leaf(matter, made.seq, made.head)
        if self._evidence.leaves is None or leaf == stored:
            hashed = leaf.hash()
            day.add(hashed, hashed)
            return []
        day.add(leaf.hash(), stored and stored.hash())
        return [_difference(leaf, stored, before, made.day)]

    def _lost(self, leaves: _Beside[StoredLeaf], heads: _Beside[Leaf], matter: str | None) -> Iterator[Fault]:
        """Matters before `matter` that have leaves or heads, but no entry."""
        found = []
        for stored in leaves.skipped(matter):
            number = number_of(stored.day)
            self._day(number).lose(stored.leaf)
            found.append(_gone(stored.leaf, number))
        found += [of_entries("missing", head.matter, 1, head.seq) for head in heads.skipped(matter)]
        yield from dict.fromkeys(found)

    def _roots(self) -> Iterator[Fault]:
        """Hold the trees of all days to the signed roots."""
        last = max(self._closed, default=-1)
        for sealed in self._evidence.roots:
            yield from self._day(number_of(sealed.root.day)).differences(sealed)
        for number, day in sorted(self._days.items()):
            if number > last and day.leafed:
                yield of_day("missing-day", date_of(number), ",而日终登记还在")
            elif number > last:
                self.unsealed += day.entries
            elif number not in self._closed and day.entries:
                yield of_day("not-closed", date_of(number))

    def _day(self, number: int) -> _Day:
        day = self._days.get(number)
        if day is None:
            day = self._days[number] = _Day()
        return day


class _Day:
    """The tree of a day as the entries make it, and as the stored leaves do once they differ."""

    __slots__ = ("_made", "_stored", "entries", "leafed")

    def __init__(self) -> None:
        self.entries = 0
        self.leafed = False  # whether leaves were stored, that is, whether it was closed once
        self._made = Growing()
        self._stored: Growing | None = None

    def add(self, made: bytes | None, stored: bytes | None) -> None:
        if made != stored and self._stored is None:
            self._stored = self._made.copy()
        if made is not None:
            self._made.add(made)
        if stored is not None and self._stored is not None:
            self._stored.add(stored)

    def lose(self, leaf: Leaf) -> None:
        """A stored leaf for which there is no entry."""
        self.leafed = True
        self.add(None, leaf.hash())

    def differences(self, sealed: SealedRoot) -> Iterator[Fault]:
        root = sealed.root
        made_fits = (self._made.root(), self._made.size) == (root.root, root.leaves)
        stored = self._stored or self._made
        stored_fits = (stored.root(), stored.size) == (root.root, root.leaves)
        if not made_fits:
            lost = "" if stored_fits else ";日终登记与签过名的根也不符,不能据以断定是哪个案件"
            yield of_day("wrong-root", root.day, lost)
        elif not stored_fits:
            yield of_day("wrong-leaves", root.day)
        if self.entries != root.entries:
            yield of_day("wrong-count", root.day, f":现有 {self.entries} 条,日根记 {root.entries} 条")


class _Beside(Generic[Row]):
    """Rows sorted by matter, read along with the entries."""

    def __init__(self, rows: Iterable[Row], matter_of: Callable[[Row], str]) -> None:
        self._rows, self._matter_of = iter(rows), matter_of
        self._next = next(self._rows, None)

    def skipped(self, matter: str | None) -> Iterator[Row]:
        """Rows of matters before `matter`; of all that are left for None."""
        while self._next is not None and (matter is None or self._matter_of(self._next) < matter):
            yield self._advance()

    def take(self, matter: str) -> list[Row]:
        """Rows of `matter`."""
        rows = []
        while self._next is not None and self._matter_of(self._next) == matter:
            rows.append(self._advance())
        return rows

    def _advance(self) -> Row:
        row = self._next
        assert row is not None
        self._next = next(self._rows, None)
        if self._next is not None and self._matter_of(self._next) < self._matter_of(row):
            raise LedgerError("日终登记或案件表没有按案件编号(码位顺序)排列,无法核验。")
        return row


def _matter(row: StoredEntry) -> str:
    return row.value.matter


def _readable(leaf: Leaf) -> Leaf:
    """The leaf, or one that no entry fits: SQLite keeps text in a column of integers."""
    if type(leaf.seq) is int and type(leaf.head) is bytes:
        return leaf
    return Leaf(leaf.matter, 0, b"")


def _readable_leaf(stored: StoredLeaf) -> StoredLeaf:
    return stored._replace(leaf=_readable(stored.leaf))


def _gone(leaf: Leaf, day: int) -> Fault:
    return of_entries("missing", leaf.matter, leaf.seq, leaf.seq, f"({date_of(day)} 日终登记)")


def _difference(made: Leaf, stored: Leaf | None, before: int, day: int) -> Fault:
    """How the head of a day differs from what was stored when the day was closed."""
    when = f"({date_of(day)} 日终登记)"
    if stored is None:
        return of_entries("inserted", made.matter, before + 1, made.seq, when)
    if made.seq > stored.seq:
        return of_entries("inserted", made.matter, stored.seq + 1, made.seq, when)
    if made.seq < stored.seq:
        return of_entries("missing", made.matter, made.seq + 1, stored.seq, when)
    return of_entries("rehashed", made.matter, before + 1, made.seq, when)


def _at_the_end(matter: str, made: DayHead, heads: list[Leaf]) -> list[Fault]:
    """How a chain ends otherwise than the matter's own row says."""
    if not heads:
        return [of_entries("inserted", matter, 1, made.seq, "(案件表里没有这个案件)")]
    head = heads[-1]
    if head.seq > made.seq:
        return [of_entries("missing", matter, made.seq + 1, head.seq, "(案件表)")]
    if head.seq < made.seq:
        return [of_entries("inserted", matter, head.seq + 1, made.seq, "(案件表)")]
    if head.head != made.head:
        return [of_entries("rehashed", matter, 1, made.seq, "(案件表)")]
    return []
