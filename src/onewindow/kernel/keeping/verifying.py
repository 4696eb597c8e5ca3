"""Every entry of the ledger checked again, with its leaves, heads, roots and openings: `onewindow ledger verify`.

Trusted are the public keys of a folder that the security administrator keeps, and the roots that were made public;
neither stands in the database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.errors import NotFound
from onewindow.kernel.keeping.publishing import Unreadable, own_files, published
from onewindow.kernel.keeping.reading import KeptOpening, Source, snapshot
from onewindow.kernel.keys import announced_keys, keyring, trusted_keys
from onewindow.kernel.ledger.commitments import opens
from onewindow.kernel.ledger.days import Leaf
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.ledger.faults import FAULTS, Fault, of_day
from onewindow.kernel.ledger.merkle import Growing
from onewindow.kernel.ledger.verification import Evidence, StoredLeaf, Verification
from onewindow.kernel.openings import place

Item = TypeVar("Item")
_OF_WHOLE_DAYS = ("wrong-root", "wrong-leaves", "wrong-count")  # what a single matter cannot be held to
STEP = 1000  # entries between two reports of progress


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be checked. `matter`: one alone, None for all; `published`: a file of roots, besides our own."""

    matter: str | None = None
    published: Path | None = None
    openings: bool = True


@dataclass(slots=True)
class Counts:
    """How much was checked; true once the faults are exhausted.

    days      that are closed; unsealed: entries of days that are not, which only their own chain protects
    published days that were held to what was made public
    """

    entries: int = 0
    matters: int = 0
    days: int = 0
    unsealed: int = 0
    openings: int = 0
    published: int = 0


def verify(asked: Asked, counts: Counts, progress: Callable[[int], None] | None = None) -> Iterator[Fault]:
    """Everything that is not as it was recorded, streaming. `progress` is told the entries so far.

    Raises NotFound for a matter of which there is nothing at all, CryptoError and OSError for keys that cannot be read.
    """
    with snapshot(asked.matter) as source:
        roots = source.roots()
        public = _Public(asked)
        yield from public.faults
        evidence = Evidence(
            roots, trusted_keys(), source.leaves(), source.heads(), announced_keys(), public.digests
        )
        verification = Verification(evidence)
        try:
            found = verification.faults(_reported(source.entries(), progress or _silent))
            yield from found if asked.matter is None else _of_one(found, source, evidence)
        except LedgerError as error:
            yield Fault("unreadable", str(error))
        counts.entries, counts.matters = verification.entries, verification.matters
        counts.days, counts.unsealed, counts.published = (
            len(roots),
            verification.unsealed,
            len(public.digests),
        )
        if asked.openings:
            yield from _openings(source, counts)
        yield from source.faults
        if asked.matter is not None and not (counts.entries or _is_known(source)):
            raise NotFound(_("台账里没有案件“{matter}”，请核对编号。").format(matter=asked.matter[:40]))


def _silent(_entries: int) -> None:
    return


class _Public:
    """Digests of roots as made public: our own files, and one that was given. Files that lie are faults."""

    def __init__(self, asked: Asked) -> None:
        self.digests: dict[date, bytes] = {}
        self.faults: list[Fault] = []
        files = own_files()
        for some in (files, [*files, asked.published] if asked.published else None):
            if some is not None:
                try:
                    self.digests = published(some)
                except Unreadable as error:
                    self.faults.append(Fault("not-published", error.message))


def _reported(entries: Iterator[Item], progress: Callable[[int], None]) -> Iterator[Item]:
    for number, entry in enumerate(entries, 1):
        if not number % STEP:
            progress(number)
        yield entry


def _is_known(source: Source) -> bool:
    return any(True for _each in source.leaves()) or any(True for _each in source.heads())


# --- one matter ---------------------------------------------------------------------------------


def _of_one(found: Iterator[Fault], source: Source, evidence: Evidence) -> Iterator[Fault]:
    """Faults of one matter, and of the days on which it moved: their stored leaves are held to the signed root."""
    yield from (fault for fault in found if fault.code not in _OF_WHOLE_DAYS)
    moved = {stored.day for stored in source.leaves()}
    for sealed in evidence.roots:
        if sealed.root.day in moved:
            tree = _tree(StoredLeaf(sealed.root.day, leaf) for leaf in source.leaves_of(sealed.root.day))
            if (tree.root(), tree.size) != (sealed.root.root, sealed.root.leaves):
                yield of_day("wrong-root", sealed.root.day)


def _tree(leaves: Iterator[StoredLeaf]) -> Growing:
    tree = Growing()
    for stored in leaves:
        leaf = stored.leaf
        readable = type(leaf.seq) is int and type(leaf.head) is bytes and type(leaf.matter) is str
        tree.add((leaf if readable else Leaf("", 0, b"")).hash())
    return tree


# --- personal facts -----------------------------------------------------------------------------


def _openings(source: Source, counts: Counts) -> Iterator[Fault]:
    """Personal facts that are not what was committed to. One that was erased is missing, and that is well."""
    for kept in source.openings():
        counts.openings += 1
        why = _wrong(kept)
        if why:
            text = (
                f"案件 {kept.matter} 第 {kept.seq} 条经过的“{kept.name}”:{FAULTS['wrong-opening']}({why})。"
            )
            yield Fault("wrong-opening", text, matter=kept.matter, seq=kept.seq, first=kept.seq)


def _wrong(kept: KeptOpening) -> str:
    if kept.facts is None:
        return _("没有这一条经过")
    try:
        content = json.loads(keyring().unseal(bytes(kept.sealed), place(kept.matter, kept.seq, kept.name)))
        fits = opens(kept.facts.get(kept.name), content["value"], bytes.fromhex(content["salt"]))
    except CryptoError as error:
        return str(error)
    except (ValueError, KeyError, TypeError):
        return _("内容读不懂")
    return "" if fits else _("内容或盐不同")
