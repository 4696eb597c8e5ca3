from tests.statements.tables import codes, findings

SUMMARY = """2023年预算收支总表
单位：万元
收入 | | 支出 |
项目 | 预算数 | 项目 | 预算数
一、一般公共预算 | 2643.87 | 一、教育支出 | 2804.37
本年收入合计 | 2643.87 | 本年支出合计 | 2804.37
上年结转 | {} | 年终结转 |
收入总计 | {} | 支出总计 | 2804.37"""


def test_a_grand_total_that_leaves_out_part_of_what_was_carried_over():
    text = SUMMARY.format("160.50", "2804.87")
    [code] = codes(text)
    assert code in ("OB204", "OB205")
    [found] = findings(code, text)
    assert found.locations[0].place.line == 8


def test_without_another_side_the_carry_over_is_named():
    text = SUMMARY.replace("支出总计 | 2804.37", " | ").format("160.50", "2804.87")
    [found] = findings("OB205", text)
    assert found.severity.word == "error"
    assert "2,804.87" in found.message
    assert "2,804.37" in found.message


def test_a_grand_total_with_what_was_carried_over():
    assert codes(SUMMARY.format("160.50", "2804.37")) == []


def test_parts_of_what_was_carried_over():
    text = """财政拨款收支总表
收入 | | 支出 |
项目 | 金额 | 项目 | 金额
一、一般公共预算 | 60.00 | 一、教育支出 | 100.00
上年财政拨款结转 | 40.00 | 年终结转 |
一、一般公共预算 | 30.00 | |
二、政府性基金预算 | {} | |
收入总计 | 100.00 | 支出总计 | 100.00"""
    assert codes(text.format("10.00")) == []
    assert codes(text.format("9.00")) == ["OB205"]


def test_must_not_fire_for_a_tail_of_rounding():
    assert codes(SUMMARY.format("160.51", "2804.37")) == []
