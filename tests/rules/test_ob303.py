from openbook.findings import Severity
from openbook.rules.ob303 import RULE
from tests.narrative.samples import findings

ITEM = "“一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）”390.00万元。"


def test_growth_is_recomputed_from_both_years():
    [finding] = findings(
        RULE,
        general=ITEM
        + "2023年预算执行数为300.00万元，2024年预算安排390.00万元，比2023年预算执行数增加50.00%。",
    )
    assert finding.severity is Severity.ERROR
    assert (finding.expected, finding.actual) == ("30.00%", "50.00%")


def test_right_growth_is_silent():
    assert not findings(
        RULE,
        general=ITEM
        + "2023年预算执行数为300.00万元，2024年预算安排390.00万元，比2023年预算执行数增加30.00%。",
    )


def test_change_and_growth_must_fit_the_total():
    text = "预算收入总计1000.00万元，其中：本年收入900.00万元，上年结转100.00万元，比上年增加200.00万元，增加{}。"
    assert not findings(RULE, change=text.format("25.00%"))
    [finding] = findings(RULE, change=text.format("28.00%"))
    assert finding.expected == "25.00%"
    assert "800.00万元" in finding.message


def test_change_is_recomputed_from_last_years_figure():
    text = "机关运行经费50.00万元，比上年预算数40.00万元增加{}万元。"
    assert not findings(RULE, operating=text.format("10.00"))
    [finding] = findings(RULE, operating=text.format("12.00"))
    assert finding.expected == "10.00万元"


def test_the_change_after_a_breakdown_may_belong_to_the_part_or_to_the_whole():
    text = "公务用车购置及运行费46.56万元，其中：公务用车购置费25.00万元，公务用车运行费21.56万元。比上年增加{}，增长{}%。"
    assert not findings(RULE, three_public=text.format("25.00万元", "115.96"))
    assert findings(RULE, three_public=text.format("25.00万元", "15.96"))


def test_budget_is_not_compared_with_execution():
    assert not findings(
        RULE, operating="机关运行经费50.00万元，2023年预算执行数为30.00万元，比2023年预算数增加25.00%。"
    )


def test_of_two_amounts_the_one_of_the_statement_is_computed_from():
    text = ITEM + "2023年预算执行数为300.00万元，2024年预算安排780.00万元，比2023年预算执行数增加{}。"
    [finding] = findings(RULE, general=text.format("50.00%"))
    assert finding.expected == "30.00%"
    assert "390.00万元" in finding.message
    assert not findings(RULE, general=text.format("30.00%"))


def test_budget_and_outcome_of_last_year_side_by_side():
    text = (
        "公务接待费1.20万元，上年预算数1.80万元，上年实际支出1.10万元，比上年预算减少0.60万元，下降{}，"
        "比上年实际支出增加0.10万元，增长9.09%。"
    )
    assert not findings(RULE, three_public=text.format("33.33%"))
    [finding] = findings(RULE, three_public=text.format("23.33%"))
    assert finding.expected == "-33.33%"


def test_two_comparisons_in_one_sentence_are_judged_apart():
    text = "一般公共预算支出900.00万元，比2023年执行数减少100.00万元，下降10.00%；比2023年预算数增加50.00万元，增长{}。"
    assert not findings(RULE, general=text.format("5.88%"))
    [finding] = findings(RULE, general=text.format("8.55%"))
    assert finding.expected == "5.88%"


def test_an_increase_from_nothing_is_left_to_its_own_rule():
    text = "公务接待费1.20万元，比上年增加1.20万元，增长{}%，其中用于会议1.10万元。"
    assert not findings(RULE, three_public=text.format("100"))


def test_growth_is_computed_from_an_amount_that_leaves_something_before():
    text = ITEM + "2024年预算安排790.00万元，比上年增加390.00万元，增长50%。"
    [finding] = findings(RULE, general=text)
    assert finding.expected == "97.50%"
