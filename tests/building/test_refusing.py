"""A good book made wrong in one way: the build says what and where, and writes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from openbook.book.load import store
from openbook.book.model import BudgetBook, Fault, Spot
from openbook.building.build import Wish, build_path
from openbook.composing.compose import compose
from tests.building.random_books import SMALL, random_book
from tests.building.random_faults import Spoil, Where
from tests.building.random_slips import CHECKER, MODEL

BOOKS = 20  # for each way to be wrong
_FIRST, _LAST = 10_000, 11_000


def spoiled(spoil: Spoil, number: int, layout: str = "") -> Iterator[tuple[int, BudgetBook, Where]]:
    """So many books that can be built, and made wrong in this way."""
    found = 0
    for seed in range(_FIRST, _LAST):
        book = random_book(seed, SMALL, layout)
        where = spoil(book, random.Random(seed))
        if where is not None and compose(random_book(seed, SMALL, layout)).disclosure is not None:
            yield seed, book, where
            found += 1
        if found == number:
            return


def refused(book: BudgetBook, folder: Path, seed: int) -> list[Fault]:
    """The faults for which the build writes nothing."""
    store(book, folder / f"{seed}")
    built = build_path(folder / f"{seed}", folder / f"{seed}-out", Wish(("html",)))
    assert built.files == []
    assert not (folder / f"{seed}-out").exists()
    return built.faults


def fits(where: Where, spot: Spot) -> bool:
    wanted = ((where.row, spot.row), (where.column, spot.column))
    return where.file in ("", spot.file) and all(want in (None, found) for want, found in wanted)


@pytest.mark.parametrize(("code", "spoil"), MODEL, ids=lambda one: getattr(one, "__name__", str(one)))
def test_a_fault_of_the_book_is_told_at_its_place(code: str, spoil: Spoil, tmp_path: Path) -> None:
    wrong = list(spoiled(spoil, BOOKS))
    assert len(wrong) == BOOKS
    for seed, book, where in wrong:
        told = refused(book, tmp_path, seed)
        assert any(one.code == code and fits(where, one.spot) for one in told), (seed, where, told[:5])


@pytest.mark.parametrize(("code", "spoil"), CHECKER, ids=lambda one: getattr(one, "__name__", str(one)))
def test_what_only_the_checker_sees_is_told_too(code: str, spoil: Spoil, tmp_path: Path) -> None:
    wrong = list(spoiled(spoil, BOOKS, "shanxi-13-2024"))
    assert len(wrong) == BOOKS
    for seed, book, where in wrong:
        told = refused(book, tmp_path, seed)
        assert any(one.code == code and fits(where, one.spot) for one in told), (seed, where, told[:5])
