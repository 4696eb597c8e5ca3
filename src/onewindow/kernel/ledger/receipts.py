"""The receipt (回执) of a matter: its entries, the proof that a signed day covers them.

The receipt is JSON and needs nothing of ours to be checked: ``verify_receipt.py`` does it with
Python alone. Personal facts stand in it as commitments; `openings` may be given for those that the
holder may see. An entry that is not the holder's business is *withheld*: its hash stands in its
place, which shows that something was recorded there and when it stood in the chain, not what.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from onewindow.kernel.crypto.keys import PublicKey
from onewindow.kernel.ledger import verify_receipt as program
from onewindow.kernel.ledger.canonical import Json
from onewindow.kernel.ledger.commitments import Opening, opens
from onewindow.kernel.ledger.days import Leaf, SealedRoot
from onewindow.kernel.ledger.entry import StoredEntry
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.ledger.merkle import Tree, proven_root


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That a leaf stands in a day's tree: at `index` (from 0) of `size` leaves, by `path`."""

    index: int
    size: int
    path: Sequence[bytes]


class DayTree:
    """The tree of one closed day, made once for all receipts of that day."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        """`leaves`: those stored when the day was closed, sorted by matter."""
        self._index = {leaf.matter: number for number, leaf in enumerate(leaves)}
        self._tree = Tree(leaf.hash() for leaf in leaves)

    def inclusion(self, matter: str) -> Inclusion:
        """The proof for a matter. Raises LedgerError where it did not move that day."""
        index = self._index.get(matter)
        if index is None:
            raise LedgerError(f"案件 {matter} 当日没有经过,请选它有经过的日子。")
        return Inclusion(index, self._tree.size, self._tree.proof(index))


@dataclass(frozen=True, slots=True)
class Holding:
    """What a receipt is made of.

    `entries`: of one matter without a gap, the last one being its head on the day of `sealed`;
    `openings`: by seq, of personal facts that the holder may see; `withheld`: seqs not to be shown.
    """

    entries: Sequence[StoredEntry]
    inclusion: Inclusion
    sealed: SealedRoot
    openings: Mapping[int, Sequence[Opening]] = field(default_factory=dict)
    withheld: Collection[int] = ()


def receipt(holding: Holding) -> dict[str, Json]:
    """The receipt as JSON. Raises LedgerError where the parts do not prove what they should."""
    last = holding.entries[-1]
    leaf = Leaf(last.value.matter, last.value.seq, last.hash)
    proof, root = holding.inclusion, holding.sealed.root
    if proven_root(leaf.hash(), proof.index, proof.size, proof.path) != root.root:
        raise LedgerError("案件的最后一条经过不在所选日根之内,不能出具回执。")
    return {
        "type": program.TYPE,
        "matter": last.value.matter,
        "previous": holding.entries[0].value.previous.hex(),
        "first": holding.entries[0].value.seq,
        "entries": [_entry(entry, holding) for entry in holding.entries],
        "openings": [
            {"seq": seq, "name": one.name, "value": one.value, "salt": one.salt.hex()}
            for seq, openings in sorted(holding.openings.items())
            for one in openings
        ],
        "proof": {"index": proof.index, "leaves": proof.size, "path": [one.hex() for one in proof.path]},
        "root": root.as_json(),
        "signature": holding.sealed.signature.hex(),
    }


def to_text(content: dict[str, Json]) -> str:
    """The file that the applicant gets."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def verify_receipt(content: object, key: PublicKey) -> list[str]:
    """What is wrong with a receipt, in Chinese; nothing where it proves what it says."""
    return program.check(content, key.point)


def _entry(entry: StoredEntry, holding: Holding) -> dict[str, Json]:
    value = entry.value
    if value.seq in holding.withheld:
        return {"seq": value.seq, "withheld": entry.hash.hex()}
    for opening in holding.openings.get(value.seq, ()):
        if not opens(value.facts.get(opening.name), opening.value, opening.salt):
            raise LedgerError(f"第 {value.seq} 条经过的“{opening.name}”与所给的内容不符,不能出具回执。")
    return {
        "seq": value.seq,
        "kind": value.kind,
        "step": value.step,
        "from": value.from_state,
        "to": value.to_state,
        "actor": {"id": value.actor_id, "kind": value.actor_kind},
        "at": value.at,
        "facts": value.facts,
        "documents": list[Json](value.documents),
        "hash": entry.hash.hex(),
    }
