from openbook.rules.ob811 import RULE
from tests.rules.wording import findings


def test_known_slips_are_put_right():
    found = findings(RULE, "涉及资206万元；社区事物受理场所。。")
    assert {one.expected for one in found} == {"涉及资金206", "事务受理", "。"}
    assert ("slip", "涉及资#") in {one.key for one in found}


def test_right_words_do_not_fire():
    assert findings(RULE, "涉及资金206万元，社区事务受理，公务用车购置及运行费。") == []
