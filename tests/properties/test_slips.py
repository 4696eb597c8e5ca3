"""A scanner's slip in one row of a consistent budget is no error of the budget."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.checking.engine import check_document, understand_source
from openbook.findings import Severity
from openbook.reading.text import read_text
from tests.books import random_book, shanxi

Row = list[str]
Slip = Callable[[random.Random, Row], Row]


def _figure(rng: random.Random, row: Row) -> int:
    return rng.choice([index for index, text in enumerate(row) if "." in text])


def _letter(rng: random.Random, row: Row) -> Row:
    at = _figure(rng, row)
    return [*row[:at], row[at][:-1] + "O", *row[at + 1 :]]


def _blank_at_point(rng: random.Random, row: Row) -> Row:
    at = _figure(rng, row)
    return [*row[:at], row[at].replace(".", " ."), *row[at + 1 :]]


def _blank_in_figure(rng: random.Random, row: Row) -> Row:
    at = _figure(rng, row)
    return [*row[:at], f"{row[at][0]} {row[at][1:]}", *row[at + 1 :]]


def _cell_more(rng: random.Random, row: Row) -> Row:
    at = rng.randrange(len(row) + 1)
    return [*row[:at], "", *row[at:]]


def _cell_less(rng: random.Random, row: Row) -> Row:
    blank = [index for index, text in enumerate(row) if not text]
    at = rng.choice(blank) if blank else len(row)
    return [*row[:at], *row[at + 1 :]]


def _two_in_one(rng: random.Random, row: Row) -> Row:
    at = rng.randrange(len(row) - 1)
    return [*row[:at], f"{row[at]} {row[at + 1]}".strip(), *row[at + 2 :]]


def _two_in_one_beside_a_blank(rng: random.Random, row: Row) -> Row:
    at = rng.randrange(len(row) - 1)
    return [*row[:at], f"{row[at]} {row[at + 1]}".strip(), "", *row[at + 2 :]]


def _name(rng: random.Random, row: Row) -> Row:
    names = [index for index, text in enumerate(row) if len(text) > 3 and not text.replace(".", "").isdigit()]
    at = rng.choice(names) if names else None
    return row if at is None else [*row[:at], row[at][:2] + "X" + row[at][3:], *row[at + 1 :]]


SLIPS = (
    _letter, _blank_at_point, _blank_in_figure, _cell_more, _cell_less, _two_in_one,
    _two_in_one_beside_a_blank, _name,
)  # fmt: skip


def errors(text: str) -> list[str]:
    document = understand_source(read_text(text, "公开.txt"))
    return [found.message for found in check_document(document).findings if found.severity is Severity.ERROR]


def disclosure(rng: random.Random) -> list[str]:
    book = random_book(rng, items=rng.randint(2, 6), projects=rng.randint(1, 5), carried=rng.random() < 0.5)
    return shanxi(book).split("\n")


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.__name__.strip("_"))
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_slip_in_a_row_of_figures(slip: Slip, seed: int):
    rng = random.Random(seed)
    lines = disclosure(rng)
    at = rng.choice([n for n, line in enumerate(lines) if "\t" in line and "." in line])
    lines[at] = "\t".join(slip(rng, lines[at].split("\t")))
    assert errors("\n".join(lines)) == [], lines[at]


@pytest.mark.parametrize("garbled", ["TH H", "", None])
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_slip_in_a_head(garbled: str | None, seed: int):
    """One cell of the head is garbled or blank, or the whole row is lost."""
    rng = random.Random(seed)
    lines = disclosure(rng)
    heads = [
        n for n, line in enumerate(lines) if "\t" in line and line.startswith(("项目", "科目编码", "\t"))
    ]
    at = rng.choice([n for n in heads if "." not in lines[n]])
    cells = lines[at].split("\t")
    if garbled is None:
        del lines[at]
    else:
        # without the words above it, nothing tells a year's total from one with last year's money
        cells[rng.choice([n for n, text in enumerate(cells) if text not in ("", "本年收入")])] = garbled
        lines[at] = "\t".join(cells)
    assert errors("\n".join(lines)) == [], cells


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([[""], ["", "7", ""], ["", "— 7 —", ""]]))
def test_a_page_break_between_two_rows(seed: int, between: list[str]):
    rng = random.Random(seed)
    lines = disclosure(rng)
    at = rng.choice([n for n, line in enumerate(lines) if "\t" in line and "." in line])
    assert errors("\n".join([*lines[:at], *between, *lines[at:]])) == []
