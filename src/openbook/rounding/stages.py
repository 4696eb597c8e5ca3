"""Controlled rounding: every identity holds in what is printed, and no figure is further off than it must be."""

from __future__ import annotations

from openbook.rounding.problem import Problem, Rounded, judge
from openbook.rounding.program import ELASTIC, EXACT, WHOLE_BY_ONE, program
from openbook.rounding.reduction import Part, parts, shared
from openbook.rounding.search import solve


def controlled(problem: Problem) -> Rounded:
    """Round the atoms to whole steps so that their sums, the printed cells, are near their true values.

    Each cell is printed at one of the two steps around its true value, one of whole steps as it is,
    and as many as possible at the nearer. Where that is impossible (docs/decisions/0008-rounding.md)
    cells of whole steps may be one step off; where that is impossible too, as few steps as possible
    are added beyond the first, and `relaxed` names the cells. The same problem is rounded the same.
    """
    atoms = [0] * len(problem.atoms)
    held: set[int] = set()
    proven = True
    for part in parts(problem):
        steps, certain = _rounded(part, problem)
        proven &= certain
        for group, total in zip(part.groups, steps, strict=True):
            held.update(group)
            for atom, own in zip(group, shared(total, [problem.atoms[a] for a in group]), strict=True):
                atoms[atom] = own
    for atom, amount in enumerate(problem.atoms):
        if atom not in held:
            atoms[atom] = (2 * amount + problem.step) // (2 * problem.step)
    return judge(problem, tuple(atoms), proven)


def _rounded(part: Part, problem: Problem) -> tuple[list[int], bool]:
    """Steps of the part's atoms, and whether every better way was proven not to exist."""
    proven = True
    for stage in (EXACT, WHOLE_BY_ONE, ELASTIC):
        found = solve(program(part, stage))
        proven &= found.proven
        if found.values is not None:
            above = found.values[: len(part.floors)]
            return [floor + more for floor, more in zip(part.floors, above, strict=True)], proven
    total = sum(problem.atoms[atom] for group in part.groups for atom in group)
    nearest = (2 * total + problem.step) // (2 * problem.step)
    return shared(nearest, [sum(problem.atoms[a] for a in group) for group in part.groups]), False
