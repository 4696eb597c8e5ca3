"""Workbooks: printed values, titles and notes around tables, merged and hidden parts."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from openbook.reading.open import read_source
from openbook.reading.xlsx_format import show
from openbook.source import Paragraph, RawTable, Source


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "公开表.xlsx"
    made = xlsxwriter.Workbook(str(path))
    made.path = path
    return made


def read(book) -> Source:
    book.close()
    return read_source(str(book.path))


def texts(table: RawTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_statement_with_title_unit_and_note(book):
    sheet = book.add_worksheet("收支总表")
    money = book.add_format({"num_format": "#,##0.00"})
    sheet.merge_range("A1:D1", "2024年预算收支总表", None)
    sheet.write_row("A2", ["部门名称：某某局", "", "", "单位：万元"])
    sheet.merge_range("A3:B3", "收入", None)
    sheet.merge_range("C3:D3", "支出", None)
    sheet.write_row("A4", ["项目", "金额", "项目", "金额"])
    sheet.write_row("A5", ["一、一般公共预算"])
    sheet.write_number("B5", 2643.87, money)
    sheet.write_row("C5", ["一、一般公共服务支出"])
    sheet.write_number("D5", 43.5, money)
    sheet.write_row("C6", ["二、外交支出"])
    sheet.write_row("A8", ["注：本表不含上年结转"])
    source = read(book)
    assert [one.text for one in source.paragraphs()] == [
        "2024年预算收支总表", "部门名称：某某局", "单位：万元", "注：本表不含上年结转",
    ]  # fmt: skip
    (table,) = source.tables()
    assert texts(table) == [
        ["收入", "", "支出", ""],
        ["项目", "金额", "项目", "金额"],
        ["一、一般公共预算", "2,643.87", "一、一般公共服务支出", "43.50"],
        ["", "", "二、外交支出", ""],
    ]
    assert [cell.span for cell in table.rows[0]] == [2, 1, 2, 1]
    place = table.rows[2][3].place
    assert (place.sheet, place.line, place.column) == ("收支总表", 5, 4)
    assert isinstance(source.blocks[-1], Paragraph)


def test_rows_that_end_in_a_merged_cell_keep_its_columns(book):
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["项目", "合计"])
    sheet.merge_range("C1:E1", "其中", None)
    sheet.merge_range("A2:A3", "甲", None)
    sheet.write_row("B2", [1, 2])
    sheet.write_row("B3", [3, 4])
    (table,) = read(book).tables()
    assert texts(table) == [
        ["项目", "合计", "其中", "", ""],
        ["甲", "1", "2", "", ""],
        ["", "3", "4", "", ""],
    ]
    assert table.rows[1][0].down == 2


def test_two_statements_on_one_sheet(book):
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["收入总表"])
    sheet.write_row("A2", ["合计", 1])
    sheet.write_row("A5", ["支出总表"])
    sheet.write_row("A6", ["合计", 2])
    blocks = read(book).blocks
    assert [type(one) for one in blocks] == [Paragraph, RawTable, Paragraph, RawTable]


def test_hidden_parts_are_listed_and_not_read(book):
    sheet = book.add_worksheet("支出")
    sheet.write_row("A1", ["编码", "底数", "合计"])
    sheet.write_row("A2", ["201", 7, 5])
    sheet.write_row("A3", ["202", 8, 6])
    sheet.set_column("B:B", None, None, {"hidden": True})
    sheet.set_row(2, None, None, {"hidden": True})
    secret = book.add_worksheet("测算底稿")
    secret.write_row("A1", ["内部", 9])
    secret.hide()
    sheet.activate()
    source = read(book)
    (table,) = source.tables()
    assert texts(table) == [["编码", "合计"], ["201", "5"]]
    assert [(one.what, one.text, one.place.sheet) for one in source.hidden] == [
        ("隐藏的行", "202 8 6", "支出"),
        ("隐藏的列", "底数 7 8", "支出"),
        ("隐藏的工作表", "内部 9", "测算底稿"),
    ]


def test_a_title_merged_over_a_hidden_column_is_seen(book):
    sheet = book.add_worksheet()
    sheet.merge_range("A1:C1", "支出总表", None)
    sheet.write_row("B2", ["合计", 5])
    sheet.set_column("A:A", None, None, {"hidden": True})
    source = read(book)
    assert [one.text for one in source.paragraphs()] == ["支出总表"]
    assert not source.hidden


def test_comments_metadata_and_dates(tmp_path):
    made = openpyxl.Workbook()
    sheet = made["Sheet"]
    sheet.append(["截止日期", date(2024, 1, 19), "数"])
    sheet["B1"].number_format = 'yyyy"年"m"月"d"日"'
    sheet.append(["合计", 1.5, None])
    sheet["B2"].number_format = "0.00"
    sheet["B2"].comment = Comment("此数待核", "甲")
    made.properties.creator = "乙"
    path = tmp_path / "a.xlsx"
    made.save(path)
    source = read_source(str(path))
    assert texts(next(iter(source.tables()))) == [["截止日期", "2024年1月19日", "数"], ["合计", "1.50", ""]]
    assert [(one.what, one.text, one.place.line, one.place.column) for one in source.hidden] == [
        ("批注", "甲：此数待核", 2, 2)
    ]
    assert source.metadata["author"] == "乙"


def test_a_formula_without_result_is_a_problem(tmp_path):
    made = openpyxl.Workbook()
    made["Sheet"].append(["合计", "=SUM(C1:D1)", 1])
    path = tmp_path / "a.xlsx"
    made.save(path)
    (problem,) = read_source(str(path)).problems
    assert "公式没有保存计算结果" in problem.message
    assert problem.place.column == 2


def test_far_cells_cost_nothing(book):
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["合计", 1])
    sheet.write("XFD1048576", "远")
    source = read(book)
    assert sum(len(row) for table in source.tables() for row in table.rows) < 500


@pytest.mark.parametrize(
    ("raw", "code", "shown"),
    [
        ("2643.87", "General", "2643.87"),
        ("2643.8699999999999", "General", "2643.87"),
        ("2643.8699999999999", "0.00", "2643.87"),
        ("43.5", "0.00", "43.50"),
        ("43.5", "0.00_ ", "43.50"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("1234567.5", "#,##0.00_ ;[Red]-#,##0.00", "1,234,567.50"),
        ("-12.345", "#,##0.00_);(#,##0.00)", "(12.35)"),
        ("-12.345", "0.00", "-12.35"),
        ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("5.2", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "5.20"),
        ("-5.2", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-5.20"),
        ("0.1234", "0.00%", "12.34%"),
        ("0.5", "#.##", ".5"),
        ("5", "0.##", "5"),
        ("5", "000", "005"),
        ("12", '0.00"万元"', "12.00万元"),
        ("1234567", "0.00,", "1234.57"),
        ("0", "0.00;-0.00;", ""),
        ("3.00E+2", "General", "300"),
        ("1E-7", "0.00", "0.00"),
        ("45310", "yyyy-m-d", "2024-01-19"),
        ("45310", '[$-804]yyyy"年"m"月"', "2024年1月"),
        ("0.5", "h:mm", "12:00"),
        ("-1", "yyyy-m-d", "-1"),
        ("9e999999", "0.00", "9e999999"),
        ("1e999999999", "0.00", "1e999999999"),
        ("nan", "0.00", "nan"),
        ("#REF!", "0.00", "#REF!"),
        ("1.5", "0." + "0" * 400, "1.5" + "0" * 29),
    ],
)
def test_number_formats(raw, code, shown):
    assert show(raw, code) == shown


def test_no_digit_is_lost():
    assert show("99999999999.995", "#,##0.00") == "100,000,000,000.00"
    assert Decimal(show("12345678.901", "General")) == Decimal("12345678.901")
