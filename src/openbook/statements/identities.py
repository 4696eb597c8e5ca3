"""Identities (勾稽关系) applied to a document: each declaration yields equations between cells.

The declarations are data (`identities.toml`). This module only finds the cells they
speak of; judging them is `openbook.checking.judging`, repairing `openbook.checking.locate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from openbook.document import Cell, Document, Row, Statement
from openbook.statements.conditions import CONDITIONS
from openbook.statements.declared import Identity, a_step_apart, identities
from openbook.statements.rows import unread

SOURCES = (
    "general", "fund", "capital", "special_account", "unit_funds", "business",
    "operations", "superior", "subordinate", "other",
)  # fmt: skip
BUDGETS = ("general", "fund", "capital")


@dataclass(slots=True)
class Equation:
    """``sum(sign * cell) = 0`` (or ``>= 0``); the left side is positive, the parts negative."""

    identity: Identity
    terms: list[tuple[int, Cell]]
    key: tuple[str, ...]

    @property
    def at_least(self) -> bool:
        return self.identity.sense == ">="


@dataclass(slots=True)
class Blank:
    """An equation that a blank statement keeps from being judged: `cells` say what it should hold."""

    identity: Identity
    statement: Statement
    cells: list[Cell]


@dataclass(slots=True)
class Applied:
    """All equations of a document, and how many identities had nothing to say about it."""

    equations: list[Equation]
    blanks: list[Blank]
    not_applicable: dict[str, str]  # identity id -> reason


def apply(document: Document) -> Applied:
    """Every equation that the declared identities make of this document's cells."""
    return _Application(document).run()


