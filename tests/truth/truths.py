"""True defects of real disclosures, listed by hand, and how a report is held against them.

The documents are not part of the repository: they are looked for in the folder that the
environment names in OPENBOOK_DISCLOSURES, else in ../shared/disclosures beside it.
"""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from openbook.checking.engine import check_file
from openbook.checking.result import DocumentReport, Reported
from openbook.findings import Severity

HERE = Path(__file__).resolve().parent
PROOFS = ("arithmetic", "counting", "dates", "law", "judgement")


@dataclass(frozen=True)
class Defect:
    """One defect. `says`: one of these must stand in the message, where a place holds several defects."""

    id: str
    proof: str
    codes: tuple[str, ...]
    what: str
    lines: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    says: tuple[str, ...] = ()

    @property
    def provable(self) -> bool:
        return self.proof != "judgement"

    def is_found_by(self, finding: Reported) -> bool:
        return finding.code in self.codes and self._is_at(finding) and self._is_said_by(finding)

    def _is_at(self, finding: Reported) -> bool:
        near = {line + step for line in self.lines for step in (-1, 0, 1)}
        places = [location.place for location in finding.locations]
        return any(place.line in near or place.page in self.pages for place in places)

    def _is_said_by(self, finding: Reported) -> bool:
        message = finding.message.replace(",", "")
        return not self.says or any(word in message for word in self.says)


@dataclass(frozen=True)
class Truth:
    """All known defects of one document; `prior` is last year's disclosure of the same body."""

    name: str
    file: str
    defects: tuple[Defect, ...]
    prior: str | None = None

    @property
    def path(self) -> Path:
        return folder() / self.file

    @property
    def priors(self) -> dict[str, str]:
        earlier = folder() / self.prior if self.prior else None
        return {str(self.path): str(earlier)} if earlier and earlier.is_file() else {}


@dataclass
class Outcome:
    """A report held against the truth."""

    truth: Truth
    report: DocumentReport
    found: list[Defect] = field(default_factory=list)
    missed: list[Defect] = field(default_factory=list)
    false_errors: list[Reported] = field(default_factory=list)

    def share(self, *, provable: bool) -> tuple[int, int]:
        """How many were found, and out of how many."""
        found = sum(defect.provable is provable for defect in self.found)
        return found, found + sum(defect.provable is provable for defect in self.missed)


def folder() -> Path:
    named = os.environ.get("OPENBOOK_DISCLOSURES")
    return Path(named) if named else HERE.parents[2] / "shared" / "disclosures"


@cache
def truths() -> tuple[Truth, ...]:
    return tuple(_read(path) for path in sorted(HERE.glob("*.toml")))


def present() -> list[Truth]:
    return [truth for truth in truths() if truth.path.is_file()]


def _read(path: Path) -> Truth:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    defects = tuple(_defect(entry) for entry in table["defect"])
    return Truth(path.stem, table["file"], defects, table.get("prior"))


def _defect(entry: dict[str, Any]) -> Defect:
    lists: dict[str, Any] = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    return Defect(**{**entry, **lists})


@cache
def examine(truth: Truth, *, beside_prior: bool = False) -> Outcome:
    """Check the document, on request beside last year's, and hold every finding against the list."""
    priors = truth.priors if beside_prior else None
    outcome = Outcome(truth, check_file(str(truth.path), priors=priors))
    findings = outcome.report.findings
    for defect in truth.defects:
        hit = any(defect.is_found_by(finding) for finding in findings)
        (outcome.found if hit else outcome.missed).append(defect)
    outcome.false_errors = [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR
        and not any(defect.is_found_by(finding) for defect in truth.defects)
    ]
    return outcome


def unlisted(outcome: Outcome) -> list[Reported]:
    """Milder findings that correspond to no listed defect: doubts for the reader of the report."""
    return [
        finding
        for finding in outcome.report.findings
        if finding.severity is Severity.WARNING
        and not any(defect.is_found_by(finding) for defect in outcome.truth.defects)
    ]


def report() -> Iterator[str]:
    """What was found and missed, line by line."""
    for truth in present():
        outcome = examine(truth)
        proved, provable = outcome.share(provable=True)
        seen, doubtful = outcome.share(provable=False)
        yield f"{truth.name}: {proved} of {provable} provable, {seen} of {doubtful} for judgement"
        for defect in outcome.missed:
            where = ",".join(map(str, (defect.lines or defect.pages)[:4]))
            yield f"  missed {defect.proof:10} {defect.id} ({where}; {' '.join(defect.codes)})"
        for label, findings in (("FALSE ERROR", outcome.false_errors), ("not listed", unlisted(outcome))):
            for finding in findings:
                places = [location.place for location in finding.locations[:4]]
                where = ",".join(str(place.line or f"p{place.page}") for place in places)
                yield f"  {label} {finding.code} ({where}) {finding.message[:120]}"
