"""Units of a projects statement whose names do not tell that they are units."""

from __future__ import annotations

from openbook.checking.engine import check_document, understand_source
from openbook.reading.text import read_text

HEAD = "2024年项目支出预算表（本年预算）\n部门名称：乙区教育局\t单位：万元\n项目名称\t合计\t一般公共预算\n"


def keys(rows: str) -> list[str]:
    statement = understand_source(read_text(HEAD + rows, "公开.txt")).statement("projects")
    assert statement is not None
    return [row.key for row in statement.rows]


def test_a_line_that_the_lines_below_add_up_to_is_a_unit():
    rows = (
        "乙区教育局\t9.00\t9.00\n乙区教育局\t4.00\t4.00\n校园围墙修缮\t4.00\t4.00\n"
        "乙区青少年活动基地\t5.00\t5.00\n书画培训\t2.00\t2.00\n球类培训\t3.00\t3.00\n"
    )
    assert keys(rows)[3:5] == ["unit:乙区青少年活动基地", "project:书画培训"]


def test_nothing_becomes_a_unit_where_the_sums_hold_as_they_are():
    rows = "乙区教育局\t9.00\t9.00\n乙区教育局\t9.00\t9.00\n校园围墙修缮\t4.50\t4.50\n书画培训\t4.50\t4.50\n"
    assert keys(rows)[2:] == ["project:校园围墙修缮", "project:书画培训"]


def test_a_sum_that_does_not_hold_is_not_explained_away():
    rows = (
        "乙区教育局\t9.00\t9.00\n乙区教育局\t4.00\t4.00\n校园围墙修缮\t4.00\t4.00\n"
        "乙区青少年活动基地\t6.00\t6.00\n书画培训\t2.00\t2.00\n球类培训\t3.00\t3.00\n"
    )
    assert keys(rows)[3] == "project:乙区青少年活动基地"
    document = understand_source(read_text(HEAD + rows, "公开.txt"))
    assert {found.code for found in check_document(document).findings} >= {"OB207"}
