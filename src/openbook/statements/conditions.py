"""Conditions under which a conditional identity must hold. Pure functions of a document."""

from __future__ import annotations

from collections.abc import Callable

from openbook.document import Cell, Document, Statement

_OTHER_MONEY = (
    "rev.special_account", "rev.unit_funds", "rev.business", "rev.operations", "rev.superior",
    "rev.subordinate", "rev.other", "rev.use_of_balance",
)  # fmt: skip


def _row_amount(statement: Statement | None, key: str) -> int:
    row = statement.row(key) if statement else None
    if row is None:
        return 0
    return max((abs(cell.value) for cell in row.cells.values()), default=0)


def balanced(document: Document) -> bool:
    """Nothing is carried into the next year: all that comes in is also spent."""
    for kind in ("summary", "appropriation"):
        statement = document.statement(kind)
        if _row_amount(statement, "exp.carryover") or _row_amount(statement, "exp.distribution"):
            return False
    return document.statement("summary") is not None or document.statement("appropriation") is not None


def only_appropriation(document: Document) -> bool:
    """All money, carried over or new, is fiscal appropriation."""
    summary = document.statement("summary")
    if summary is None or any(_row_amount(summary, key) for key in _OTHER_MONEY):
        return False
    if any(row.key.startswith("line:") and row.side == "revenue" and _has(row.cells) for row in summary.rows):
        return False
    appropriation = document.statement("appropriation")
    carried = _row_amount(summary, "rev.carryover")
    return not carried or (
        appropriation is not None and _row_amount(appropriation, "rev.carryover") == carried
    )


def _has(cells: dict[str, Cell]) -> bool:
    return any(cell.amount for cell in cells.values())


def _excludes(kind: str) -> Callable[[Document], bool]:
    """The statement says in its title that it leaves out what was carried over (不含上年结转)."""

    def test(document: Document) -> bool:
        statement = document.statement(kind)
        return statement is not None and "不含" in statement.title

    return test


def includes_carryover(document: Document) -> bool:
    """The general budget statement covers the same money as the summary: nothing is left out of it."""
    statement = document.statement("general_expenditure")
    if statement is None:
        return False
    if "不含" not in statement.title:
        return True
    return not _row_amount(document.statement("summary"), "rev.carryover") and not _row_amount(
        document.statement("appropriation"), "rev.carryover"
    )


def revenue_total_is_complete(document: Document) -> bool:
    """The revenue statement's total stands for all revenue, carried-over money included."""
    revenue = document.statement("revenue")
    if revenue is None or not any(column.key == "total" for column in revenue.columns):
        return False
    if any(column.key == "carryover" for column in revenue.columns):
        return True
    return not _row_amount(document.statement("summary"), "rev.carryover") and not _row_amount(
        document.statement("summary"), "rev.use_of_balance"
    )


def accounts_carried_on(document: Document) -> bool:
    """Final accounts that leave something for next year: spent is then less than came in."""
    return document.stage == "accounts" and not balanced(document)


CONDITIONS: dict[str, Callable[[Document], bool]] = {
    "balanced": balanced,
    "accounts_carried_on": accounts_carried_on,
    "only_appropriation": only_appropriation,
    "excludes_carryover": _excludes("general_expenditure"),
    "fund_excludes_carryover": _excludes("fund_expenditure"),
    "capital_excludes_carryover": _excludes("state_capital"),
    "includes_carryover": includes_carryover,
    "revenue_total_is_complete": revenue_total_is_complete,
}
