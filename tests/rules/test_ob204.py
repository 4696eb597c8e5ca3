from tests.statements.tables import codes, findings

TWO = """2023年预算收支总表
部门名称：某市某区审批局
单位：万元
收入 | | 支出 |
项目 | 预算数 | 项目 | 预算数
一、一般公共预算 | 2804.37 | 一、一般公共服务支出 | 2804.37
收入总计 | 2804.37 | 支出总计 | 2804.37

2023年预算支出总表
科目编码 | 科目名称 | 合计
合计 | | {}
201 | 一般公共服务支出 | 2804.37"""


def test_two_statements_with_two_figures():
    without_classes = TWO.removesuffix("\n201 | 一般公共服务支出 | 2804.37")
    [found] = findings("OB204", without_classes.format("2804.87"))
    assert found.severity.word == "error"
    assert "2,804.37" in found.message
    assert "2,804.87" in found.message


def test_two_statements_with_one_figure():
    assert codes(TWO.format("2804.37")) == []


def test_the_total_that_also_misses_its_classes_is_the_suspect():
    text = TWO.format("2804.87")
    [code] = codes(text)
    [found] = findings(code, text)
    assert found.locations[0].place.line == 11
    assert "2 条" in found.message


def test_revenue_and_expenditure_of_the_summary():
    text = TWO.format("2804.37")
    text = text.replace("一、一般公共预算 | 2804.37", "一、一般公共预算 | 2904.37")
    assert codes(text.replace("收入总计 | 2804.37", "收入总计 | 2904.37")) == ["OB204"]


def test_must_not_fire_where_one_statement_is_blank():
    assert codes(TWO.format("").replace("201 | 一般公共服务支出 | 2804.37", "201 | 一般公共服务支出 |")) == []


def test_must_not_fire_where_the_scope_is_another():
    """A general budget statement without last year's money is not compared class by class."""
    text = """财政拨款收支总表
收入 | | 支出 | |
项目 | 金额 | 项目 | 小计 | 一般公共预算
一、一般公共预算 | 70.00 | 一、教育支出 | 100.00 | 100.00
上年财政拨款结转 | 30.00 | | |
一、一般公共预算 | 30.00 | | |
收入总计 | 100.00 | 支出总计 | 100.00 | 100.00

一般公共预算支出预算表（不含上年结转）
科目编码 | 科目名称 | 合计
合计 | | {}
205 | 教育支出 | {}"""
    assert codes(text.format("70.00", "70.00")) == []
    assert codes(text.format("60.00", "70.00")) != []


def test_must_not_fire_where_classes_are_not_printed():
    """A class that no row stands for is not zero where the statement lists items alone."""
    items = "2010301 | 行政运行 | 2000.00\n2010302 | 一般行政管理事务 | 804.37"
    text = TWO.format("2804.37").replace("201 | 一般公共服务支出 | 2804.37", items)
    assert codes(text) == []


def test_a_class_that_one_statement_lacks():
    text = TWO.format("2804.37").replace("201 | 一般公共服务支出", "205 | 教育支出")
    assert "OB204" in codes(text)
