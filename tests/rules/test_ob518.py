from openbook.findings import Severity
from openbook.rules.ob518 import RULE
from tests.rules.project_forms import check, form


def test_a_plan_longer_than_the_period():
    [finding] = check(RULE, form(texts={"项目实施计划": "建设周期14个月，分三个阶段"}))
    assert "周期14个月" in finding.message
    [finding] = check(RULE, form(lines=[("时效指标", "购置完成时间", "420天", "420天")]))
    assert "420天" in finding.message


def test_a_plan_within_the_period():
    assert not check(RULE, form(texts={"项目实施计划": "建设周期10个月"}))
    assert not check(
        RULE, form(texts={"项目实施计划": "建设周期14个月"}, period="2年", attribute="延续性项目")
    )
    assert not check(RULE, form(lines=[("时效指标", "修复时间", "≤30天", "≤30天")]))


def test_once_but_for_several_years():
    [finding] = check(RULE, form(period="3年"))
    assert "1年结束" in finding.message
    assert not check(RULE, form(period="3年", attribute="经常性项目(长期开展)"))


def test_a_lasting_project_of_one_year():
    [finding] = check(RULE, form(attribute="延续性项目(阶段开展)"))
    assert finding.severity is Severity.INFO
    assert not check(RULE, form(attribute="延续性项目(阶段开展)", period="3年"))
    assert not check(RULE, form())
