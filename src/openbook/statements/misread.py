"""Account codes that a scanner garbled are recognised by the names beside them.

A row is taken for another account only where its code cannot be right, its name can be only one
account between its neighbours, and the document is scanned. The code as printed stays visible in
`Row.raw_code`; where nothing fits, the statement no longer proves anything.
"""

from __future__ import annotations

from openbook.accounts import Classification, classification, stem
from openbook.document import Document, Row, Statement
from openbook.source import Problem
from openbook.statements.words import fold

_KINDS = ("revenue", "expenditure", "general_expenditure", "fund_revenue", "fund_expenditure")
_LENGTHS = (3, 5, 7)
_DEFAULT_YEAR = 2024

Names = dict[str, set[str]]


def mend_codes(document: Document) -> None:
    """Give garbled rows of the functional statements the key that their names and places leave."""
    if not document.source.scanned:
        return
    statements = [s for s in document.statements if s.kind in _KINDS and any(row.code for row in s.rows)]
    accounts = classification(document.year or _DEFAULT_YEAR)
    garbled = [(s, i) for s in statements for i, row in enumerate(s.rows) if _garbled(accounts, row)]
    if not garbled:
        return
    known: Names = {}
    for statement in statements:
        for row in statement.rows:
            if row.code and not _garbled(accounts, row):
                known.setdefault(fold(row.name), set()).add(row.key)
    for statement, index in garbled:
        _mend(document, accounts, statement, index, known)


def _garbled(accounts: Classification, row: Row) -> bool:
    """A code of no possible length, none at all beside figures, or one that is another account's."""
    if row.key.startswith("line:"):
        return any(cell.amount for cell in row.cells.values())
    if not row.code or not row.key.partition("#")[0].isdigit():
        return False
    if len(row.code) not in _LENGTHS:
        return True
    account = accounts.functional(row.code)
    if not row.name or (account is not None and stem(account.name) == stem(row.name)):
        return False
    named = accounts.by_name(row.name, "functional")
    return any(account is None or len(other.code) == len(row.code) for other in named)


def _mend(
    document: Document, accounts: Classification, statement: Statement, index: int, known: Names
) -> None:
    row = statement.rows[index]
    taken = {other.key for other in statement.rows if other is not row}
    above = next((r.key for r in reversed(statement.rows[:index]) if r.key.isdigit()), "")
    below = next((r.key for r in statement.rows[index + 1 :] if r.key.isdigit()), "9")
    named = known.get(fold(row.name), set()) or {
        account.code for account in accounts.by_name(row.name, "functional")
    }
    fitting = [code for code in named if code not in taken and above < code < below]
    if len(fitting) == 1:
        code = fitting[0]
        shown = row.raw_code or "空白"
        row.raw_code = row.raw_code or row.code or ""
        again = next((other for other in statement.rows if other.key == f"{row.key}#2"), None)
        if again is not None:
            again.key = row.key
        row.key = code
        row.code = row.code if row.code and len(row.code) in _LENGTHS else code
        message = f"《{fold(statement.title)}》“{row.name}”行的科目编码（{shown}）读不准，按名称和前后次序认作 {code}。"
    else:
        statement.reliable = False
        message = (
            f"《{fold(statement.title)}》“{row.name}”行的科目编码读不出来，该表的问题不列为错误。请看原件。"
        )
    document.problems.append(Problem("OB004", message, row.place))
