from openbook.findings import Severity
from openbook.rules.ob509 import RULE
from tests.rules.project_forms import form, severities


def pair(period: str, year: str, years: str = "3年", level: str = "数量指标") -> str:
    return form(lines=[(level, "组织活动次数", period, year)], period=years)


def test_opposite_bounds():
    assert severities(RULE, pair("≥1次", "≤1次")) == [Severity.WARNING]


def test_the_whole_is_less_than_a_part():
    assert severities(RULE, pair("≥4次", "≥6次")) == [Severity.WARNING]
    assert not severities(RULE, pair("≥12次", "≥4次"))
    assert not severities(RULE, pair("≥90%", "≥95%", level="质量指标"))


def test_a_project_of_one_year():
    assert severities(RULE, pair("≥12套", "12套", "1年")) == [Severity.INFO]
    assert severities(RULE, pair("≥12套", "≥9套", "1年")) == [Severity.WARNING]
    assert not severities(RULE, pair("≥12套", "≥12套", "1年"))


def test_values_of_different_units_or_words_are_left():
    assert not severities(RULE, pair("≥12套", "稳定", "1年"))
    assert not severities(RULE, pair("≥1年", "≥12个月", "1年"))


def test_a_level_and_a_rise():
    text = form(lines=[("服务对象满意度指标", "群众满意度", "≥90%", "提高90%")] * 2)
    assert severities(RULE, text) == [Severity.INFO]
    assert not severities(RULE, form(lines=[("社会效益指标", "办事效率", "提高30%", "提高10%")]))
    assert not severities(RULE, form(lines=[("社会效益指标", "办事效率", "≥90%", "提高5%")]))
