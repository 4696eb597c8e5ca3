"""Books of departments that are built for measuring: random ones that the build accepts, the same every time."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.book.model import BudgetBook
from openbook.building.proof import objections
from openbook.composing.compose import compose
from tests.building.random_books import LARGE, MIDDLE, Size, random_book

_LAYOUT = "shanxi-13-2024"


def shanxi_with_forms(forms: int) -> BudgetBook:
    """A large book of Shanxi with so many projects, each with its form."""
    return next(book for book in _accepted(LARGE, _LAYOUT) if len(book.projects) == forms)


def departments() -> Iterator[BudgetBook]:
    """Books of middle size in every layout, without end."""
    return _accepted(MIDDLE, "")


def _accepted(size: Size, layout: str) -> Iterator[BudgetBook]:
    for seed in range(1_000_000):
        book = random_book(seed, size, layout)
        disclosure = compose(book).disclosure
        if disclosure is not None and not objections(disclosure, book)[0]:
            yield book
