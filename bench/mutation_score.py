"""What share of wrong figures is found: one cell is changed, the whole check runs, the report is asked.

Found: an error that the untouched document does not have. Located: the changed cell is among the
cells the report suspects. Every cell that stands in an identity is changed at 0.05 万元; a seeded
sample at the other sizes. A change that rounding explains must stay silent; whether it does is
proven by amounts that print so (`witness`), found apart from the verdict.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.documents import generated, published
from openbook.checking.engine import check_document, understand_source
from openbook.checking.feasibility import System
from openbook.checking.judging import judge, judge_document
from openbook.checking.result import DocumentReport
from openbook.document import Cell, Document
from openbook.findings import Severity
from openbook.money import LI_PER_WAN, show
from openbook.reading.open import read_source
from openbook.source import Place, RawCell, RawTable, Source
from openbook.statements.identities import apply
from openbook.statements.verdicts import Verdict

HUNDREDTHS = (1, 5, 10, 100, 50_000)  # of 万元
SAMPLE = 60
PEER = {1: "5 %", 10: "22 %", 50_000: "45 %"}
FOUND, LOCATED = 0.99, 0.90


@dataclass
class Score:
    """Counts of one document at one size."""

    changed: int = 0
    found: int = 0
    located: int = 0
    silent: int = 0  # not found, and amounts exist that print so
    missed: list[str] = field(default_factory=list)  # not found, though no amounts print so
    wrong: list[str] = field(default_factory=list)  # an error though amounts exist that print so


def run() -> list[dict[str, Any]]:
    """Every published document at hand, and two generated ones."""
    rows: list[dict[str, Any]] = []
    totals: dict[int, Score] = {size: Score() for size in HUNDREDTHS}
    with tempfile.TemporaryDirectory() as folder:
        for path in [*published(), *generated(Path(folder), 2)]:
            document = understand_source(read_source(str(path)))
            for size in HUNDREDTHS:
                score = measure(document, size)
                _add(totals[size], score)
                rows.append(_row(f"`{path.name}`", size, score, None))
            rows.append(_coverage(path, document))
    for size, score in totals.items():
        rows.append(_row("all documents", size, score, PEER.get(size)))
    return rows


def _add(total: Score, score: Score) -> None:
    total.changed += score.changed
    total.found += score.found
    total.located += score.located
    total.silent += score.silent
    total.missed += score.missed
    total.wrong += score.wrong


def measure(document: Document, hundredths: int) -> Score:
    """Change one cell after the other by `hundredths` of 0.01 万元 and check the whole document."""
    before = {finding.fingerprint for finding in check_document(document).findings}
    known = broken(document)
    score = Score()
    cells = cells_in_identities(document)
    if hundredths != 5 and len(cells) > SAMPLE:
        cells = random.Random(hundredths).sample(cells, SAMPLE)
    for cell in cells:
        changed = understand_source(with_figure(document.source, cell, hundredths * LI_PER_WAN // 100))
        report = check_document(changed)
        _tell(score, cell, changed, report, before, known)
    return score


def _tell(
    score: Score,
    cell: Cell,
    changed: Document,
    report: DocumentReport,
    before: set[str],
    known: set[tuple[str, ...]],
) -> None:
    errors = [f for f in report.findings if f.severity is Severity.ERROR and f.fingerprint not in before]
    places = {
        location.place for f in errors for location in f.locations if location.role in ("suspect", "stated")
    }
    score.changed += 1
    score.found += bool(errors)
    score.located += cell.place in places
    possible = witness(changed, known)
    where = f"{cell.describe()} {cell.text}"
    identity_errors = [f for f in errors if f.code.startswith("OB2")]
    if possible and identity_errors:
        score.wrong.append(where)
    elif not errors:
        if possible:
            score.silent += 1
        else:
            score.missed.append(where)


def cells_in_identities(document: Document) -> list[Cell]:
    """Every cell with a figure that stands in at least one identity."""
    found = {id(cell): cell for item in apply(document).equations for _, cell in item.terms if cell.amount}
    return list(found.values())


def with_figure(source: Source, cell: Cell, change: int) -> Source:
    """The same source with one printed figure changed; the page says it, not the understanding."""
    unit = cell.row.statement.unit
    decimals = len(cell.text.strip().partition(".")[2].replace(" ", ""))
    printed = show(cell.value + change, unit, decimals)
    text = printed if "," in cell.text else printed.replace(",", "")
    return Source(
        source.path,
        source.format,
        [
            _changed(block, cell.place, text) if isinstance(block, RawTable) else block
            for block in source.blocks
        ],
        source.metadata,
        source.hidden,
        source.problems,
        source.pages,
    )


def _changed(table: RawTable, place: Place, text: str) -> RawTable:
    if not any(cell.place == place for row in table.rows for cell in row):
        return table
    rows = [
        [RawCell(text, *cell[1:]) if cell.place == place and cell.text else cell for cell in row]
        for row in table.rows
    ]
    return RawTable(rows, table.page)


def witness(document: Document, known: Set[tuple[str, ...]] = frozenset()) -> bool:
    """Whether true amounts exist that print as this document does.

    Identities of usage are left aside, and those that were broken before anything was changed (`known`).
    """
    judged = [
        judge(item)
        for item in apply(document).equations
        if not item.identity.evidence and item.key not in known
    ]
    if any(item.verdict is Verdict.BROKEN for item in judged):
        return False
    return System(judged).conflict() is None


def broken(document: Document) -> set[tuple[str, ...]]:
    """The keys of the equations that the published document breaks."""
    return {item.equation.key for item in judge_document(document).judged if item.verdict is Verdict.BROKEN}


def _row(name: str, size: int, score: Score, peer: str | None) -> dict[str, Any]:
    share = score.found / score.changed if score.changed else 1.0
    located = score.located / score.found if score.found else 1.0
    silent = score.silent / score.changed if score.changed else 0.0
    at = f"+{size / 100:g} 万元"
    met = share + silent >= FOUND and (located >= LOCATED or size < 5) and not score.wrong
    return {
        "name": (
            f"{name}, {at}: {score.changed} cells changed, located {located:.1%}, "
            f"silent because rounding explains it {silent:.1%}, missed {len(score.missed)}, "
            f"errors though rounding explains it {len(score.wrong)}"
        ),
        "value": round(share * 100, 1),
        "unit": "% found",
        "against": f"best public checker: {peer} (published)" if peer else None,
        "ratio": round(share * 100 / float(peer.split()[0]), 2) if peer else None,
        "bar": f"found or provably silent ≥ {FOUND:.0%}, {'' if size < 5 else f'located ≥ {LOCATED:.0%}, '}no false error",
        "met": met,
    }


def _coverage(path: Path, document: Document) -> dict[str, Any]:
    figures = [cell for statement in document.statements for cell in statement.cells() if cell.amount]
    covered = len(cells_in_identities(document))
    errors = [f for f in check_document(document).findings if f.code.startswith("OB2") and f.severity >= 3]
    return {
        "name": f"`{path.name}`: figures that stand in an identity, of {len(figures)}; {len(errors)} identity errors as published",
        "value": round(100 * covered / len(figures), 1) if figures else 0.0,
        "unit": "%",
        "against": None,
        "ratio": None,
        "bar": None,
        "met": None,
    }
