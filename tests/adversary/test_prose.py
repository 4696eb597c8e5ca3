"""Correct sentences in other wordings: no error, and no silly warning."""

from __future__ import annotations

import pytest

from openbook.findings import Context
from openbook.rules.ob310 import RULE as ITEMS
from openbook.rules.table import RULES
from tests.narrative.samples import document
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


_RIGHT = [
    # lists that end, and totals that follow them
    (
        "expenditure",
        ("2024年支出预算1000.00万元，按用途划分：基本支出400.00万元，占支出预算的40.00%，包括人员经费和公用经费；"
        "项目支出600.00万元，占支出预算的60.00%；上缴上级支出0万元，对附属单位补助支出0万元。"),
    ),
    (
        "revenue",
        ("2024年预算收入1000.00万元，收入包括：一般公共预算拨款900.00万元、上年结转100.00万元；"
        "支出包括：一般公共服务支出990.00万元、社会保障和就业支出10.00万元。"),
    ),
    (
        "three_public",
        ("“三公”经费4.40万元，其中公务用车购置及运行费3.20万元，其中公务用车购置费0万元，较上年减少18.00万元，下降100.00%，"
        "主要原因是上年更新了车辆；公务用车运行维护费3.20万元，与上年持平；公务接待费1.20万元，与上年持平。"),
    ),
    # the reasons of the parts are the reason of the whole
    (
        "change",
        ("2024年预算收支安排1000.00万元，较2023年预算增加50.00万元，增长5.26%。其中：基本支出400.00万元，"
        "较2023年预算减少30.00万元，主要为减少人员经费；项目支出600.00万元，较2023年预算增加80.00万元，主要为新增项目。"),
    ),
    # all the ways of saying that nothing changed
    ("three_public", "2024年“三公”经费预算4.40万元，与上年一致。公务接待费1.20万元，与2023年相比无增减。"),
    ("three_public", "2024年“三公”经费预算4.40万元，比上年增加0万元，增长0%。公务接待费1.20万元，同比无变化。"),
    ("three_public", "2024年“三公”经费预算4.40万元，上年4.90万元，减少0.50万元，降幅10.2%，原因是压减接待。"),
    ("three_public", "2024年“三公”经费预算44,000.00元，比2023年减少5,000.00元，主要原因是厉行节约。"),
    # both totals in one word
    ("change", "2024年收、支总预算1000.00万元，与上年持平。"),
    ("change", "2024年部门收、支总计1000.00万元，与上年持平。"),
    # of the appropriations alone, not of everything
    ("change", "2024年财政拨款收、支总预算950.00万元，与上年持平。"),
    # figures that are not exact, and of others
    ("change", "2024年预算收入总计约1000万元左右，其中下属某中心120.00万元，主要用于日常运行。与上年持平。"),
    ("change", "2023年度绩效评价项目3个，涉及资金245.00万元。2024年收入总计1000.00万元，与上年持平。"),
    ("operating", "2024年机关运行经费50.00万元，较2023年的58.00万元减少8.00万元，下降13.79%，原因是节约开支。"),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "prose"), _RIGHT, ids=[f"{i}-{one[0]}" for i, one in enumerate(_RIGHT)])
def test_a_right_sentence_is_left(topic: str, prose: str):
    made = document({topic: prose})
    found = [
        f.message
        for rule in RULES
        if rule.code < "OB323" and rule.code > "OB3"
        for f in rule.check(Context(made))
    ]
    assert found == []
