"""Tables that lie, are shifted, stand apart, or are printed coarsely: read as what they mean."""

import pytest

from openbook.money import Unit
from tests.statements.tables import codes, figures, read, report, statement

HEAD = "部门支出总表\n科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n"


def test_three_public_expenses_in_one_row_are_stood_up():
    text = """“三公”经费支出决算表
预算数 | | | | | | 决算数 | | | | |
合计 | 因公出国（境）费 | 公务用车购置及运行维护费 | | | 公务接待费 | 合计 | 因公出国（境）费 | 公务用车购置及运行维护费 | | | 公务接待费
 | | 小计 | 公务用车购置费 | 公务用车运行维护费 | | | | 小计 | 公务用车购置费 | 公务用车运行维护费 |
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12
7.00 | | 5.00 | | 5.00 | 2.00 | 6.00 | | 5.00 | | 5.00 | 1.00"""
    assert codes(text) == []
    made = statement(text)
    assert {row.key for row in made.rows} >= {
        "three.total",
        "three.vehicle",
        "three.running",
        "three.reception",
    }
    assert [cell.text for cell in made.row("three.total").cells.values()] == ["7.00", "6.00"]
    assert codes(text.replace("7.00 |", "9.00 |")) == ["OB206"]


def test_three_public_expenses_that_stand_are_left_standing():
    text = "“三公”经费支出表\n项目 | 合计 | 一般公共预算\n公务接待费 | 1.20 | 1.20\n合计 | 1.20 | 1.20"
    assert figures(statement(text))["three.reception"] == {"total": "1.20", "general": "1.20"}


def test_two_tabs_between_cells():
    text = HEAD + "201 | 一般公共服务支出 | 4.00 | 4.00 |\n205 | 教育支出 | 6.00 | | 6.00"
    title, *lines = text.split("\n")
    doubled = "\n".join([title, *(" | | ".join(line.split("|")) for line in lines)])
    assert figures(statement(doubled)) == figures(statement(text))


def test_rows_with_blank_lines_between():
    text = HEAD + "201 | 一般公共服务支出 | 4.00 | 4.00 |\n205 | 教育支出 | 6.00 | | 6.00"
    assert figures(statement(text.replace("\n", "\n\n"))) == figures(statement(text))


def test_a_row_shifted_by_one_column_is_put_back_and_said():
    document = read(HEAD + "201 | 一般公共服务支出 | | 10.00 | 4.00 | 6.00\n205 | 教育支出 | 6.00 | | 6.00")
    [made] = document.statements
    assert figures(made)["201"] == {"total": "10.00", "basic": "4.00", "project": "6.00"}
    assert "错开了一栏" in document.problems[0].message


def test_code_and_name_in_one_cell_and_the_rest_moved_up():
    made = statement(HEAD + "201 一般公共服务支出 | 10.00 | 4.00 | 6.00\n205 | 教育支出 | 6.00 | | 6.00")
    assert figures(made)["201"] == {"total": "10.00", "basic": "4.00", "project": "6.00"}


def test_a_row_that_adds_up_nowhere_is_not_moved():
    document = read(HEAD + "201 | 一般公共服务支出 | | 10.00 | 4.00 | 5.00\n205 | 教育支出 | 6.00 | | 6.00")
    assert not any("移回" in problem.message for problem in document.problems)


@pytest.mark.parametrize(
    ("unit", "figures_", "half"),
    [
        (Unit.WAN, ["13", "4", "9", "21", "7", "14"], Unit.WAN.li // 2),
        (Unit.WAN, ["13.5", "4.2", "9.3", "21.5", "7.4", "14.1"], Unit.WAN.li // 20),
        (Unit.WAN, ["13.51", "4.2", "9.31", "21.5", "7.4", "14.1"], Unit.WAN.li // 200),
        (Unit.WAN, ["13", "4", "9"], Unit.WAN.li // 200),  # too few to tell
    ],
)
def test_coarse_print_leaves_more_room(unit, figures_, half):
    rows = [figures_[at : at + 3] for at in range(0, len(figures_), 3)]
    text = HEAD + "\n".join(
        f"{code} | 某项支出 | {' | '.join(row)}" for code, row in zip(("201", "205"), rows, strict=False)
    )
    made = statement(text)
    assert (made.unit, made.cell("201", "total").half) == (unit, half)


def test_sums_of_whole_amounts_may_differ_by_one():
    text = HEAD.replace("总表\n", "总表\n单位：万元\n") + (
        "201 | 一般公共服务支出 | 14 | 4 | 9\n205 | 教育支出 | 21 | 7 | 14\n206 | 科学技术支出 | 35 | 17 | 18"
    )
    assert codes(text) == []
    assert codes(text.replace("| 14 | 4", "| 19 | 4")) == ["OB201"]


def test_two_halves_of_an_economic_statement():
    text = """一般公共预算财政拨款基本支出决算表
单位：万元
人员经费 | | | 公用经费 | |
科目编码 | 科目名称 | 金额 | 科目编码 | 科目名称 | 金额
301 | 工资福利支出 | 5.00 | 302 | 商品和服务支出 | 3.00
30101 | 基本工资 | 5.00 | 30201 | 办公费 | 1.00
 | | | 30211 | 差旅费 | 2.00
人员经费合计 | | 5.00 | 公用经费合计 | | 3.00"""
    made = statement(text)
    keys = [row.key for row in made.rows]
    assert keys == ["301", "302", "30101", "30201", "30211", "personnel", "public"]
    assert codes(text) == []
    assert set(codes(text.replace("| 2.00", "| 2.50"))) <= {"OB202", "OB210"} != set()


def test_a_form_of_performance_ends_the_statements():
    text = (
        HEAD
        + """201 | 一般公共服务支出 | 4.00 | 4.00 |

项目绩效目标表
项目名称 | 档案数字化 | 主管部门 | 某区档案馆
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值
 | 产出指标 | 数量指标 | 扫描页数 | ≥1000页"""
    )
    [made] = read(text).statements
    assert [row.key for row in made.rows] == ["201"]


def test_a_total_whose_blank_cells_were_cut_off():
    made = report("政府性基金预算支出表\n科目编码 | 科目名称 | 合计\n合计\n\n注：本表无数据")
    assert made.statements[0].empty
    assert "OB104" not in {found.code for found in made.findings}
