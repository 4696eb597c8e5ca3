"""A built disclosure beside a published one: each figure is equal, or it is said why not."""

import pytest

from openbook.comparing.published import (
    DIFFERENT,
    EQUAL,
    ROUNDING,
    UNBUILT,
    UNPUBLISHED,
    UNREAD,
    compare_with_document,
)
from tests.book.books import small_book
from tests.building.random_books import random_book
from tests.comparing.differing import built, document_of, edited

BOOK = small_book()
BUILT = built(BOOK)
FEN = 10  # li


@pytest.fixture
def document():
    return document_of(BOOK)


def compared(document):
    return {one.address: one for one in compare_with_document(BUILT.cells, document)}


def tampered(document, kind, row, column, fen):
    cell = document.cell(kind, row, column)
    cell.amount += fen * FEN
    return cell


def test_what_was_built_agrees_with_itself(document):
    found = compared(document)
    assert {one.status for one in found.values()} == {EQUAL}
    shown = [address for address, cell in BUILT.cells.items() if cell.text and cell.label]
    assert set(shown) <= set(found) | {one for one in shown if one.startswith(("procurement", "assets"))}


@pytest.mark.parametrize("seed", [1, 2, 3, 5, 8, 13, 20])
def test_any_book_agrees_with_what_is_built_of_it(seed):
    book = random_book(seed)
    found = compare_with_document(built(book).cells, document_of(book))
    assert [one for one in found if one.status != EQUAL] == []


def test_a_figure_rounded_by_itself_is_told_from_a_wrong_one():
    """Many amounts of four tenths of a step: some must be rounded up for the total to be right."""
    book = edited(BOOK, {index: {"amount": 1_004_000} for index in range(11)})
    cells, document = built(book).cells, document_of(book)
    off = next(
        a
        for a, cell in cells.items()
        if a.startswith("general_basic/30") and cell.printed - cell.exact == 6_000
    )
    cell = document.cell(*off.split("/"))
    cell.amount -= 10_000 * FEN
    assert (
        next(one for one in compare_with_document(cells, document) if one.address == off).status == ROUNDING
    )
    cell.amount -= 10_000 * FEN
    assert (
        next(one for one in compare_with_document(cells, document) if one.address == off).status == DIFFERENT
    )


def test_the_checker_says_where_the_document_is_wrong_itself(document):
    tampered(document, "expenditure", "2010302", "project", 5_000_000)
    wrong = compared(document)["expenditure/2010302/project"]
    assert (wrong.status, wrong.difference) == (DIFFERENT, 5_000_000 * FEN)
    assert "只有这一格" in wrong.wrong


def test_rows_that_one_side_lacks_are_told(document):
    statement = document.statement("expenditure")
    gone = statement.row("2080505")
    statement.rows.remove(gone)
    found = compared(document)["expenditure/2080505/total"]
    assert (found.status, found.lacking, found.published) == (UNPUBLISHED, "row", None)


def test_rows_that_only_the_document_has_are_told(document):
    row = document.statement("expenditure").row("2080505")
    row.key, row.name = "2089999", "别的支出"
    found = compared(document)
    assert found["expenditure/2080505/total"].status == UNPUBLISHED
    assert (found["expenditure/2089999/total"].status, found["expenditure/2089999/total"].built) == (
        UNBUILT,
        None,
    )


def test_a_statement_that_is_not_there_is_told(document):
    document.statements.remove(document.statement("three_public"))
    lacking = [one for one in compared(document).values() if one.status == UNPUBLISHED]
    assert lacking
    assert {(one.address.split("/")[0], one.lacking) for one in lacking} == {("three_public", "statement")}


def test_what_is_no_number_is_told(document):
    cell = document.cell("expenditure", "2080505", "total")
    cell.text, cell.amount = "见附件", None
    assert compared(document)["expenditure/2080505/total"].status == UNREAD


def test_a_row_under_a_misprinted_code_is_found_by_its_name(document):
    statement = document.statement("general_expenditure")
    one, other = statement.row("2080501"), statement.row("2080505")
    one.key, other.key = other.key, one.key
    one.code, other.code = other.code, one.code
    found = compared(document)["general_expenditure/2080505/total"]
    assert found.status == EQUAL
    assert found.row.startswith("2080501")


def test_projects_are_found_by_name_and_unit(document):
    rows = [row for row in document.statement("projects").rows if row.key.startswith("project:")]
    rows[0].name = rows[0].name[:-1]  # the document prints less of it
    found = [one for one in compared(document).values() if one.address.startswith("projects/project:")]
    assert {one.status for one in found} == {EQUAL}
    assert any(one.row == rows[0].name for one in found)
