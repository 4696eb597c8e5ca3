"""From a printed figure to the lines it is the sum of, by whatever it is asked for."""

import pytest

from openbook.book.model import CARRYOVER, Revenue
from openbook.comparing.tracing import find, trace
from tests.book.books import BUREAU, forward, small_book
from tests.comparing.differing import built

PUBLISHED = built(small_book())
ADDRESS = "expenditure/2010302/project"


def test_the_lines_of_every_figure_add_up_to_its_exact_amount():
    statements = [address for address, cell in PUBLISHED.cells.items() if cell.label]
    for address in statements:
        traced = trace(PUBLISHED, address)
        assert traced.apart == 0
        if traced.lines:
            assert sum(line.amount for _, line in traced.lines) == traced.cell.exact


def test_the_parts_of_every_figure_add_up_to_its_print():
    summed = [one for one in (trace(PUBLISHED, address) for address in PUBLISHED.cells) if one.parts]
    assert len(summed) > 50
    assert all(sum(part.cell.printed for part in one.parts) == one.cell.printed for one in summed)


def test_a_line_carried_forward_that_counts_in_part_is_told():
    book = small_book()
    book.forward.append(forward())
    book.revenue.append(Revenue(BUREAU, "general", CARRYOVER, 400_000))
    published = built(book)
    assert any(trace(published, address).apart for address in published.cells)


def test_a_figure_is_found_by_its_address():
    assert find(PUBLISHED, ADDRESS).addresses == (ADDRESS,)


@pytest.mark.parametrize(
    "words", ["支出总表 2010302 项目支出", "预算支出总表、2010302、project", "expenditure 2010302 project"]
)
def test_a_figure_is_found_by_words_of_its_title_row_and_column(words):
    assert find(PUBLISHED, words).addresses == (ADDRESS,)


def test_every_figure_that_prints_so_is_found():
    text = PUBLISHED.cells[ADDRESS].text
    found = find(PUBLISHED, text)
    assert ADDRESS in found.addresses
    assert {PUBLISHED.cells[address].text for address in found.addresses} == {text}
    assert find(PUBLISHED, f"{text}万元").addresses == found.addresses


def test_a_claim_is_found_by_its_number_and_by_its_words():
    claim = next(claim for claim in PUBLISHED.claims if claim.kind == "share")
    assert find(PUBLISHED, claim.id).claims == (claim,)
    assert claim in find(PUBLISHED, claim.text).claims
    assert find(PUBLISHED, claim.text).addresses == ()


def test_the_claims_that_rest_on_a_figure_are_told():
    claim = next(claim for claim in PUBLISHED.claims if claim.cells)
    assert claim in trace(PUBLISHED, claim.cells[0]).claims


def test_what_is_not_there_has_neighbours_in_value_or_in_words():
    number = find(PUBLISHED, "0.0123456")
    assert not number.addresses
    assert number.near
    words = find(PUBLISHED, "支出总表 2010399 项目支出")
    assert not words.addresses
    assert any(address.startswith("expenditure/") for address in words.near)


def test_nonsense_has_no_neighbours():
    assert find(PUBLISHED, "§§§§").near == ()
