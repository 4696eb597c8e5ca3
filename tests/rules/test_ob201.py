from tests.statements.tables import codes, findings

TABLE = """2024年部门预算支出总表
单位：万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
2010306 | 政务公开审批 | {} | 501.87 | 2139.06"""
REVENUE = """2024年部门收入总表
科目编码 | 科目名称 | 合计 | 本年收入小计 | 一般公共预算 | 单位资金 | 上年结转
2010306 | 政务公开审批 | {} | 70.00 | 50.00 | 20.00 | 5.00"""


def test_the_sum_of_basic_and_project_is_another():
    text = TABLE.format("2640.92").replace("2139.06", "2139.16")
    [found] = findings("OB201", text)
    assert found.severity.word == "error"
    assert (found.locations[0].role, found.locations[0].place.line) == ("suspect", 4)
    assert "2,641.03" in found.message
    assert "相差 0.11" in found.message
    assert codes(text, web=True) == ["OB201"]


def test_the_sum_holds():
    assert findings("OB201", TABLE.format("2640.93")) == []


def test_a_revenue_row_has_two_sums():
    assert codes(REVENUE.format("75.00")) == []
    assert codes(REVENUE.format("70.00")) == ["OB201"]


def test_what_rounding_explains_does_not_fire():
    assert findings("OB201", TABLE.format("2640.92")) == []
    assert findings("OB201", TABLE.format("2640.94")) == []


def test_a_row_whose_head_was_guessed_is_a_warning():
    garbled = TABLE.replace("基本支出", "甚本攴出").format("2640.92").replace("2139.06", "2139.16")
    [found] = findings("OB201", garbled)
    assert found.severity.word == "warning"


def test_a_part_without_a_column_is_no_contradiction():
    text = """部门收入总表
科目编码 | 科目名称 | 合计 | 财政拨款收入 | 上年结转
2010306 | 政务公开审批 | 75.00 | 70.00 | 5.00
2010350 | 事业运行 |  |  | """
    assert codes(text) == []
