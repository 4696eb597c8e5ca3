"""The chain of one matter, entry by entry. This is where verification spends its time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.ledger.canonical import GREATEST_INTEGER
from onewindow.kernel.ledger.entry import FIRST_PREVIOUS, EntryValue, StoredEntry, canonical, day_number
from onewindow.kernel.ledger.faults import Fault, of_entries


class DayHead(NamedTuple):
    """Where a matter stood at the end of a day, and how many entries it got that day."""

    day: int
    seq: int
    head: bytes
    entries: int


class Chain(NamedTuple):
    """What was found about one matter; `heads`: one for each day on which it moved."""

    heads: list[DayHead]
    faults: list[Fault]


def check_chain(rows: Iterable[StoredEntry]) -> Chain:
    """Check the entries of one matter, sorted by seq. Never raises for what a row holds."""
    faults: list[Fault] = []
    heads: dict[int, DayHead] = {}
    expected, previous, at = 1, FIRST_PREVIOUS, 0
    day, today = 0, 0  # the day of the entry before, and how many entries it has so far
    for value, stored in rows:
        if type(value.seq) is not int or type(value.at) is not int or type(stored) is not bytes:
            faults.append(of_entries("unreadable", value.matter, expected, expected))
            expected, previous = expected + 1, stored if type(stored) is bytes else b""
            continue
        if value.seq != expected or value.previous != previous or not at <= value.at <= GREATEST_INTEGER:
            faults += _breaks(value, expected, previous, at)
        if not _is_true(value, stored):
            faults.append(of_entries("altered", value.matter, value.seq, value.seq))
        at = max(0, min(value.at, GREATEST_INTEGER))  # of no other moment is there a date
        if (moved := day_number(at)) != day:
            if today:
                _end(heads, DayHead(day, expected - 1, previous, today))
            day, today = moved, 0
        expected, previous, today = value.seq + 1, stored, today + 1
    if today:
        _end(heads, DayHead(day, expected - 1, previous, today))
    return Chain(list(heads.values()), faults)


def _end(heads: dict[int, DayHead], head: DayHead) -> None:
    """Note where a day ended; the same day comes twice where the order of time is broken."""
    before = heads.pop(head.day, None)
    heads[head.day] = head if before is None else head._replace(entries=head.entries + before.entries)


def _is_true(value: EntryValue, stored: bytes) -> bool:
    try:
        return sm3(value.previous + canonical(value)) == stored
    except (ValueError, TypeError, RecursionError):
        return False


def _breaks(value: EntryValue, expected: int, previous: bytes, at: int) -> list[Fault]:
    """How an entry does not follow on the one before it."""
    faults = []
    follows = True
    if value.seq > expected:
        faults.append(of_entries("gap", value.matter, expected, value.seq - 1))
        follows = False  # what stood before it is not there to be compared
    elif value.seq < expected:
        code = "duplicate" if value.seq == expected - 1 else "reordered"
        faults.append(of_entries(code, value.matter, value.seq, value.seq))
        follows = False
    if follows and value.previous != previous:
        faults.append(of_entries("wrong-previous", value.matter, value.seq, value.seq))
    if not at <= value.at <= GREATEST_INTEGER:
        faults.append(of_entries("backwards", value.matter, value.seq, value.seq))
    return faults
