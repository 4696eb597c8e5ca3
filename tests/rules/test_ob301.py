from openbook.findings import Severity
from openbook.rules.ob301 import RULE
from tests.narrative.samples import findings


def test_an_amount_that_no_cell_bears_out_is_an_error():
    [finding] = findings(RULE, operating="2024年度安排机关运行经费财政拨款13万元，与上年持平。")
    assert finding.severity is Severity.ERROR
    assert (finding.expected, finding.difference) == ("50.00万元", "37.00万元")
    assert "50.00万元" in finding.message
    assert finding.locations[0].value == "13万元"
    assert finding.key == ("amount-differs", "operating", "operating.total")


def test_the_right_amount_is_silent():
    assert not findings(RULE, operating="2024年度安排机关运行经费财政拨款50.00万元，与上年持平。")


def test_any_candidate_will_do():
    assert not findings(RULE, revenue="2024年度收入预算900万元。")
    assert not findings(RULE, revenue="2024年度收入预算1000万元。")
    assert findings(RULE, revenue="2024年度收入预算950万元。")


def test_yuan_taken_for_ten_thousand_yuan_is_named():
    [finding] = findings(RULE, operating="2024年度安排机关运行经费500000.00万元。")
    assert "一万倍" in finding.message


def test_last_years_figures_changes_and_other_units_are_not_judged():
    assert not findings(
        RULE,
        operating="2023年机关运行经费预算执行数为40.00万元，2024年预算50.00万元，比上年增加10.00万元。"
        "其中：下属服务中心机关运行经费7.00万元，办公费3.00万元。",
    )


def test_carry_over_told_apart_is_added():
    assert not findings(
        RULE,
        basic="基本支出400.00万元，包括人员经费350.00万元和公用经费45.00万元，上年结转公用经费5.00万元。",
    )


def test_a_project_is_found_by_its_name_only_and_so_is_a_doubt():
    text = "示例区其他中心机关运行经费7.00万元。"
    assert all(finding.severity is Severity.WARNING for finding in findings(RULE, operating=text))


def test_the_money_of_the_goals_of_the_whole_department_is_compared_with_its_expenditure():
    text = "2024年编报部门整体绩效目标，涉及资金{}万元。纳入绩效目标管理的项目3个，涉及金额20.00万元。"
    assert not findings(RULE, performance=text.format("1000"))
    assert not findings(RULE, performance=text.format("900.00"))
    [finding] = findings(RULE, performance=text.format("1060"))
    assert finding.severity is Severity.WARNING
