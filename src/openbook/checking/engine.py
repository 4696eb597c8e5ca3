"""Read, understand, judge, apply the rules: one document at a time."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from openbook.checking.excerpts import excerpts
from openbook.checking.judging import judge_document
from openbook.checking.result import Counts, DocumentReport, Reported, StatementSummary
from openbook.document import Document, Statement
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative import understand
from openbook.reading.errors import Unreadable
from openbook.reading.forms import read_forms
from openbook.reading.open import read_source
from openbook.rules.table import RULES, rule
from openbook.source import Place, Source
from openbook.statements.bodies import settle_bodies
from openbook.statements.understand import understand_statements
from openbook.statements.verdicts import Verdict, Verdicts


@dataclass(frozen=True)
class Options:
    """Which rules apply: prefixes of codes (``OB3``). Empty `select` means all."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def wants(self, code: str) -> bool:
        if self.select and not code.startswith(self.select):
            return False
        return not (self.ignore and code.startswith(self.ignore))


_ALL = Options()
_MOST_LOCATIONS = 60


def read_document(path: str) -> Document:
    """Read a file and understand it. Raises `Unreadable` with a reason in Chinese."""
    return understand_source(read_source(path))


def understand_source(source: Source) -> Document:
    """Statements first, since the explanation speaks of them."""
    document = Document(source, problems=list(source.problems))
    understand_statements(source, document)
    document.forms = read_forms(source)
    settle_bodies(document)
    understand(source, document)
    return document


def check_file(path: str, options: Options = _ALL, priors: Mapping[str, str] | None = None) -> DocumentReport:
    """Check one file. Never raises on bad input: what cannot be read is a finding of its own (OB001).

    `priors` maps a path to the path of last year's disclosure of the same body.
    """
    with _no_collection():
        return _check_file(path, options, priors)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: a document's thousands of values all live until it is checked."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _check_file(path: str, options: Options, priors: Mapping[str, str] | None) -> DocumentReport:
    try:
        document = read_document(path)
        prior = _prior(priors.get(path)) if priors else None
    except Unreadable as error:
        return _unreadable(path, str(error))
    except (RecursionError, MemoryError):
        return _unreadable(path, "文件结构过于庞大或嵌套过深，无法读取。请检查文件是否损坏，或拆分后再试。")
    report = check_document(document, options, prior)
    if not document.statements and not document.forms and not document.claims:
        report.unreadable = "没有找到预算报表、说明或绩效目标表：这不是部门预决算公开文件，或其文字无法识别。"
    for each in filter(None, (document, prior)):
        each.dissolve()
    return report


def _prior(path: str | None) -> Document | None:
    """Last year's disclosure; where it cannot be read this year's is checked without it."""
    if path is None:
        return None
    try:
        return read_document(path)
    except Unreadable:
        return None


def _unreadable(path: str, message: str) -> DocumentReport:
    finding = Finding("OB001", message, (Location(Place()),), ("unreadable",))
    return DocumentReport(path, unreadable=message, findings=[_reported(finding, rule("OB001"), None, {})])


def check_document(
    document: Document, options: Options = _ALL, prior: Document | None = None
) -> DocumentReport:
    """Apply every wanted rule to a document that has been understood."""
    verdicts = judge_document(document)
    context = Context(document, prior, verdicts)
    found = [
        (finding, found_by)
        for found_by in RULES
        if options.wants(found_by.code) and found_by.status == "in-force"
        for finding in _apply(found_by, context)
    ]
    printed = excerpts(document, [location for finding, _ in found for location in finding.locations])
    findings = [_reported(finding, found_by, document, printed) for finding, found_by in found]
    findings.sort(key=_order)
    return DocumentReport(
        document.path,
        document.department,
        document.year,
        document.layout,
        [_summary(statement) for statement in document.statements],
        _counts(verdicts),
        _distinct(findings),
    )


def _apply(found_by: Rule, context: Context) -> Iterator[Finding]:
    """A rule that crashes is a finding itself: one fault of ours must not hide those of the document."""
    try:
        yield from list(found_by.check(context))
    except Exception as error:
        crashed = rule("OB009")
        message = f"规则 {found_by.code} 运行出错（{type(error).__name__}: {error}），该规则未完成检查。"
        yield Finding(
            crashed.code, message, (Location(Place()),), (found_by.code,), severity=crashed.severity
        )


def _reported(
    finding: Finding, found_by: Rule, document: Document | None, printed: Mapping[Location, str]
) -> Reported:
    owner = found_by if finding.code == found_by.code else rule(finding.code)
    locations = finding.locations[:_MOST_LOCATIONS]
    return Reported(
        finding.code,
        owner.name,
        finding.severity or owner.severity,
        finding.message,
        locations,
        finding.expected,
        finding.actual,
        finding.difference,
        finding.basis or owner.basis,
        fingerprint(finding, document),
        tuple(printed.get(location) for location in locations),
    )


def fingerprint(finding: Finding, document: Document | None) -> str:
    """Stable name of what is wrong: code, body, year and the rule's own key; no lines, no amounts."""
    body = (document.department or "", str(document.year or "")) if document else ("", "")
    return hashlib.sha256("\x1f".join((finding.code, *body, *finding.key)).encode()).hexdigest()[:20]


def _distinct(findings: list[Reported]) -> list[Reported]:
    """Two findings of one fingerprint are two of the same kind: number the later ones, drop exact repeats."""
    seen: dict[str, int] = {}
    kept: list[Reported] = []
    messages: set[tuple[str, str, tuple[Location, ...]]] = set()
    for finding in findings:
        identity = (finding.code, finding.message, finding.locations)
        if identity in messages:
            continue
        messages.add(identity)
        number = seen.get(finding.fingerprint, 0) + 1
        seen[finding.fingerprint] = number
        kept.append(
            finding if number == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{number}")
        )
    return kept


def _order(finding: Reported) -> tuple[int, int, int, str]:
    place = finding.locations[0].place if finding.locations else Place()
    return (-finding.severity, place.page or 0, place.line or 0, finding.code)


def _summary(statement: Statement) -> StatementSummary:
    places = [statement.place, statement.last, statement.note_place]
    places += [cell.place for row in statement.rows[-1:] for cell in row.cells.values()]
    return StatementSummary(
        statement.kind,
        statement.title,
        _span(place.line for place in places),
        _span(place.page for place in places),
        len(statement.rows),
        sum(1 for cell in statement.cells() if cell.amount is not None),
        statement.empty,
    )


def _span(numbers: Iterable[int | None]) -> tuple[int, int] | None:
    known = [number for number in numbers if number is not None]
    return (min(known), max(known)) if known else None


def _counts(verdicts: Verdicts) -> Counts:
    return Counts(
        verdicts.count(Verdict.HOLDS),
        verdicts.count(Verdict.ROUNDING),
        verdicts.count(Verdict.BROKEN),
        len(verdicts.not_applicable),
    )


def worst(report: DocumentReport) -> Severity | None:
    """The gravest severity of a report, None where it is clean."""
    return max((finding.severity for finding in report.findings), default=None)
