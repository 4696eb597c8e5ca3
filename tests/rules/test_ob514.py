import pytest

from openbook.findings import Severity
from openbook.rules.ob514 import RULE
from tests.rules.project_forms import described, form, severities


def about(text: str) -> str:
    return form(texts={"项目概况": text})


@pytest.mark.parametrize(
    "text", ["为履行我县2022年的大厅管理职责，开展运行工作", "完成2022年电子证照归集任务"]
)
def test_an_earlier_year_as_the_year_of_the_work(text):
    assert severities(RULE, about(text)) == [Severity.WARNING]


@pytest.mark.parametrize(
    "text",
    [
        "为履行我县2024年的大厅管理职责",
        "落实《2022年营商环境行动方案》（某政发〔2022〕5号）",
        "落实2019-2022年行动计划",
        "大厅于2021年建成，开展运行维护",
        "发放2022年度考核奖",
        "完成2023年度绩效考核奖发放",
        "补发2021年7月至2022年12月绩效",
    ],
)
def test_other_years_that_are_right(text):
    assert not severities(RULE, about(text))


def test_a_description_of_last_year():
    text = described(("数量指标", "企业数量", "预计 2022 首次注册的企业数量", "≥9家", "2024年工作计划"))
    assert severities(RULE, text) == [Severity.WARNING]


def test_last_years_plan_as_ground():
    line = ("数量指标", "接听量", "反映全年来电", "≥9件")
    assert severities(RULE, described((*line, "2023 年工作计划"), (*line, "2023 年预算批复"))) == [
        Severity.INFO
    ]
    assert not severities(RULE, described((*line, "2024 年工作计划")))
    assert not severities(RULE, described((*line, "某政发〔2023〕5号")))
