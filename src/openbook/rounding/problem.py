"""What is to be rounded, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Problem:
    """Printed cells as sums of atoms: groups of book lines that stand in exactly the same cells.

    atoms    fen, none negative
    cells    for each printed cell the indices of its atoms; a cell printed often stands here often,
             or once with a weight
    step     fen in one printed step: 10,000 for 0.01 万元, 100 for 1 元
    weights  how many times each cell is printed; None for once each

    ValueError where an amount or a weight is negative, the step is none, an index has no atom or
    stands twice in a cell.
    """

    atoms: tuple[int, ...]
    cells: tuple[tuple[int, ...], ...]
    step: int
    weights: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        if self.step < 1:
            raise ValueError(f"a step of {self.step} fen")
        if any(amount < 0 for amount in self.atoms):
            raise ValueError("an atom is negative: money that is taken back cannot be rounded with the rest")
        if self.weights is not None and (
            len(self.weights) != len(self.cells) or min(self.weights, default=0) < 0
        ):
            raise ValueError("there must be one weight for each cell, none negative")
        atoms = range(len(self.atoms))
        for number, cell in enumerate(self.cells):
            if len(set(cell)) < len(cell) or any(atom not in atoms for atom in cell):
                raise ValueError(f"cell {number} names an atom twice, or one that does not exist: {cell}")

    def exact(self, cell: int) -> int:
        """Fen."""
        return sum(self.atoms[atom] for atom in self.cells[cell])

    def weight(self, cell: int) -> int:
        return 1 if self.weights is None else self.weights[cell]


@dataclass(frozen=True)
class Rounded:
    """Figures that add up, because each is the sum of the rounded atoms of its cell.

    printed   steps, for each cell
    atoms     steps, for each atom: the proof of it
    nearest   weight of the cells printed at the nearest step (at exactly half, either)
    farthest  the largest distance of a printed cell from its true value, in steps
    relaxed   cells more than one step off, which is so only where no rounding avoids it
    proven    the search was complete: nothing nearer exists, and relaxed cells are unavoidable
    """

    printed: tuple[int, ...]
    atoms: tuple[int, ...]
    nearest: int
    farthest: Fraction
    relaxed: tuple[int, ...]
    proven: bool


def judge(problem: Problem, atoms: tuple[int, ...], proven: bool) -> Rounded:
    """Everything that is said of a rounding, in integers, from the rounded atoms alone."""
    if any(steps < 0 for steps in atoms):
        raise ArithmeticError("an amount was rounded below zero")
    printed = tuple(sum(atoms[atom] for atom in cell) for cell in problem.cells)
    away = [abs(steps * problem.step - problem.exact(cell)) for cell, steps in enumerate(printed)]
    return Rounded(
        printed,
        atoms,
        sum(problem.weight(cell) for cell, fen in enumerate(away) if 2 * fen <= problem.step),
        Fraction(max(away, default=0), problem.step),
        tuple(cell for cell, fen in enumerate(away) if fen > problem.step),
        proven,
    )
