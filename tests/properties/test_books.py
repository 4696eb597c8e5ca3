"""Random consistent budgets, printed and read back: nothing is wrong with them until a figure is changed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.mutation_score import cells_in_identities, with_figure, witness
from openbook.checking.engine import check_document, understand_source
from openbook.checking.result import Reported
from openbook.document import Cell, Document
from openbook.findings import Severity
from openbook.money import LI_PER_WAN
from openbook.reading.text import read_text
from openbook.source import Source
from tests.books import Book, random_book, shanxi, wan

EXAMPLES = 40
SEEDS = st.integers(0, 2**32 - 1)
HUNDREDTH = LI_PER_WAN // 100


def book(seed: int) -> Book:
    rng = random.Random(seed)
    return random_book(rng, items=rng.randint(1, 9), projects=rng.randint(0, 9), carried=rng.random() < 0.5)


def read(source: Source) -> Document:
    return understand_source(source)


def errors(document: Document) -> list[Reported]:
    return [found for found in check_document(document).findings if found.severity is Severity.ERROR]


def printed(seed: int) -> Document:
    return read(read_text(shanxi(book(seed)), "公开.txt"))


def changed(document: Document, cell: Cell, hundredths: int) -> Document:
    return read(with_figure(document.source, cell, hundredths * HUNDREDTH))


@settings(max_examples=EXAMPLES, deadline=None)
@given(SEEDS)
def test_a_consistent_budget_has_tails_and_nothing_else(seed):
    found = check_document(printed(seed)).findings
    assert {each.code for each in found} <= {"OB209"}
    assert all(each.severity is Severity.INFO for each in found)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SEEDS)
def test_everything_that_is_printed_is_read(seed):
    made = book(seed)
    document = read(read_text(shanxi(made), "公开.txt"))
    assert (document.layout, document.year, document.department) == ("shanxi-13-2024", made.year, made.name)
    assert len(document.statements) == 13
    assert document.problems == []
    for kind, lines in (
        ("expenditure", made.lines),
        ("general_expenditure", [line for line in made.lines if not line.carried]),
    ):
        for code in made.codes(lines):
            amount = sum(line.amount for line in lines if line.item.startswith(code))
            cell = document.cell(kind, code, "total")
            assert cell is not None
            assert cell.text == wan(amount)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SEEDS, st.integers(5, 10**6), st.sampled_from([-1, 1]), st.data())
def test_one_wrong_figure_is_an_error_unless_amounts_exist_that_print_so(seed, hundredths, sign, data):
    document = printed(seed)
    cell = data.draw(st.sampled_from(cells_in_identities(document)), label="cell")
    wrong = changed(document, cell, sign * hundredths)
    assert errors(wrong) or witness(wrong), cell.describe()


@settings(max_examples=EXAMPLES, deadline=None)
@given(SEEDS, st.integers(5, 10**6), st.data())
def test_the_wrong_figure_is_among_the_first_suspects(seed, hundredths, data):
    """Where it stands in two statements or more: else its neighbours are as likely."""
    document = printed(seed)
    kind, row = data.draw(st.sampled_from([("expenditure", "total"), ("summary", "exp.current")]))
    cell = document.cell(kind, row, "total")
    assert cell is not None
    found = errors(changed(document, cell, hundredths))
    assert found
    first = found[0].locations[0]
    assert (first.role, first.place.line, first.place.column) == (
        "suspect",
        cell.place.line,
        cell.place.column,
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(SEEDS, st.sampled_from([-1, 1]), st.data())
def test_what_rounding_could_explain_is_never_an_error(seed, sign, data):
    document = printed(seed)
    cell = data.draw(st.sampled_from(cells_in_identities(document)), label="cell")
    nearly = changed(document, cell, sign)
    if witness(nearly):
        assert [found.message for found in errors(nearly)] == []


@settings(max_examples=EXAMPLES, deadline=None)
@given(SEEDS, st.data())
def test_a_lost_line_is_found_or_changes_nothing(seed, data):
    """A row of an account that falls out of one statement."""
    text = shanxi(book(seed))
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if "预算支出总表" in line)
    end = next(number for number in range(start, len(lines)) if "财政拨款收支总表" in lines[number])
    rows = [number for number in range(start, end) if lines[number][:3].isdigit()]
    lost = data.draw(st.sampled_from(rows))
    document = read(read_text("\n".join(lines[:lost] + lines[lost + 1 :]), "公开.txt"))
    assert errors(document) or witness(document)


@pytest.mark.parametrize("seed", range(5))
def test_changing_every_amount_alike_changes_no_fingerprint(seed):
    """A baseline taken from one edition still holds for the next, whatever the amounts."""
    made = book(seed)
    document = read(read_text(shanxi(made), "公开.txt"))
    cell = document.cell("expenditure", "total", "total")
    assert cell is not None
    before = [found.fingerprint for found in errors(changed(document, cell, 500))]
    after = [found.fingerprint for found in errors(changed(document, cell, 70_000))]
    assert before == after != []
