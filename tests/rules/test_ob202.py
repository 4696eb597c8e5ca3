import pytest

from tests.statements.tables import codes, findings

TREE = """2024年部门预算支出总表
单位：万元
科目编码 | 科目名称 | 合计
合计 |  | 100.00
201 | 一般公共服务支出 | 100.00
20103 | 政府办公厅（室）及相关机构事务 | 60.00
2010301 | 行政运行 | 60.00
20106 | 财政事务 | {}
2010601 | 行政运行 | {}"""


def test_a_class_that_is_not_the_sum_of_its_groups():
    [found] = findings("OB202", TREE.format("39.00", "39.00"))
    assert found.severity.word == "error"
    assert {place.place.line for place in found.locations} >= {5, 6, 8}
    assert "左边 100.00，右边 99.00" in found.message


def test_a_class_that_is_the_sum_of_its_groups():
    assert codes(TREE.format("40.00", "40.00")) == []


def test_a_group_wrong_against_class_and_item_is_the_suspect():
    [found] = findings("OB202", TREE.format("41.00", "40.00"))
    assert (found.locations[0].role, found.locations[0].place.line) == ("suspect", 8)
    assert "应为 40.00" in found.message


def test_a_missing_account_is_found_in_every_column():
    text = """一般公共预算支出预算表
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
201 | 一般公共服务支出 | 100.00 | 70.00 | 30.00
20103 | 政府办公厅（室）及相关机构事务 | 60.00 | 50.00 | 10.00"""
    assert set(codes(text)) == {"OB202"}


@pytest.mark.parametrize(
    "rows",
    [
        "合计 | | 100.00\n201 | 一般公共服务支出 | 100.00",  # nothing below
        "2010301 | 行政运行 | 100.00\n2010601 | 行政运行 | 7.00",  # nothing above
        "合计 | | 100.00\n201 | 一般公共服务支出 | 60.00\n | 其他各类支出 | 40.00",  # a line without a code
        "201 | 一般公共服务支出 | 100.00\n2010301 | 行政运行 | 60.00\n2010601 | 行政运行 | 40.00",  # no group
    ],
)
def test_a_tree_with_gaps_does_not_fire(rows):
    assert codes("支出总表\n科目编码 | 科目名称 | 合计\n" + rows) == []


def test_must_not_fire_where_a_name_is_not_known_in_a_table_without_codes():
    text = """一般公共预算安排基本支出分经济科目表
经济科目名称 | 合计 | 人员经费 | 公用经费
合计 | 9.00 | 6.00 | 3.00
工资福利支出 | 6.00 | 6.00 |
基本工资 | 4.00 | 4.00 |
津X补贴 | 2.00 | 2.00 |
商品和服务支出 | 3.00 | | 3.00
办公费 | 3.00 | | 3.00"""
    assert codes(text) == []
    assert codes(text.replace("津X补贴 | 2.00 | 2.00", "津贴补贴 | 1.00 | 1.00")) == ["OB202"]


def test_a_figure_that_a_scanner_may_have_moved_over_is_a_warning():
    text = """部门支出总表
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | 100.00 | 60.00 | 40.00
201 | 一般公共服务支出 | 60.00 | 60.00 |
205 | 教育支出 | 40.00 | 40.00 |"""
    assert [found.severity.word for found in findings("OB202", text)] == ["warning"]
    assert [found.severity.word for found in findings("OB202", text, web=True)] == ["error"]
