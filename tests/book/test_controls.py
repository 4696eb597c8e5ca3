"""Approved figures and the lines of the book."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openbook.book.controls import read_controls, reconcile
from openbook.book.model import Control, Spot
from openbook.book.tables import CONTROLS
from tests.book.books import BUREAU, CENTRE, small_book
from tests.book.conftest import Judge


def test_a_control_that_differs_tells_both_sums_and_by_how_much(judged: Judge):
    book = small_book()
    book.controls[1] = replace(book.controls[1], amount=book.controls[1].amount + 100)
    (found,) = judged(book)
    assert (found.code, found.spot) == ("BK401", Spot("controls.csv", 3, "金额"))
    assert "404,501.50 元" in found.message
    assert "404,500.50 元" in found.message
    assert "少 1.00 元" in found.message


def test_a_blank_control_is_the_whole_book(judged: Judge):
    book = small_book()
    book.controls.append(Control("", "", "", "", 398_791_847))
    assert judged(book) == []


def test_controls_by_unit_and_by_fund(judged: Judge):
    book = small_book()
    book.controls += [
        Control("", CENTRE, "", "", 106_888_779),
        Control("", "", "fund", "current", 25_000_000),
    ]
    assert judged(book) == []


def test_a_control_of_a_unit_that_the_book_lacks(judged: Judge):
    book = small_book()
    book.controls.append(Control("", "乙区财政局", "", "", 5))
    (found,) = judged(book)
    assert (found.code, found.spot) == ("BK404", Spot("controls.csv", 6, "单位"))


def test_a_controlled_project_without_lines_is_named_with_its_amount(judged: Judge):
    book = small_book()
    book.controls.append(Control("XM009", "", "", "", 123_456))
    (found,) = judged(book)
    assert (found.code, found.spot) == ("BK402", Spot("controls.csv", 6, "项目"))
    assert "“XM009”（1,234.56 元）" in found.message


def test_a_project_that_no_control_lists_is_named_with_its_amount(judged: Judge):
    book = small_book()
    del book.controls[3]
    book.controls.append(Control("", "", "fund", "", 25_000_000))
    (found,) = judged(book)
    assert (found.code, found.spot) == ("BK403", Spot("projects/XM003.toml"))
    assert "250,000.00 元" in found.message


def test_projects_of_another_source_need_not_be_listed(judged: Judge):
    book = small_book()
    book.controls = [
        Control("XM001", "", "general", "", 40_450_050),
        Control("XM002", "", "general", "", 25_600_025),
    ]
    assert judged(book) == []


def test_a_list_beside_the_book_is_read_from_csv(tmp_path):
    path = tmp_path / "批复.csv"
    path.write_text(
        "金额,项目\n404500.5,综合窗口服务外包\n256000.25,XM002\n250000,XM003\n", encoding="gb18030"
    )
    controls, faults = read_controls(path)
    assert faults == []
    assert controls[0] == Control("综合窗口服务外包", "", "", "", 40_450_050, Spot("批复.csv", 2))
    assert reconcile(small_book(), controls) == []


def test_a_list_beside_the_book_is_read_from_excel(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["项目库"], [], [field.head for field in CONTROLS.fields]):
        sheet.append(row)
    sheet.append(["XM001", BUREAU, "一般公共预算", None, 404500.5])
    sheet.append(["XM002", None, None, "去年", 1])
    book.save(tmp_path / "项目库.xlsx")
    controls, faults = read_controls(tmp_path / "项目库.xlsx")
    assert [(one.project, one.source, one.amount) for one in controls] == [("XM001", "general", 40_450_050)]
    assert [(one.code, one.spot) for one in faults] == [("BK205", Spot("项目库.xlsx", 5, "资金年度"))]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.csv", "项目,数\nx,5\n", "BK106"), ("a.xlsx", "no", "BK051"), ("a.csv", b"\xff\xfe\xff", "BK104")],
)
def test_a_list_that_cannot_be_read_is_a_fault(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    controls, faults = read_controls(path)
    assert controls == []
    assert code in [one.code for one in faults]


def test_a_list_that_is_not_there_is_a_fault(tmp_path):
    assert [one.code for one in read_controls(tmp_path / "没有.csv")[1]] == ["BK101"]