class _Application:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.statements = {s.kind: s for s in reversed(document.statements)}
        self.blank = {kind for kind, s in self.statements.items() if s.empty}
        self.rows = {kind: {row.key: row for row in s.rows} for kind, s in self.statements.items()}
        self.levels = {kind: {len(key) for key in rows if key.isdigit()} for kind, rows in self.rows.items()}
        self.columns = {kind: {column.key for column in s.columns} for kind, s in self.statements.items()}
        # an account could not be told in some line of these: then absence proves nothing
        self.loose = {
            kind for kind, rows in self.rows.items() if any(key.startswith("line:") for key in rows)
        }
        self.unread = {
            id(cell)
            for s in self.statements.values()
            for row in s.rows
            for cell in row.cells.values()
            if unread(cell)
        }
        self.truth = {name: test(document) for name, test in CONDITIONS.items()}
        self.result = Applied([], [], {})

    def run(self) -> Applied:
        forms = {
            "row": self._row, "tree": self._tree, "lines": self._lines,
            "nested": self._nested, "linear": self._linear,
        }  # fmt: skip
        for identity in identities():
            reason = self._barred(identity)
            if reason is None:
                before = len(self.result.equations)
                found = [one for one in forms[identity.form](identity) if not self._unread(one)]
                if identity.evidence and not _mostly_hold(found):
                    reason = "两表口径不同，逐行比较不成立"
                else:
                    self.result.equations.extend(found)
                    if len(self.result.equations) > before:
                        continue
                    reason = "有关报表或栏目没有数据"
            self.result.not_applicable[identity.id] = reason
        return self.result

    def _unread(self, equation: Equation) -> bool:
        """Whether a cell holds something that is no number: what it should say, nobody knows."""
        return bool(self.unread) and any(id(cell) in self.unread for _, cell in equation.terms)

    # --- whether -------------------------------------------------------------

    def _barred(self, identity: Identity) -> str | None:
        for needed in identity.has:
            if not self._present(needed):
                return "没有所需的栏目"
        for excluded in identity.lacks:
            if self._present(excluded):
                return "另有栏目，适用别的恒等式"
        for name in identity.when:
            if not self.truth[name]:
                return "条件不成立：" + name
        return None

    def _present(self, path: str) -> bool:
        """``"revenue.current"``: a column; ``"appropriation/rev.carryover"``: a row with a figure."""
        if "/" in path:
            kind, _, key = path.partition("/")
            row = self.rows.get(kind, {}).get(key)
            return row is not None and any(cell.amount for cell in row.cells.values())
        kind, _, column = path.partition(".")
        return column in self.columns.get(kind, ())

    # --- forms ---------------------------------------------------------------

    def _row(self, identity: Identity) -> Iterator[Equation]:
        for kind in identity.statements:
            if kind in self.blank or kind not in self.statements:
                continue
            columns = self.columns[kind]
            parts = [part for part in identity.parts if part in columns]
            if identity.total not in columns or not parts:
                continue
            for row in self.statements[kind].rows:
                total = row.cells.get(identity.total)
                if total is None:
                    continue
                cells = [row.cells[part] for part in parts if part in row.cells]
                if cells and (total.amount or any(cell.amount for cell in cells)):
                    yield self._equation(identity, total, cells, kind, row.key, identity.total)

    def _tree(self, identity: Identity) -> Iterator[Equation]:
        for kind in identity.statements:
            if kind in self.blank or kind not in self.statements:
                continue
            for side in {row.side for row in self.statements[kind].rows}:
                yield from self._tree_side(identity, self.statements[kind], side)

    def _tree_side(self, identity: Identity, statement: Statement, side: str | None) -> Iterator[Equation]:
        rows = [row for row in statement.rows if row.side == side]
        codes = {row.key: row for row in rows if row.key.isdigit()}
        children: dict[str, list[Row]] = {}
        for key, row in codes.items():
            parent = next((key[:n] for n in (5, 3) if n < len(key) and key[:n] in codes), "total")
            children.setdefault(parent, []).append(row)
        loose = any(row.key.startswith("line:") for row in rows)
        named = any(
            row.code is None for row in codes.values()
        )  # an unknown name may be a part of any of them
        for parent, parts in children.items():
            above = codes.get(parent) if parent != "total" else _first(rows, "total")
            if above is None or (loose and (parent == "total" or named)):
                continue
            for column, cell in above.cells.items():
                cells = [part.cells[column] for part in parts if column in part.cells]
                if cell.amount or any(c.amount for c in cells):
                    yield self._equation(identity, cell, cells, statement.kind, parent, column)

    def _lines(self, identity: Identity) -> Iterator[Equation]:
        for kind in identity.statements:
            if kind in self.blank or kind not in self.statements:
                continue
            total = self.rows[kind].get(identity.total)
            if total is None:
                continue
            rows = [row for part in identity.parts for row in self._parts(kind, part)]
            if not rows or self._unmatched(kind, identity.parts):
                continue
            if identity.complete and not all(self._parts(kind, part) for part in identity.parts):
                continue
            for column, cell in total.cells.items():
                cells = [row.cells[column] for row in rows if column in row.cells]
                if cells and (cell.amount or any(c.amount for c in cells)):
                    yield self._equation(identity, cell, cells, kind, identity.total, column)

    def _parts(self, kind: str, part: str) -> list[Row]:
        rows = self.rows[kind]
        for option in part.split("|"):
            if option == "class":
                found = [row for key, row in rows.items() if len(key) == 3 and key.isdigit()]
            elif option == "rev.source":
                names = SOURCES if "rev.appropriation" not in rows else ("appropriation", *SOURCES[3:])
                found = [rows[f"rev.{name}"] for name in names if f"rev.{name}" in rows]
            else:
                found = [rows[option]] if option in rows else []
            if found:
                return found
        return []

    def _unmatched(self, kind: str, parts: tuple[str, ...]) -> bool:
        """A line with a figure that is none we know would make any sum over all lines a guess."""
        side = "expenditure" if any("class" in part for part in parts) else "revenue"
        if not any("class" in part or "source" in part for part in parts):
            return False
        return any(
            row.key.startswith("line:") and row.side == side and any(c.amount for c in row.cells.values())
            for row in self.statements[kind].rows
        )

    def _nested(self, identity: Identity) -> Iterator[Equation]:
        for kind in identity.statements:
            if kind in self.blank or kind not in self.statements:
                continue
            children: dict[str, list[Row]] = {}
            for row in self.statements[kind].rows:
                if row.parent:
                    children.setdefault(row.parent, []).append(row)
            for parent, parts in children.items():
                above = self.rows[kind].get(parent)
                if above is None:
                    continue
                for column, cell in above.cells.items():
                    cells = [part.cells[column] for part in parts if column in part.cells]
                    if cell.amount or any(c.amount for c in cells):
                        yield self._equation(identity, cell, cells, kind, parent, column)

    def _linear(self, identity: Identity) -> Iterator[Equation]:
        if not (_split(identity.left)[1] in self.statements and self._any_right(identity)):
            return
        if identity.each and (self._on_blank(identity) or self._unseen(identity)):
            return
        needed = {path for path in identity.right if path[0] != "?"}
        hiding = {path for path in identity.right if self._hides(path)}
        signs = [-_sign(path) for path in identity.right]
        for join in self._joins(identity):
            left = self._terms(identity.left, join)
            if left is None:
                continue
            right = [self._terms(path, join) for path in identity.right]
            lacking = [path for path, cells in zip(identity.right, right, strict=True) if cells is None]
            if needed.issubset(lacking) or not hiding.isdisjoint(lacking):
                continue
            if not identity.each and (self._blank_side(identity, left, right) or self._unseen(identity)):
                continue
            if not left and join and _split(identity.left)[1] in self.loose:
                continue
            terms = [(1, cell) for cell in left]
            terms += [(sign, cell) for sign, cells in zip(signs, right, strict=True) for cell in cells or ()]
            if any(cell.amount for _, cell in terms) and not a_step_apart(identity, terms):
                yield Equation(identity, terms, (identity.id, join or "", *_column_keys(terms)))

    def _any_right(self, identity: Identity) -> bool:
        return any(path[0] != "?" and _split(path)[1] in self.statements for path in identity.right)

    def _hides(self, path: str) -> bool:
        """Whether what is not found of a further part may stand in a line that was not understood."""
        kind = _split(path)[1]
        return self._lost(kind) or (path[0] == "?" and kind in self.loose)

    def _unseen(self, identity: Identity) -> bool:
        """Whether a statement of which only the head was read counts as zero here."""
        kinds = (_split(path)[1] for path in identity.right)
        return any(kind in self.blank and self._lost(kind) for kind in kinds)

    def _lost(self, kind: str) -> bool:
        return kind in self.statements and not self.statements[kind].reliable

    def _on_blank(self, identity: Identity) -> bool:
        """Whether blank statements, which take no part, leave nothing to compare."""
        left, right = _split(identity.left)[1], [_split(path)[1] for path in identity.right]
        if identity.sense != "=":
            return not self.blank.isdisjoint((left, *right))
        needed = [_split(path)[1] for path in identity.right if path[0] != "?"]
        if self.blank.isdisjoint((left, *right)):
            return False
        return left in self.blank or self.blank.issuperset(needed)

    def _blank_side(self, identity: Identity, left: list[Cell], right: list[list[Cell] | None]) -> bool:
        """As `_on_blank`; what the other side says of a blank statement is kept for OB102."""
        kinds = [_split(path)[1] for path in (identity.left, *identity.right)]
        blank = [kind for kind in kinds if kind in self.blank]
        if blank and identity.sense == "=":
            figures = [cell for cells in (left, *right) for cell in cells or () if cell.amount]
            beside = sum(cell.value for cells in right for cell in cells or ())
            level = sum(cell.value for cell in left) == beside  # the blank statement rightly holds nothing
            if figures and not level and len(set(kinds) - set(blank)) == 1:
                self.result.blanks.append(Blank(identity, self.statements[blank[0]], figures))
        return self._on_blank(identity)

    def _joins(self, identity: Identity) -> list[str | None]:
        if identity.each == "source":
            return list(SOURCES)
        if identity.each == "budget":
            return list(BUDGETS)
        if not identity.each:
            return [None]
        length = 3 if identity.each == "class" else 0
        kinds = {_split(path)[1] for path in (identity.left, *identity.right)}
        keys: dict[str | None, None] = {}
        for kind in sorted(kinds & self.rows.keys()):
            for key in self.rows[kind]:
                if (key.isdigit() and (not length or len(key) == length)) or (not length and key == "total"):
                    keys[key] = None
        return list(keys)

    def _complete(self, kind: str, join: str) -> bool:
        """Whether a row that is not printed counts as zero.

        Not where its level of accounts is not printed at all, nor where the statement was not read in full.
        """
        if not self.statements[kind].reliable:
            return False
        return kind not in self.loose and (not join.isdigit() or len(join) in self.levels[kind])

    def _terms(self, path: str, join: str | None) -> list[Cell] | None:
        """Cells of a path; [] where the row is not printed (it counts as zero), None where it cannot be."""
        condition, kind, row_options, columns, joined = _split(path)
        if condition and not self.truth[condition]:
            return []
        if kind in self.blank:
            return []
        printed = self.columns.get(kind)
        if printed is None:
            return None
        if columns == ("*",):
            columns = (join or "",)
        if printed.isdisjoint(columns):
            return None
        rows = self.rows[kind]
        printed_row = False
        for option in row_options:
            row = rows.get(option.replace("*", join or "") if joined else option)
            if row is None:
                continue
            printed_row = True  # then it is not zero, even if its column was not read
            for column in columns:
                if column in row.cells:
                    return [row.cells[column]]
        return [] if joined and not printed_row and self._complete(kind, join or "") else None

    def _equation(
        self, identity: Identity, total: Cell, parts: list[Cell], kind: str, row: str, column: str
    ) -> Equation:
        return Equation(
            identity, [(1, total), *[(-1, cell) for cell in parts]], (identity.id, kind, row, column)
        )


