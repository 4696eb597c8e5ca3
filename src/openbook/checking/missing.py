"""Rows that a statement lost: one row, which other statements have, would repair all that is broken.

Systems lose rows, and so do scanners. Without this, a lost row looks like several wrong sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from openbook.document import Document, Row, Statement
from openbook.statements.identities import needs
from openbook.statements.verdicts import Judged, Missing, Verdict

# column -> what the missing cell must be, from each broken equation: lowest and highest, in li
Needs = dict[str, tuple[int, int]]


def missing_rows(document: Document, judged: list[Judged], clusters: list[list[Judged]]) -> list[Missing]:
    """For each cluster of broken equations the row whose absence explains all of it, if there is one."""
    found = []
    coded = {s.kind: s for s in reversed(document.statements) if not s.empty and _codes(s)}
    if len(coded) > 1:
        for cluster in clusters:
            missing = _explanation(coded, cluster)
            if missing is not None and _fits(missing, judged):
                found.append(missing)
    return found


def _codes(statement: Statement) -> set[str]:
    return {row.key for row in statement.rows if row.key.isdigit()}


def _explanation(coded: dict[str, Statement], cluster: list[Judged]) -> Missing | None:
    for kind, code, source in _candidates(coded, cluster):
        needed = _needed(coded[kind], code, cluster)
        if needed is not None:
            return Missing(coded[kind], code, source, needed, cluster)
    return None


def _candidates(coded: dict[str, Statement], cluster: list[Judged]) -> Iterator[tuple[str, str, Row]]:
    """Rows that one statement of the cluster has and another one lacks."""
    kinds = {cell.row.statement.kind for item in cluster for _, cell in item.equation.terms}
    kinds |= {kind for item in cluster for kind, _, _ in needs(item.equation)}
    rows: dict[str, Row] = {}
    for statement in coded.values():
        for row in statement.rows:
            if row.key.isdigit() and row.key[0] == "2":
                rows.setdefault(row.key, row)
    for kind in sorted(kinds & coded.keys()):
        own = _codes(coded[kind])
        if any(code[0] == "2" for code in own):
            for code in sorted(rows.keys() - own, key=len, reverse=True):
                yield kind, code, rows[code]


def _needed(statement: Statement, code: str, cluster: list[Judged]) -> Needs | None:
    """What the cells of the missing row must be; None where it does not explain all of the cluster."""
    codes = _codes(statement)
    above = next((code[:n] for n in (5, 3) if n < len(code) and code[:n] in codes), "total")
    ranges: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for item in cluster:
        column, sign = _place(item, statement.kind, code, above)
        if column is None:
            return None
        low, high = -sign * item.residual - item.slack, -sign * item.residual + item.slack
        ranges[column].append((low, high))
    needed: Needs = {}
    for column, all_of in ranges.items():
        low, high = max(low for low, _ in all_of), min(high for _, high in all_of)
        if low > high or high <= 0:
            return None
        needed[column] = (low, high)
    return needed


def _place(item: Judged, kind: str, code: str, above: str) -> tuple[str | None, int]:
    """The column and sign with which the missing cell would stand in a broken equation."""
    identity, key = item.equation.identity, item.equation.key
    if identity.form == "tree" and key[1] == kind and key[2] == above:
        return key[3], -1
    if identity.each and key[1] == code:
        for needed_kind, column, sign in needs(item.equation):
            if needed_kind == kind:
                return column, sign
    return None, 0


def _fits(missing: Missing, judged: list[Judged]) -> bool:
    """The lost row must not break what holds: a sum over its siblings that is right without it."""
    codes = _codes(missing.statement)
    code = missing.code
    above = next((code[:n] for n in (5, 3) if n < len(code) and code[:n] in codes), "total")
    broken = {id(item) for item in missing.broken}
    for item in judged:
        if id(item) in broken or item.verdict is Verdict.BROKEN:
            continue
        column, _ = _place(item, missing.statement.kind, code, above)
        if column in missing.needed and item.equation.identity.form == "tree":
            return False
    return True
