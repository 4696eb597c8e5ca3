"""How the identities of a document came out: plain values that rules read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from openbook.document import Cell, Row, Statement
from openbook.statements.identities import Blank, Equation


class Verdict(Enum):
    """An equation is broken only where no true amounts could round to what is printed."""

    HOLDS = "holds"
    ROUNDING = "rounding"
    BROKEN = "broken"


@dataclass(slots=True, eq=False)
class Judged:
    """An equation with its verdict. `residual` = left - right and `slack`, the most that rounding explains, in li."""

    equation: Equation
    verdict: Verdict
    residual: int
    slack: int


@dataclass(slots=True, eq=False)
class Repair:
    """One fault: changing any one of `suspects` to a value in `[low, high]` (li) mends all of `broken`.

    `low`/`high` belong to the first suspect and are None where several cells must change at once.
    """

    suspects: list[Cell]
    broken: list[Judged]
    low: int | None = None
    high: int | None = None


@dataclass(slots=True)
class Conflict:
    """Equations that each hold within rounding, but not all together."""

    equations: list[Judged]
    suspects: list[Cell]


@dataclass(slots=True, eq=False)
class Missing:
    """A row that `statement` lacks and `source` shows in another one; with it all of `broken` would hold.

    `needed` says for each column between which amounts (li) its cell must lie.
    """

    statement: Statement
    code: str
    source: Row
    needed: dict[str, tuple[int, int]]
    broken: list[Judged]


@dataclass(slots=True)
class Verdicts:
    """All equations of a document, judged; what is wrong is grouped by the cell that explains it."""

    judged: list[Judged] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    not_applicable: dict[str, str] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    def count(self, verdict: Verdict) -> int:
        return sum(1 for item in self.judged if item.verdict is verdict)
