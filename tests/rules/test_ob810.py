from openbook.rules.ob810 import RULE
from tests.rules.wording import findings

TABLE = "单位名称\t单位性质\t单位规格\t经费保障形式\n某行政审批局本级\t行政\t正科级\t财政拨款\n{more}\n\n对{count}个下属事业单位进行考评。"


def test_units_stated_but_not_in_the_table():
    [finding] = findings(RULE, TABLE.format(more="", count=2))
    assert (finding.actual, finding.expected) == ("2", "0")


def test_as_many_units_as_in_the_table():
    assert findings(RULE, TABLE.format(more="某服务中心\t事业\t股级\t财政拨款", count=1)) == []
    assert findings(RULE, "对2个下属事业单位进行考评。") == []
