from openbook.findings import Severity
from openbook.rules.ob515 import RULE
from tests.rules.project_forms import PLAIN, check, described, form, severities

OTHER = [("数量指标", "会议次数", "≥3次", "≥3次"), *PLAIN[1:]]
GOALS = ("开好会议，议定的事项都办成", "全年开好三次会议，议定的事项都办成")


def test_the_same_indicators():
    assert severities(RULE, form() + form("会议费", goals=GOALS)) == [Severity.WARNING]


def test_the_same_goals():
    short = ("单位正常运转", "单位正常运转")
    assert not severities(RULE, form(goals=short) + form("会议费", lines=OTHER, goals=short))
    long = ("保障单位全年各项工作正常运转、按时完成任务",) * 2
    assert severities(RULE, form(goals=long) + form("会议费", lines=OTHER, goals=long)) == [Severity.INFO]


def test_different_forms():
    assert not severities(RULE, form() + form("会议费", lines=OTHER, goals=GOALS))


def _year(year: str, cost: str, visits: str = "≥50次") -> str:
    return described(
        ("数量指标", "走访企业次数", "反映走访次数", visits, f"{year}年工作计划"),
        ("质量指标", "走访覆盖率", "反映覆盖情况", "≥90%", f"{year}年工作计划"),
        ("时效指标", "完成时间", "反映完成时间", f"{year}年底前", f"{year}年工作计划"),
        ("成本指标", "成本预算控制数", "控制在预算额度内", f"≤{cost}万元", f"{year}年预算批复"),
        ("服务对象满意度指标", "企业满意度", "抽样调查", "≥95%", "调查问卷"),
        project="走访经费",
    ).replace("保障热线", f"保障{cost}热线")


def test_one_project_whose_forms_differ_in_year_and_sum():
    pair = _year("2024", "4") + _year("2023", "0.13")
    [finding] = check(RULE, pair)
    assert finding.severity is Severity.INFO
    assert "5 个指标中有 5 个" in finding.message
    assert severities(RULE, _year("2024", "4") + _year("2023", "0.13", "≥5次")) == [Severity.INFO]


def test_one_project_whose_forms_have_their_own_targets():
    other = _year("2023", "0.13", "≥5次").replace("≥95%", "≥92%").replace("≥90%", "≥80%")
    assert not severities(RULE, _year("2024", "4") + other)


def test_another_project_with_other_years_and_sums_only():
    other = _year("2023", "0.13")
    assert severities(RULE, _year("2024", "4") + other.replace("走访经费", "巡查经费")) == [Severity.INFO]
    assert not severities(
        RULE, _year("2024", "4") + other.replace("走访经费", "巡查经费").replace("≥90%", "≥80%")
    )
