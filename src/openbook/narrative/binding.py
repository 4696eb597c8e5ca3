"""Claims find the cells that prove or break them."""

from __future__ import annotations

import re

from openbook.document import Cell, Claim, Document, Row
from openbook.narrative.vocabulary import Candidate, CellPath, concepts, fold, topic_of
from openbook.statements.layouts import layout

_ITEM_PATHS = (("general_expenditure", "total"), ("fund_expenditure", "total"), ("state_capital", "total"))
_OF_ALL = re.compile(r"整体(?:支出)?绩效目标[^。；;\d]{0,10}(?:\d+个)?[^。；;\d]{0,4}涉及[^。；;\d]{0,8}\Z")


class _Index:
    """Rows of the statements by kind and key."""

    def __init__(self, document: Document) -> None:
        self.rows: dict[str, dict[str, Row]] = {}
        self.projects: dict[str, list[Row]] = {}
        self.economic: dict[str, list[Row]] = {}
        self.lost = _lost_kinds(document)
        for statement in document.statements:
            if statement.kind in self.rows:
                continue
            self.rows[statement.kind] = {row.key: row for row in statement.rows}
            if statement.kind == "projects":
                self._names(statement.rows, self.projects, "project:")
            elif statement.kind == "general_basic":
                self._names(statement.rows, self.economic, "")

    @staticmethod
    def _names(rows: list[Row], names: dict[str, list[Row]], prefix: str) -> None:
        for row in rows:
            if row.key.startswith(prefix) and row.name:
                names.setdefault(fold(row.name), []).append(row)

    def cell(self, path: CellPath) -> Cell | None:
        row = self.rows.get(path.kind, {}).get(path.row)
        return row.cells.get(path.column) if row else None

    def cells(self, candidate: Candidate) -> tuple[Cell, ...]:
        """The cells of a candidate; of a sum those that exist, the first must."""
        found = [self.cell(path) for path in candidate]
        if found[0] is None:
            return ()
        return tuple(cell for cell in found if cell is not None)

    def row_cells(self, rows: list[Row]) -> tuple[tuple[Cell, ...], ...]:
        """Each row of that name by itself, and all of them together."""
        found = [row.cells["total"] for row in rows if "total" in row.cells]
        single: list[tuple[Cell, ...]] = [(cell,) for cell in found]
        return tuple([*single, tuple(found)] if len(found) > 1 else single)


def _lost_kinds(document: Document) -> set[str]:
    """Statements that documents of this layout have and that this one was not seen to have in full."""
    known = layout(document.layout)
    return (
        set(known.kinds) - {s.kind for s in document.statements if s.rows and s.reliable} if known else set()
    )


def bind(document: Document) -> None:
    """Give every claim of the judged parts its candidates.

    Final accounts (决算) state the budget and the outcome side by side: their figures are read
    and not judged, since words do not always tell the two apart.
    """
    index = _Index(document)
    for claim in document.claims:
        topic = topic_of(claim.section.topic) if claim.section else None
        whole = topic is not None and topic.key == "performance" and _bind_performance(claim)
        if topic is None or (topic.silent and not whole) or claim.kind != "amount":
            continue
        if document.stage == "accounts" or claim.year not in (None, document.year):
            continue
        claim.candidates = _candidates(claim, topic.key, index)
        if claim.candidates:
            claim.cells = claim.candidates[0]


def _candidates(claim: Claim, topic: str, index: _Index) -> tuple[tuple[Cell, ...], ...]:
    concept = claim.concept
    if concept is None:
        return _by_name(claim, topic, index)
    if concept.startswith("item:"):
        code = concept.removeprefix("item:")
        paths = ((CellPath(kind, code, column),) for kind, column in _ITEM_PATHS)
        return tuple(filter(None, map(index.cells, paths)))
    options = concepts().candidates(concept, topic)
    if any(option[0].kind in index.lost and not index.cells(option) for option in options):
        claim.guess = True  # the statement it speaks of was not read; another may say something else
    return tuple(filter(None, map(index.cells, options)))


def _by_name(claim: Claim, topic: str, index: _Index) -> tuple[tuple[Cell, ...], ...]:
    """A project or an economic item that is named exactly as in its statement."""
    if topic not in ("expenditure", "basic", "overview"):
        return ()
    names = index.economic if topic == "basic" else index.projects
    rows = names.get(fold(claim.subject).removeprefix("其中"), [])
    if not rows:
        return ()
    claim.guess = topic != "basic"
    claim.concept = f"project:{rows[0].name}" if topic != "basic" else f"economic:{rows[0].key}"
    return index.row_cells(rows)


def _bind_performance(claim: Claim) -> bool:
    """Whether the claim is the money of the goals of the whole department."""
    if claim.kind == "amount":
        whole = _OF_ALL.search(claim.paragraph.text, 0, claim.start) is not None
        claim.concept = "performance.whole" if whole else "performance.amount"
        return whole
    if claim.kind == "count" and claim.text.endswith("个") and _counts_projects(claim):
        claim.concept = "performance.count"
    return False


def _counts_projects(claim: Claim) -> bool:
    after = claim.paragraph.text[claim.start + len(claim.text) :].lstrip()
    words = claim.subject.rstrip("共为计：: ")
    return words.endswith("项目") or after.startswith(("项目", "二级项目"))
