from tests.statements.tables import findings

TABLES = """一般公共预算财政拨款支出表
单位：万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | 18.37 | 18.37 |
201 | 一般公共服务支出 | 18.37 | 18.37 |

一般公共预算财政拨款基本支出表
单位：万元
科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
合计 | | {} | |
{}"""
NOTE = "\n注：本表无数据"


def test_an_empty_statement_beside_one_with_figures():
    [found] = findings("OB102", TABLES.format("", NOTE))
    assert found.severity.word == "error"
    assert "18.37" in found.message
    assert [place.place.line for place in found.locations] == [7, 12, 4]


def test_a_statement_with_the_same_figures():
    assert findings("OB102", TABLES.format("18.37", "")) == []


def test_without_a_note_a_scanner_may_have_lost_the_figures():
    assert [found.severity.word for found in findings("OB102", TABLES.format("", ""))] == ["warning"]
    assert [found.severity.word for found in findings("OB102", TABLES.format("", ""), web=True)] == ["error"]


def test_operating_expenses_need_a_look_where_public_expenses_are_printed():
    text = TABLES.format("18.37", "302 | 商品和服务支出 | 18.37 | | 18.37").replace(
        "| 18.37 | |\n", "| 18.37 | | 18.37\n"
    )
    empty = "\n\n机关运行经费预算表\n单位名称 | 合计 | 一般公共预算\n部门合计 | |\n\n注：本表无数据"
    [found] = findings("OB102", text + empty)
    assert found.severity.word == "warning"
    assert "机关运行经费" in found.message


def test_must_not_fire_where_the_other_is_zero():
    text = TABLES.replace("18.37 | 18.37 |", "15.00 | | 15.00")
    assert findings("OB102", text.format("", NOTE)) == []


def test_must_not_fire_for_an_empty_fund_statement():
    text = (
        TABLES.format("18.37", "") + "\n\n政府性基金预算支出表\n科目编码 | 科目名称 | 合计\n合计 | |\n" + NOTE
    )
    assert findings("OB102", text) == []


def test_a_note_may_say_why_there_are_no_operating_expenses_beside_public_ones():
    text = TABLES.format("18.37", "302 | 商品和服务支出 | 18.37 | | 18.37").replace(
        "| 18.37 | |\n", "| 18.37 | | 18.37\n"
    )
    empty = "\n\n机关运行经费预算表\n单位名称 | 合计 | 一般公共预算\n部门合计 | |\n\n注：所属事业单位没有机关运行经费"
    assert findings("OB102", text + empty) == []


CARRIED = """财政拨款收支总表
单位：万元
收入 | | 支出 | | | |
项目 | 金额 | 项目 | 小计 | 一般公共预算 | 政府性基金预算 | 国有资本经营预算
一、一般公共预算 | 50.00 | 一、一般公共服务支出 | 50.00 | 50.00 | |
二、政府性基金预算 | | 十二、城乡社区支出 | {carried} | | {carried} |
本年收入合计 | 50.00 | 本年支出合计 | 90.00 | 50.00 | {carried} |
上年财政拨款结转 | 40.00 | 年终结转 | | | |
二、政府性基金预算 | 40.00 | | | | |
收入总计 | 90.00 | 支出总计 | 90.00 | 50.00 | {carried} |

政府性基金预算支出表（不含上年结转）
单位：万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
| 合计 | | |
注：本表无数据
"""


def test_a_statement_of_this_years_money_is_rightly_empty_where_all_was_carried_over():
    assert findings("OB102", CARRIED.format(carried="40.00"), web=True) == []
    assert findings("OB102", CARRIED.format(carried="60.00"), web=True) != []
