"""Which cells are wrong: for a broken set of equations, the fewest cells whose change repairs everything.

A single cell explains a group of broken equations if one new value would satisfy every equation
it stands in, those that hold now included. Most slips are found so, without a solver; the rest
by smallest hitting sets over proven conflicts (`feasibility`).
"""

from __future__ import annotations

from collections import defaultdict

from openbook.checking.feasibility import System, feasible
from openbook.document import Cell
from openbook.statements.verdicts import Conflict, Judged, Repair, Verdict

_MOST_SUSPECTS = 6
_FEW = 2


def locate(judged: list[Judged]) -> tuple[list[Repair], list[Conflict]]:
    """Group what is broken by the cells that explain it; find what only fails jointly."""
    broken = [item for item in judged if item.verdict is Verdict.BROKEN]
    by_cell: dict[int, list[tuple[int, Judged]]] = {id(cell): [] for cell in _cells(broken)}
    for item in judged if broken else ():
        for sign, cell in item.equation.terms:
            if (around := by_cell.get(id(cell))) is not None:
                around.append((sign, item))
    repairs: list[Repair] = []
    entangled: set[int] = set()
    for cluster in clusters(broken):
        found = _explain(cluster, by_cell)
        if found is None or (len(found) > _FEW and _fewer_do(len(found), cluster, judged)):
            entangled.update(map(id, cluster))
        else:
            repairs.extend(found)
    free = [repair.suspects[0] for repair in repairs]
    for component in clusters(judged) if entangled else ():
        hard = [item for item in component if id(item) in entangled]
        if hard:
            several = _by_conflicts(hard, component, free)
            repairs.extend(several)
            free += [cell for repair in several for cell in repair.suspects]
    unexplained = {id(item) for repair in repairs if not repair.suspects for item in repair.broken}
    return repairs, _joint([item for item in judged if id(item) not in unexplained], free)


