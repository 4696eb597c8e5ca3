"""Figures know the lines they are sums of and the figures that add up to them."""

from __future__ import annotations

import pytest

from openbook.building.build import lines_of
from openbook.disclosure import Origin
from tests.composing.departments import CASES, department, disclosure
from tests.composing.little import book, work
from tests.composing.test_shapes import EXPENDITURE, LINES, SUMMARY, THREE, statement

every_disclosure = pytest.mark.parametrize(("layout", "unit"), CASES)


@every_disclosure
def test_parts_add_up_to_their_whole_as_printed_and_exactly(layout: str, unit: str) -> None:
    cells = disclosure(layout, unit).cells
    wholes = [cell for cell in cells.values() if cell.parts]
    assert len(wholes) > 20
    for cell in wholes:
        parts = [cells[address] for address in cell.parts]
        assert len(set(cell.parts)) == len(parts)
        assert cell.address not in cell.parts
        assert sum(part.printed for part in parts) == cell.printed, cell.address
        assert sum(part.exact for part in parts) == cell.exact, cell.address


@every_disclosure
def test_origins_add_up_to_the_exact_figure(layout: str, unit: str) -> None:
    lines = lines_of(department(layout))
    counted = 0
    for address, cell in disclosure(layout, unit).cells.items():
        assert len(set(cell.origins)) == len(cell.origins)
        if cell.origins and not address.startswith(("procurement/预留", "prior/")):
            assert sum(lines[origin].amount for origin in cell.origins) == cell.exact, address
            counted += 1
    assert counted > 20


@every_disclosure
def test_every_figure_is_within_a_step_of_the_truth(layout: str, unit: str) -> None:
    for cell in disclosure(layout, unit).cells.values():
        step = cell.unit.li // 10 // 10**cell.decimals
        assert abs(cell.fen - cell.exact) < step, cell.address


@every_disclosure
def test_every_claim_is_of_figures_that_are_there(layout: str, unit: str) -> None:
    made = disclosure(layout, unit)
    assert len(made.claims) > 20
    assert [address for claim in made.claims for address in claim.cells if address not in made.cells] == []


@every_disclosure
def test_every_figure_of_a_statement_is_a_cell_of_the_disclosure(layout: str, unit: str) -> None:
    made = disclosure(layout, unit)
    shown = [cell.cell for table in made.tables() for row in table.rows for cell in row if cell.cell]
    assert {cell.address for cell in shown} <= set(made.cells)
    assert all(made.cells[cell.address] is cell for cell in shown)


def test_a_figure_of_expenditure_comes_from_its_lines() -> None:
    cells = work(book(LINES), EXPENDITURE).cells
    assert cells["expenditure/2010302/project"].origins == (
        Origin("expenditure", 2),
        Origin("expenditure", 3),
    )
    assert cells["expenditure/2010302/project"].exact == 20_000_000
    assert cells["expenditure/2010302/basic"].origins == ()


def test_a_figure_of_revenue_comes_from_lines_of_revenue() -> None:
    made = book(LINES)
    cells = work(made, SUMMARY).cells
    origins = cells["summary/rev.general/amount"].origins
    assert {origin.table for origin in origins} == {"revenue"}
    assert sum(made.revenue[origin.line].amount for origin in origins) == 103_000_000


def test_a_figure_is_the_sum_of_the_rows_below_it() -> None:
    cells = work(book(LINES), EXPENDITURE).cells
    assert cells["expenditure/total/total"].parts == (
        "expenditure/201/total", "expenditure/208/total", "expenditure/212/total",
    )  # fmt: skip
    assert cells["expenditure/20103/total"].parts == (
        "expenditure/2010301/total",
        "expenditure/2010302/total",
    )


def test_the_lowest_row_is_the_sum_of_its_columns() -> None:
    cells = work(book(LINES), EXPENDITURE).cells
    assert cells["expenditure/2010302/total"].parts == ("expenditure/2010302/project",)
    both = work(book("某局 2010301 30101 general basic current 1\n某局 2010301 30201 general project:P1 current 2"),
                EXPENDITURE).cells  # fmt: skip
    assert both["expenditure/2010301/total"].parts == (
        "expenditure/2010301/basic",
        "expenditure/2010301/project",
    )


def test_columns_that_overlap_are_no_formula() -> None:
    overlapping = statement(
        "expenditure", "functions", "code, total, basic, personnel", scope="general basic"
    )
    cells = work(book(LINES), overlapping).cells
    assert cells["expenditure/2010301/total"].parts == ()


def test_vehicles_are_what_is_bought_and_what_is_run() -> None:
    cells = work(
        book("某局 2010301 30231 general basic current 4\n某局 2010301 31013 general project:P1 current 18"),
        THREE,
    ).cells
    assert cells["three_public/three.vehicle/total"].parts == (
        "three_public/three.purchase/total",
        "three_public/three.running/total",
    )


def test_figures_of_the_same_money_are_printed_alike_in_every_statement() -> None:
    third = "某局 2010301 30101 general basic current 0.003333\n"
    made = book(third + third.replace("2010301", "2010302") + third.replace("2010301", "2010303"))
    cells = work(made, EXPENDITURE + EXPENDITURE.replace('"expenditure"', '"general_expenditure"')).cells
    for address, cell in cells.items():
        if address.startswith("expenditure/"):
            assert cells[f"general_{address}"].printed == cell.printed
    assert cells["expenditure/total/total"].printed == 1
