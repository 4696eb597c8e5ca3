"""Built statements beside the published ones: equal cell by cell, but for a list with the reason for each.

`published.toml` holds the list: every place where a published document is wrong in itself, and what follows
from mending it. Skipped where the published documents are not at hand.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from openbook.comparing.addresses import labelled
from openbook.comparing.published import EQUAL, ROUNDING, Compared, compare_with_document
from openbook.comparing.sides import open_side
from openbook.money import Unit, show
from tests.truth.truths import folder

BOOKS = Path(__file__).parents[2] / "samples" / "books"
PUBLISHED: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("published.toml").read_text("utf-8")
)
KINDS = ("尾差", "空着", "科目错", "随改")
_SUM = re.compile(r"([\d.]+(?:[＋－][\d.]+)+)＝([\d.]+)")

Row = tuple[str, str, str, str, str]


def _cells(book: str) -> list[tuple[str, str, Row]]:
    """Kind, why and each cell of a book's list."""
    return [
        (group["kind"], group["why"], tuple(cell))
        for group in PUBLISHED[book]["difference"]
        for cell in group["cells"]
    ]


def _row(found: Compared) -> Row:
    statement, row, column = labelled(found.label)
    unit = Unit(found.unit)
    published = (
        "没有" if found.published is None else show(found.published, unit) if found.published else "空"
    )
    ours = "没有" if found.built is None else show(found.built, unit)
    return statement, row, column, published.replace(",", ""), ours.replace(",", "")


@pytest.fixture(scope="module", params=sorted(PUBLISHED))
def compared(request: pytest.FixtureRequest) -> tuple[str, list[Compared]]:
    path = folder() / PUBLISHED[request.param]["document"]
    if not path.exists():
        pytest.skip("the published document is not at hand")
    document = open_side(str(path)).document
    side = open_side(str(BOOKS / request.param))
    assert document is not None
    side.compose(side.unit_of(document))
    assert side.built is not None
    return request.param, compare_with_document(side.built.cells, document)


def test_built_statements_are_the_published_ones_but_for_the_list(
    compared: tuple[str, list[Compared]],
) -> None:
    book, found = compared
    differences = Counter(_row(one) for one in found if one.status != EQUAL)
    listed = Counter(cell for _, _, cell in _cells(book))
    assert list(differences - listed) == [], "not in the list"
    assert list(listed - differences) == [], "no longer there"
    assert len(found) - differences.total() == PUBLISHED[book]["equal"]


def test_what_is_a_matter_of_rounding_is_listed_as_that(compared: tuple[str, list[Compared]]) -> None:
    """There the exact sums of the book round to both figures' neighbours; elsewhere the documents disagree."""
    book, found = compared
    rounding = {_row(one) for one in found if one.status == ROUNDING}
    listed = {cell for kind, _, cell in _cells(book) if kind in ("尾差", "随改")}
    assert rounding == listed


def test_rounding_is_never_more_than_one_step(compared: tuple[str, list[Compared]]) -> None:
    _, found = compared
    assert all(abs(one.difference) == 100_000 for one in found if one.status == ROUNDING)


def test_every_sample_book_is_compared() -> None:
    assert sorted(PUBLISHED) == sorted(path.name for path in BOOKS.iterdir() if path.is_dir())


@pytest.mark.parametrize("book", sorted(PUBLISHED))
def test_every_difference_has_its_kind_and_its_reason(book: str) -> None:
    for kind, why, cell in _cells(book):
        assert kind in KINDS
        assert len(why) > 5
        assert cell[3] != cell[4]


@pytest.mark.parametrize("book", sorted(PUBLISHED))
def test_the_sums_that_reasons_state_are_right(book: str) -> None:
    for _, why, _ in _cells(book):
        for terms, total in _SUM.findall(why):
            signed = re.findall(r"([＋－]?)([\d.]+)", terms)
            counted = sum(
                (-1 if sign == "－" else 1) * int(number.replace(".", "")) for sign, number in signed
            )
            assert counted == int(total.replace(".", "")), why
