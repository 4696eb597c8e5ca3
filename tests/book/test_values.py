"""Every value that is wrong is told once, with its place; the rest of the book is read on."""

from __future__ import annotations

import pytest

from openbook.book.load import load, store
from openbook.book.model import Spot
from openbook.book.parse import parse
from openbook.book.render import render
from openbook.book.tables import EXPENDITURE
from openbook.book.values import Known, Wrong, value_of
from tests.book.books import BUREAU, small_book
from tests.book.conftest import Judge

# table, row in the table, key, what is typed, code, file, row, column, a word of the message or its mending
WRONG = [
    ("expenditure", 0, "amount", "", "BK201", "expenditure.csv", 2, "金额", "没有填"),
    ("projects", 0, "name", "", "BK201", "projects/XM001.toml", None, "name", "项目名称"),
    ("expenditure", 1, "amount", "五百", "BK202", "expenditure.csv", 3, "金额", "1234.5"),
    ("expenditure", 1, "amount", "500元", "BK202", "expenditure.csv", 3, "金额", "去掉“元”"),
    ("expenditure", 1, "amount", "5.2万元", "BK202", "expenditure.csv", 3, "金额", "换算成元"),
    ("expenditure", 1, "amount", "1 234", "BK202", "expenditure.csv", 3, "金额", "1234.5"),
    ("expenditure", 1, "amount", "9" * 20, "BK202", "expenditure.csv", 3, "金额", "太大"),
    ("projects", 1, "funds.local", "很多", "BK202", "projects/XM002.toml", 14, "funds.local", "很多"),
    ("expenditure", 2, "amount", "12.345", "BK203", "expenditure.csv", 4, "金额", "两位"),
    ("prior", 0, "amount", "-5", "BK204", "prior.csv", 2, "上年数", "负数"),
    ("prior", 0, "amount", "(5)", "BK204", "prior.csv", 2, "上年数", "负数"),
    ("revenue", 0, "source", "一般公共预祘", "BK205", "revenue.csv", 2, "资金来源", "是不是“一般公共预算”"),
    ("units", 1, "nature", "企业", "BK205", "units.csv", 3, "单位性质", "行政、参公、事业"),
    ("indicators", 1, "level2", "好指标", "BK205", "projects/XM001.toml", 34, "level2", "质量指标"),
    ("expenditure", 0, "unit", "乙区行政审批局", "BK206", "expenditure.csv", 2, "单位", BUREAU),
    ("projects", 2, "unit", "别的单位", "BK206", "projects/XM003.toml", 3, "unit", "单位表"),
    ("expenditure", 20, "project", "XM009", "BK207", "expenditure.csv", 22, "项目", "是不是"),
    ("purchases", 0, "project", "综合窗口服务外包", "BK207", "purchases.csv", 2, "项目", "XM001"),
    ("prior", 3, "item", "基本开支", "BK208", "prior.csv", 5, "事项", "是不是“基本支出”"),
    ("reasons", 0, "item", "2880101", "BK208", "reasons.csv", 2, "事项", "补充科目"),
    ("expenditure", 0, "function", "20103", "BK209", "expenditure.csv", 2, "功能科目", "7 位"),
    ("expenditure", 0, "function", "2010377", "BK209", "expenditure.csv", 2, "功能科目", "“2010377”"),
    ("forward", 0, "function", "2880101", "BK209", "forward.csv", 2, "功能科目", "“288”"),
    ("expenditure", 0, "economic", "301", "BK210", "expenditure.csv", 2, "经济科目", "5 位"),
    ("expenditure", 0, "economic", "30177", "BK210", "expenditure.csv", 2, "经济科目", "“30177”"),
    ("units", 0, "staff", "二十", "BK211", "units.csv", 2, "实有人数", "整数"),
    ("book", 0, "year", "二〇二四", "BK211", "book.toml", 3, "year", "整数"),
    ("book", 0, "assets_date", "2023-02-30", "BK212", "book.toml", 7, "assets_date", "没有"),
    ("projects", 0, "filed", "2024年1月", "BK212", "projects/XM001.toml", 18, "filed", "2024-01-19"),
    ("accounts", 0, "code", "20103981", "BK213", "accounts.csv", 2, "科目编码", "3、5 或 7"),
    ("revenue", 3, "account", "1039999", "BK214", "revenue.csv", 5, "收入科目", "补充科目"),
    ("reasons", 1, "text", "好\x07的", "BK216", "reasons.csv", 3, "原因", "看不见"),
    ("expenditure", 0, "note", "长" * 20_001, "BK216", "expenditure.csv", 2, "备注", "20000"),
    ("book", 0, "year", "2011", "BK217", "book.toml", 3, "year", "2018"),
    ("book", 0, "format", "2", "BK113", "book.toml", 1, "format", "升级"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "index", "key", "typed", "code", "file", "row", "column", "word"), WRONG)
