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
