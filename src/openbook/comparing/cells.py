"""Which figures changed between two disclosures, and which lines of the book made them change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from openbook.comparing.addresses import Renames
from openbook.comparing.lines import LineChange, Pair
from openbook.disclosure import Origin
from openbook.writing.data import Published, PublishedCell


@dataclass(frozen=True, slots=True)
class Cause:
    """What a line did to a figure: `amount` fen more or less."""

    line: LineChange
    amount: int


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure whose printed value changed. `address` is that of the new side, where it has one.

    causes       the lines whose differences add up to that of the exact sums
    unexplained  fen of the difference that whole lines do not explain (of some only a part counts)
    """

    address: str
    label: str
    before: PublishedCell | None
    after: PublishedCell | None
    causes: tuple[Cause, ...]
    unexplained: int

    @property
    def difference(self) -> int:
        """Of the printed values, in fen."""
        return _fen(self.after) - _fen(self.before)

    @property
    def exact(self) -> int:
        """Of the exact sums, in fen."""
        return _exact(self.after) - _exact(self.before)

    @property
    def rounding(self) -> bool:
        """Whether only the rounding changed: the exact sum is what it was."""
        return self.exact == 0


@dataclass(slots=True)
class CellChanges:
    """All of them; `quiet` counts figures whose exact sum changed and whose print did not."""

    found: list[CellChange] = field(default_factory=list)
    quiet: int = 0


def compare_cells(old: Published, new: Published, pairs: Iterable[Pair], renames: Renames) -> CellChanges:
    """Every figure of both, the new ones in their order, then those that are no more."""
    was = {renames.address(address): cell for address, cell in old.cells.items()}
    changes = CellChanges()
    lines = _Lines(pairs, old, new)
    for address in dict.fromkeys((*new.cells, *was)):
        before, after = was.get(address), new.cells.get(address)
        if _fen(before) == _fen(after):
            changes.quiet += _exact(before) != _exact(after)
            continue
        label = after.label if after is not None else before.label if before is not None else ""
        causes = tuple(lines.causes(before, after))
        rest = _exact(after) - _exact(before) - sum(cause.amount for cause in causes)
        changes.found.append(CellChange(address, label, before, after, causes, rest))
    return changes


class _Lines:
    """The pairs of lines, found by either of their two."""

    def __init__(self, pairs: Iterable[Pair], old: Published, new: Published) -> None:
        self.changes: list[LineChange] = []
        self.of_old: dict[Origin, int] = {}
        self.of_new: dict[Origin, int] = {}
        for number, (before, after) in enumerate(pairs):
            was = old.lines.get(before) if before is not None else None
            now = new.lines.get(after) if after is not None else None
            origin = after or before
            assert origin is not None
            self.changes.append(LineChange(was, now, origin.table))
            if before is not None:
                self.of_old[before] = number
            if after is not None:
                self.of_new[after] = number

    def causes(self, before: PublishedCell | None, after: PublishedCell | None) -> Iterator[Cause]:
        """What each line did to the figure, in the order of the pairs; lines that did nothing are left out."""
        amounts: dict[int, int] = {}
        for origin in after.origins if after is not None else ():
            number = self.of_new[origin]
            line = self.changes[number].after
            amounts[number] = amounts.get(number, 0) + (line.amount if line else 0)
        for origin in before.origins if before is not None else ():
            number = self.of_old[origin]
            line = self.changes[number].before
            amounts[number] = amounts.get(number, 0) - (line.amount if line else 0)
        for number, amount in sorted(amounts.items()):
            if amount:
                yield Cause(self.changes[number], amount)


def _fen(cell: PublishedCell | None) -> int:
    return cell.printed if cell is not None else 0


def _exact(cell: PublishedCell | None) -> int:
    return cell.exact if cell is not None else 0