def test_a_wrong_value_is_told_with_its_place(
    judged: Judge, table, index, key, typed, code, file, row, column, word
):
    book = small_book()
    if table == "forward":
        from tests.book.books import forward

        book.forward.append(forward())
    raw = render(book)
    raw.tables[table][index].values[key] = typed
    (found,) = judged(raw)
    assert (found.code, found.spot) == (code, Spot(file, row, column))
    assert word in found.message + found.mend


def test_a_project_whose_code_is_no_file_name_is_refused():
    raw = render(small_book())
    for name in ("../外面", "a/b", "CON", ".隐藏", "x" * 81, "a\\b"):
        raw.tables["projects"][0].values["code"] = name
        faults = [one for one in parse(raw)[1] if one.code == "BK215"]
        assert [one.spot.column for one in faults] == ["项目编码"]


def test_the_same_item_twice_is_told_at_the_second(judged: Judge):
    raw = render(small_book())
    raw.tables["prior"].append(raw.tables["prior"][4])
    last = len(raw.tables["prior"]) + 1
    (found,) = judged(raw)
    assert (found.code, found.spot) == ("BK218", Spot("prior.csv", last, "事项"))
    assert "第 6 行" in found.message


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1,234.5", 123450), ("１２３４．５０", 123450), ("1，234.5", 123450), ("0", 0), ("1234.500", 123450),
        (" 12 ", 1200), ("0.01", 1), ("007", 700),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_type_them(typed, fen):
    assert value_of(typed.strip(), EXPENDITURE.field("amount"), Known()) == fen


def test_choices_may_be_typed_as_words_or_keys():
    field = EXPENDITURE.field("source")
    assert value_of("一般公共预算", field, Known()) == value_of("general", field, Known()) == "general"


def test_an_account_of_another_year_is_named_so():
    with pytest.raises(Wrong, match="“20115”在 2024 年的科目里没有"):
        value_of("2011501", EXPENDITURE.field("function"), Known(2024))


def test_an_account_the_classification_lacks_may_be_named_in_the_book(judged: Judge):
    book = small_book()
    book.accounts |= {"2010398": "政务大厅建设"}
    raw = render(book)
    for line in raw.tables["expenditure"]:
        if line.values["function"] == "2010302":
            line.values["function"] = "2010398"
    raw.tables["reasons"] = [row for row in raw.tables["reasons"] if row.values["item"] != "2010302"]
    raw.tables["purposes"] = [row for row in raw.tables["purposes"] if row.values["function"] != "2010302"]
    assert judged(raw) == []


def test_reading_goes_on_after_a_fault(tmp_path):
    raw = render(small_book())
    raw.tables["expenditure"][0].values["amount"] = "x"
    raw.tables["expenditure"][5].values["unit"] = "y"
    raw.tables["units"][1].values["nature"] = "z"
    store(raw, tmp_path / "b")
    book, faults = load(tmp_path / "b")
    assert [one.code for one in faults] == ["BK205", "BK202", "BK206"]
    assert len(book.expenditure) == len(raw.tables["expenditure"]) - 2
    assert len(book.units) == 1
    assert book.projects


def test_no_sum_is_judged_where_a_row_could_not_be_read(judged: Judge):
    raw = render(small_book())
    raw.tables["expenditure"][-1].values["amount"] = "x"
    assert [one.code for one in judged(raw)] == ["BK202"]
