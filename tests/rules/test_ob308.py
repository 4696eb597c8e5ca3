from openbook.findings import Severity
from openbook.rules.ob308 import RULE
from tests.narrative.samples import findings


def test_areas_that_do_not_add_up_are_an_error():
    text = "地上建筑面积为{}平方米（其中计容面积7998平方米，不计容面积105平方米）。"
    [finding] = findings(RULE, project=text.format("8013"))
    assert finding.severity is Severity.ERROR
    assert finding.difference == "90平方米"
    assert not findings(RULE, project=text.format("8103"))


def test_an_approximate_total_is_a_doubt():
    [finding] = findings(
        RULE, project="总建筑面积约为13459平方米，其中地上面积8013平方米，地下面积5356平方米。"
    )
    assert finding.severity is Severity.WARNING


def test_basic_and_project_expenditure_make_up_the_total():
    text = "支出预算1000.00万元，其中：基本支出400.00万元，占40%；项目支出{}万元，占60%。"
    assert not findings(RULE, expenditure=text.format("600.00"))
    assert findings(RULE, expenditure=text.format("610.00"))


def test_rounding_of_the_parts_is_no_fault():
    assert not findings(RULE, expenditure="支出预算206万元，其中：基本支出18.37万元；项目支出187.62万元。")


def test_three_public_expenses_add_up_over_paragraphs():
    text = "“三公”经费预算{}万元。其中：\n\n（一）因公出国（境）费0万元。\n\n（二）公务用车购置及运行费3.20万元。\n\n（三）公务接待费1.20万元。"
    assert not findings(RULE, three_public=text.format("4.40"))
    assert findings(RULE, three_public=text.format("5.40"))


def test_a_bracket_breaks_down_the_figure_before_it():
    assert not findings(
        RULE,
        expenditure="支出预算1000.00万元，其中基本支出400.00万元（人员经费350.00万元，公用经费50.00万元），项目支出600.00万元。",
    )


def test_carry_over_is_one_of_the_parts():
    assert not findings(
        RULE,
        basic="基本支出400.00万元，包括人员经费350.00万元和公用经费45.00万元，上年结转公用经费5.00万元。",
    )


def test_parts_greater_than_their_whole_are_a_doubt():
    [finding] = findings(
        RULE, operating="机关运行经费50.00万元，主要用于办公费30.00万元、印刷费15.00万元、差旅费10.00万元等。"
    )
    assert finding.severity is Severity.WARNING
    assert finding.difference == "5.00万元"


def test_changes_of_the_parts_add_up_to_the_change_of_the_total():
    text = (
        "预算收支安排1000.00万元，较2023年增加216.08万元，其中：基本支出增加56.21万元；项目支出增加{}万元。"
    )
    assert not findings(RULE, change=text.format("159.88"))
    assert findings(RULE, change=text.format("169.88"))


def test_changes_of_the_parts_in_other_paragraphs():
    text = (
        "“三公”经费预算4.40万元，比2023年增加0.88万元。\n\n其中：因公出国（境）费0万元，与上年预算数相同；"
        "公务接待费1.20万元，比上年减少{}万元；公务用车运行维护费3.20万元，比上年{}1.38万元；公务用车购置费0万元，与上年相同。"
    )
    assert not findings(RULE, three_public=text.format("0.50", "增加"))
    assert not findings(RULE, three_public=text.format("0.49", "增加"))  # rounding
    for wrong in (("0.80", "增加"), ("0.50", "减少")):
        [finding] = findings(RULE, three_public=text.format(*wrong))
        assert finding.severity in (None, Severity.ERROR)
        assert finding.key[0] == "changes"


def test_changes_against_the_outcome_of_last_year_are_not_mixed_with_those_against_its_budget():
    text = (
        "“三公”经费预算4.40万元，比2023年预算增加0.88万元。\n\n其中：因公出国（境）费0万元，与上年相同；"
        "公务接待费1.20万元，比上年执行数减少0.90万元；公务用车购置及运行费3.20万元，比上年预算增加1.38万元。"
    )
    assert not findings(RULE, three_public=text)


def test_spending_that_few_departments_have_is_a_part_where_it_is_listed():
    text = "支出预算1000.00万元，其中：基本支出400.00万元，占40%；项目支出590.00万元，占59%；经营支出{}万元，占1%。"
    assert not findings(RULE, expenditure=text.format("10.00"))
    assert findings(RULE, expenditure=text.format("16.00"))
