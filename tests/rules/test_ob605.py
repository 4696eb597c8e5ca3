from openbook.rules.ob605 import RULE
from tests.rules.wording import check, understood

BASIC = """2023年部门预算信息公开

部门预算一般公共预算财政拨款基本支出表

单位：万元

科目编码\t科目名称\t合计\t人员经费\t公用经费
\t合计\t9.34\t\t9.34
302\t商品和服务支出\t{office}\t\t{office}
30201\t办公费\t{office}\t\t{office}
310\t资本性支出\t{bought}\t\t{bought}
31002\t办公设备购置\t{bought}\t\t{bought}

七、国有资产信息

上年末固定资产金额为202.00万元。本年度拟购置固定资产总额为{planned}万元。
"""


def test_equipment_is_paid_for_but_none_is_planned():
    [finding] = check(RULE, understood(BASIC.format(office="3.00", bought="6.34", planned="0.00")))
    assert "31002 办公设备购置 6.34" in finding.message
    assert len(finding.locations) == 2


def test_a_plan_or_no_purchase_is_fine():
    assert check(RULE, understood(BASIC.format(office="3.00", bought="6.34", planned="6.34"))) == []
    assert check(RULE, understood(BASIC.format(office="9.34", bought="", planned="0.00"))) == []


THREE = """2024年一般公共预算“三公”经费支出预算表

单位：万元

项目\t合计\t一般公共预算\t政府性基金预算
因公出国（境）费\t\t\t
公务接待费\t\t\t
公务用车购置及运行费\t28.00\t28.00\t
①公务用车购置费\t{bought}\t{bought}\t
②公务用车运行维护费\t3.00\t3.00\t
合计\t28.00\t28.00\t

十一、国有资产占有使用情况

2024年部门预算安排购置车辆{cars}辆。
"""


def test_vehicles_and_their_cost_must_both_be_there_or_both_not():
    assert check(RULE, understood(THREE.format(bought="25.00", cars=0)))
    assert check(RULE, understood(THREE.format(bought="", cars=1)))
    assert check(RULE, understood(THREE.format(bought="25.00", cars=1))) == []
    assert check(RULE, understood(THREE.format(bought="", cars=0))) == []


SUMMARY = """2024年部门预算收支总表

单位：万元

收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算\t90.00\t一、一般公共服务支出\t{all}
二、单位资金\t{own}\t\t
收入总计\t{all}\t支出总计\t{all}

"""


def test_a_car_may_be_bought_from_other_money_than_appropriations():
    text = THREE.format(bought="", cars=1)
    assert check(RULE, understood(SUMMARY.format(own="", all="90.00") + text))
    assert check(RULE, understood(SUMMARY.format(own="20.00", all="110.00") + text)) == []
