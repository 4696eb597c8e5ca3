"""A book put on disk and read back: what is wrong with it, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from openbook.book.load import load, store
from openbook.book.model import BudgetBook, Fault
from openbook.book.raw import RawBook

Judge = Callable[[BudgetBook | RawBook], list[Fault]]


@pytest.fixture
def judged(tmp_path: Path) -> Judge:
    """All faults of a book, or of rows, by way of a folder."""

    def judge(book: BudgetBook | RawBook) -> list[Fault]:
        store(book, tmp_path / "book")
        return load(tmp_path / "book")[1]

    return judge
