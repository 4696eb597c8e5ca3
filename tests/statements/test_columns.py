"""Which column means what, from heads as scanners and printers leave them."""

import pytest

from tests.statements.tables import codes, figures, read, statement


def keys(text: str) -> list[str]:
    return [column.key for column in statement(text).columns]


@pytest.mark.parametrize(
    ("title", "head", "expected"),
    [
        ("支出总表", "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出", "total basic project"),
        ("支出总表", "功能科目编码 | 功能科目名称 | 总 计 | 基本 支出 | 项目  支出", "total basic project"),
        (
            "支出总表",
            "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 事业单位经营支出 | 上缴上级支出 | 对附属单位补助支出",
            "total basic project operations superior subordinate",
        ),
        (
            "收入总表",
            "科目编码 | 科目名称 | 合计 | 一般公共预算 | 政府性基金 | 国有资本经营预算 | 财政专户管理资金 | 单位资金 | 上年结转",
            "total general fund capital special_account unit_funds carryover",
        ),
        (
            "收入总表",
            "科目编码 | 科目名称 | 合计 | 小计 | 财政拨款收入 | 事业收入 | 其他收入 | 上年结转",
            "total current appropriation business other carryover",
        ),
        ("基本支出表", "经济科目编码 | 经济科目名称 | 合计 | 人员经费 | 公用经费", "total personnel public"),
        ("项目支出表", "项目名称 | 合计 | 一般公共预算 | 政府性基金预算", "total general fund"),
    ],
)
def test_heads_as_they_are_published(title, head, expected):
    row = "201 | 一般公共服务支出" if "编码" in head else "合计"
    money = " | 1.00" * (head.count("|") + 1 - row.count("|") - 1)
    made = statement(f"{title}\n{head}\n{row}{money}")
    assert [column.key for column in made.columns] == expected.split()
    assert made.reliable


def test_heads_of_two_levels():
    text = """部门支出总表
项目 | | 2024年预算数 | |
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
栏次 | | 1 | 2 | 3
201 | 一般公共服务支出 | 3.00 | 1.00 | 2.00"""
    assert keys(text) == ["total", "basic", "project"]
    assert figures(statement(text)) == {"201": {"total": "3.00", "basic": "1.00", "project": "2.00"}}


def test_a_total_under_this_years_revenue_is_this_years():
    text = """预算收入总表
项目 | | 本年收入 | | | 上年结转
科目编码 | 科目名称 | 合计 | 一般公共预算 | 单位资金 |
201 | 一般公共服务支出 | 3.00 | 1.00 | 2.00 | 9.00"""
    assert keys(text) == ["current", "general", "unit_funds", "carryover"]


def test_a_garbled_head_is_guessed_and_said():
    document = read(
        "部门支出总表\n科目编码 | 科目名称 | TH H | 基本支出 | 项目支出\n201 | 一般公共服务支出 | 3.00 | 1.00 | 2.00"
    )
    [made] = document.statements
    assert [column.key for column in made.columns] == ["total", "basic", "project"]
    assert not made.reliable
    assert [problem.code for problem in document.problems] == ["OB004"]


def test_no_head_at_all():
    made = statement(
        "部门支出总表\n\n201 | 一般公共服务支出 | 3.00 | 1.00 | 2.00\n205 | 教育支出 | 1.00 | 1.00 |"
    )
    assert [column.key for column in made.columns] == ["total", "basic", "project"]
    assert not made.reliable


def test_two_sides():
    text = """收支总表
收入 | | 支出 | | |
项目 | 预算数 | 项目 | 合计 | 当年预算安排 | 上年结转安排
一、一般公共预算 | 3.00 | 一、一般公共服务支出 | 4.00 | 3.00 | 1.00
上年结转 | 1.00 | 年终结转 | | |
收入总计 | 4.00 | 支出总计 | 4.00 | 3.00 | 1.00"""
    made = statement(text)
    assert figures(made) == {
        "rev.general": {"amount": "3.00"},
        "201": {"total": "4.00", "current": "3.00", "carryover": "1.00"},
        "rev.carryover": {"amount": "1.00"},
        "exp.carryover": {},
        "rev.total": {"amount": "4.00"},
        "exp.total": {"total": "4.00", "current": "3.00", "carryover": "1.00"},
    }
    assert {row.side for row in made.rows} == {"revenue", "expenditure"}


