"""Which lines are titles of statements, and of which."""

import pytest

from openbook.statements.layouts import layouts
from openbook.statements.words import title_kind
from tests.statements.tables import read

PUBLISHED = [
    pytest.param(title, kind, id=f"{layout.id}-{kind}")
    for layout in layouts()
    for kind, title in zip(layout.kinds, layout.titles, strict=True)
]


@pytest.mark.parametrize(("title", "kind"), PUBLISHED)
def test_every_title_of_every_layout(title, kind):
    assert title_kind(title) == (kind, None)


@pytest.mark.parametrize(("title", "kind"), PUBLISHED)
@pytest.mark.parametrize(
    "form",
    [
        "2024年{}",
        "２０２４年度{}",
        "表三2024年{}",
        "表3 2024年{}",
        "附表3：2024年{}",
        "3.2024年{}",
        "2024 年 {}",
        "**2024年{}**",
        "2024年{}（续）",
    ],
)
def test_years_numbers_and_emphasis_around_a_title(title, kind, form):
    assert title_kind(form.format(title)) == (kind, 2024)


@pytest.mark.parametrize(
    "line",
    [
        "2023年预算收支总表.....4",
        "2023年预算收支总表……4",
        "2023年预算收支总表 4",
        "2023年预算收支总表······12",
        "部门预算收支总表目录",
        "项目支出绩效目标表",
        "部门整体支出绩效目标申报表",
        "政府购买服务指导性目录表",
        "支出总表的说明",
        "收支总表反映部门全部收支。",
        "注：本部门无“三公”经费预算，故本表为空表",
        "说明：见项目支出表",
        "收入总体情况",
        "审批服务窗口一览表",
    ],
)
def test_lines_that_are_no_titles(line):
    assert title_kind(line) is None


def test_a_table_of_contents_makes_no_statements():
    contents = "目录\n2024年收支总表.....4\n2024年收入总表.....6\n2024年支出总表\t7\n\n"
    table = "2024年收入总表\n科目编码 | 科目名称 | 合计\n201 | 一般公共服务支出 | 1.00\n"
    document = read(contents + table)
    assert [statement.kind for statement in document.statements] == ["revenue"]
    assert [problem.code for problem in document.problems] == []


def test_the_same_title_twice_is_two_statements_with_the_places_of_each():
    table = "2024年收入总表\n科目编码 | 科目名称 | 合计\n201 | 一般公共服务支出 | 1.00\n\n"
    first, second = read(table + table).statements
    assert (first.place.line, second.place.line) == (1, 5)
    assert first.last.line == 3