def clusters(items: list[Judged]) -> list[list[Judged]]:
    """Groups of equations connected by shared cells."""
    owner: dict[int, int] = {}
    parent = list(range(len(items)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, item in enumerate(items):
        for _, cell in item.equation.terms:
            other = owner.setdefault(id(cell), i)
            if other != i:
                parent[find(i)] = find(other)
    groups: dict[int, list[Judged]] = defaultdict(list)
    for i, item in enumerate(items):
        groups[find(i)].append(item)
    return list(groups.values())


def interval(cell: Cell, around: list[tuple[int, Judged]]) -> tuple[int, int] | None:
    """Values (li) of `cell` with which all its equations could hold; None where there is none."""
    low, high = -(10**18), 10**18
    for sign, item in around:
        if item.equation.at_least:
            # the residual may grow without limit and fall no further than the slack
            bound = -item.slack - item.residual
            if sign > 0:
                low = max(low, bound)
            else:
                high = min(high, -bound)
            continue
        first, last = -item.slack - item.residual, item.slack - item.residual
        if sign < 0:
            first, last = -last, -first
        low, high = max(low, first), min(high, last)
    return (cell.value + low, cell.value + high) if low <= high else None


def _explain(cluster: list[Judged], by_cell: dict[int, list[tuple[int, Judged]]]) -> list[Repair] | None:
    """Repairs of one cell each, None where only several cells at once would do."""
    cells = _cells(cluster)
    fits: dict[int, tuple[Cell, tuple[int, int], set[int]]] = {}
    for cell in cells:
        found = interval(cell, by_cell[id(cell)])
        if found is not None:
            mended = {i for i, item in enumerate(cluster) if any(c is cell for _, c in item.equation.terms)}
            fits[id(cell)] = (cell, found, mended)
    everything = set(range(len(cluster)))
    chosen = _fewest(list(fits.values()), everything, by_cell)
    if chosen is None:
        return None
    repairs = []
    for _, (_, _), mended in chosen:
        alike = [entry for entry in fits.values() if entry[2] == mended]
        alike.sort(key=_likelihood)
        low, high = alike[0][1]
        suspects = [entry[0] for entry in alike]
        repairs.append(Repair(suspects, [cluster[i] for i in sorted(mended)], low, high))
    return repairs


def _likelihood(entry: tuple[Cell, tuple[int, int], set[int]]) -> tuple[bool, bool]:
    """Among equals: a blank total is likelier wrong than a figure, a printed figure than a blank part."""
    cell = entry[0]
    return (cell.amount is None and "total" not in cell.row.key, cell.half == 0)


Fit = tuple[Cell, tuple[int, int], set[int]]


def _fewest(
    fits: list[Fit], everything: set[int], by_cell: dict[int, list[tuple[int, Judged]]]
) -> list[Fit] | None:
    """The fewest single-cell explanations that cover the cluster without touching each other's equations."""
    distinct: dict[frozenset[int], Fit] = {}
    for fit in sorted(fits, key=_likelihood):
        distinct.setdefault(frozenset(fit[2]), fit)
    options = sorted(distinct.values(), key=lambda fit: -len(fit[2]))
    covered = next((fit for fit in options if fit[2] == everything), None)
    if covered is not None:
        return [covered]
    return _combine(options[:40], everything, by_cell, [], 4)


def _combine(
    options: list[Fit],
    rest: set[int],
    by_cell: dict[int, list[tuple[int, Judged]]],
    chosen: list[Fit],
    most: int,
) -> list[Fit] | None:
    if not rest:
        return chosen
    for size in range(1, most + 1):
        found = _exact(options, rest, by_cell, chosen, size)
        if found is not None:
            return found
    return None


def _exact(
    options: list[Fit],
    rest: set[int],
    by_cell: dict[int, list[tuple[int, Judged]]],
    chosen: list[Fit],
    size: int,
) -> list[Fit] | None:
    if not rest:
        return chosen
    if size == 0:
        return None
    target = min(rest)
    touched = {id(item) for fit in chosen for _, item in by_cell[id(fit[0])]}
    for fit in options:
        if target not in fit[2] or any(id(item) in touched for _, item in by_cell[id(fit[0])]):
            continue
        found = _exact(options, rest - fit[2], by_cell, [*chosen, fit], size - 1)
        if found is not None:
            return found
    return None


def _cells(items: list[Judged]) -> list[Cell]:
    return list({id(cell): cell for item in items for _, cell in item.equation.terms}.values())


def _fewer_do(number: int, cluster: list[Judged], judged: list[Judged]) -> bool:
    """Whether fewer cells than `number` would do if several may change within one equation."""
    mine = {id(item) for item in cluster}
    around = [item for item in judged if item.verdict is not Verdict.BROKEN or id(item) in mine]
    component = next(group for group in clusters(around) if any(id(item) in mine for item in group))
    system = System(component)
    known = [{system.index[id(cell)] for _, cell in item.equation.terms} for item in cluster]
    return 0 < len(system.smallest_repair(known)) < number


def _by_conflicts(broken: list[Judged], component: list[Judged], free: list[Cell]) -> list[Repair]:
    """Several cells at once, some in the same equations: smallest hitting set over proven conflicts."""
    system = System(component)
    known = [{system.index[id(cell)] for _, cell in item.equation.terms} for item in broken]
    inside = [cell for cell in free if id(cell) in system.index]
    repair = system.smallest_repair(known, inside)
    if not repair:
        return [Repair([], [item]) for item in broken]
    repairs: list[Repair] = []
    left = list(broken)
    for cell in sorted(repair, key=lambda cell: -_count(cell, broken)):
        mine = [item for item in left if _count(cell, [item])]
        left = [item for item in left if item not in mine]
        fault = _same_fault(cell, mine, repairs, component)
        if fault is None:
            repairs.append(Repair([cell], mine))
        else:
            fault.suspects.append(cell)
            fault.broken.extend(mine)
    return repairs


def _count(cell: Cell, items: list[Judged]) -> int:
    return sum(any(other is cell for _, other in item.equation.terms) for item in items)


def _same_fault(
    cell: Cell, mine: list[Judged], repairs: list[Repair], component: list[Judged]
) -> Repair | None:
    """The repair that a further cell belongs to: of the same row, or beside it with nothing broken of its own."""
    for repair in repairs:
        if any(other.row is cell.row for other in repair.suspects):
            return repair
    if mine or not repairs:
        return None
    around = [item for item in component if _count(cell, [item])]
    return max(repairs, key=lambda repair: max(_count(other, around) for other in repair.suspects))


def _joint(judged: list[Judged], free: list[Cell]) -> list[Conflict]:
    """What holds within rounding one by one: decide whether it can all hold at once, `free` cells aside."""
    freed = {id(cell) for cell in free}
    conflicts = []
    for component in clusters(judged):
        rounded = [
            item
            for item in component
            if item.verdict is Verdict.ROUNDING and not any(id(c) in freed for _, c in item.equation.terms)
        ]
        if not rounded or len(component) < 2:
            continue
        settled = [item for item in component if freed.isdisjoint([id(c) for _, c in item.equation.terms])]
        if feasible(settled):
            continue
        found = _proven_first(component, free)
        if found is not None:
            conflicts.append(found)
    return conflicts


def _proven_first(component: list[Judged], free: list[Cell]) -> Conflict | None:
    """A conflict of laws alone where there is one, else one that usage takes part in."""
    laws = [item for item in component if not item.equation.identity.evidence]
    for judged in (laws, component):
        system = System(judged)
        inside = [cell for cell in free if id(cell) in system.index]
        conflict = system.conflict(inside)
        if conflict is not None:
            repair = system.smallest_repair([conflict.cells]) if not inside else []
            return Conflict(conflict.equations, _joint_suspects(system, conflict.cells, repair))
    return None


def _joint_suspects(system: System, conflict: set[int], repair: list[Cell]) -> list[Cell]:
    """Where one cell would do, every single cell that would: they are equally likely."""
    if len(repair) != 1:
        return repair
    singles = list(repair)
    for column in sorted(conflict):
        cell = system.cells[column]
        if cell is not repair[0] and len(singles) < _MOST_SUSPECTS and system.conflict([cell]) is None:
            singles.append(cell)
    return singles