def needs(equation: Equation) -> Iterator[tuple[str, str, int]]:
    """Statement, column and sign of each term a joined identity has, printed or not."""
    identity = equation.identity
    if identity.form != "linear" or not identity.each:
        return
    for sign, path in ((1, identity.left), *((-1, right) for right in identity.right)):
        _, kind, _, columns, _ = _split(path)
        yield kind, columns[0], sign


@cache
def _split(path: str) -> tuple[str, str, tuple[str, ...], tuple[str, ...], bool]:
    """A term's parts: condition, statement, row options, column options, whether it is joined."""
    condition, _, rest = path.rpartition(" ")
    kind, rows, columns = rest.split("/")
    kind = kind.removeprefix("-")
    return condition.removeprefix("?"), kind, tuple(rows.split("|")), tuple(columns.split("|")), "*" in rows


def _sign(path: str) -> int:
    return -1 if path.startswith("-") else 1


def _first(rows: list[Row], key: str) -> Row | None:
    return next((row for row in rows if row.key == key), None)


def _column_keys(terms: list[tuple[int, Cell]]) -> tuple[str, ...]:
    first = terms[0][1]
    return (first.row.statement.kind, first.row.key, first.column.key)


_EVIDENCE = 0.6


def _mostly_hold(equations: list[Equation]) -> bool:
    """Whether a relation that is usage rather than law is plainly the one this document follows."""
    if not equations:
        return True
    held = 0
    for equation in equations:
        residual = sum(sign * cell.value for sign, cell in equation.terms)
        held += abs(residual) <= sum(cell.half for _, cell in equation.terms)
    return held >= _EVIDENCE * len(equations)
