"""Tables that go on over a page break, and what stands around tables."""

import pytest

from tests.statements.tables import figures, findings, read, statement

FIRST = """2024年部门支出总表
部门名称：某区档案馆
单位：万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | 10.00 | 4.00 | 6.00
201 | 一般公共服务支出 | 4.00 | 4.00 |
"""
HEAD = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n"
SECOND = "205 | 教育支出 | 6.00 | | 6.00\n20508 | 进修及培训 | 6.00 | | 6.00\n"
WHOLE = ["total", "201", "205", "20508"]


def rows(text: str) -> list[str]:
    return [row.key for row in statement(text).rows]


def test_a_table_goes_on_without_a_head():
    assert rows(FIRST + "\n" + SECOND) == WHOLE


def test_a_table_goes_on_under_its_head_again():
    assert rows(FIRST + "\n" + HEAD + SECOND) == WHOLE


def test_a_page_number_and_the_body_between():
    assert rows(FIRST + "\n7\n\n部门名称：某区档案馆\n\n单位：万元\n\n" + HEAD + SECOND) == WHOLE


def test_a_head_that_is_garbled_on_the_second_page():
    made = statement(FIRST + "\n科目编码 | 科目名称 | 合汁 | 墓本攴出 | 项日攴出\n" + SECOND)
    assert [row.key for row in made.rows] == WHOLE
    assert figures(made)["205"] == {"total": "6.00", "project": "6.00"}


def test_a_garbled_head_of_another_width_proves_nothing():
    text = FIRST + "\n科目编码 | | 科目名称 | 合汁 | 墓本攴出 | 项日攴出\n"
    made = statement(text + "205 | | 教育支出 | 6.00 | | 6.00")
    assert not made.reliable


def test_a_blank_column_more_or_less_on_the_second_page():
    assert rows(FIRST + "\n" + SECOND.replace("6.00\n", "6.00 | \n")) == WHOLE
    assert rows(FIRST + "\n205 | 教育支出 | 6.00 | 6.00\n20508 | 进修及培训 | 6.00 | 6.00") == WHOLE


@pytest.mark.parametrize(
    "second",
    [
        SECOND.replace("支出 |", "支出 | |").replace("培训 |", "培训 | |"),  # figures moved to the right
        SECOND.replace("205 |", "205 | |").replace("20508 |", "20508 | |"),  # and names with them
    ],
)
def test_other_columns_on_the_second_page_are_said_and_nothing_is_proven(second):
    """The rows are lost, so the sums of the first page lack parts: that is no error of the document."""
    document = read(FIRST + "\n" + second)
    assert [problem.code for problem in document.problems] == ["OB004"]
    assert not document.statements[0].reliable
    assert {found.severity.word for found in findings("OB202", FIRST + "\n" + second)} == {"warning"}


def test_a_small_table_of_something_else_below_is_left_alone():
    made = statement(FIRST + "\n甲 | 乙\n1 | 2\n")
    assert [row.key for row in made.rows] == ["total", "201"]
    assert made.reliable


def test_sentences_end_a_table():
    document = read(FIRST + "\n本部门按照上述安排执行预算。\n\n" + HEAD + SECOND)
    assert [row.key for row in document.statements[0].rows] == ["total", "201"]


def test_the_next_title_ends_a_table():
    first, second = read(FIRST + "\n2024年一般公共预算支出表\n" + HEAD + SECOND).statements
    assert [row.key for row in first.rows] == ["total", "201"]
    assert [row.key for row in second.rows] == ["205", "20508"]


def test_a_title_whose_table_is_only_a_head_on_this_page():
    assert rows("2024年部门支出总表\n" + HEAD + "\n" + HEAD + SECOND) == ["205", "20508"]


def test_a_two_sided_statement_over_two_pages():
    text = """收支总表
项目 | 预算数 | 项目 | 预算数
一、一般公共预算 | 5.00 | 一、一般公共服务支出 | 4.00

项目 | 预算数 | 项目 | 预算数
 | | 五、教育支出 | 1.00
收入总计 | 5.00 | 支出总计 | 5.00"""
    assert rows(text) == ["rev.general", "201", "205", "rev.total", "exp.total"]


def test_notes():
    made = statement(FIRST + "\n注：本表按财政拨款口径填列\n")
    assert (made.note, made.note_place.line) == ("注：本表按财政拨款口径填列", 8)
    made = statement("政府性基金预算支出表\n" + HEAD + "合计 | | | |\n备注：本表无数据 | | | |")
    assert made.note == "备注：本表无数据"
    assert made.empty
    made = statement("政府性基金预算支出表\n" + HEAD + "合计 | | | |\n\n本单位没有政府性基金预算，空表列示。")
    assert made.note is not None


def test_only_the_first_note_counts():
    made = statement(
        "政府性基金预算支出表\n" + HEAD + "合计 | | | |\n\n注：本表无数据\n\n说明：此表由系统生成\n"
    )
    assert made.note == "注：本表无数据"


def test_the_body_and_the_year():
    document = read(FIRST)
    assert (document.department, document.year) == ("某区档案馆", 2024)
    assert document.statements[0].entity == "某区档案馆"


def test_a_body_named_on_the_cover_only():
    document = read("某市某区档案馆\n\n2025年度部门预算公开\n\n部门支出总表\n" + HEAD + SECOND)
    assert (document.department, document.year) == ("某市某区档案馆", 2025)


@pytest.mark.parametrize(
    "title",
    ["某市农业技术推广站2025年部门预算公开", "2025年某市农业技术推广站部门预算", "某市农业技术推广站"],
)
def test_a_body_in_the_title_before_words_of_the_text(title):
    text = f"{title}\n\n2025年增加的原因是职工教育经费及工会经费增加。\n\n部门支出总表\n" + HEAD + SECOND
    assert read(text).department == "某市农业技术推广站"


def test_a_body_with_its_number():
    document = read("2024年部门支出总表\n\n436 某县民政局\n\n预算年度：2024\n\n" + HEAD + SECOND)
    assert document.department == "某县民政局"


def test_final_accounts():
    assert read("2024年支出决算表\n" + HEAD + SECOND).stage == "accounts"
    assert read(FIRST).stage == "budget"


def test_titles_and_units_inside_the_table():
    text = f"2024年部门支出总表 | | | |\n单位：元 | | | |\n{HEAD}{SECOND.replace('.00', '')}"
    made = statement(text)
    assert (made.kind, made.year, made.unit.value) == ("expenditure", 2024, "元")
    assert [row.key for row in made.rows] == ["205", "20508"]


def test_a_document_without_statements_says_so():
    document = read("某区档案馆\n\n今年没有报表。")
    assert [problem.code for problem in document.problems] == ["OB007"]
