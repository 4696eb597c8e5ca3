"""Which line of one book is which of another: the same accounts, or the same money under others."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from openbook.comparing.addresses import Renames
from openbook.disclosure import Origin
from openbook.writing.data import BookLine

FIELDS = ("unit", "function", "economic", "source", "category", "project", "period")


class Pair(NamedTuple):
    """A line before and after; None for one that was not there, or is no more."""

    before: Origin | None
    after: Origin | None


class LineChange(NamedTuple):
    """A line that was added, removed or changed, in its own words on both sides."""

    before: BookLine | None
    after: BookLine | None
    table: str

    @property
    def kind(self) -> str:
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def difference(self) -> int:
        """In fen, new less old."""
        return (self.after.amount if self.after else 0) - (self.before.amount if self.before else 0)


Side = Mapping[Origin, BookLine]


def match_lines(old: Side, new: Side, renames: Renames) -> list[Pair]:
    """Every line of both sides once: in the order of the new book, then what is gone, in that of the old.

    Lines are the same where all their accounts are; of several such, those of one amount first, then
    in order. A line left over whose amount stands under accounts that differ in one respect was moved.
    """
    was = {origin: _renamed(line, renames) for origin, line in old.items()}
    found: dict[Origin, Origin] = {}  # new -> old
    _join(was, new, found, lambda origin, line: (origin.table, _accounts(line), line.amount))
    _join(was, new, found, lambda origin, line: (origin.table, _accounts(line)))
    for left_out in range(len(FIELDS)):
        _join(was, new, found, partial(_moved, left_out))
    gone = set(old) - set(found.values())
    pairs = [Pair(found.get(origin), origin) for origin in new]
    return pairs + [Pair(origin, None) for origin in old if origin in gone]


def line_changes(pairs: Iterable[Pair], old: Side, new: Side, renames: Renames) -> list[LineChange]:
    """The pairs that are not the same on both sides."""
    changes = []
    for before, after in pairs:
        was = old[before] if before is not None else None
        now = new[after] if after is not None else None
        if was is not None and now is not None:
            same = _accounts(_renamed(was, renames)) == _accounts(now)
            if same and was.amount == now.amount:
                continue
        origin = after or before
        assert origin is not None
        changes.append(LineChange(was, now, origin.table))
    return changes


def _accounts(line: BookLine) -> tuple[str, ...]:
    return tuple(getattr(line, field) for field in FIELDS)


def _moved(left_out: int, origin: Origin, line: BookLine) -> Hashable:
    accounts = _accounts(line)
    return origin.table, accounts[:left_out] + accounts[left_out + 1 :], left_out, line.amount


def _renamed(line: BookLine, renames: Renames) -> BookLine:
    return line._replace(unit=renames.unit(line.unit), project=renames.project(line.project))


def _join(
    old: Side, new: Side, found: dict[Origin, Origin], key: Callable[[Origin, BookLine], Hashable]
) -> None:
    """Pair lines of one key that have no partner yet, in order."""
    taken = set(found.values())
    waiting: dict[Hashable, list[Origin]] = {}
    for origin, line in old.items():
        if origin not in taken:
            waiting.setdefault(key(origin, line), []).append(origin)
    for origin, line in new.items():
        if origin not in found and (candidates := waiting.get(key(origin, line))):
            found[origin] = candidates.pop(0)
