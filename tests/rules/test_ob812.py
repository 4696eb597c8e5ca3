from openbook.rules.ob812 import RULE
from tests.rules.wording import findings


def test_the_wrong_name_of_the_class():
    [finding] = findings(RULE, "主要用于：一般公共预算服务支出166.60万元，占80.87%。")
    assert finding.expected == "一般公共服务支出"


def test_the_right_name_and_the_budget_itself_are_fine():
    assert findings(RULE, "一般公共服务支出166.60万元，一般公共预算支出206.00万元。") == []
