"""The books of units become the book of their department, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace

from openbook.book.compiling import compile_books
from openbook.book.load import load, store
from openbook.book.model import BudgetBook, Prior, Words
from openbook.cli import run
from openbook.composing.compose import compose
from tests.book.books import BUREAU, CENTRE, small_book


def of_unit(name: str) -> BudgetBook:
    """What one unit of the small book would have kept by itself."""
    book = small_book()
    book.department = name
    book.units = [unit for unit in book.units if unit.name == name]
    book.expenditure = [line for line in book.expenditure if line.unit == name]
    book.revenue = [line for line in book.revenue if line.unit == name]
    book.forward = [line for line in book.forward if line.unit == name]
    book.purchases = [line for line in book.purchases if line.unit == name]
    own = [one for one in book.projects if one.unit == name]
    codes = {project.code: f"P{number}" for number, project in enumerate(own, 1)}
    book.projects = [replace(project, code=codes[project.code]) for project in own]
    book.expenditure = [replace(line, project=codes.get(line.project, "")) for line in book.expenditure]
    book.purchases, book.controls, book.purposes = [], [], {}
    return book


def both() -> list[BudgetBook]:
    return [of_unit(CENTRE), of_unit(BUREAU)]


def test_the_departments_statements_are_the_sums_of_its_units():
    books = both()
    compiled, faults = compile_books(books, BUREAU)
    assert not faults
    assert sum(line.amount for line in compiled.expenditure) == sum(
        line.amount for book in books for line in book.expenditure
    )
    assert [unit.name for unit in compiled.units] == [BUREAU, CENTRE]


def test_two_projects_of_one_code_stay_two():
    compiled, _ = compile_books(both(), BUREAU)
    assert [project.code for project in compiled.projects] == ["P1", "P2", "02-P1"]
    lines = {line.project: line.unit for line in compiled.expenditure if line.project}
    assert lines == {"P1": BUREAU, "P2": BUREAU, "02-P1": CENTRE}


def test_last_years_figures_stay_those_of_their_unit_and_add_up_for_the_department():
    books = both()
    books[0].prior = [Prior("operating", 700)]
    books[1].prior = [Prior("operating", 300)]
    compiled, _ = compile_books(books, BUREAU)
    assert {(row.unit, row.amount) for row in compiled.prior} == {(CENTRE, 700), (BUREAU, 300)}
    from openbook.composing.figures import LastYear

    assert LastYear(compiled).exact["operating"] == 1000
    assert LastYear(compiled, CENTRE).exact["operating"] == 700


def test_reasons_and_texts_are_told_apart_by_unit():
    books = both()
    books[0].reasons = {"operating": Words("窗口增加")}
    compiled, _ = compile_books(books, BUREAU)
    assert compiled.reasons[f"operating {CENTRE}"].text == "窗口增加"
    assert f"# {CENTRE}" in compiled.texts["duties"].text


def test_books_of_different_years_do_not_go_together():
    books = both()
    books[0].year += 1
    _, faults = compile_books(books, BUREAU)
    assert [fault.code for fault in faults] == ["BK451"]


def test_a_unit_stands_in_one_book_only():
    _, faults = compile_books([of_unit(BUREAU), of_unit(BUREAU)], BUREAU)
    assert "BK452" in {fault.code for fault in faults}


def test_the_department_must_be_one_of_the_units():
    _, faults = compile_books(both(), "丙区行政审批服务管理局")
    assert [fault.code for fault in faults] == ["BK453"]


def test_one_account_has_one_name():
    books = both()
    books[0].accounts, books[1].accounts = {"2010399": "甲"}, {"2010399": "乙"}
    _, faults = compile_books(books, BUREAU)
    assert [fault.code for fault in faults] == ["BK454"]


def test_a_units_own_disclosure_comes_out_of_the_compiled_book():
    compiled, _ = compile_books(both(), BUREAU)
    alone = compose(of_unit(CENTRE), unit=CENTRE)
    within = compose(compiled, unit=CENTRE)
    assert not alone.faults
    assert not within.faults
    amounts = {
        a: (c.exact, c.printed) for a, c in alone.disclosure.cells.items() if a.startswith("expenditure/")
    }
    assert amounts
    assert amounts == {
        a: (c.exact, c.printed) for a, c in within.disclosure.cells.items() if a.startswith("expenditure/")
    }


def test_the_command_writes_a_book_that_can_be_read_again(tmp_path, capsys):
    for number, book in enumerate(both()):
        store(book, tmp_path / f"{number}")
        _, faults = load(tmp_path / f"{number}")
        assert not faults, faults
    paths = [str(tmp_path / "0"), str(tmp_path / "1")]
    assert run(["compile", *paths, "-o", str(tmp_path / "all.xlsx"), "--department", BUREAU]) == 0
    compiled, faults = load(tmp_path / "all.xlsx")
    assert not faults
    assert len(compiled.units) == 2
    assert run(["compile", *paths, "-o", str(tmp_path / "all.xlsx"), "--department", BUREAU]) == 2
    assert "没有改动" in capsys.readouterr().err
