from openbook.findings import Severity
from openbook.rules.ob504 import RULE
from tests.rules.project_forms import check, form, severities, statement

PARTS = "绩效目标管理的项目2个，金额{}万元。其中：其他运转类项目1个，涉及金额18.76万元；特定目标类项目1个，涉及金额50.00万元。\n"
TWO = statement(("机房维护费", "18.80"), ("热线运行费", "5.00"))


def test_parts_do_not_make_the_sum():
    [finding] = check(RULE, PARTS.format("30.00"))
    assert (finding.severity, finding.expected, finding.actual) == (Severity.ERROR, "68.76万元", "30.00万元")


def test_parts_make_the_sum():
    assert not check(RULE, PARTS.format("68.76"))


def test_against_the_statement():
    text = "2024年实行绩效目标管理的项目2个，涉及金额{}万元。\n\n"
    [finding] = check(RULE, TWO + text.format("23.84"))
    assert finding.difference == "0.04万元"
    assert not check(RULE, TWO + text.format("23.80"))
    assert not check(RULE, TWO + text.format("18.80").replace("2个", "1个"))  # not all projects


def test_against_the_forms():
    text = "编报绩效目标的项目2个，涉及项目预算资金{}万元。\n\n" + form() + form("热线运行费", "50,043")
    assert severities(RULE, text.format("24.80")) == [Severity.ERROR]
    assert not check(RULE, text.format("23.80"))


def test_forms_of_only_some_projects_prove_nothing():
    assert not check(RULE, "编报绩效目标的项目50个，涉及项目预算资金5634.81万元。\n\n" + form())


def test_share_of_the_total():
    text = "公开项目绩效目标1个，涉及项目金额{}万元，占部门项目支出总额的{}。\n"
    assert severities(RULE, TWO + text.format("18.80", "100%")) == [Severity.ERROR]
    assert not check(RULE, TWO + text.format("18.80", "78.99%"))
    assert not check(RULE, TWO + text.format("18.80", "79%"))


LISTED = "绩效目标情况\n\n- （1）机房维护费：{}万元\n- （2）热线运行费：5万元\n\n"


def test_a_listed_project_has_another_amount():
    [finding] = check(RULE, TWO + LISTED.format("81.8"))
    assert (finding.severity, finding.expected, finding.actual) == (Severity.ERROR, "18.80万元", "81.8万元")
    assert not check(RULE, TWO + LISTED.format("18.8"))
    assert not check(RULE, TWO + LISTED.format("１８. ８"))


def test_listed_projects_in_one_paragraph():
    text = TWO + "公开绩效目标的项目如下：\n\n1、机房维护费{}万元；2、热线运行费5万元。\n\n"
    assert severities(RULE, text.format("88.10")) == [Severity.ERROR]
    assert not check(RULE, text.format("18.80"))


def test_projects_of_one_name_listed_one_by_one():
    two = statement(("智慧城区", "684.00"), ("智慧城区", "1400.00"))
    text = "绩效目标情况\n\n（1）智慧城区：684万元\n\n（2）智慧城区：{}万元\n\n"
    assert severities(RULE, two + text.format("1040")) == [Severity.ERROR]
    assert not check(RULE, two + text.format("1400"))
    assert not check(RULE, two + text.format("2084"))  # both together


def test_a_list_of_something_else_is_no_list_of_projects():
    other = "基本支出包括：\n\n（1）办公费：3万元\n\n（2）热线运行费：6万元\n\n"
    assert not check(RULE, TWO + other)
    last_year = "上年项目绩效目标情况\n\n（1）机房维护费：10万元\n\n（2）热线运行费：6万元\n\n"
    assert not check(RULE, TWO + last_year)


def test_lines_that_do_not_make_their_total_prove_nothing():
    text = statement(("机房维护费", "18.80"), ("热线运行费", "5.00"), total="99.00") + LISTED.format("81.8")
    assert severities(RULE, text) == [Severity.WARNING]


def test_a_blank_after_the_point():
    assert not check(RULE, PARTS.format("68. 76"))
    [finding] = check(RULE, PARTS.format("30. 00"))
    assert finding.actual == "30.00万元"


def test_wide_digits():
    [finding] = check(
        RULE, PARTS.format("30.00").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    )
    assert (finding.severity, finding.expected) == (Severity.ERROR, "68.76万元")


def test_lines_that_make_the_stated_sum_beside_another_total():
    text = "2024年实行绩效目标管理的项目2个，涉及金额23.80万元。\n\n"
    wrong = statement(("机房维护费", "18.80"), ("热线运行费", "5.00"), total="21.00")
    assert not check(RULE, wrong + text)
    assert severities(RULE, wrong + text.replace("23.80", "22.00")) == [Severity.ERROR]
