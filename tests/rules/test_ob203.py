from tests.statements.tables import codes, findings

SUMMARY = """2024年预算收支总表
单位：万元
收入 | | 支出 |
项目 | 预算数 | 项目 | 预算数
一、一般公共预算 | 100.00 | 一、一般公共服务支出 | 90.00
二、单位资金 | 20.00 | 二、教育支出 | 30.00
本年收入合计 | {} | 本年支出合计 | {}"""


def test_revenue_lines_that_do_not_make_the_total():
    [found] = findings("OB203", SUMMARY.format("130.00", "120.00"))
    assert found.severity.word == "error"
    assert "130.00" in found.message
    assert "120.00" in found.message


def test_expenditure_lines_that_do_not_make_the_total():
    [found] = findings("OB203", SUMMARY.format("120.00", "121.00"))
    assert "本年支出合计" in found.message


def test_lines_that_make_the_totals():
    assert codes(SUMMARY.format("120.00", "120.00")) == []


def test_must_not_fire_for_a_tail_of_rounding():
    assert codes(SUMMARY.format("120.01", "119.99")) == []


def test_must_not_fire_where_a_line_is_not_known():
    text = SUMMARY.replace("二、教育支出", "二、某种不知名的事") + "\n三、某种不知名的钱 | 10.00 | |"
    assert codes(text.format("130.00", "120.00")) == []


def test_budgets_within_the_appropriation_are_not_counted_twice():
    text = """预算收支总表
收入 | | 支出 |
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 100.00 | 一、教育支出 | 120.00
（一）一般公共预算 | 70.00 | |
（二）政府性基金预算 | 30.00 | |
二、事业收入 | 20.00 | |
本年收入合计 | 120.00 | 本年支出合计 | 120.00"""
    assert codes(text) == []
    assert codes(text.replace("70.00", "71.00")) == ["OB203"]
