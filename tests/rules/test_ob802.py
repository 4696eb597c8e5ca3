from openbook.rules.ob802 import RULE
from tests.rules.wording import findings, messages

BODY = "吕梁市离石区行政审批服务管理局"


def test_a_misspelt_place_is_one_finding_with_every_place():
    text = "离石区预算部门项目支出申报表\n\n高石区预算部门项目支出申报表\n\n吕梁市高石区数字项目\n\n结合高石区实际。"
    [finding] = findings(RULE, text, BODY)
    assert finding.actual == "高石区"
    assert len(finding.locations) == 3


def test_a_department_line_of_another_city():
    assert messages(RULE, "部门名称：太原市行政审批服务管理局\n\n太原市2023年度部门预算公开", BODY)


def test_superiors_partners_and_documents_are_legitimate():
    text = """《山西省人民政府办公厅关于城市品质提升的通知》
山西省预算绩效目标申报表
吕梁市2023年部门预算公开
与太原市、晋中市公安局和中国联通合作。
距离城区5公里，位于岩石区域。
"""
    assert messages(RULE, text, BODY) == []


def test_a_body_without_a_city_in_its_name_cannot_be_compared():
    assert messages(RULE, "秦皇岛市青龙满族自治县2023年部门预算公开", "青龙满族自治县行政审批局") == []


def test_a_sentence_on_the_budget_of_another_body():
    [found] = messages(RULE, "2024年度太原市小店区行政审批局支出预算206万元，其中基本支出18万元。", BODY)
    assert "太原市小店区行政审批局" in found


def test_the_own_body_in_short_is_the_own_body():
    text = "2024年度离石区行政审批服务管理局支出预算206万元。\n\n2024年吕梁市离石区行政审批局政府采购预算0万元。\n"
    assert messages(RULE, text, BODY) == []
