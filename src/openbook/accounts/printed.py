"""Codes and names as the statements of a document print them, judged by the year's classification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from openbook.accounts.classification import Classification, classification
from openbook.accounts.judging import Judgement, judge
from openbook.accounts.names import stem
from openbook.document import Document, Row, Statement
from openbook.findings import Location

_CACHE = "accounts.printed"
# Statements whose codes are accounts. Elsewhere a code may number a unit, a project or a good.
_CODED = frozenset(
    (
        "summary",
        "revenue",
        "expenditure",
        "appropriation",
        "general_expenditure",
        "general_basic",
        "fund_revenue",
        "fund_expenditure",
        "state_capital",
    )
)


class Printed(NamedTuple):
    """A code and name, the rows in which they stand and what is to be said of them."""

    code: str
    name: str
    rows: list[Row]
    judgement: Judgement

    @property
    def titles(self) -> str:
        return "、".join(dict.fromkeys(f"《{row.statement.title}》" for row in self.rows))

    @property
    def repeated(self) -> bool:
        """Whether more than one statement prints it: a slip of the scanner does not come twice."""
        return len({id(row.statement) for row in self.rows}) > 1

    @property
    def reliable(self) -> bool:
        return any(row.statement.reliable for row in self.rows)


def year_of(document: Document, statement: Statement | None = None) -> int | None:
    return document.year or (statement.year if statement else None)


def accounts_of(document: Document) -> Classification:
    """The classification of the document's year, of the latest year where it states none."""
    years = (statement.year for statement in document.statements if statement.year)
    return classification(document.year or next(years, None))


def coded_statements(document: Document) -> Iterator[Statement]:
    return (statement for statement in document.statements if statement.kind in _CODED)


def coded_rows(document: Document) -> Iterator[Row]:
    for statement in coded_statements(document):
        for row in statement.rows:
            if row.code and row.name:
                yield row


def printed(document: Document) -> list[Printed]:
    """Every pair of code and name once, in the order of the document; read once for it."""
    known = document.cache.get(_CACHE)
    if not isinstance(known, list):
        known = document.cache[_CACHE] = _printed(document)
    return known


def _printed(document: Document) -> list[Printed]:
    found: dict[tuple[str, str], Printed] = {}
    for row in coded_rows(document):
        code = row.code or ""
        key = (code, stem(row.name))
        pair = found.get(key)
        if pair is None:
            judgement = judge(year_of(document, row.statement), code, row.name)
            found[key] = Printed(code, row.name, [row], judgement)
        else:
            pair.rows.append(row)
    return list(found.values())


def locations(rows: Iterable[Row], role: str = "stated") -> tuple[Location, ...]:
    return tuple(
        Location(
            row.place, row.statement.title, f"{row.code or ''} {row.name}".strip(), value=row.name, role=role
        )
        for row in rows
    )
