import pytest

from openbook.rules.ob512 import RULE
from tests.rules.project_forms import check, described


def one(level: str, name: str, value: str) -> str:
    return described((level, name, "反映情况", value, "工作计划"))


@pytest.mark.parametrize(
    ("level", "name", "value"),
    [
        ("质量指标", "机关文化", "提高12月"),
        ("时效指标", "及时完工率", "2024 年底前"),
        ("质量指标", "验收合格率", "≥5次"),
        ("数量指标", "服务的企业数量", "≥70次"),
        ("数量指标", "参训人数", "≥5家"),
        ("数量指标", "绿化面积", "≥3个"),
    ],
)
def test_the_wrong_sort(level, name, value):
    assert len(check(RULE, one(level, name, value))) == 1


@pytest.mark.parametrize(
    ("level", "name", "value"),
    [
        ("质量指标", "机关文化", "提高10%"),
        ("时效指标", "完成时间", "2024 年底前"),
        ("质量指标", "验收合格率", "≥95%"),
        ("数量指标", "服务的企业数量", "≥70家"),
        ("数量指标", "参训人数", "≥50人次"),
        ("数量指标", "绿化面积", "≥3亩"),
        ("数量指标", "巡查次数", "≥3次"),
    ],
)
def test_the_right_sort(level, name, value):
    assert not check(RULE, one(level, name, value))
