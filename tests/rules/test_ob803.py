import pytest

from openbook.rules.ob803 import RULE
from tests.rules.wording import findings


def test_a_district_that_speaks_as_the_province_or_the_city():
    [finding] = findings(RULE, "“三公”经费：指省直部门用财政拨款安排的费用。", "吕梁市离石区某局")
    assert finding.locations[0].value == "指省直部门"
    assert findings(RULE, "基本支出：是市级预算主管部门及所属单位的支出。", "上海市普陀区某街道办事处")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("指省直部门用财政拨款安排的费用。", "山西省某厅"),
        ("与市级财政有经费领拨关系的部门", "上海市某局"),
        ("是区级预算主管部门及所属预算单位", "上海市普陀区某院"),
        ("纳入县级财政预算管理的“三公”经费，是指县级部门", "青龙满族自治县某局"),
        ("贯彻省级财政资金管理要求，省直部门已下放事项。", "吕梁市离石区某局"),
        ("指市级部门用财政拨款安排的费用", "介休市某局"),
        ("指省直部门用财政拨款安排的费用", "某某办公室"),
    ],
)
def test_the_own_level_and_unknown_levels_do_not_fire(text, body):
    assert findings(RULE, text, body) == []
