import pytest

from openbook.findings import Severity
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


@pytest.mark.parametrize(
    ("level", "name", "value"),
    [
        ("数量指标", "办公耗材数量", "≥50个/台/套"),
        ("数量指标", "日常开支数量", "≥50度/平方米"),
        ("服务对象满意度指标", "特殊群体满意", "90.00(度)"),
        ("服务对象满意度指标", "特殊群体满意程度", "≥90度"),
        ("质量指标", "按照要求完成", "1次"),
        ("社会效益指标", "受益的办事群众", "≥90百分比"),
    ],
)
def test_a_doubtful_sort(level, name, value):
    assert [finding.severity for finding in check(RULE, one(level, name, value))] == [Severity.INFO]


@pytest.mark.parametrize(
    ("level", "name", "value"),
    [
        ("数量指标", "打印机采购数量", "≥5台/套"),
        ("数量指标", "人均培训", "≥2次/人/年"),
        ("数量指标", "单位面积能耗", "≤50度/平方米"),
        ("数量指标", "单位建筑面积用电量", "≤50度/平方米"),
        ("服务对象满意度指标", "有效投诉", "≤3件"),
        ("质量指标", "设备故障次数", "≤1次"),
        ("质量指标", "重大安全事故", "0次"),
        ("质量指标", "因处置不当引发的上访", "0次"),
        ("社会效益指标", "受益群众比例", "≥90%"),
        ("社会效益指标", "受益群众覆盖率", "≥90%"),
        ("社会效益指标", "受益群众", "≥90人"),
    ],
)
def test_units_that_are_meant(level, name, value):
    assert not check(RULE, one(level, name, value))
