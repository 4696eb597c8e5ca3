import pytest

from openbook.rules.ob508 import RULE
from tests.rules.project_forms import check, described, form


def one(level: str, name: str, value: str, description: str = "反映情况") -> str:
    return described((level, name, description, value, "2024年工作计划"))


@pytest.mark.parametrize(
    ("level", "name", "value"),
    [
        ("成本指标", "宣传经费", "≥1.4万"),
        ("成本指标", "使用成本增长率", "≥90%"),
        ("时效指标", "事项办结时间", "≥5个工作日"),
        ("数量指标", "群众投诉次数", "≥5次"),
        ("数量指标", "培训人数", "≤200人"),
        ("社会效益指标", "受益企业数", "≤1000 家"),
        ("服务对象满意度指标", "群众满意度", "≤95%"),
    ],
)
def test_the_wrong_direction(level, name, value):
    assert len(check(RULE, one(level, name, value))) == 1


@pytest.mark.parametrize(
    ("level", "name", "value"),
    [
        ("成本指标", "宣传经费", "≤1.4万"),
        ("成本指标", "采购成本节约率", "≥5%"),
        ("数量指标", "投诉办结数量", "≥50件"),
        ("数量指标", "装修面积", "≤1500平方米"),
        ("数量指标", "群众跑动次数", "≤1次"),
        ("数量指标", "单价", "≤300元"),
        ("时效指标", "事项办结时间", "≤5个工作日"),
        ("时效指标", "服务保障时间", "≥365天"),
        ("经济效益指标", "降低交易成本", "≥2%"),
        ("质量指标", "故障率", "≤1%"),
    ],
)
def test_the_right_direction(level, name, value):
    assert not check(RULE, one(level, name, value))


def test_the_description_may_say_what_is_counted():
    assert not check(RULE, one("数量指标", "系统安全", "≤5次", "系统故障次数"))


def test_equal_halves_are_one_finding():
    assert len(check(RULE, form(lines=[("数量指标", "培训人数", "≤200人", "≤200人")]))) == 1


def test_halves_that_contradict_each_other_are_said_once():
    assert not check(RULE, form(lines=[("数量指标", "组织培训活动", "≥1次", "≤1次")]))
    assert len(check(RULE, form(lines=[("数量指标", "组织培训活动", "≤1次", "≤1次")]))) == 1
