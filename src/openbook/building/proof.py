"""Checking a disclosure before it is written: what OpenBook would find in it, the book must answer for.

The composed blocks are put before the checker as a file's would be, so nothing is published that
`openbook check` would fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from openbook.book.model import BudgetBook, Fault, Spot
from openbook.book.tables import TEXTS
from openbook.checking.engine import check_document, understand_source
from openbook.checking.result import DocumentReport, Reported
from openbook.disclosure import Block, Contents, Cover, Disclosure, Heading, Table
from openbook.disclosure import Paragraph as Written
from openbook.findings import Severity
from openbook.source import Paragraph, Piece, Place, RawCell, RawTable, Source


class Proof:
    """A disclosure as the checker sees it, and which part of the book each line of it says."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.origins: dict[int, str] = {}
        self._line = 0
        self.source = Source("账簿", "docx", [], metadata={"title": disclosure.title})
        for block in disclosure.blocks:
            self.source.blocks.extend(self._blocks(block))

    def report(self) -> DocumentReport:
        return check_document(understand_source(self.source))

    def _blocks(self, block: Block) -> Iterator[Paragraph | RawTable]:
        if isinstance(block, Cover):
            for text in (block.title, *block.lines):
                yield self._paragraph(text, "")
        elif isinstance(block, Heading):
            yield self._paragraph(block.text, "", block.level)
        elif isinstance(block, Written):
            yield self._paragraph(block.text, block.origin)
        elif isinstance(block, Table):
            yield from self._table(block)
        elif isinstance(block, Contents):
            yield from ()

    def _paragraph(self, text: str, origin: str, heading: int = 0) -> Paragraph:
        self._line += 1
        if origin:
            self.origins[self._line] = origin
        return Paragraph(text, (Piece(0, Place(self._line, 1)),), heading)

    def _table(self, table: Table) -> Iterator[Paragraph | RawTable]:
        for text in (table.number, table.title, *table.above):
            if text:
                yield self._paragraph(text, table.origin)
        yield RawTable(list(self._rows(table)))
        for note in table.notes:
            yield self._paragraph(note, table.origin)

    def _rows(self, table: Table) -> Iterator[list[RawCell]]:
        """Merged cells stand at their upper left, followed by empty cells for what they cover."""
        width = len(table.widths)
        covered: dict[tuple[int, int], None] = {}
        for top, row in enumerate(table.rows):
            self._line += 1
            if table.origin:
                self.origins[self._line] = table.origin
            cells: list[RawCell] = []
            given = iter(row)
            while len(cells) < width:
                at = len(cells)
                if (top, at) in covered:
                    cells.append(self._cell("", at))
                    continue
                cell = next(given, None)
                if cell is None:
                    break
                span = min(cell.colspan, width - at)
                text = " ".join(cell.text.split())
                cells.append(self._cell(text, at, span, cell.rowspan))
                cells.extend(self._cell("", at + more) for more in range(1, span))
                for down in range(1, cell.rowspan):
                    covered.update(dict.fromkeys((top + down, at + right) for right in range(span)))
            yield cells

    def _cell(self, text: str, at: int, span: int = 1, down: int = 1) -> RawCell:
        return RawCell(text, Place(self._line, at + 1, at + 2), span, down)


def objections(disclosure: Disclosure, book: BudgetBook) -> tuple[list[Fault], DocumentReport]:
    """What the checker finds above info, as faults of the book, and its whole report."""
    proof = Proof(disclosure)
    report = proof.report()
    faults = [_fault(found, proof, book) for found in report.findings if found.severity > Severity.INFO]
    return faults, report


def _fault(found: Reported, proof: Proof, book: BudgetBook) -> Fault:
    lines = [location.place.line for location in found.locations if location.place.line]
    origin = next((proof.origins[line] for line in lines if line in proof.origins), "")
    return Fault(found.code, found.message, f"（规则：openbook explain {found.code}）", spot_of(origin, book))


def spot_of(origin: str, book: BudgetBook) -> Spot:
    """Where in the book the words came from: ``project:P01``, ``text:duties``."""
    kind, _, key = origin.partition(":")
    if kind == "project":
        project = book.project(key)
        return project.spot if project else Spot()
    if kind == "text":
        words = book.texts.get(key)
        return words.spot if words and words.spot.file else Spot(TEXTS.get(key, key))
    return Spot()
