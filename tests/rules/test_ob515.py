from openbook.findings import Severity
from openbook.rules.ob515 import RULE
from tests.rules.project_forms import PLAIN, form, severities

OTHER = [("数量指标", "会议次数", "≥3次", "≥3次"), *PLAIN[1:]]
GOALS = ("开好会议，议定的事项都办成", "全年开好三次会议，议定的事项都办成")


def test_the_same_indicators():
    assert severities(RULE, form() + form("会议费", goals=GOALS)) == [Severity.WARNING]


def test_the_same_goals():
    short = ("单位正常运转", "单位正常运转")
    assert not severities(RULE, form(goals=short) + form("会议费", lines=OTHER, goals=short))
    long = ("保障单位全年各项工作正常运转、按时完成任务",) * 2
    assert severities(RULE, form(goals=long) + form("会议费", lines=OTHER, goals=long)) == [Severity.INFO]


def test_different_forms_and_two_forms_of_one_project():
    assert not severities(RULE, form() + form("会议费", lines=OTHER, goals=GOALS))
    assert not severities(RULE, form() + form())
