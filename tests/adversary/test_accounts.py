"""Final accounts as they are printed elsewhere."""

from __future__ import annotations

from tests.rules.wording import understood

BASIC = """一般公共预算财政拨款基本支出决算明细表
部门：某县水务局
金额单位：万元
人员经费			公用经费
科目代码	科目名称	决算数	科目代码	科目名称	决算数	科目代码	科目名称	决算数
301	工资福利支出	60.00	302	商品和服务支出	8.00	310	资本性支出	1.50
30101	基本工资	60.00	30201	办公费	8.00	31002	办公设备购置	1.50
303	对个人和家庭的补助	2.00
30302	退休费	2.00
人员经费合计		62.00	公用经费合计					9.50
"""


def test_a_sum_that_stands_at_the_far_end_of_the_next_halves():
    made = understood(BASIC)
    [statement] = made.statements
    assert [statement.cell(key, "amount").text for key in ("personnel", "public")] == ["62.00", "9.50"]
    assert made.problems == []
