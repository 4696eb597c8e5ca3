from openbook.rules.ob321 import RULE
from tests.narrative.samples import findings


def test_a_change_without_reason():
    [finding] = findings(
        RULE,
        three_public="因公出国（境）费0万元，与上年预算数相同；公务接待费1.20万元，与上年相比预算数减少0.50万元；"
        "公务用车运行维护费3.20万元，比上年增加1.38万元，主要原因是车辆增加。",
    )
    assert finding.key == ("no-reason", "three_public", "three.reception")


def test_reasons_in_any_place_are_seen():
    assert not findings(RULE, operating="机关运行经费50.00万元，比上年增加5.00万元，主要原因是人员增加。")
    assert not findings(RULE, operating="机关运行经费50.00万元，比上年增加5.00万元。主要原因是：人员增加。")
    assert not findings(RULE, operating="由于人员增加，机关运行经费50.00万元，比上年增加5.00万元。")
    assert not findings(RULE, operating="为落实过紧日子要求，机关运行经费50.00万元，比上年减少5.00万元。")


def test_the_reasons_of_the_parts_explain_the_total():
    assert not findings(
        RULE,
        three_public="“三公”经费预算4.40万元，比上年增加0.20万元。其中：公务接待费1.20万元，比上年增加0.20万元，主要原因是来访增加。",
    )


def test_standstill_needs_no_reason():
    assert not findings(RULE, operating="机关运行经费50.00万元，与上年持平。")
    assert not findings(RULE, operating="机关运行经费50.00万元，比上年增加0万元。")
