"""What may be compared: a budget book, what `openbook build` wrote, a published document."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from openbook.book.load import WORKBOOK, load
from openbook.book.model import BudgetBook, Fault
from openbook.book.tables import BOOK
from openbook.building.build import lines_of
from openbook.checking.engine import read_document
from openbook.composing.compose import compose
from openbook.document import Document
from openbook.reading.errors import Unreadable
from openbook.writing.data import FILE, Published, published, read_data

BOOK_SIDE, BUILD_SIDE, DOCUMENT_SIDE = "book", "build", "document"


@dataclass(slots=True)
class Side:
    """One side of a comparison.

    book       of a book; `faults`: why nothing can be published from it
    built      of a build, and of a book once it is composed; None where its faults do not let it
    document   of a published document
    """

    path: str
    kind: str
    book: BudgetBook | None = None
    built: Published | None = None
    document: Document | None = None
    faults: list[Fault] = field(default_factory=list)

    def compose(self, unit: str = "") -> None:
        """Compose the book's disclosure, or that of one of its units, though it may still lack reasons and texts."""
        if self.book is None or self.faults:
            return
        composed = compose(self.book, unit=unit)
        self.faults = composed.faults
        disclosure = composed.disclosure or composed.unfinished
        if disclosure is not None:
            self.built = published(disclosure, lines_of(self.book))

    def unit_of(self, document: Document) -> str:
        """The unit whose own disclosure the document is, "" where it is the department's."""
        if self.book is None or document.level != "unit":
            return ""
        names = [unit.name for unit in self.book.units]
        return document.department if document.department in names else self.book.head.name


def open_side(path: str) -> Side:
    """Find out what stands at `path` and read it. Raises Unreadable, with a message for the user."""
    where = Path(path)
    if not os.path.exists(path):  # noqa: PTH110  Path.exists raises where a folder above is closed to us
        raise Unreadable(f"找不到 {path}；请写账簿、编成的文件夹或公开的文件")
    if where.name == FILE:
        where = where.parent
    if where.is_dir() and (where / FILE).exists():
        return Side(path, BUILD_SIDE, built=read_data(where))
    if where.is_dir() or _is_workbook(where):
        return _book(path)
    document = read_document(path)
    if not document.statements:
        raise Unreadable(f"{path} 里没有读出预算报表：它不是部门预算公开文件，或其文字无法识别")
    return Side(path, DOCUMENT_SIDE, document=document)


def _is_workbook(path: Path) -> bool:
    """Whether an Excel file is a budget book; the workbook that `build` writes has no first page of a book."""
    if path.suffix.lower() != WORKBOOK:
        return False
    from openbook.book.workbook_cells import open_grids

    return any(grid.name.strip() == BOOK.title for grid in open_grids(path))


def _book(path: str) -> Side:
    book, faults = load(path)
    if not book.units:
        why = faults[0].describe() if faults else ""
        raise Unreadable(f"{path} 不是预算账簿，也不是 openbook build 编成的文件夹（里面没有 {FILE}）。{why}")
    return Side(path, BOOK_SIDE, book=book, faults=faults)
