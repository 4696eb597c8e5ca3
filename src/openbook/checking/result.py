"""What checking one document yields: plain values that cross process borders cheaply."""

from __future__ import annotations

from dataclasses import dataclass, field

from openbook.findings import Location, Severity


@dataclass(frozen=True, slots=True)
class StatementSummary:
    """A statement as it was understood; `lines` and `pages` are 1-based and inclusive."""

    kind: str
    title: str
    lines: tuple[int, int] | None
    pages: tuple[int, int] | None
    rows: int
    cells: int
    empty: bool


@dataclass(slots=True)
class Counts:
    """How the identities came out."""

    holds: int = 0
    rounding: int = 0
    broken: int = 0
    not_applicable: int = 0


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding ready to be shown: severity, basis and name filled in from its rule.

    `excerpts` holds, for each location, the printed line or table row it stands in (cells
    joined by " | "), or None.
    """

    code: str
    name: str
    severity: Severity
    message: str
    locations: tuple[Location, ...]
    expected: str | None
    actual: str | None
    difference: str | None
    basis: str
    fingerprint: str
    excerpts: tuple[str | None, ...] = ()


@dataclass(slots=True)
class DocumentReport:
    """Everything known of one checked file. `unreadable` says why nothing could be checked."""

    path: str
    department: str | None = None
    year: int | None = None
    layout: str | None = None
    statements: list[StatementSummary] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    findings: list[Reported] = field(default_factory=list)
    unreadable: str | None = None
