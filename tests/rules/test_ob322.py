from openbook.rules.ob322 import RULE
from tests.narrative.samples import findings


def test_an_empty_reason():
    [finding] = findings(
        RULE,
        three_public="公务用车购置及运行费3.20万元，与2023年预算持平，主要原因是。其中：公务用车购置费0万元。",
    )
    assert finding.key == ("empty-reason", "three_public", "three.vehicle")


def test_a_placeholder_is_no_reason():
    assert findings(RULE, operating="机关运行经费50.00万元，比上年增加5.00万元，主要原因是XX。")
    assert findings(RULE, operating="机关运行经费50.00万元，比上年增加5.00万元，主要原因是：无。")


def test_real_reasons_are_silent():
    assert not findings(RULE, three_public="公务接待费1.20万元，与上年持平，主要原因是无此项变化。")
    assert not findings(RULE, operating="机关运行经费50.00万元，比上年增加5.00万元，主要原因是人员增加。")
