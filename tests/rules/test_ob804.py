import pytest

from openbook.rules.ob804 import RULE
from tests.rules.wording import findings


@pytest.mark.parametrize(
    "text",
    [
        "2023 年行政审批局政府购买服务目录",
        "(2023年度)",
        "2023年度部门预算情况说明",
        "第三部分 2023年度部门预算情况说明",
        "第三部分2023年部门预算情况说明",
        "注：本部门2023年无政府性基金预算财政拨款，故本表为空表。",
        "2023年度部门预算支出安排18.37万元，用于人员和公用经费。",
        "项目\t2023年预算数\t备注\n合计\t1.00\t无\n其他\t1.00\t无\n",
    ],
)
def test_last_years_words_are_found(text):
    [finding] = findings(RULE, text, year=2024)
    assert (finding.expected, finding.actual) == ("2024", "2023")


@pytest.mark.parametrize(
    "text",
    [
        "2024年预算收支总表",
        "2023年当年预算执行数为10.00万元，2024年预算安排10.00万元，与上年持平。",
        "截至2023年12月31日，某局预算安排的办公用房建筑总面积0平方米。",
        "2023年部门决算公开情况说明",
        "2023年预算执行情况报告已审议。",
        "《关于2023年预算公开工作的通知》",
        "项目\t2023年预算数\t2024年预算数\n合计\t1.00\t2.00\n",
        "指标值\t2023年工作计划\n",
        "2021.7-2022.12月份行政、事业人员补充绩效",
        "2023年建成的智慧城市平台继续运行。",
    ],
)
def test_comparisons_dates_and_citations_do_not_fire(text):
    assert findings(RULE, text, year=2024) == []


def test_without_a_year_of_the_document_nothing_is_said():
    assert findings(RULE, "2023 年政府购买服务目录") == []
