"""The baseline: what is known to be wrong, keyed on what is wrong and never on lines.

It is a ratchet: entries leave it when what they name no longer occurs; new findings never enter
a file that exists.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from openbook.checking.result import DocumentReport, Reported
from openbook.reading.errors import in_words

FORMAT = 1


class BadBaseline(Exception):
    """The file is no baseline. The message is for the user."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One known finding; all but the fingerprint is there for whoever reads the file."""

    fingerprint: str
    code: str
    message: str
    path: str
    department: str | None = None
    year: int | None = None

    @classmethod
    def of(cls, found: Reported, report: DocumentReport) -> Entry:
        return cls(found.fingerprint, found.code, found.message, report.path, report.department, report.year)

    @property
    def document(self) -> tuple[object, ...]:
        return _identity(self.path, self.department, self.year)


def _identity(path: str, department: str | None, year: int | None) -> tuple[object, ...]:
    return (department, year) if department and year else (Path(path).name,)


@dataclass(slots=True)
class Baseline:
    """Known findings, and what of them has occurred in this run."""

    entries: dict[str, Entry] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    fresh: dict[str, Entry] = field(default_factory=dict)
    documents: set[tuple[object, ...]] = field(default_factory=set)
    hidden: int = 0
    new: bool = False  # there was no file when the run began

    def filter(self, reports: Iterable[DocumentReport]) -> Iterator[DocumentReport]:
        """The reports without what is known."""
        for report in reports:
            if report.unreadable is not None:  # that a file cannot be read is never accepted
                yield report
                continue
            self.documents.add(_identity(report.path, report.department, report.year))
            yield replace(report, findings=[found for found in report.findings if not self._knows(found)])

    def note(self, report: DocumentReport) -> None:
        """Remember what is shown to the user and not yet known."""
        if report.unreadable is not None:
            return
        self.fresh.update((found.fingerprint, Entry.of(found, report)) for found in report.findings)

    def _knows(self, found: Reported) -> bool:
        if found.fingerprint not in self.entries:
            return False
        self.seen.add(found.fingerprint)
        self.hidden += 1
        return True

    def gone(self, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> list[Entry]:
        """Entries whose document and rule were checked in this run and that did not occur."""
        return [
            entry
            for entry in self.entries.values()
            if entry.fingerprint not in self.seen
            and entry.document in self.documents
            and (not select or entry.code.startswith(select))
            and not entry.code.startswith(ignore or ("\0",))
        ]


def load(path: Path) -> Baseline:
    """Read a baseline; raises `BadBaseline` where the file is none."""
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadBaseline(f"基线文件 {path} 打不开：{in_words(error)}") from None
    except (ValueError, RecursionError):
        raise BadBaseline(f"基线文件 {path} 不是 JSON；请用 --write-baseline 重新生成") from None
    try:
        if content["openbook-baseline"] != FORMAT:
            raise BadBaseline(f"基线文件 {path} 出自另一个版本；请用 --write-baseline 重新生成")
        entries = [Entry(**entry) for entry in content["findings"]]
    except (KeyError, TypeError):
        raise BadBaseline(f"{path} 不是 OpenBook 的基线文件；请用 --write-baseline 重新生成") from None
    return Baseline({entry.fingerprint: entry for entry in entries})


def save(path: Path, entries: Iterable[Entry]) -> None:
    """Write a baseline in an order that keeps differences between versions small.

    It takes its name when it is complete: a full disk or a second run at the same time leaves a whole one.
    """
    ordered = sorted(entries, key=lambda entry: (entry.path, entry.code, entry.fingerprint))
    told = [
        {
            "fingerprint": entry.fingerprint,
            "code": entry.code,
            "message": entry.message,
            "path": entry.path,
            "department": entry.department,
            "year": entry.year,
        }
        for entry in ordered
    ]
    text = json.dumps({"openbook-baseline": FORMAT, "findings": told}, ensure_ascii=False, indent=1)
    target = path.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
