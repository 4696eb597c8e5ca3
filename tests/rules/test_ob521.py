from openbook.rules.ob521 import RULE
from tests.rules.project_forms import check, described

DEPARTMENT = "绩效指标:热线畅通率100%;实现网上可办率≥{}%;满意度≥95%。\n\n"
PROJECT = described(("质量指标", "网上可办率", "事项网上可办", "100%", "工作计划"))


def test_two_targets_for_one_rate():
    [finding] = check(RULE, DEPARTMENT.format(95) + PROJECT)
    assert "实现网上可办率≥95%" in finding.message


def test_the_same_target():
    assert not check(RULE, DEPARTMENT.format(100) + PROJECT)


def test_names_too_short_to_be_the_same():
    assert not check(
        RULE, "绩效指标:事项认领率≥95%。\n\n" + described(("质量指标", "认领率", "认领", "90%", "计划"))
    )
