from openbook.findings import Severity
from openbook.rules.ob510 import RULE
from tests.rules.project_forms import described, form, severities


def rate(name: str, value: str) -> str:
    return described(("质量指标", name, "反映情况", value, "工作计划"))


def test_more_than_all():
    both = form(lines=[("服务对象满意度指标", "群众满意度", "≥120%", "≥120%")])
    assert severities(RULE, both) == [Severity.ERROR]
    assert severities(RULE, rate("合格率", "≥120%")) == [Severity.WARNING]  # one cell may be misread


def test_exactly_all_is_only_just_possible():
    assert severities(RULE, rate("验收合格率", "≥100%")) == [Severity.INFO]
    assert not severities(RULE, rate("验收合格率", "=100%"))
    assert not severities(RULE, rate("验收合格率", "≥95%"))


def test_growth_may_exceed():
    assert not severities(RULE, rate("市场主体增长率", "≥120%"))
    assert not severities(RULE, rate("服务效能", "提高100%"))
    assert not severities(RULE, rate("法治建设", "≥100%"))
    assert severities(RULE, rate("任务完成率", "≥110%")) == [Severity.WARNING]


def test_a_rate_in_a_sentence():
    assert severities(RULE, "绩效指标：热线畅通率700%；群众满意度≥95%。\n") == [Severity.WARNING]
    assert not severities(
        RULE, "绩效指标：热线畅通率100%；执法人员考试通过率＞95%；市场主体培育递增率110%。\n"
    )
