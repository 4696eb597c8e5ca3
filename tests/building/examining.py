"""What may be wrong with a disclosure that was composed of a good book: each trouble in words, by its kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from openbook.api import Reported, check_file, read_document
from openbook.book.controls import reconcile
from openbook.book.model import BudgetBook
from openbook.book.topics import SUMS
from openbook.book.validate import validate
from openbook.building.build import Wish, build_book, lines_of
from openbook.building.proof import Proof
from openbook.checking.engine import check_document, understand_source
from openbook.checking.judging import judge
from openbook.composing.compose import Composed, compose
from openbook.disclosure import Cell, Claim, Disclosure, Paragraph, step
from openbook.document import Document
from openbook.findings import Severity
from openbook.statements.identities import apply
from openbook.statements.verdicts import Verdict
from tests.building.random_books import random_book

_WHOLE = 1_000_000  # 100 %, in 0.0001 %


class Trouble(NamedTuple):
    """`kind`: the code of a finding or of a fault, or a word for what is compared here."""

    seed: int
    kind: str
    text: str


def examine(seed: int) -> list[Trouble]:
    """Everything wrong with the disclosure of a random book; nothing is raised."""
    try:
        return [Trouble(seed, kind, text) for kind, text in _examine(random_book(seed))]
    except Exception as error:
        return [Trouble(seed, "crash", f"{type(error).__name__}: {error}")]


def _examine(book: BudgetBook) -> Iterator[tuple[str, str]]:
    faults = validate(book) + reconcile(book)
    if faults:
        yield "book", faults[0].describe()
        return
    composed = compose(book)
    disclosure = composed.disclosure
    if disclosure is None:
        yield from ((fault.code, fault.describe()) for fault in composed.faults)
        return
    document = understand_source(Proof(disclosure).source)
    yield from _found(disclosure, document)
    yield from _identities(document)
    yield from _cells(book, composed, disclosure)
    yield from _shares(disclosure)
    yield from _standstills(book, disclosure)


def _found(disclosure: Disclosure, document: Document) -> Iterator[tuple[str, str]]:
    report = check_document(document)
    yield from ((one.code, one.message) for one in report.findings if one.severity > Severity.INFO)
    statements = sum(table.kind == "statement" for table in disclosure.tables())
    understood = sum(statement.kind not in ("procurement", "assets") for statement in report.statements)
    if statements != understood:
        yield "statements", f"{statements} composed, {understood} understood"


def _identities(document: Document) -> Iterator[tuple[str, str]]:
    """What is printed in one unit of money agrees to the last digit, not only within rounding."""
    for equation in apply(document).equations:
        units = {cell.row.statement.unit for _, cell in equation.terms}
        if len(units) == 1 and judge(equation).verdict is not Verdict.HOLDS:
            yield "identity", f"{equation.identity.title}: {equation.key}"


def _cells(book: BudgetBook, composed: Composed, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """Each figure is the sum of its lines, printed no more than a step from it unless a note says otherwise."""
    lines = lines_of(book)
    noted = {note.split(" ")[0] for note in composed.notes}
    for address, cell in disclosure.cells.items():
        if abs(cell.fen - cell.exact) > step(cell.unit, cell.decimals) and address not in noted:
            yield "far", f"{address} {cell.exact} {cell.printed}"
        if bool(cell.exact) and not cell.text:
            yield "blank", f"{address} {cell.exact}"
        tables = {origin.table for origin in cell.origins}
        if tables and "forward" not in tables and not address.startswith("procurement/预留"):
            whole = sum(lines[origin].amount for origin in cell.origins)
            if whole != cell.exact:
                yield "origins", f"{address} {cell.exact} {whole}"


def _shares(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """Shares of parts that make up their whole add up to 100.00 %."""
    claims = {claim.id: claim for claim in disclosure.claims}
    for block in disclosure.blocks:
        if not isinstance(block, Paragraph):
            continue
        shares: dict[str, list[Claim]] = {}
        for run in block.runs:
            if run.claim and claims[run.claim].kind == "share":
                shares.setdefault(claims[run.claim].cells[1], []).append(claims[run.claim])
        for whole, said in shares.items():
            parts = sum(disclosure.cells[claim.cells[0]].printed for claim in said)
            added = sum(claim.value or 0 for claim in said)
            if parts and parts == disclosure.cells[whole].printed and added != _WHOLE:
                yield "shares", f"{whole}: {added}"


def _standstills(book: BudgetBook, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """持平 is said where nothing changed, and a change where something did."""
    before = {prior.item: prior.amount for prior in book.prior}
    before.update({total: sum(before[part] for part in parts) for total, parts in SUMS.items()})
    for claim in disclosure.claims:
        if claim.kind not in ("flat", "change", "growth") or not claim.cells[1].startswith("prior/"):
            continue
        now: Cell = disclosure.cells[claim.cells[0]]
        difference = now.exact - before[claim.cells[1].split("/")[1]]
        if (claim.text == "持平") != (difference == 0) and claim.text != "基本持平":
            yield "standstill", f"{claim.cells} {claim.text} {difference}"
        if claim.kind == "change" and (claim.value or 0) * difference < 0:
            yield "direction", f"{claim.cells} {claim.text} {difference}"


# --- files --------------------------------------------------------------------------------


def examine_files(seed: int) -> list[Trouble]:
    """Everything that the checker finds in the published files of a random book, or reads otherwise than written."""
    try:
        return [Trouble(seed, kind, text) for kind, text in _files(random_book(seed))]
    except Exception as error:
        return [Trouble(seed, "crash", f"{type(error).__name__}: {error}")]


def _files(book: BudgetBook) -> Iterator[tuple[str, str]]:
    composed = compose(book)
    if composed.disclosure is None:
        yield from ((fault.code, fault.describe()) for fault in composed.faults)
        return
    written = _amounts_composed(composed.disclosure)
    with TemporaryDirectory() as folder:
        built = build_book(book, Path(folder), Wish(draft=True))
        for path in built.files:
            if path.suffix in (".docx", ".pdf", ".html", ".xlsx"):
                report = check_file(str(path))
                found = [one for one in report.findings if one.severity > Severity.INFO]
                yield from ((one.code, f"{path.suffix} {one.message}") for one in found if not _draft(one))
                for kind, amounts in _amounts_read(path).items():
                    if amounts != written.get(kind, []):
                        yield "read", f"{path.suffix} {kind}: {written.get(kind)} read as {amounts}"


def _draft(found: Reported) -> bool:
    """The watermark of a draft: files are written as drafts, so that what is open stops nothing."""
    return found.code == "OB801"


def _amounts_composed(disclosure: Disclosure) -> dict[str, list[int]]:
    """Statement kind -> its figures in fen, sorted."""
    return {
        table.id.removeprefix("statement-"): sorted(
            cell.cell.fen for row in table.rows for cell in row if cell.cell is not None and cell.text
        )
        for table in disclosure.tables()
        if table.kind == "statement"
    }


def _amounts_read(path: Path) -> dict[str, list[int]]:
    return {
        statement.kind: sorted(
            cell.amount // 10 for cell in statement.cells() if cell.amount is not None and cell.text
        )
        for statement in read_document(str(path)).statements
        if statement.kind not in ("procurement", "assets")
    }
