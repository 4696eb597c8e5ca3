"""Rows that a statement lost: a row which other statements have, and with which broken sums would hold.

Systems lose rows, and so do scanners. Without this, a lost row looks like several wrong sums.
"""

from __future__ import annotations

from openbook.document import Document, Row, Statement
from openbook.statements.identities import needs
from openbook.statements.verdicts import Judged, Missing, Verdict


def missing_rows(document: Document, judged: list[Judged]) -> list[Missing]:
    """Lost rows, each with the broken equations that it explains; none explains an equation twice.

    A row counts as lost only where the amount that every equation asks for is one that other
    statements print for it.
    """
    broken = [item for item in judged if item.verdict is Verdict.BROKEN]
    if not broken:
        return []
    statements = {s.kind: s for s in reversed(document.statements) if not s.empty}
    codes = {kind: {row.key for row in s.rows if row.key.isdigit()} for kind, s in statements.items()}
    coded = {kind: s for kind, s in statements.items() if any(code[0] == "2" for code in codes[kind])}
    rows = _known(coded)
    found: list[Missing] = []
    candidates = sorted((kind, code) for kind in coded for code in rows.keys() - codes[kind])
    while broken:
        options = [
            _explained(coded[kind], code, _above(codes[kind], code), rows[code], broken)
            for kind, code in candidates
        ]
        fitting = [one for one in options if one and _fits(one, codes[one.statement.kind], judged)]
        if not fitting:
            break
        best = max(fitting, key=lambda option: (len(option.broken), -len(option.code)))
        found.append(best)
        explained = {id(item) for item in best.broken}
        broken = [item for item in broken if id(item) not in explained]
        candidates.remove((best.statement.kind, best.code))
    return found


def _known(coded: dict[str, Statement]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for statement in coded.values():
        for row in statement.rows:
            if row.key.isdigit() and row.key[0] == "2":
                rows.setdefault(row.key, []).append(row)
    return rows


def _explained(
    statement: Statement, code: str, above: str, sources: list[Row], broken: list[Judged]
) -> Missing | None:
    """What the cells of the missing row must be; None where an equation asks for what nobody prints."""
    places = [(item, *_place(item, statement.kind, code, above)) for item in broken]
    concerned = [(item, column, sign) for item, column, sign in places if column is not None]
    if not concerned:
        return None
    amounts = {cell.amount for row in sources for cell in row.cells.values() if cell.amount}
    needed: dict[str, tuple[int, int]] = {}
    for item, column, sign in concerned:
        low, high = -sign * item.residual - item.slack, -sign * item.residual + item.slack
        known = needed.get(column, (low, high))
        low, high = max(low, known[0]), min(high, known[1])
        if not any(low <= amount <= high for amount in amounts):
            return None
        needed[column] = (low, high)
    return Missing(statement, code, sources[0], needed, [item for item, _, _ in concerned])


def _above(codes: set[str], code: str) -> str:
    return next((code[:n] for n in (5, 3) if n < len(code) and code[:n] in codes), "total")


def _place(item: Judged, kind: str, code: str, above: str) -> tuple[str | None, int]:
    """The column and sign with which the missing cell would stand in an equation."""
    identity, key = item.equation.identity, item.equation.key
    if identity.form == "tree" and key[1] == kind and key[2] == above:
        return key[3], -1
    if identity.each and key[1] == code:
        for needed_kind, column, sign in needs(item.equation):
            if needed_kind == kind:
                return column, sign
    return None, 0


def _fits(missing: Missing, codes: set[str], judged: list[Judged]) -> bool:
    """The lost row must not break what holds: a sum over its siblings that is right without it."""
    if any(code.startswith(missing.code) for code in codes):
        return True  # its parts are printed: they stand in the sum above in its place
    above = _above(codes, missing.code)
    return not any(
        item.verdict is not Verdict.BROKEN
        and item.equation.identity.form == "tree"
        and _place(item, missing.statement.kind, missing.code, above)[0] in missing.needed
        for item in judged
    )
