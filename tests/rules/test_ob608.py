from openbook.rules.ob608 import RULE
from tests.rules.wording import check, understood

TEXT = """2024年一般公共预算“三公”经费支出预算表

单位：万元

项目\t合计\t一般公共预算\t政府性基金预算
因公出国（境）费\t\t\t
公务接待费\t\t\t
公务用车购置及运行费\t{cost}\t{cost}\t
①公务用车购置费\t\t\t
②公务用车运行维护费\t{cost}\t{cost}\t
合计\t{cost}\t{cost}\t

十一、国有资产占有使用情况

{cars}
"""


def test_running_cost_without_a_vehicle():
    [finding] = check(RULE, understood(TEXT.format(cost="3.00", cars="本单位目前没有公务用车。")))
    assert "没有公务用车" in finding.message
    assert check(RULE, understood(TEXT.format(cost="3.00", cars="截至2023年12月31日，共有车辆0辆。")))


def test_vehicles_with_cost_and_neither_are_fine():
    assert check(RULE, understood(TEXT.format(cost="", cars="本单位目前没有公务用车。"))) == []
    assert check(RULE, understood(TEXT.format(cost="3.00", cars="截至2023年12月31日，共有车辆2辆。"))) == []
    assert check(RULE, understood(TEXT.format(cost="3.00", cars="无"))) == []
