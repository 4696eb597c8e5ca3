from openbook.rules.ob312 import RULE
from tests.narrative.samples import findings

AGED = "社会保障和就业支出（类）行政事业单位养老支出（款）"
FIRST = f"1. “{AGED}行政单位离退休（项）”6.00万元，主要用于{{}}。"
SECOND = f"2. “{AGED}事业单位离退休（项）”4.00万元，主要用于{{}}。比上年增加0.50万元。主要原因是：{{}}。"


def explained(first: str, second: str, reason: str):
    return findings(RULE, general=FIRST.format(first) + "\n\n" + SECOND.format(second, reason))


def test_the_use_of_another_item():
    [finding] = explained("行政单位离退休", "行政单位离退休", "人员增加")
    assert "用途" in finding.message


def test_the_reason_of_another_item():
    [finding] = explained("退休人员经费", "事业单位离退休", "行政单位离退休经费增加")
    assert "增减原因" in finding.message


def test_own_names_and_free_words_are_silent():
    assert not explained("行政单位离退休", "事业单位离退休人员经费", "事业单位离退休经费增加")
    assert not explained("退休人员活动费", "退休人员生活补贴", "根据实际支出")
