"""Which statements of the prose changed between two disclosures: old words, new words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from openbook.book.topics import TOPICS
from openbook.comparing.addresses import Renames
from openbook.disclosure import Claim
from openbook.writing.data import Published

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that reads otherwise; None on the side that does not make it. `about` says of what it speaks."""

    about: str
    before: Claim | None
    after: Claim | None


def compare_claims(old: Published, new: Published, renames: Renames) -> list[ClaimChange]:
    """Claims of the same figures are the same claim; what is left over, where the kind alone differs, too."""
    was = [_renamed(claim, renames) for claim in old.claims]
    now = list(new.claims)
    pairs = _paired(was, now, _exactly)
    alone = [after for before, after in pairs if before is None and after is not None]
    left = [before for before, after in pairs if after is None and before is not None]
    again = _paired(left, alone, _roughly)
    changed = [pair for pair in pairs if pair[0] is not None and pair[1] is not None] + again
    order = {claim.id: number for number, claim in enumerate(now)}
    changed.sort(key=lambda pair: order.get(pair[1].id, len(order)) if pair[1] else len(order))
    labels = {renames.address(address): cell.label for address, cell in old.cells.items()}
    labels |= {address: cell.label for address, cell in new.cells.items()}
    return [
        ClaimChange(about(after or before, labels), before, after)
        for before, after in changed
        if before is None or after is None or before.text != after.text
    ]


def about(claim: Claim | None, labels: Mapping[str, str]) -> str:
    """What a claim speaks of: where its figures stand, last year's topic; `labels` by address."""
    told = [labels.get(address) or unlabelled(address) for address in claim.cells] if claim else []
    return "；".join(dict.fromkeys(told))


def unlabelled(address: str) -> str:
    """A figure that no statement shows, in words: a sum of the prose, a figure of last year."""
    kind, _, rest = address.partition("/")
    if kind == "prior":
        return f"上年数（{TOPICS.get(rest, rest)}）"
    if kind == "procurement":
        return f"政府采购（{rest}）"
    return f"说明里的合计（{rest}）" if kind == "sum" else address


def _exactly(claim: Claim) -> _Key:
    return (claim.kind, claim.topic, *claim.cells)


def _roughly(claim: Claim) -> _Key:
    return (claim.topic, *claim.cells) if claim.cells else (claim.kind, claim.id)


def _renamed(claim: Claim, renames: Renames) -> Claim:
    cells = tuple(renames.address(address) for address in claim.cells)
    return Claim(claim.id, claim.kind, claim.text, claim.value, cells, claim.topic)


def _paired(
    old: Iterable[Claim], new: Iterable[Claim], key: Callable[[Claim], _Key]
) -> list[tuple[Claim | None, Claim | None]]:
    """Claims of one key in order, those of one text first."""
    groups: dict[_Key, tuple[list[Claim], list[Claim]]] = {}
    for side, claims in enumerate((old, new)):
        for claim in claims:
            groups.setdefault(key(claim), ([], []))[side].append(claim)
    return [pair for before, after in groups.values() for pair in aligned(before, after)]


def aligned(old: Sequence[Claim], new: Sequence[Claim]) -> list[tuple[Claim | None, Claim | None]]:
    """Two sequences side by side: equal texts stay together, what lies between is paired in order."""
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    pairs: list[tuple[Claim | None, Claim | None]] = []
    for _tag, i, j, k, m in matcher.get_opcodes():
        left, right = old[i:j], new[k:m]
        pairs += zip(left, right, strict=False)
        pairs += [(one, None) for one in left[len(right) :]]
        pairs += [(None, one) for one in right[len(left) :]]
    return pairs
