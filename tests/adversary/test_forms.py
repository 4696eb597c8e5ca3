"""Targets as correct forms state them: nothing to find."""

from __future__ import annotations

import pytest

from openbook.rules.ob507 import RULE as COST
from openbook.rules.ob508 import RULE as DIRECTION
from openbook.rules.ob509 import RULE as HALVES
from openbook.rules.ob512 import RULE as UNITS
from openbook.rules.ob513 import RULE as DATES
from tests.rules.project_forms import form, severities

_RIGHT = (
    ("数量指标", "监测点数量", "=12个", "12个"),
    ("数量指标", "印刷宣传资料", "1万份", "1万份"),
    ("数量指标", "疫苗采购数量", "≥2.5万毫升", "≥2.5万毫升"),
    ("数量指标", "无害化处理数量", "按实际发生", "按实际发生"),
    ("质量指标", "差错率", "≤1%", "≤1%"),
    ("质量指标", "系统故障率", "<5%", "<5%"),
    ("质量指标", "免疫密度", "90%以上", "90%以上"),
    ("时效指标", "完成时限", "2024年12月31日前", "2024年12月31日前"),
    ("时效指标", "资金支付时间", "2024年底", "2024年底"),
    ("时效指标", "响应时间", "≤30分钟", "≤30分钟"),
    ("时效指标", "第一季度完成比例", "≥25%", "≥25%"),
    ("成本指标", "项目总成本", "≤18.8万元", "≤18.8万元"),
    ("成本指标", "成本控制率", "≤100%", "≤100%"),
    ("成本指标", "预算执行率", "≥95%", "≥95%"),
    ("成本指标", "人均培训成本", "≤200元/人", "≤200元/人"),
    ("社会效益指标", "投诉率", "≤1%", "≤1%"),
    ("社会效益指标", "有责投诉次数", "=0次", "0次"),
    ("社会效益指标", "零投诉", "0件", "0件"),
    ("社会效益指标", "重大安全事故发生数", "0起", "0起"),
    ("经济效益指标", "减少经济损失", "≥50万元", "≥50万元"),
    ("生态效益指标", "农药使用量", "下降3%", "下降3%"),
    ("可持续影响指标", "管护期限", "≥3年", "≥3年"),
    ("服务对象满意度", "投诉处理满意率", "不低于90%", "不低于90%"),
)  # fmt: skip


@pytest.mark.parametrize("line", _RIGHT, ids=[line[1] for line in _RIGHT])
def test_a_right_target_is_left(line: tuple[str, str, str, str]):
    text = form(lines=[line])
    for rule in (COST, DIRECTION, HALVES, UNITS, DATES):
        assert severities(rule, text) == [], rule.code


def test_a_cost_rounded_as_printed_is_the_total():
    near = form(lines=[("成本指标", "项目总成本", "≤18.80万元", "≤18.80万元")])
    assert severities(COST, near.replace("188,000", "187,963").replace("188000", "187963")) == []
