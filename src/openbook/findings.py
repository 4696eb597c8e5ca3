"""Rules and what they return."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from openbook.document import Cell, Claim, Document
from openbook.source import Place

if TYPE_CHECKING:
    from openbook.statements.verdicts import Verdicts


class Severity(IntEnum):
    """ERROR only for what arithmetic, counting, dates or the law prove."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Location:
    """One side of a contradiction."""

    place: Place
    statement: str | None = None  # title of the statement
    row: str | None = None
    column_name: str | None = None
    value: str | None = None  # as printed
    role: str = "stated"  # stated, proof, suspect

    @classmethod
    def of(cls, cell: Cell, role: str = "proof") -> Location:
        row = f"{cell.row.code} {cell.row.name}" if cell.row.code else cell.row.name
        return cls(cell.place, cell.row.statement.title, row, cell.column.label, cell.text, role)

    @classmethod
    def claim(cls, claim: Claim, role: str = "stated") -> Location:
        return cls(claim.place, value=claim.text, row=claim.subject, role=role)

    @classmethod
    def text(cls, place: Place, value: str, role: str = "stated") -> Location:
        return cls(place, value=value, role=role)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or a doubt. Two findings about the same thing have the same `key`, in any file layout.

    `key` says what is wrong without lines, pages or amounts, e.g. ``("tree", "expenditure",
    "20103", "basic")``; the fingerprint of a baseline is made from code, document and key.
    Amounts in `expected`, `actual` and `difference` are strings as a reader would print them.
    """

    code: str
    message: str
    locations: tuple[Location, ...]
    key: tuple[str, ...]
    expected: str | None = None
    actual: str | None = None
    difference: str | None = None
    severity: Severity | None = None  # None: the rule's own
    basis: str | None = None  # None: the rule's own


@dataclass(slots=True)
class Context:
    """What a rule may look at besides the document."""

    document: Document
    prior: Document | None = None  # last year's disclosure of the same body, given beside
    verdicts: Verdicts | None = None  # identities, judged
    companions: list[Document] = field(default_factory=list)


Check = Callable[[Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its page. Texts are Chinese: they are what `openbook explain` prints."""

    code: str  # OB301
    name: str  # amount-differs-from-statement: names the fault
    title: str  # 说明中的金额与报表不一致
    severity: Severity
    basis: str  # 法律依据: article of the law or of the disclosure rules
    what: str  # what the rule finds
    why: str
    bad: str  # example
    good: str
    mend: str
    check: Check
    since: str = "0.1.0"
    status: str = "in-force"  # draft, in-force, repealed
