"""What a run is told and what it counts while documents pass by."""

from __future__ import annotations

from dataclasses import dataclass, field

from openbook import __version__
from openbook.checking.result import DocumentReport, Reported
from openbook.findings import Severity

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)

UNREADABLE = "OB001"


@dataclass(slots=True)
class Tally:
    """Counts over the whole run, filled while reports pass; read when the last has passed."""

    documents: int = 0
    unreadable: int = 0
    findings: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))
    codes: dict[str, int] = field(default_factory=dict)
    hidden: int = 0  # known from the baseline
    gone: int = 0  # in the baseline, no longer there
    below: int = 0  # of a lower severity than asked for

    def add(self, report: DocumentReport) -> None:
        self.documents += 1
        self.unreadable += report.unreadable is not None
        for finding in report.findings:
            self.findings[finding.severity] += 1
            self.codes[finding.code] = self.codes.get(finding.code, 0) + 1


@dataclass(slots=True)
class Settings:
    """How a report is written."""

    tally: Tally = field(default_factory=Tally)
    version: str = __version__
    threshold: Severity = Severity.WARNING  # from here on a finding is a failure
    colour: bool = False
    width: int = 100
    date: str | None = None  # printed on what is made for paper


def findings(report: DocumentReport) -> list[Reported]:
    """The findings as every format lists them; an unreadable file is one finding of its own."""
    if report.unreadable is None or any(one.code == UNREADABLE for one in report.findings):
        return report.findings
    reason = Reported(
        code=UNREADABLE,
        name="file-unreadable",
        severity=Severity.ERROR,
        message=f"文件无法读取：{report.unreadable}",
        locations=(),
        expected=None,
        actual=None,
        difference=None,
        basis="无法读取的公开文件等于没有公开，其中的任何数字都没有核对。",
        fingerprint=f"{UNREADABLE}:unreadable",
    )
    return [reason, *report.findings]


def by_severity(found: list[Reported]) -> dict[Severity, int]:
    """How many of each severity, errors first."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for one in found:
        counts[one.severity] += 1
    return counts
