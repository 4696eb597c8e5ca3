import pytest

from openbook.findings import Severity
from openbook.rules.ob513 import RULE
from tests.rules.project_forms import check, described, form, severities


def one(value: str, name: str = "完成采购时间") -> str:
    return described(("时效指标", name, "反映情况", value, "工作计划"))


@pytest.mark.parametrize("value", ["2021年12月前完成", "2020 年底前", "于2023年11月30日前完成"])
def test_a_deadline_before_the_year(value):
    assert severities(RULE, one(value)) == [Severity.ERROR]


@pytest.mark.parametrize(
    "value",
    [
        "2024年12月前完成",
        "12月底前",
        "依据某财城【2016】148号文件",
        "落实2019-2022年规划",
        "《2021年方案》",
        "≥2000次",
    ],
)
def test_deadlines_of_the_year_and_other_years(value):
    assert not severities(RULE, one(value))


def test_no_plain_deadline_is_only_a_warning():
    assert severities(RULE, one("2023年底前立案的案件全部结案")) == [Severity.WARNING]


def test_an_early_stage_of_a_longer_project():
    lines = [("时效指标", "完成时间", "2023年6月前完成", "2024年6月前完成")]
    assert severities(RULE, form(lines=lines, period="3年")) == [Severity.WARNING]


def test_a_deadline_after_the_year():
    lines = [("时效指标", "完成时间", "2025年6月前完成", "2025年6月前完成")]
    assert severities(RULE, form(lines=lines)) == [Severity.WARNING]
    assert not severities(RULE, form(lines=lines, period="3年"))


def test_the_year_must_be_known():
    assert not severities(RULE, one("2021年12月前完成"), year=None)


def test_a_blank_in_a_name_makes_no_other_finding():
    text = form(lines=[("时效指标", "完成时间", "2021年底前", "2021年底前")])
    [one], [other] = check(RULE, text), check(RULE, text.replace("机房维护费", "机房 维护费"))
    assert one.key == other.key
