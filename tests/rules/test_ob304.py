from openbook.findings import Severity
from openbook.rules.ob304 import RULE
from tests.narrative.samples import findings

ITEM = "“一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）”390.00万元。"


def test_a_fall_called_growth_is_an_error():
    [finding] = findings(
        RULE, operating="机关运行经费50.00万元，上年预算60.00万元，比上年预算增加10.00万元。"
    )
    assert finding.severity is Severity.ERROR
    assert finding.expected == "减少"


def test_standstill_of_two_different_figures_is_an_error():
    [finding] = findings(RULE, operating="机关运行经费50.00万元，上年安排机关运行经费60.00万元，与上年持平。")
    assert "持平" in finding.message


def test_a_reason_that_moves_the_same_thing_the_other_way():
    text = "2023年预算执行数为400.00万元，2024年预算安排390.00万元，比2023年预算执行数减少2.50%。主要原因是：行政运行经费{}。"
    assert findings(RULE, general=ITEM + text.format("增加"))
    assert not findings(RULE, general=ITEM + text.format("减少"))


def test_growth_with_the_reason_of_a_fall():
    text = "机关运行经费50.00万元，比上年增加5.00万元，{}的主要原因是定额调整。"
    assert findings(RULE, operating=text.format("减少"))
    assert not findings(RULE, operating=text.format("增加"))


def test_reasons_about_other_things_are_silent():
    assert not findings(
        RULE, operating="机关运行经费50.00万元，比上年减少5.00万元，主要原因是办公用房增加而人员减少。"
    )


def test_an_amount_that_falls_while_its_percentage_rises_is_an_error():
    text = "机关运行经费50.00万元，比上年{}。"
    [finding] = findings(RULE, operating=text.format("减少10.00万元，增长16.67%"))
    assert finding.severity is Severity.ERROR
    assert finding.actual == "增加16.67%"
    assert findings(RULE, operating=text.format("减10.00万元，增16.67%"))
    assert not findings(RULE, operating=text.format("减少10.00万元，下降16.67%"))
    assert not findings(RULE, operating=text.format("减少10.00万元，增长-16.67%"))
    assert not findings(RULE, operating=text.format("减少10.00万元，比年初预算增长16.67%"))


def test_right_directions_are_silent():
    assert not findings(RULE, operating="机关运行经费50.00万元，上年预算40.00万元，比上年预算增加10.00万元。")
    assert not findings(
        RULE, operating="机关运行经费50.00万元，上年安排机关运行经费50.00万元，与上年相比无变动。"
    )
