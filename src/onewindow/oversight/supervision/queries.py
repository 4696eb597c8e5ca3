"""What a supervisor sees: figures by unit, and late matters with where their days have gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import PLATFORM_UNIT, REGISTRY, Matter
from onewindow.kernel.cards import Badge, badge
from onewindow.kernel.deadlines import Stretch, deadline, stretches
from onewindow.kernel.legal_time import State, Thresholds, thresholds
from onewindow.kernel.procedure import Role
from onewindow.kernel.queries import Watch, Watched, entries_of, watch, watched
from onewindow.people.api import Tree, account_names, tree


class Row(NamedTuple):
    """A unit with the figures of all that is below it; `here`: of the unit itself alone. `deeper`: it has units below."""

    code: str
    name: str
    figures: Watch
    here: bool
    deeper: bool


class Held(NamedTuple):
    """A stretch of a late matter: where, whose turn it was, who ended it. `longest`: it took most of the days."""

    stretch: Stretch
    name: str
    longest: bool


class Late(NamedTuple):
    """A matter that is watched, and the chain of reasons. `stands`: how late or near it is, in words."""

    matter: Matter
    kind: str
    state: str
    unit: str
    badge: Badge
    last: date | None
    stands: str
    chain: list[Held]


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a unit. `path`: the units above it that the supervisor sees; `total`: the sum of `rows`."""

    unit: str
    name: str
    path: list[tuple[str, str]]
    total: Watch
    rows: list[Row]


def supervised(actor: Actor) -> frozenset[str]:
    """Codes of the units that he watches."""
    return actor.grants.get(Role.SUPERVISOR, frozenset()) - {PLATFORM_UNIT}


def board(actor: Actor, unit: str = "") -> Board:
    """The figures of a unit he watches and of what is below it; of all he watches for "" or any other code."""
    units, mine = tree(), supervised(actor)
    figures = {one.unit: one for one in watch(mine)}
    tops = [code for code in units.units if code in mine and units.units[code].parent not in mine]
    if unit not in mine and len(tops) == 1:
        unit = tops[0]
    if unit not in mine:
        rows = [_row(units, code, figures) for code in tops]
        return Board("", "", [], _sum("", (row.figures for row in rows)), rows)
    below = [one.code for one in units.units.values() if one.parent == unit]
    rows = [_row(units, code, figures) for code in below]
    own = figures.get(unit, Watch(unit))
    if any(own[1:]) or not below:
        rows.insert(0, Row(unit, units.units[unit].name, own, True, False))
    path = [(one.code, one.name) for one in units.path(unit) if one.code in mine]
    return Board(unit, units.units[unit].name, path[:-1], _sum(unit, (row.figures for row in rows)), rows)


def late_matters(actor: Actor, unit: str, what: Watched, after: str, limit: int) -> tuple[list[Late], str]:
    """Matters behind a figure of the board, most urgent first, and where to go on.

    Raises ValueError for an `after` that is none.
    """
    mine = supervised(actor)
    units = tree()
    page = watched(units.below(unit) & mine if unit in mine else mine, what, after, limit)
    entries = entries_of([one.pk for one in page.matters])
    chains = {one.pk: stretches(one, entries[one.pk]) for one in page.matters}
    names = account_names(stretch.actor for chain in chains.values() for stretch in chain)
    return [_late(one, chains[one.pk], names, units) for one in page.matters], page.next


def limits() -> Thresholds:
    """By which rule cards are shown today."""
    return thresholds(moment.today())


def _row(units: Tree, code: str, figures: Mapping[str, Watch]) -> Row:
    below = units.below(code)
    return Row(
        code,
        units.units[code].name,
        _sum(code, (figures[one] for one in below if one in figures)),
        False,
        len(below) > 1,
    )


def _sum(unit: str, figures: Iterable[Watch]) -> Watch:
    counts = [one[1:] for one in figures]
    return Watch(unit, *(sum(column) for column in zip(*counts, strict=True)))


def _took(stretch: Stretch) -> int:
    """Working days of the term itself."""
    return (stretch.days or 0) if stretch.clock is State.RUNNING else 0


def _late(matter: Matter, chain: Collection[Stretch], names: Mapping[str, str], units: Tree) -> Late:
    procedure = REGISTRY.procedures[matter.kind]
    unit = units.units.get(matter.unit)
    reckoned = deadline(matter)
    most = max(map(_took, chain), default=0)
    return Late(
        matter,
        procedure.title,
        procedure.state(matter.state).title,
        unit.name if unit else matter.unit,
        badge(matter, moment.now_us()),
        matter.due,
        reckoned.card.reason if reckoned.card else reckoned.trouble,
        [Held(one, names.get(one.actor, ""), _took(one) == most > 0) for one in chain],
    )
