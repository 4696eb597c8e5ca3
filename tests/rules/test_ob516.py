from openbook.findings import Severity
from openbook.rules.ob516 import RULE
from tests.rules.project_forms import check, form, severities


def test_empty_parts_are_one_hint():
    [finding] = check(RULE, form(filed="", texts={"立项依据": "", "保证项目实施的制度、措施": "无"}))
    assert "立项依据、保证项目实施的制度、措施（填“无”）、填报日期" in finding.message


def test_an_empty_goal_of_the_year():
    [finding] = check(RULE, form(goals=("机房稳定运行", "")))
    assert "年度目标" in finding.message


def test_a_complete_form():
    assert not check(RULE, form())


def test_a_form_without_indicators():
    assert severities(RULE, form(lines=[])) == [Severity.WARNING]
