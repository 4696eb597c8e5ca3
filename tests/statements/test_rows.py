"""Codes, names and figures of rows as scanners leave them."""

import pytest

from openbook.money import Unit
from tests.statements.tables import figures, printed, read, statement

HEAD = "部门支出总表\n科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n"
PARTS = "部门支出总表\n科目编码 | | | 科目名称 | 合计 | 基本支出 | 项目支出\n类 | 款 | 项 | | | |\n"


def codes(text: str) -> list[tuple[str | None, str]]:
    return [(row.code, row.raw_code) for row in statement(text).rows]


def test_codes_in_three_columns():
    text = (
        PARTS
        + """201 | | | 一般公共服务支出 | 3.00 | 3.00 |
201 | 03 | | 政府办公厅（室）及相关机构事务 | 3.00 | 3.00 |
201 | 03 | 01 | 行政运行 | 3.00 | 3.00 |"""
    )
    assert codes(text) == [("201", "201"), ("20103", "201 03"), ("2010301", "201 03 01")]


def test_parts_that_lost_their_zero():
    text = (
        PARTS
        + """208 | | | 社会保障和就业支出 | 3.00 | 3.00 |
208 | 5 | | 行政事业单位养老支出 | 3.00 | 3.00 |
208 | 5 | 5 | 机关事业单位基本养老保险缴费支出 | 3.00 | 3.00 |"""
    )
    assert codes(text) == [("208", "208"), ("20805", "208 5"), ("2080505", "208 5 5")]


def test_a_first_part_of_one_digit_is_mended_from_above():
    text = (
        PARTS
        + """210 | | | 卫生健康支出 | 3.00 | 3.00 |
210 | 11 | | 行政事业单位医疗 | 3.00 | 3.00 |
7 | 11 | 02 | 事业单位医疗 | 3.00 | 3.00 |"""
    )
    assert codes(text)[-1] == ("2101102", "7 11 02")


def test_a_whole_code_in_a_cell_over_three_columns():
    text = "部门支出总表\n科目编码 | | | 科目名称 | 合计 | 基本支出 | 项目支出\n"
    text += "合计 | | | | 3.00 | 3.00 |\n201 | | | 一般公共服务支出 | 3.00 | 3.00 |\n20103 | | | 政务 | 3.00 | 3.00 |"
    assert codes(text) == [(None, "合计"), ("201", "201"), ("20103", "20103")]


def test_codes_in_two_columns():
    text = """基本支出表
经济分类科目 | | 科目名称 | 合计 | 人员经费 | 公用经费
类 | 款 | | | |
301 | | 工资福利支出 | 3.00 | 3.00 |
301 | 2 | 津贴补贴 | 3.00 | 3.00 |"""
    assert codes(text) == [("301", "301"), ("30102", "301 2")]


def test_code_and_name_in_one_cell():
    text = (
        HEAD
        + "212 城乡社区支出 | | 3.00 | | 3.00\n2120899 其他国有土地使用权出让收入安排的支出 | | 3.00 | | 3.00"
    )
    made = statement(text)
    assert [(row.code, row.name) for row in made.rows] == [
        ("212", "城乡社区支出"),
        ("2120899", "其他国有土地使用权出让收入安排的支出"),
    ]


def test_a_number_before_the_row_is_no_code():
    text = "部门支出总表\n序号 | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n" + "\n".join(
        f"{number} | {code} | 某项支出 | 3.00 | 3.00 |"
        for number, code in enumerate(("201", "20103", "2010301"), 2)
    )
    assert [row.key for row in statement(text).rows] == ["201", "20103", "2010301"]


@pytest.mark.parametrize("label", ["合计 | ", " | 合计", "合 计 | ", " | 总计", "单位合计 | "])
def test_the_total_row(label):
    made = statement(HEAD + f"{label} | 3.00 | 1.00 | 2.00\n201 | 一般公共服务支出 | 3.00 | 1.00 | 2.00")
    assert [row.key for row in made.rows] == ["total", "201"]


@pytest.mark.parametrize("label", ["合计 | ", " | 合计"])
def test_a_total_row_alone(label):
    assert figures(statement(HEAD + f"{label} | 3.00 | 1.00 | 2.00"))["total"]["basic"] == "1.00"


@pytest.mark.parametrize(
    ("text", "wan"),
    [
        ("198.30", "198.30"),
        ("198. 30", "198.30"),
        ("198 .30", "198.30"),
        ("1,198.30", "1198.30"),
        ("１９８．３０", "198.30"),
        ("-198.30", "-198.30"),
        ("(198.30)", "-198.30"),
        ("198.3", "198.30"),
        ("198", "198.00"),
        ("0", "0.00"),
    ],
)
def test_figures_however_they_are_printed(text, wan):
    made = statement(HEAD + f"201 | 一般公共服务支出 | {text} | |\n205 | 教育支出 | 17.25 | |")
    cell = made.cell("201", "total")
    assert cell.amount == int(wan.replace(".", "")) * 100_000
    assert cell.half == 50_000
    assert cell.text == text


@pytest.mark.parametrize("text", ["1 12.2", "12.30 45.60", "l98.30", "见附表"])
def test_what_is_no_figure_is_left_out_and_said(text):
    document = read(HEAD + f"201 | 一般公共服务支出 | {text} | 7.00 |")
    assert document.cell("expenditure", "201", "total").amount is None
    assert [(problem.code, problem.place.line) for problem in document.problems] == [("OB005", 3)]
    assert text in document.problems[0].message


