from openbook.findings import Severity
from openbook.rules.ob507 import RULE
from tests.rules.project_forms import form, severities


def cost(name, whole, year, **more):
    return form(lines=[("成本指标", name, whole, year)], **more)


def test_a_total_cost_that_is_not_the_total():
    assert severities(RULE, cost("成本", "100000元", "100000元")) == [Severity.WARNING]
    assert not severities(RULE, cost("成本", "188000元", "188000元"))
    assert not severities(RULE, cost("项目总成本", "≤18.8万元", "≤18.8万元"))


def test_unit_costs_are_no_totals():
    assert not severities(RULE, cost("刻章成本", "≤335元/家", "≤335元/家"))
    assert not severities(RULE, cost("专家评审费用标准", "≤800元", "≤800元"))


def test_several_costs_are_parts():
    lines = [
        ("成本指标", "维修费用", "≤100000元", "≤100000元"),
        ("成本指标", "耗材费用", "≤88000元", "≤88000元"),
    ]
    assert not severities(RULE, form(lines=lines))


def test_the_period_repeats_the_year():
    text = cost("维护经费", "188000元", "188000元", period_total="564,000", period="3年")
    assert severities(RULE, text) == [Severity.INFO]
    good = cost("维护经费", "564000元", "188000元", period_total="564,000", period="3年")
    assert not severities(RULE, good)


def test_the_cost_of_one_is_all_the_money():
    def text(name: str, count: str) -> str:
        return form(
            lines=[("数量指标", "设备数量", count, count), ("成本指标", name, "188000元", "188000元")]
        )

    assert severities(RULE, text("单位购置成本", "12套")) == [Severity.INFO]
    assert not severities(RULE, text("单位购置成本", "1套"))
    assert not severities(RULE, text("单位购置成本", "12次"))
    assert not severities(RULE, text("项目总成本", "12套"))
