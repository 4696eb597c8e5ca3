"""Everything that must be true within a book. Whether its layout exists, a higher layer knows."""

from __future__ import annotations

from openbook.book.checks import lines, prior, projects, purchases, texts
from openbook.book.model import BudgetBook, Fault

# What one row or one text shows by itself.
_SINGLE = (
    lines.units,
    lines.amounts,
    lines.categories,
    projects.names,
    projects.goals,
    projects.indicators,
    purchases.lines,
    purchases.quantities,
    texts.required,
    texts.placeholders,
    texts.numbers,
)
# What only all rows together show.
_WHOLE = (
    lines.required,
    lines.head,
    lines.balance,
    projects.spending,
    projects.owners,
    projects.funds,
    prior.sums,
    prior.subjects,
    purchases.within_projects,
    purchases.vehicles,
)


def validate(book: BudgetBook, *, whole: bool = True) -> list[Fault]:
    """Faults in a stable order. Without `whole`, rows are missing and nothing is added up or looked up."""
    checks = (*_WHOLE, *_SINGLE) if whole else _SINGLE
    return [found for check in checks for found in check(book)]
