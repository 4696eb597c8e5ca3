"""A built disclosure beside a published document, figure by figure.

Where the two differ, the exact sum of the book's lines and the checker's judgement of the document tell
what the difference is: the document rounds by itself, it is wrong in itself, or the book says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openbook.checking.judging import judge_document
from openbook.comparing.addresses import labelled, project_code, split
from openbook.document import Cell, Document, Row, Statement
from openbook.source import Place
from openbook.statements.rows import unread
from openbook.statements.verdicts import Verdict, Verdicts
from openbook.statements.words import bare, fold
from openbook.writing.data import PublishedCell

EQUAL, ROUNDING, DIFFERENT = "equal", "rounding", "different"
UNPUBLISHED, UNBUILT, UNREAD = "unpublished", "unbuilt", "unread"

LI_PER_FEN = 10

# Lists whose figures have no address of their own: they are no sums of the book's lines.
LISTS = frozenset({"assets", "procurement"})
_OTHER_NAMES = {"amount": "total", "total": "amount"}  # a lone column of money is called either
_CODES = re.compile(r"^\d+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure on both sides; all amounts in li, None for what a side does not have.

    status     EQUAL; ROUNDING: the published figure is the exact sum rounded by itself, the built one adds
               up with the rest; DIFFERENT; UNPUBLISHED: the document lacks it; UNBUILT: the book's
               statements lack it; UNREAD: what is published there is no number
    label      where it stands, in words; `row` is what the document calls its row, where that is otherwise
    lacking    of UNPUBLISHED and UNBUILT: what is not there, "statement", "row" or "column"
    wrong      what the checker has against the published figure, in words; "" for nothing
    place      in the document
    """

    address: str
    label: str
    status: str
    built: int | None
    exact: int | None
    published: int | None
    unit: str  # 元, 万元
    lacking: str = ""
    wrong: str = ""
    row: str = ""
    place: Place | None = None

    @property
    def difference(self) -> int:
        """Published less built, in li."""
        return (self.published or 0) - (self.built or 0)


def compare_with_document(cells: Mapping[str, PublishedCell], document: Document) -> list[Compared]:
    """Every figure of the built statements beside the one of the document, in the order of the statements.

    `cells` by address, as `openbook.writing.data.published` gives them. Figures that are nothing on one
    side and absent on the other are left out. What only the document has comes after, in its order.
    """
    return list(_Comparison(cells, document).run())


class _Comparison:
    def __init__(self, cells: Mapping[str, PublishedCell], document: Document) -> None:
        self.statements = {one.kind: one for one in reversed(document.statements) if one.kind not in LISTS}
        self.objections = _Objections(document)
        self.cells = {
            address: cell
            for address, cell in cells.items()
            if cell.label and split(address)[0] not in LISTS  # what no statement shows has no label
        }
        self.rows = _Rows(self.cells, self.statements)
        self.seen: set[int] = set()

    def run(self) -> Iterator[Compared]:
        for address, cell in self.cells.items():
            found = self._built(address, cell)
            if found is not None:
                yield found
        kinds = {split(address)[0] for address in self.cells}
        for kind, statement in reversed(self.statements.items()):
            for one in statement.cells():
                if one.amount and id(one) not in self.seen:
                    yield self._unbuilt(kind, one, known=kind in kinds)

    def _built(self, address: str, cell: PublishedCell) -> Compared | None:
        kind, row_key, column = split(address)
        row = self.rows.found.get((kind, row_key))
        other = _cell(row, column)
        built, exact = cell.printed * LI_PER_FEN, cell.exact * LI_PER_FEN
        if row is None or other is None:
            if not built and not exact:
                return None
            lacking = "statement" if kind not in self.statements else "row" if row is None else "column"
            wrong = self.objections.to_absence(kind, row_key)
            return Compared(address, cell.label, UNPUBLISHED, built, exact, None, cell.unit, lacking, wrong)
        self.seen.add(id(other))
        published = None if unread(other) else other.value
        status = _status(built, exact, published, other.half)
        wrong = "" if status == EQUAL else self.objections.to_cell(other)
        named = _named(row, row_key, cell)
        return Compared(
            address, cell.label, status, built, exact, published, cell.unit, "", wrong, named, other.place
        )

    def _unbuilt(self, kind: str, cell: Cell, *, known: bool) -> Compared:
        address = f"{kind}/{cell.row.key}/{cell.column.key}"
        lacking = "column" if id(cell.row) in self.rows.taken else "row" if known else "statement"
        wrong = self.objections.to_cell(cell)
        unit = cell.row.statement.unit.value
        return Compared(
            address, cell.describe(), UNBUILT, None, None, cell.value, unit, lacking, wrong, place=cell.place
        )


def _cell(row: Row | None, column: str) -> Cell | None:
    if row is None:
        return None
    return row.cells.get(column) or row.cells.get(_OTHER_NAMES.get(column, ""))


def _status(built: int, exact: int, published: int | None, half: int) -> str:
    if published is None:
        return UNREAD
    if published == built:
        return EQUAL
    return ROUNDING if abs(published - exact) <= half else DIFFERENT


