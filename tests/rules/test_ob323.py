from openbook.findings import Severity
from openbook.rules.ob323 import RULE
from tests.narrative.samples import findings


def test_three_public_expenses_without_comparison():
    [finding] = findings(RULE, three_public="“三公”经费预算4.40万元。")
    assert finding.severity is Severity.WARNING


def test_a_heading_that_asks_for_the_change_makes_it_a_warning():
    [finding] = findings(RULE, operating="机关运行经费50.00万元，含上年结转5.00万元。")
    assert finding.severity is Severity.WARNING


def test_any_comparison_will_do():
    assert not findings(RULE, three_public="“三公”经费预算4.40万元，与上年持平。")
    assert not findings(RULE, operating="机关运行经费50.00万元，2023年为40.00万元。")


def test_nothing_to_compare():
    assert not findings(RULE, three_public="本部门没有此项经费。", operating="无")
