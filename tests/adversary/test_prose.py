"""Correct sentences in other wordings: no error, and no silly warning."""

from __future__ import annotations

from openbook.findings import Context
from openbook.rules.ob310 import RULE as ITEMS
from tests.rules.wording import understood

FUND = """上海市某区2024年区级部门预算
2024年部门一般公共预算支出功能分类预算表
编制部门：某区民政局
单位：元
类	款	项	功能分类科目名称	合计	基本支出	项目支出
208			社会保障和就业支出	300,000	300,000	0
208	02		民政管理事务	300,000	300,000	0
208	02	01	行政运行	300,000	300,000	0
合计				300,000	300,000	0

2024年部门政府性基金预算支出功能分类预算表
编制部门：某区民政局
单位：元
类	款	项	功能分类科目名称	合计	基本支出	项目支出
229			其他支出	6,405,545	0	6,405,545
229	60		彩票公益金安排的支出	6,405,545	0	6,405,545
229	60	02	用于社会福利的彩票公益金支出	6,405,545	0	6,405,545
合计				6,405,545	0	6,405,545

## 2024年部门预算编制说明
财政拨款支出主要内容如下：
1. “社会保障和就业支出（类）民政管理事务（款）行政运行（项）”30.00万元，主要用于人员经费。
2. “其他支出（类）彩票公益金安排的支出（款）用于社会福利的彩票公益金支出（项）”640.55万元，主要用于养老服务。
"""


def test_an_item_whose_name_begins_with_used_for():

    assert list(ITEMS.check(Context(understood(FUND)))) == []