def _named(row: Row, key: str, cell: PublishedCell) -> str:
    """The document's words for the row, where its code or its project is another."""
    coded = key[:1].isdigit() and row.key.partition("#")[0] != key
    name = labelled(cell.label)[1]
    otherwise = bool(project_code(key)) and _plain(row.name) != _plain(name)
    return f"{row.code or ''} {row.name}".strip() if coded or otherwise else ""


# --- which row is which ---------------------------------------------------------------------


class _Rows:
    """The document's row for each built one, each only once.

    A code that stands beside another name is misprinted where that name has a row elsewhere; projects
    carry names only, and a document may print less of a name than the book.
    """

    def __init__(self, cells: Mapping[str, PublishedCell], statements: Mapping[str, Statement]) -> None:
        self.wanted: dict[tuple[str, str], str] = {}
        for address, cell in cells.items():
            kind, key, _ = split(address)
            if kind in statements:
                self.wanted.setdefault((kind, key), _plain(labelled(cell.label)[1]))
        self.statements = statements
        self.found: dict[tuple[str, str], Row] = {}
        self.taken: set[int] = set()
        for match in (self._by_key_and_name, self._by_name, self._by_key, self._by_beginning):
            for (kind, key), name in self.wanted.items():
                if (kind, key) not in self.found:
                    row = match(statements[kind], key, name)
                    if row is not None and id(row) not in self.taken:
                        self.found[kind, key] = row
                        self.taken.add(id(row))

    def _by_key_and_name(self, statement: Statement, key: str, name: str) -> Row | None:
        row = statement.row(key)
        if row is None or not key[:1].isdigit():
            return row
        printed = _plain(row.name)
        agrees = not name or not printed or printed in name or name in printed
        return row if agrees or self._by_name(statement, key, name) is None else None

    def _by_name(self, statement: Statement, key: str, name: str) -> Row | None:
        same = [row for row in self._free(statement) if name and _plain(row.name) == name]
        same = [row for row in same if _level(row.key) == _level(key)]
        return _of_unit(same, key)

    def _by_key(self, statement: Statement, key: str, _name: str) -> Row | None:
        return statement.row(key)

    def _by_beginning(self, statement: Statement, key: str, name: str) -> Row | None:
        if not project_code(key):
            return None
        begun = [row for row in self._free(statement) if row.key.startswith("project:")]
        return _of_unit([row for row in begun if name.startswith(_plain(row.name))], key)

    def _free(self, statement: Statement) -> list[Row]:
        return [row for row in statement.rows if id(row) not in self.taken]


def _plain(name: str) -> str:
    """A name without blanks, numbering and codes before it."""
    return bare(_CODES.sub("", fold(name)))


def _level(key: str) -> int:
    """How deep an account is; all else is of one level."""
    return len(key.partition("#")[0]) if key[:1].isdigit() else 0


def _of_unit(rows: list[Row], key: str) -> Row | None:
    """The first of them, one of the project's own unit before others."""
    unit = fold(key.split(":")[1]) if project_code(key) else ""
    own = [row for row in rows if unit and fold((row.parent or "").removeprefix("unit:")) == unit]
    return next(iter(own or rows), None)


# --- what the checker has against a figure ----------------------------------------------------


class _Objections:
    def __init__(self, document: Document) -> None:
        verdicts = judge_document(document)
        self.cells = _against(verdicts)
        blank = {blank.statement.kind: _BLANK for blank in verdicts.blanks}
        self.empty = {one.kind: "公布的这张表是空的" for one in document.statements if one.empty} | blank
        self.rows = {(missing.statement.kind, missing.code) for missing in verdicts.missing}

    def to_cell(self, cell: Cell) -> str:
        return self.empty.get(cell.row.statement.kind) or self.cells.get(id(cell), "")

    def to_absence(self, kind: str, row: str) -> str:
        if kind in self.empty:
            return self.empty[kind]
        return "公布的这张表漏了这一行，补上它各数才平" if (kind, row) in self.rows else ""


_BLANK = "公布的这张表是空的，而文件别处有它的数"


def _against(verdicts: Verdicts) -> dict[int, str]:
    """By identity of the document's cell: why it, or what it adds up with, cannot be right."""
    found: dict[int, str] = {}
    for repair in verdicts.repairs:
        if len(repair.suspects) == 1:
            titles = "；".join(dict.fromkeys(item.equation.identity.title for item in repair.broken))
            found.setdefault(id(repair.suspects[0]), f"公布的文件里只有这一格与各处不符（{titles}）")
    for verdict, words in (
        (Verdict.BROKEN, "公布的文件自己不平：{}"),
        (Verdict.ROUNDING, "公布的各数四舍五入后相加对不上：{}"),
    ):
        for item in verdicts.judged:
            if item.verdict is verdict and item.residual:
                for _, cell in item.equation.terms:
                    found.setdefault(id(cell), words.format(item.equation.identity.title))
    return found
