"""Named figures stand for a cell or a sum in every layout; last year's figures agree with one another."""

from __future__ import annotations

import pytest

from openbook.book.model import Prior
from openbook.book.topics import SUMS, TOPICS
from openbook.composing.compose import compose
from openbook.composing.figures import LastYear, Named, amount_of, in_prose, named_figures, title_of
from openbook.composing.layout import build_of
from openbook.composing.work import begin
from openbook.disclosure import Cell
from openbook.money import Unit
from tests.book.books import BUREAU, CENTRE, small_book
from tests.composing.departments import CASES, LAYOUTS, department
from tests.composing.little import WAN, book


@pytest.mark.parametrize(("layout", "unit"), CASES)
def test_every_named_figure_is_a_cell_that_is_the_sum_of_its_words(layout: str, unit: str) -> None:
    made = department(layout)
    work = begin(
        made, build_of(layout, "unit" if unit else "department"), "unit" if unit else "department", unit
    )
    for named in named_figures().values():
        amount = work.figure(named)
        assert amount.address in work.cells
        assert amount.exact == work.cells[amount.address].exact
        words = _as_stated(named, layout)
        facts = work.facts.members(work.facts.choose(words))
        assert amount.exact == sum(fact.amount for fact in facts), named.name


@pytest.mark.parametrize("layout", LAYOUTS)
def test_cells_of_named_figures_are_of_statements_that_some_layout_has(layout: str) -> None:
    made = department(layout)
    cells = begin(made, build_of(layout), "department", "").cells
    known = {kind for one in LAYOUTS for kind in (template.kind for template in build_of(one).templates)}
    for named in named_figures().values():
        for address in named.cells:
            assert address.split("/")[0] in known, address
    assert any(address in cells for named in named_figures().values() for address in named.cells)


def test_every_cell_that_a_figure_names_is_printed_by_some_layout() -> None:
    """With money of every kind; a name that no layout prints would be a slip of the pen."""
    lines = "\n".join(
        f"某中心 2010301 30201 {source} {category} {period} 3"
        for source in ("general", "fund", "capital", "special_account", "business", "operations", "superior",
                       "subordinate", "other")
        for category in ("basic", "project:P1", "operations", "superior", "subordinate")
        for period in ("current", "carryover")
    )  # fmt: skip
    printed: set[str] = set()
    for layout in LAYOUTS:
        made = book(lines)
        for line in made.revenue:
            made.revenue[made.revenue.index(line)] = type(line)(
                line.unit, line.source, line.period, line.amount, "1030148"
            )
        printed |= set(begin(made, build_of(layout), "department", "").cells)
    named = {address for one in named_figures().values() for address in one.cells}
    assert sorted(named - printed) == []


def test_topics_of_named_figures_are_topics_of_the_book() -> None:
    assert {named.topic for named in named_figures().values() if named.topic} <= set(TOPICS)


def test_a_figure_in_yuan_is_said_in_hundredths_of_ten_thousand() -> None:
    def said(fen: int) -> str:
        return amount_of(Cell("a/b/c", fen, fen // 100, Unit.YUAN, 0), "某数").text

    assert said(123_456_700) == "123.46万元"
    assert said(5_000) == "0.01万元"
    assert said(4_900) == "0.00万元"
    assert in_prose(Cell("a/b/c", 1, 7, Unit.WAN, 2)) == 7


def _as_stated(named: Named, layout: str) -> str:
    """The words of a figure that statements of a layout draw wider or narrower than most do."""
    if layout == "shanxi-13-2023" and "three_public" in "".join(named.cells):
        return named.words.replace("appropriation", "general")
    if not layout.startswith("shanxi") and "general_" in "".join(named.cells):
        return named.words.replace("current", "")  # what was carried over stands in these statements too
    return named.words


# --- last year ------------------------------------------------------------------------------------


def prior(*rows: tuple[str, int] | tuple[str, int, str]) -> LastYear:
    made = small_book()
    made.prior = [Prior(*row) for row in rows]
    return LastYear(made)


def test_sums_of_last_year_are_computed_and_agree_as_printed() -> None:
    parts = [(key, 3_333) for key in ("abroad", "reception", "purchase", "running")]
    last = prior(*parts)
    assert last.exact["three_public"] == 13_332
    assert last.printed["three_public"] == sum(last.printed[key] for key, _ in parts) == 1
    assert last.printed["vehicle"] == last.printed["purchase"] + last.printed["running"]
    assert last.rows["three_public"] == (0, 1, 2, 3)
    assert last.rows["vehicle"] == (2, 3)


def test_a_sum_of_last_year_lacks_where_a_part_lacks() -> None:
    last = prior(("abroad", 0), ("reception", 1_000_000), ("running", 1_000_000))
    assert set(SUMS) & set(last.printed) == set()
    assert last.printed["reception"] == 100


def test_a_book_without_last_year_has_none() -> None:
    assert prior().printed == {}


def test_the_department_is_the_sum_of_its_units_where_it_has_no_row_of_its_own() -> None:
    last = prior(
        ("basic", 2 * WAN, BUREAU), ("basic", 3 * WAN, CENTRE), ("project", 7 * WAN), ("project", WAN, BUREAU)
    )
    assert last.exact == {"basic": 5 * WAN, "project": 7 * WAN}
    assert last.rows == {"basic": (0, 1), "project": (2,)}


def test_a_unit_has_the_rows_that_name_it() -> None:
    made = small_book()
    made.prior = [Prior("basic", 5 * WAN), Prior("basic", 2 * WAN, CENTRE), Prior("project", WAN)]
    assert LastYear(made, CENTRE).exact == {"basic": 2 * WAN}
    assert LastYear(made, BUREAU).exact == {}


def test_the_only_unit_of_a_book_has_the_rows_that_name_nobody_too() -> None:
    made = small_book()
    made.units = made.units[:1]
    made.prior = [Prior("basic", 5 * WAN), Prior("project", WAN, BUREAU)]
    assert LastYear(made, BUREAU).exact == {"basic": 5 * WAN, "project": WAN}


def test_last_year_is_a_figure_with_its_rows() -> None:
    composed = compose(department("shanxi-13-2024"))
    assert composed.disclosure is not None
    cells = composed.disclosure.cells
    assert cells["prior/revenue"].text == "372.15"
    assert [origin.table for origin in cells["prior/three_public"].origins] == ["prior"] * 4
    parts = [cells[f"prior/{key}"] for key in SUMS["three_public"]]
    assert cells["prior/three_public"].printed == sum(cell.printed for cell in parts)


def test_a_topic_is_told_in_words() -> None:
    assert title_of("operating", {}) == "机关运行经费"
    assert title_of("2010301", {"2010301": "行政运行"}) == "2010301 行政运行"
    assert title_of("2010399", {}) == "2010399"
