"""A problem made small: equal cells once, atoms that always stand together once, independent parts apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from openbook.rounding.problem import Problem


class Cell(NamedTuple):
    """A sum of atoms: bit a of `members` for atom a; its true value is `floor` steps and `rest` fen."""

    members: int
    floor: int
    rest: int
    weight: int


class Part(NamedTuple):
    """Cells that share atoms, directly or through others. `floors` are the whole steps of each atom."""

    groups: tuple[tuple[int, ...], ...]  # for each atom, the problem's atoms it stands for
    floors: tuple[int, ...]
    cells: tuple[Cell, ...]
    step: int


def parts(problem: Problem) -> list[Part]:
    """Atoms of nothing and cells of nothing are left out: they are zero, and stay so."""
    weights: dict[int, int] = {}
    for number, cell in enumerate(problem.cells):
        if members := _mask(atom for atom in cell if problem.atoms[atom]):
            weights[members] = weights.get(members, 0) + problem.weight(number)
    return [_part(problem, {cell: weights[cell] for cell in cells}) for cells in _connected(weights)]


def _mask(atoms: Iterable[int]) -> int:
    mask = 0
    for atom in atoms:
        mask |= 1 << atom
    return mask


def bits(mask: int) -> list[int]:
    """The atoms of a mask, in order."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


def _connected(cells: Iterable[int]) -> list[list[int]]:
    groups: list[tuple[int, list[int]]] = []
    for cell in cells:
        atoms, together, others = cell, [cell], []
        for group in groups:
            if group[0] & cell:
                atoms, together = atoms | group[0], group[1] + together
            else:
                others.append(group)
        groups = [*others, (atoms, together)]
    return [together for _, together in groups]


def _part(problem: Problem, weights: dict[int, int]) -> Part:
    homes: dict[int, list[int]] = {}
    for number, atoms in enumerate(weights):
        for atom in bits(atoms):
            homes.setdefault(atom, []).append(number)
    grouped: dict[tuple[int, ...], list[int]] = {}
    for atom, numbers in sorted(homes.items()):
        grouped.setdefault(tuple(numbers), []).append(atom)
    groups = tuple(map(tuple, grouped.values()))
    amounts = [sum(problem.atoms[atom] for atom in group) for group in groups]
    members, totals = [0] * len(weights), [0] * len(weights)
    for group, (stands_in, amount) in enumerate(zip(grouped, amounts, strict=True)):
        for number in stands_in:
            members[number] |= 1 << group
            totals[number] += amount
    cells = tuple(
        Cell(mask, total // problem.step, total % problem.step, weight)
        for mask, total, weight in zip(members, totals, weights.values(), strict=True)
    )
    return Part(groups, tuple(amount // problem.step for amount in amounts), cells, problem.step)


def shared(steps: int, amounts: list[int]) -> list[int]:
    """`steps` divided among amounts in proportion, none below zero, nothing lost."""
    total, so_far, given, result = sum(amounts), 0, 0, []
    for amount in amounts:
        so_far += amount
        upto = steps * so_far // total
        result.append(upto - given)
        given = upto
    return result
