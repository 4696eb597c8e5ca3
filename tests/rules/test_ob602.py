from openbook.rules.ob602 import RULE
from tests.rules.wording import findings

TEXT = """2023年本部门政府采购预算830.00万元，其中：货物10.00万元、工程550.00万元、服务270.00万元。
2023年本部门面向中小企业预留政府采购项目预算金额{}万元，其中，预留给小型和微型企业的政府采购项目预算为{}万元。
"""


def test_reserved_more_than_bought_and_micro_more_than_reserved():
    found = findings(RULE, TEXT.format("932.00", "932.40"))
    assert [one.key for one in found] == [("procurement", "reserved"), ("procurement", "micro")]


def test_shares_within_the_whole_are_fine():
    assert findings(RULE, TEXT.format("332.00", "232.40")) == []
    assert findings(RULE, TEXT.format("830.00", "830.00")) == []
