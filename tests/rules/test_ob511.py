from openbook.findings import Severity
from openbook.rules.ob511 import RULE
from tests.rules.project_forms import check, described, form, severities


def one(name: str, value: str) -> str:
    return described(("质量指标", name, "反映情况", value, "工作计划"))


def test_values_that_are_none():
    assert severities(RULE, one("完工及时率", "及时率")) == [Severity.WARNING]
    assert severities(RULE, one("网络运行", "定性")) == [Severity.WARNING]
    assert severities(RULE, one("居民满意情况", "满意度")) == [Severity.WARNING]
    assert severities(RULE, one("网络运行", "")) == [Severity.WARNING]


def test_a_repeated_name_is_a_hint():
    assert severities(RULE, one("宣传面不断扩大", "宣传面不断扩大")) == [Severity.INFO]


def test_words_that_are_values():
    for value in (
        "及时",
        "稳步提高",
        "达标",
        "按时发放",
        "满意",
        "≥95%",
        "2024年底前",
        "知晓度高",
        "显著提升满意度",
    ):
        assert not severities(RULE, one("工作情况", value)), value


def test_one_half_alone():
    [finding] = check(RULE, form(lines=[("社会效益指标", "办事便利", "", "提升")], period="3年"))
    assert finding.severity is Severity.INFO
    assert "没有实施期目标" in finding.message


def test_a_row_cut_by_the_scanner_is_left():
    text = form(lines=[("质量指标", "完好率", "≥98%", "≥98%")]).replace(
        "\t\t质量指标\t完好率\t≥98%\t质量指标\t完好率\t≥98%", "\t\t\t质量指标\t完好率\t\t≥98%\t质量指标"
    )
    assert not check(RULE, text)


def _cost(value: str) -> list[Severity]:
    return severities(RULE, described(("成本指标", "服务事项工作", "反映支出", value, "工作计划")))


def test_a_cost_that_only_names_its_ground():
    assert _cost("依据某财建〔2016〕9号文件及项目合同内容") == [Severity.INFO]
    assert _cost("按照合同标准执行") == [Severity.INFO]


def test_costs_with_an_amount_or_a_limit():
    for value in ("按合同支付30万元", "≤5万元", "控制在预算内", "按照文件标准不超过200元", "节约成本"):
        assert not _cost(value), value


def test_a_rate_without_a_figure():
    assert severities(RULE, one("维修处理及时率", "响应速度快")) == [Severity.INFO]
    assert not severities(RULE, one("维修处理及时率", "≥95%"))
    assert not severities(RULE, one("维修处理及时性", "响应速度快"))
    assert not severities(RULE, one("居民区覆盖情况", "全覆盖"))
