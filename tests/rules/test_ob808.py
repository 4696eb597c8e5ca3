from openbook.rules.ob808 import RULE
from tests.rules.wording import findings

HEAD = """# 目 录

第一部分 概况.....\t1
一、本部门职责.....\t1
二、政府采购情况.....\t18
（一）政府购买服务指导性目录.....\t45
（二）其他事项.....\t{page}
第二部分 名词解释.....\t47

"""
BODY = """## 第一部分 概况

一、本部门职责

负责审批。

二、政府采购情况

无。

（一）政府购买服务指导性目录

（二）其他事项

第二部分 名词解释
"""


def test_the_page_that_breaks_the_order_is_named():
    [finding] = findings(RULE, HEAD.format(page=23) + BODY)
    assert "“其他事项”却在第 23 页" in finding.message
    assert finding.locations[0].place.line == 7


def test_an_entry_without_its_part_is_found():
    [finding] = findings(RULE, HEAD.format(page=46) + BODY.replace("二、政府采购情况", "二、采买"))
    assert finding.key == ("not-in-body", "政府采购情况")


def test_contents_in_order_are_fine():
    assert findings(RULE, HEAD.format(page=46) + BODY) == []
    assert findings(RULE, BODY) == []
