from openbook.findings import Severity
from openbook.rules.ob306 import RULE
from tests.narrative.samples import findings


def test_an_increase_greater_than_the_figure_is_impossible():
    [finding] = findings(RULE, revenue="政府性基金拨款收入0万元，比2023年预算增加14.25万元。")
    assert finding.severity is Severity.ERROR
    assert "-14.25万元" in finding.message


def test_a_fall_of_more_than_all_is_impossible():
    assert findings(RULE, operating="机关运行经费50.00万元，比上年下降120.00%。")


def test_growth_of_nothing_is_impossible():
    assert findings(RULE, three_public="公务接待费0万元，比上年增长5.00%。")


def test_possible_changes_are_silent():
    assert not findings(RULE, three_public="公务接待费0万元，比上年减少0.50万元，下降100%。")
    assert not findings(RULE, three_public="公务用车购置费25万元，比上年增加25万元。")
