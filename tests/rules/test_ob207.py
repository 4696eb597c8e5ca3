from tests.statements.tables import codes, findings

TABLE = """2024年项目支出预算表（本年预算）
部门名称：某市某区档案馆
单位：万元
项目名称 | 合计 | 一般公共预算 | 政府性基金预算
合计 | 100.00 | 100.00 |
某市某区档案馆 | 100.00 | 100.00 |
档案数字化 | 60.00 | 60.00 |
库房除湿 | {} | {} |"""


def test_a_unit_that_is_not_the_sum_of_its_projects():
    [found] = findings("OB207", TABLE.format("30.00", "30.00"))
    assert found.severity.word == "error"
    assert {place.place.line for place in found.locations} >= {6, 7, 8}
    assert "左边 100.00，右边 90.00" in found.message


def test_a_unit_that_is_the_sum_of_its_projects():
    assert codes(TABLE.format("40.00", "40.00")) == []


def test_two_units():
    text = """项目支出预算表
单位：万元
项目名称 | 合计
合计 | 100.00
某区档案馆 | 70.00
档案数字化 | 70.00
某区信息中心 | 30.00
机房维护 | {}"""
    assert codes(text.format("30.00")) == []
    assert codes(text.format("20.00")) == ["OB207"]


def test_projects_against_the_expenditure_statement():
    above = """一般公共预算支出预算表（不含上年结转）
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | {} | | {}

"""
    projects = TABLE.format("40.00", "40.00")
    assert codes(above.format("100.00", "100.00") + projects) == []
    assert codes(above.format("130.00", "130.00") + projects) == ["OB207"]


def test_must_not_fire_for_projects_of_one_name():
    text = """项目支出预算表
项目名称 | 合计
合计 | 90.00
某区档案馆 | 90.00
奖补资金 | 60.00
奖补资金 | 30.00"""
    assert codes(text) == []


def test_must_not_fire_where_one_of_the_two_project_statements_was_not_read():
    text = """部门支出总表
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | 9.00 | | 9.00

项目支出预算表（上年结转）
项目名称 | 合计
合计 | 2.00
某区档案馆 | 2.00"""
    assert codes(text) == []