def test_line_numbers_on_both_sides():
    text = """部门预算收支总表
 | 收入 | | 支出 |
序号 | 项 目 | 预算数 | 项 目 | 预算数
栏次 | 1 | 2 | 3 | 4
1 | 一、一般公共预算拨款收入 | 509.01 | 一、一般公共服务支出 | 419.39
2 | 二、政府性基金预算拨款收入 | 198. 30 | 二、外交支出 |
32 | 本年收入合计 | 707. 31 | 31 本年支出合计 | 419.39"""
    assert figures(statement(text)) == {
        "rev.general": {"amount": "509.01"},
        "201": {"amount": "419.39"},
        "rev.fund": {"amount": "198. 30"},
        "202": {},
        "rev.current": {"amount": "707. 31"},
        "exp.current": {"amount": "419.39"},
    }


def test_three_public_and_operating_expenses_in_one_table():
    text = """“三公”经费和机关运行经费预算表
合计 | 因公出国(境)费 | 公务接待费 | 公务用车购置及运行费 | | | 机关运行经费预算数
 | | | 小计 | 购置费 | 运行费 |
5.00 | | 1.00 | 4.00 | 1.50 | 2.50 | 80.00"""
    assert figures(statement(text)) == {
        "total": {
            "total": "5.00", "reception": "1.00", "vehicle": "4.00", "purchase": "1.50", "running": "2.50",
            "operating": "80.00",
        }
    }  # fmt: skip


def test_a_column_that_was_not_read_is_not_zero():
    """A row is there and its column is not: that is no difference between two statements."""
    text = """收支总表
收入 | | 支出 | | |
项目 | 预算数 | 项目 | TH H | 当年预算安排 | 上年结转安排
一、一般公共预算 | 3.00 | 一、一般公共服务支出 | 3.00 | 3.00 |
收入总计 | 3.00 | 支出总计 | 3.00 | 3.00 |

支出总表
科目编码 | 科目名称 | 合计
合计 | | 3.00
201 | 一般公共服务支出 | 3.00"""
    assert codes(text) == []


STATE_CAPITAL = """国有资本经营预算收支预算表
单位：万元
国有资本经营预算收入 | | | 国有资本经营预算支出 | | | |
项目 | | 国有资本经营收入预算 | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
收入科目编码 | 科目名称 | | | | | |
| 合计 | 59.10 | | 合计 | 59.10 | | 59.10
103 | 非税收入 | 59.10 | 223 | 国有资本经营预算支出 | 59.10 | | 59.10
"""


def test_totals_of_both_sides_are_no_heads():
    assert figures(statement(STATE_CAPITAL)) == {
        "rev.total": {"amount": "59.10"},
        "total": {"total": "59.10", "project": "59.10"},
        "103": {"amount": "59.10"},
        "223": {"total": "59.10", "project": "59.10"},
    }


def test_what_is_bought_for_no_project_has_the_name_of_the_thing():
    text = (
        "政府采购预算表\n单位：万元\n项目名称 | 采购物品名称 | 数量 | 单价 | 合计 | 基金预算拨款 | 预留中小微企业份额\n"
        "合计 | | | | 9.00 | 9.00 | 5.00\n街巷修缮 | 围挡 | | | 4.00 | 4.00 |\n | 计算机 | 5 | 1.00 | 5.00 | 5.00 | 5.00\n"
    )
    made = statement(text)
    assert [row.key for row in made.rows] == ["total", "line:街巷修缮", "line:计算机"]
    assert made.reliable
    assert made.cell("total", "fund").text == "9.00"
