from openbook.rules.ob607 import RULE
from tests.rules.wording import check, understood

TEXT = """2024年度部门预算公开

2024年预算支出总表

部门名称：某市行政审批局

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t206.00\t18.37\t187.63
201\t一般公共服务支出\t206.00\t18.37\t187.63
20103\t政府办公厅（室）及相关机构事务\t206.00\t18.37\t187.63
2010306\t政务公开审批\t206.00\t18.37\t187.63

九、政府采购情况

政府采购预算总额{}。
"""


def test_more_is_bought_than_is_spent():
    [finding] = check(RULE, understood(TEXT.format("65,000.00万元")))
    assert finding.expected == "≤ 206.00"


def test_less_or_as_much_is_fine():
    assert check(RULE, understood(TEXT.format("6.50万元"))) == []
    assert check(RULE, understood(TEXT.format("206.00万元"))) == []
    assert check(RULE, understood(TEXT.format("65000.00元"))) == []
