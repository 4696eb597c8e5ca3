"""The tree of units, kept in memory: what stands below what.

Every process keeps the tree it read last, known by the token of `Structure`. Whoever asks brings the token that
the database has now (`actors` reads it with the roles, in one query), so a copy is never older than the question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from onewindow.people.models import Structure
from onewindow.people.models import Unit as Row


class Unit(NamedTuple):
    """A unit as others see it. `parent`: its code, "" for none; `level`: 0 at the top."""

    code: str
    name: str
    kind: str
    parent: str
    closed: bool
    level: int


@dataclass(frozen=True)
class Tree:
    """Units by code, each after the one it stands under, those of one parent by code."""

    units: dict[str, Unit]

    @cached_property
    def _below(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for unit in reversed(self.units.values()):
            mine = found.setdefault(unit.code, set())
            mine.add(unit.code)
            if unit.parent:
                found.setdefault(unit.parent, set()).update(mine)
        return {code: frozenset(units) for code, units in found.items()}

    def below(self, code: str) -> frozenset[str]:
        """A unit and all units below it."""
        return self._below.get(code, frozenset())

    def path(self, code: str) -> list[Unit]:
        """From the top down to the unit."""
        found: list[Unit] = []
        while code in self.units:
            found.insert(0, self.units[code])
            code = self.units[code].parent
        return found


def tree(token: str = "") -> Tree:
    """The tree as it is now. `token`: of `Structure`, where it has just been read."""
    token = token or Structure.objects.values_list("token", flat=True).first() or ""
    return _read(token) if token else Tree({})


@lru_cache(maxsize=2)
def _read(_token: str) -> Tree:
    return _grown(Row.objects.order_by("code").values_list("code", "name", "kind", "parent__code", "closed"))


def _grown(rows: Iterable[tuple[str, str, str, str | None, object]]) -> Tree:
    """Parents before children."""
    under: dict[str, list[tuple[str, str, str, bool]]] = {}
    for code, name, kind, parent, closed in rows:
        under.setdefault(parent or "", []).append((code, name, kind, closed is not None))
    units: dict[str, Unit] = {}

    def grow(parent: str, level: int) -> None:
        for code, name, kind, closed in under.get(parent, ()):
            units[code] = Unit(code, name, kind, parent, closed, level)
            grow(code, level + 1)

    grow("", 0)
    return Tree(units)