@pytest.mark.parametrize("text", ["", "-", "—", "/", "无"])
def test_blank_figures(text):
    document = read(HEAD + f"201 | 一般公共服务支出 | {text} | 7.00 |")
    assert document.cell("expenditure", "201", "total").amount is None
    assert document.problems == []


def test_places_are_those_of_an_editor():
    text = HEAD + "201 | 一般公共服务支出 | 3.00 | 1.25 | 2.00"
    place = statement(text).cell("201", "basic").place
    line = printed(text).splitlines()[2]
    assert (place.line, line[place.column - 1 : place.end_column - 1]) == (3, "1.25")


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("单位：万元", Unit.WAN),
        ("金额单位:元", Unit.YUAN),
        ("单位：亿元", Unit.YI),
        ("编制单位：某馆 单位：元", Unit.YUAN),
    ],
)
def test_units(caption, unit):
    title, table = HEAD.split("\n", 1)
    made = statement(f"{title}\n{caption}\n{table}201 | 一般公共服务支出 | 3 | 1 | 2")
    assert made.unit is unit
    assert made.cell("201", "total").amount == 3 * unit.li


def test_units_are_guessed_from_the_figures_where_none_is_said():
    assert statement(HEAD + "201 | 一般公共服务支出 | 3.25 | 1.25 | 2.00").unit is Unit.WAN
    assert statement(HEAD + "201 | 一般公共服务支出 | 32500000 | 12500000 | 20000000").unit is Unit.YUAN


def test_an_economic_table_without_codes():
    text = """一般公共预算安排基本支出分经济科目表
部门预算支出经济科目名称 | 政府预算支出经济科目名称 | 2024年预算数 | |
 | | 合计 | 人员经费 | 公用经费
合计 | | 9.00 | 6.00 | 3.00
工资福利支出 | | 4.00 | 4.00 |
住房公积金 | 住房公积金 | 4.00 | 4.00 |
商品和服务支出 | | 3.00 | | 3.00
办公费 | 办公经费 | 3.00 | | 3.00
对个人和家庭的补助 | | 2.00 | 2.00 |
退休费 | 离退休费 | 2.00 | 2.00 |"""
    made = statement(text)
    assert [row.key for row in made.rows] == ["total", "301", "30113", "302", "30201", "303", "30302"]
    assert made.row("30201").government == "办公经费"


def test_projects_of_two_units():
    text = """项目支出预算表（本年预算）
编制单位：某区卫生健康局
项目名称 | 合计 | 一般公共预算
合计 | 10.00 | 10.00
某区卫生健康局 | 6.00 | 6.00
体检 | 6.00 | 6.00
某区人民医院 | 4.00 | 4.00
设备更新 | 3.00 | 3.00
设备更新 | 1.00 | 1.00"""
    rows = [(row.key, row.parent) for row in statement(text).rows]
    assert rows == [
        ("total", None),
        ("unit:某区卫生健康局", "total"),
        ("project:体检", "unit:某区卫生健康局"),
        ("unit:某区人民医院", "total"),
        ("project:设备更新", "unit:某区人民医院"),
        ("project:设备更新#2", "unit:某区人民医院"),
    ]


def test_a_total_named_after_the_body():
    text = "项目支出预算表\n编制单位：某区档案馆\n项目名称 | 合计\n某区档案馆 | 7.00\n某区档案馆 | 7.00\n档案数字化 | 7.00"
    assert [row.key for row in statement(text).rows] == ["total", "unit:某区档案馆", "project:档案数字化"]


def test_budgets_carried_over_below_the_line_that_sums_them():
    text = """财政拨款收支总表
收入 | | 支出 |
项目 | 金额 | 项目 | 金额
一、一般公共预算 | 60.00 | 一、教育支出 | 100.00
上年财政拨款结转 | 40.00 | 年终结转 |
一、一般公共预算 | 30.00 | |
二、政府性基金预算 | 10.00 | |
收入总计 | 100.00 | 支出总计 | 100.00"""
    made = statement(text)
    assert made.cell("rev.carryover.general", "amount").text == "30.00"
    assert made.cell("rev.carryover.fund", "amount").text == "10.00"
    assert made.row("rev.fund") is None


@pytest.mark.parametrize(
    "row",
    [
        "205 | 教育支出 | | 6.00 | 2.00 |",  # one cell more
        "205 | 教育支出 | 6.00 | 4.00",  # one cell less
        "205 | 教育支出 6.00 | | 2.00 | 4.00",  # a figure in the cell of the name
        "205 | 教育支出 | 6.00 2.00 | | 4.00",  # two figures in one cell
    ],
)
def test_a_row_whose_cells_may_be_shifted_proves_nothing(row):
    text = HEAD + "合计 | | 10.00 | 6.00 | 4.00\n201 | 一般公共服务支出 | 4.00 | 4.00 |\n" + row
    document = read(text)
    assert document.problems
    assert not document.statements[0].reliable


def test_a_project_may_be_named_for_a_number_to_call():
    document = read(
        "2024年项目支出预算表（本年预算）\n单位：万元\n项目名称 | 合计 | 一般公共预算 | 政府性基金预算\n"
        "某局 | 6.00 | 6.00 |\n12345政务服务便民热线 | 5.00 | 5.00 |\n档案整理费 | 1.00 | 1.00 |\n"
    )
    names = [row.name for row in document.statement("projects").rows]
    assert names == ["某局", "12345政务服务便民热线", "档案整理费"]
    assert document.statement("projects").rows[1].code is None
