"""A small bureau's ledger: matters that move over some days, every day closed and signed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from onewindow.kernel.crypto.keys import PrivateKey, private_key
from onewindow.kernel.ledger.canonical import Json
from onewindow.kernel.ledger.days import Closing, Leaf, SealedRoot, close_day, heads
from onewindow.kernel.ledger.entry import FIRST_PREVIOUS, EntryValue, StoredEntry, day_of, number_of, record
from onewindow.kernel.ledger.faults import Fault
from onewindow.kernel.ledger.verification import Evidence, StoredLeaf, Verification

FIRST_DAY = date(2026, 9, 28)
DAY = 24 * 3600 * 1_000_000
MIDNIGHT = number_of(FIRST_DAY) * DAY - 8 * 3600 * 1_000_000  # of the first day in Beijing, as UTC
STEPS = (
    ("submit", "", "submitted"),
    ("accept", "submitted", "reviewing"),
    ("note", "reviewing", "reviewing"),
)


@cache
def key(number: int = 1) -> PrivateKey:
    return private_key((number * 7919 + 123456789).to_bytes(32, "big"))


@dataclass(frozen=True)
class Ledger:
    """Entries sorted by (matter, seq), the roots of the closed days, and what was stored with them."""

    entries: tuple[StoredEntry, ...]
    roots: tuple[SealedRoot, ...]
    leaves: tuple[StoredLeaf, ...]
    heads: tuple[Leaf, ...]

    def of(self, matter: str) -> list[StoredEntry]:
        return [entry for entry in self.entries if entry.value.matter == matter]

    def faults(self, **changes: Any) -> list[Fault]:
        """What verification finds after `changes` to what is stored."""
        changed = replace(self, **changes)
        evidence = Evidence(
            changed.roots, {key().public.fingerprint: key().public}, changed.leaves, changed.heads
        )
        return list(Verification(evidence).faults(changed.entries))


def value(matter: str, before: StoredEntry | None, at: int) -> EntryValue:
    seq = 1 if before is None else before.value.seq + 1
    step, from_state, to_state = STEPS[min(seq, 3) - 1]
    facts: dict[str, Json] = {
        "title": "食品经营许可",
        "count": seq,
        "urgent": seq % 2 == 0,
        "parts": ["a", None, {"x": -1}],
    }
    previous = FIRST_PREVIOUS if before is None else before.hash
    return EntryValue(
        matter,
        "permit",
        seq,
        step,
        from_state,
        to_state,
        "staff",
        "1024",
        at,
        facts,
        [f"{seq:064x}"],
        previous,
    )


def chain(matter: str, moments: list[int]) -> list[StoredEntry]:
    entries: list[StoredEntry] = []
    for at in sorted(moments):
        entries.append(record(value(matter, entries[-1] if entries else None, at)))
    return entries


def close(entries: list[StoredEntry], days: int) -> tuple[list[SealedRoot], list[StoredLeaf]]:
    roots: list[SealedRoot] = []
    leaves: list[StoredLeaf] = []
    for number in range(days):
        day = FIRST_DAY + timedelta(days=number)
        todays = [(e.value.matter, e.value.seq, e.hash) for e in entries if day_of(e.value.at) == day]
        kept = heads(todays)
        closing = Closing(day, MIDNIGHT + (number + 1) * DAY, kept, len(todays))
        roots.append(close_day(closing, roots[-1] if roots else None, key()))
        leaves += [StoredLeaf(day, leaf) for leaf in kept]
    return roots, sorted(leaves, key=lambda one: (one.leaf.matter, one.day))


def ledger(matters: int = 6, days: int = 4, closed: int = 3, seed: int = 1) -> Ledger:
    """`days` on which things happen, of which the first `closed` are closed."""
    rng = random.Random(seed)
    entries = [
        entry
        for number in range(matters)
        for entry in chain(
            f"M{number:03d}", [MIDNIGHT + rng.randrange(days * DAY) for _ in range(rng.randint(1, 6))]
        )
    ]
    roots, leaves = close(entries, closed)
    return Ledger(tuple(entries), tuple(roots), tuple(leaves), tuple(all_heads(entries)))


def all_heads(entries: list[StoredEntry]) -> list[Leaf]:
    return heads((entry.value.matter, entry.value.seq, entry.hash) for entry in entries)
