from tests.statements.tables import codes, findings

CHAIN = """2024年部门预算支出总表
单位：万元
科目编码 | 科目名称 | 合计
合计 | | {}
201 | 一般公共服务支出 | {}
20103 | 政府办公厅（室）及相关机构事务 | {}"""


def test_three_equal_amounts_that_rise_by_a_hundredth_each():
    """Each step is within rounding, yet no amount prints both as 10.00 and as 10.02."""
    text = CHAIN.format("10.00", "10.01", "10.02")
    [found] = findings("OB208", text)
    assert found.severity.word == "error"
    assert "2 条" in found.message
    assert {place.place.line for place in found.locations} == {4, 5, 6}
    assert codes(text) == ["OB208"]


def test_whichever_single_figure_would_mend_it_is_named():
    [found] = findings("OB208", CHAIN.format("10.00", "10.01", "10.02"))
    suspects = {place.place.line for place in found.locations if place.role == "suspect"}
    assert suspects == {4, 6}
    assert "任一" in found.message


def test_tails_that_one_set_of_amounts_explains():
    assert codes(CHAIN.format("10.00", "10.01", "10.01")) == []
    assert codes(CHAIN.format("10.00", "10.01", "10.00")) == []


def test_a_row_and_a_column_that_pull_apart():
    text = """2024年部门预算支出总表
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | {} | 5.00 | 5.00
201 | 一般公共服务支出 | {} | 5.00 | 5.00"""
    assert codes(text.format("10.01", "10.01")) == []
    assert codes(text.format("10.00", "10.01")) == []
    assert codes(text.format("9.99", "10.01")) == ["OB202"]


def test_must_not_fire_twice_for_what_is_broken_already():
    assert codes(CHAIN.format("10.00", "10.01", "12.00")) == ["OB202"]


def test_guessed_columns_prove_nothing():
    text = CHAIN.replace("合计\n合计", "TH H\n合计").format("10.00", "10.01", "10.02")
    assert [found.severity.word for found in findings("OB208", text)] == ["warning"]
