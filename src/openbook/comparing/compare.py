"""Two sides compared: what differs, and what each difference comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openbook.book.topics import SUMS
from openbook.building.build import lines_of
from openbook.comparing.addresses import Renames, renames_of_books, renames_of_builds
from openbook.comparing.books import LINES, Edit, compare_books
from openbook.comparing.cells import CellChanges, compare_cells
from openbook.comparing.claims import ClaimChange, compare_claims
from openbook.comparing.lines import LineChange, line_changes, match_lines
from openbook.comparing.published import EQUAL, Compared, compare_with_document
from openbook.comparing.sides import BOOK_SIDE, Side
from openbook.disclosure import Origin
from openbook.document import Document
from openbook.reading.errors import Unreadable
from openbook.writing.data import BookLine


@dataclass(slots=True)
class Difference:
    """All that differs. `compared` of a comparison with a document, the others of books and builds.

    uncomposed   paths of books that have faults: their figures and prose were not compared
    """

    edits: list[Edit] = field(default_factory=list)
    lines: list[LineChange] = field(default_factory=list)
    cells: CellChanges = field(default_factory=CellChanges)
    claims: list[ClaimChange] = field(default_factory=list)
    compared: list[Compared] | None = None
    uncomposed: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        differing = self.edits or self.lines or self.cells.found or self.cells.quiet or self.claims
        return not differing and all(one.status == EQUAL for one in self.compared or ())


def compare(old: Side, new: Side, unit: str = "") -> Difference:
    """What is different on the new side.

    `unit`: of books, the unit whose disclosure is meant, "" for the department's, or for the one that a
    document is of. Raises Unreadable, with a message for the user, where the two cannot be compared.
    """
    if old.document is not None and new.document is not None:
        raise Unreadable("两边都是公开的文件，没有账簿说明哪边对；请给一本账簿或一个编成的文件夹")
    if old.document is not None:
        return _with_document(new, old.document, unit)
    if new.document is not None:
        return _with_document(old, new.document, unit)
    return _between(old, new, unit)


def _with_document(side: Side, document: Document, unit: str) -> Difference:
    side.compose(unit or side.unit_of(document))
    if side.built is None:
        why = side.faults[0].describe()
        raise Unreadable(f"{side.path} 编不出报表，没有比较：{why}（共 {len(side.faults)} 处要改）")
    return Difference(compared=compare_with_document(side.built.cells, document))


def _between(old: Side, new: Side, unit: str) -> Difference:
    for side in (old, new):
        side.compose(unit)
    found = Difference(uncomposed=[side.path for side in (old, new) if side.built is None])
    renames = _renames(old, new)
    if old.book is not None and new.book is not None:
        found.edits = compare_books(old.book, new.book, renames)
    was, now = _lines(old, new)
    pairs = match_lines(_itemised(was, old), _itemised(now, new), renames)
    found.lines = [line for line in line_changes(pairs, was, now, renames) if line.table in LINES]
    if old.built is not None and new.built is not None:
        found.cells = compare_cells(old.built, new.built, pairs, renames)
        found.claims = compare_claims(old.built, new.built, renames)
    return found


def _renames(old: Side, new: Side) -> Renames:
    if old.book is not None and new.book is not None:
        return renames_of_books(old.book, new.book)
    if old.built is not None and new.built is not None:
        return renames_of_builds(old.built, new.built)
    return Renames()


def _lines(old: Side, new: Side) -> tuple[Mapping[Origin, BookLine], Mapping[Origin, BookLine]]:
    """All lines of two books; where one side is a build, those that figures come from, as a build has no others."""
    if old.kind == new.kind == BOOK_SIDE and old.book is not None and new.book is not None:
        return lines_of(old.book), lines_of(new.book)
    return _cited(old), _cited(new)


def _cited(side: Side) -> Mapping[Origin, BookLine]:
    if side.built is not None:
        return side.built.lines
    return lines_of(side.book) if side.book is not None else {}


def _itemised(lines: Mapping[Origin, BookLine], side: Side) -> Mapping[Origin, BookLine]:
    """Lines of last year with what they are of, by which alone they differ, in place of an account."""
    cells = side.built.cells if side.built is not None else {}
    items = {
        origin: topic
        for address, cell in cells.items()
        if address.startswith("prior/") and (topic := address.removeprefix("prior/")) not in SUMS
        for origin in cell.origins
    }
    return {
        origin: line._replace(function=items.get(origin, line.function)) for origin, line in lines.items()
    }
