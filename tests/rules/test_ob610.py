from openbook.rules.ob610 import RULE
from tests.rules.wording import findings

TEXT = """政府采购预算总额{}万元。

项目名称\t智慧城市建设项目\t\t
质量指标\t政府采购率\t100%\t100%

五、政府购买服务：按照政府采购方式和程序，交由符合条件的供应商承担。
"""


def test_a_form_that_buys_beside_a_budget_that_does_not():
    [finding] = findings(RULE, TEXT.format("0"))
    assert finding.locations[1].place.line == 4


def test_a_budget_with_procurement_and_duties_in_procurement_are_fine():
    assert findings(RULE, TEXT.format("6.50")) == []
    text = "政府采购预算总额0万元。\n\n数量指标\t反映进场交易政府采购的数量\t≥150件\n产出指标\t政府采购项目\t5个\n"
    assert findings(RULE, text) == []
