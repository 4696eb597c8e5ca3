"""The close of a day: the head of each matter that moved, their Merkle root, its signature.

A day is a day in Beijing. Every day from the first has a root, also one on which nothing moved, and
every root holds the digest of the one before with its signature: so a root that is taken out, put in
or exchanged breaks the chain of days. A leaf is SM3(0 || data), data being the RFC 8785 form of
``{"head":…,"matter":…,"seq":…}``; leaves are sorted by matter, as code points (``COLLATE "C"``).

The signing key changes by the chain itself: the last root signed with the old key names the new one
in `next_key`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from onewindow.kernel.crypto import sm2
from onewindow.kernel.crypto.keys import PrivateKey, PublicKey
from onewindow.kernel.crypto.sm3 import SIZE, sm3
from onewindow.kernel.ledger.canonical import Json, encode, quote
from onewindow.kernel.ledger.entry import day_number, number_of
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.ledger.merkle import Growing, leaf_hash

TYPE = "onewindow.day-root.1"
NO_DAY_BEFORE = bytes(SIZE)


class Leaf(NamedTuple):
    """Where a matter stood at the end of a day; `head`: the hash of its entry `seq`."""

    matter: str
    seq: int
    head: bytes

    def hash(self) -> bytes:
        """The hash of this leaf in the day's tree."""
        data = f'{{"head":"{self.head.hex()}","matter":{quote(self.matter)},"seq":{self.seq:d}}}'
        return leaf_hash(data.encode())


@dataclass(frozen=True, slots=True)
class DayRoot:
    """What is signed at the close of a day.

    `at`: when, UTC microseconds; `entries`: how many were made that day; `leaves`: how many matters
    moved; `root`, `previous`: 32 bytes; `key`, `next_key`: fingerprints of public keys.
    """

    day: date
    at: int
    entries: int
    leaves: int
    root: bytes
    previous: bytes
    key: str
    next_key: str | None = None

    def as_json(self) -> dict[str, Json]:
        """Names and values as they are signed."""
        return {
            "type": TYPE,
            "day": self.day.isoformat(),
            "at": self.at,
            "entries": self.entries,
            "leaves": self.leaves,
            "root": self.root.hex(),
            "previous": self.previous.hex(),
            "key": self.key,
            "next_key": self.next_key,
        }

    def canonical(self) -> bytes:
        """The bytes that are signed."""
        return encode(self.as_json()).encode("utf-8")


@dataclass(frozen=True, slots=True)
class SealedRoot:
    """A day's root with its SM2 signature in DER."""

    root: DayRoot
    signature: bytes

    def digest(self) -> bytes:
        """What the next day's root holds: SM3(canonical || r || s)."""
        return sm3(self.root.canonical() + sm2.to_raw(self.signature))

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether `key` is the one the root names, and the signature is that key's."""
        return key.fingerprint == self.root.key and sm2.verify(key, self.root.canonical(), self.signature)


def heads(entries: Iterable[tuple[str, int, bytes]]) -> list[Leaf]:
    """The leaves of a day from (matter, seq, hash) of all its entries, in any order."""
    latest: dict[str, Leaf] = {}
    for entry in entries:
        leaf = Leaf(*entry)
        if leaf.matter not in latest or latest[leaf.matter].seq < leaf.seq:
            latest[leaf.matter] = leaf
    return [latest[matter] for matter in sorted(latest)]


@dataclass(frozen=True, slots=True)
class Closing:
    """What a day is closed over.

    `at`: now, UTC microseconds; `leaves`: as `heads` yields them; `entries`: how many the day has.
    """

    day: date
    at: int
    leaves: Iterable[Leaf]
    entries: int


def close_day(
    closing: Closing,
    before: SealedRoot | None,
    key: PrivateKey,
    next_key: PublicKey | None = None,
    announced: Collection[str] = (),
) -> SealedRoot:
    """Sign the root of a day that has ended.

    `before`: the root of the day before, None for the first day; `next_key`: who signs from the next
    day on, if it is another; `announced`: fingerprints of keys that may sign although the day before
    does not name them, because the old key was lost. Raises LedgerError where the day does not follow,
    is not over, or the key is not the one whose turn it is.
    """
    _check_turn(closing, before, key, announced)
    tree = _grown(closing.leaves)
    if closing.entries < tree.size:
        raise LedgerError("当日的经过条数少于有变动的案件数,请重新统计。")
    root = DayRoot(
        day=closing.day,
        at=closing.at,
        entries=closing.entries,
        leaves=tree.size,
        root=tree.root(),
        previous=NO_DAY_BEFORE if before is None else before.digest(),
        key=key.public.fingerprint,
        next_key=None if next_key is None else next_key.fingerprint,
    )
    return SealedRoot(root, sm2.sign(key, root.canonical()))


def successor(root: DayRoot) -> str:
    """The fingerprint of the key that must sign the day after."""
    return root.next_key or root.key


def _check_turn(
    closing: Closing, before: SealedRoot | None, key: PrivateKey, announced: Collection[str]
) -> None:
    if before is not None and closing.day != before.root.day + timedelta(days=1):
        due = before.root.day + timedelta(days=1)
        raise LedgerError(f"日根必须逐日签发:下一个应为 {due},不是 {closing.day}。没有业务的日子也要签。")
    if day_number(closing.at) <= number_of(closing.day):
        raise LedgerError(f"{closing.day} 还没有结束,不能签发日根。")
    turns = () if before is None else (successor(before.root), *announced)
    if before is not None and key.public.fingerprint not in turns:
        raise LedgerError("签名密钥不是前一日的日根所指定的。换密钥要先由旧密钥在日根里写明新密钥的指纹。")


def _grown(leaves: Iterable[Leaf]) -> Growing:
    tree, last = Growing(), None
    for leaf in leaves:
        if last is not None and leaf.matter <= last:
            raise LedgerError("当日各案件没有按编号(码位顺序)排列,或者有重复。")
        tree.add(leaf.hash())
        last = leaf.matter
    return tree
