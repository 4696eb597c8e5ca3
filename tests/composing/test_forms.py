"""Performance forms in three shapes; their money is that of the statements, to the last digit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openbook.book.model import BudgetBook, Words
from openbook.composing.compose import compose
from openbook.composing.forms import forms
from openbook.composing.layout import build_of
from openbook.composing.work import Work, begin
from openbook.disclosure import Block, Heading, Paragraph, Table
from openbook.rounding.apportion import share_out
from tests.book.books import CENTRE, small_book
from tests.composing.departments import LAYOUTS, department
from tests.composing.little import book, build

SHAPES = {"application": "shanxi-13-2024", "targets": "hebei-9", "chapters": "shanghai-9"}
HANDLER, TELEPHONE = "某经办", "13900001111"


def work(made: BudgetBook, unit: str = "") -> Work:
    level = "unit" if unit else "department"
    return begin(made, build_of(made.layout, level), level, unit)


def tables(found: list[Block]) -> list[Table]:
    return [block for block in found if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def square(table: Table) -> bool:
    """Whether every row fills the width, counting what reaches down from above."""
    width = len(table.widths)
    down = [0] * width
    for row in table.rows:
        taken = [left > 0 for left in down]
        down = [max(0, left - 1) for left in down]
        for cell in row:
            at = taken.index(False)
            for column in range(at, at + cell.colspan):
                assert not taken[column], "two cells on one place"
                taken[column] = True
                down[column] = cell.rowspan - 1
        if not all(taken):
            return False
    return not any(down)


@pytest.mark.parametrize("layout", SHAPES.values())
def test_every_project_with_money_has_one_form_in_the_order_of_the_book(layout: str) -> None:
    found = forms(work(department(layout)))
    assert [table.origin for table in tables(found)] == ["project:XM001", "project:XM002", "project:XM003"]
    assert [table.id for table in tables(found)] == ["form-1", "form-2", "form-3"]
    assert all(table.kind == "form" for table in tables(found))


@pytest.mark.parametrize("layout", SHAPES.values())
def test_a_unit_has_the_forms_of_its_own_projects(layout: str) -> None:
    assert [table.origin for table in tables(forms(work(department(layout), CENTRE)))] == ["project:XM003"]


@pytest.mark.parametrize("handlers", [False, True])
@pytest.mark.parametrize("layout", SHAPES.values())
def test_the_rows_of_a_form_fill_its_width(layout: str, handlers: bool) -> None:
    made = department(layout)
    made.projects[1] = replace(made.projects[1], filed="", indicators=())
    assert all(square(table) for table in tables(forms(work(made), handlers=handlers)))


# --- 申报表 -------------------------------------------------------------------------------------


def application(made: BudgetBook, *, handlers: bool = False) -> Table:
    return tables(forms(work(made), handlers=handlers))[1]


def funds(table: Table) -> dict[str, tuple[str, str]]:
    """Label -> the whole period's money, this year's."""
    found = {}
    for row in table.rows:
        cells = [cell for cell in row if not cell.head]
        if len(cells) == 4 and cells[1].align == "right":
            found[cells[0].text] = (cells[1].text, cells[3].text)
    return found


def test_the_money_of_an_application_is_that_of_the_book() -> None:
    assert funds(application(department("shanxi-13-2024"))) == {
        "实施期资金总额：": ("40.00", "25.60"),
        "其中：中央财政资金": ("0.00", "0.00"),
        "省级财政资金": ("10.00", "5.00"),
        "市县（区）财政资金": ("30.00", "20.60"),
        "单位自筹": ("0.00", "0.00"),
        "其他资金": ("0.00", "0.00"),
    }


def _fund_rows(form: Table) -> tuple[list[int], list[int]]:
    shown = list(funds(form).values())
    return tuple([int(row[side].replace(".", "")) for row in shown] for side in (0, 1))  # type: ignore[return-value]


def test_funds_of_a_form_add_up_and_are_what_the_statement_prints() -> None:
    made = department("shanxi-13-2024")
    thirds = {"province": 8_533_341, "local": 8_533_342, "own": 8_533_342}
    made.projects[1] = replace(
        made.projects[1], year_funds=thirds, funds={k: 2 * v for k, v in thirds.items()}
    )
    done = work(made)
    period, year = _fund_rows(tables(forms(done))[1])
    assert year[0] == sum(year[1:])
    assert period[0] == sum(period[1:])
    printed = [cell.printed for address, cell in done.cells.items() if ":XM002/total" in address]
    assert year[0] == sum(printed) == 2560


def test_funds_the_book_does_not_tell_are_local_where_they_are_appropriations() -> None:
    made = book(
        "某局 2010302 30227 general project:P1 current 3\n某局 2010302 30227 other project:P1 current 1.5"
    )
    done = begin(made, build("[[statement]]\nkind = 'projects'\nrows = 'projects'\ncolumns = ['name', 'total']\n"),
                 "department", "")  # fmt: skip
    (form,) = tables(forms(done))
    shown = funds(form)
    assert shown["市县（区）财政资金"] == ("3.00", "3.00")
    assert shown["单位自筹"] == ("1.50", "1.50")
    assert shown["实施期资金总额："] == ("4.50", "4.50")


def test_indicators_stand_under_their_levels_for_the_period_and_the_year() -> None:
    made = department("shanxi-13-2024")
    rows = texts(application(made))
    start = next(index for index, row in enumerate(rows) if row[0] == "绩效指标")
    assert rows[start] == [
        "绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值",
    ]  # fmt: skip
    assert rows[start + 1] == [
        "产出指标", "数量指标", "更新自助终端数量", "20台", "数量指标", "更新自助终端数量", "12台",
    ]  # fmt: skip
    assert rows[start + 2][0] == "质量指标"
    assert rows[start + 3][0] == "效益指标"


def test_long_texts_that_nobody_wrote_have_no_row() -> None:
    made = department("shanxi-13-2024")
    heads = [row[0] for row in texts(application(made))]
    assert "项目概况" in heads
    assert "立项依据" not in heads


def test_the_title_names_the_region_and_the_head_the_code() -> None:
    form = application(department("shanxi-13-2024"))
    assert form.title == "乙区项目支出绩效目标申报表"
    assert form.above == ("（2024年度）", "单位：万元")
    assert texts(form)[1][1] == "604-乙区行政审批服务管理局"
    made = department("shanxi-13-2024")
    made.code = ""
    assert texts(application(made))[1][1] == "乙区行政审批服务管理局"


def test_handlers_leave_the_book_only_when_asked_for() -> None:
    made = department("shanxi-13-2024")
    made.projects[1] = replace(made.projects[1], handler=HANDLER, telephone=TELEPHONE)
    assert texts(application(made))[-1] == ["填报日期：", "2024-01-20"]
    assert texts(application(made, handlers=True))[-1] == [
        "经办人：", HANDLER, "联系电话：", TELEPHONE, "填报日期：", "2024-01-20",
    ]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_disclosure_tells_a_handler_unless_asked(layout: str) -> None:
    made = department(layout)
    made.projects = [replace(one, handler=HANDLER, telephone=TELEPHONE) for one in made.projects]
    kept = repr(compose(made).disclosure)
    assert HANDLER not in kept
    assert TELEPHONE not in kept
    told = repr(compose(made, handlers=True).disclosure)
    assert (HANDLER in told) == (build_of(layout).form == "application")


# --- 绩效目标表 -----------------------------------------------------------------------------------


def test_targets_list_indicators_with_description_and_ground() -> None:
    table = tables(forms(work(department("hebei-9"))))[0]
    assert table.title == "1、综合窗口服务外包绩效目标表"
    rows = texts(table)
    assert rows[0] == ["绩效目标", "全年收件15000件以上，按时办结，群众满意"]
    assert rows[2] == ["产出指标", "数量指标", "收件数量", "全年综合窗口收件总数", "≥15000件", "上年收件数量"]
    assert rows[3][0] == "质量指标"
    assert rows[-1][:2] == ["满意度指标", "服务对象满意度指标"]


def test_several_goals_are_numbered() -> None:
    made = department("hebei-9")
    made.projects[0] = replace(made.projects[0], texts={"year_goal": Words("办好窗口\n\n办快审批")})
    assert texts(tables(forms(work(made)))[0])[0][1] == "1. 办好窗口\n2. 办快审批"


def test_indicators_are_ordered_by_level_however_they_were_typed() -> None:
    made = department("hebei-9")
    made.projects[0] = replace(made.projects[0], indicators=made.projects[0].indicators[::-1])
    seconds = [row[-5] for row in texts(tables(forms(work(made)))[0])[2:]]
    assert seconds == [
        "数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "服务对象满意度指标",
    ]  # fmt: skip


# --- 项目经费情况说明 -------------------------------------------------------------------------------


def test_chapters_tell_a_project_in_numbered_parts() -> None:
    found = forms(work(department("shanghai-9")))
    heading = found[0]
    assert isinstance(heading, Heading)
    assert heading.text == "1. 综合窗口服务外包"
    parts = [block.text for block in found[1:7] if isinstance(block, Paragraph)]
    assert [part.partition("：")[0] for part in parts] == [
        "（一）项目概述", "（二）立项依据", "（三）实施主体", "（四）实施方案", "（五）实施周期", "（六）年度预算安排",
    ]  # fmt: skip
    assert parts[-1].endswith("2024年安排40.45万元。")
    assert isinstance(found[7], Table)


def test_chapters_leave_out_what_nobody_wrote() -> None:
    found = forms(work(department("shanghai-9"), CENTRE))
    parts = [block.text for block in found if isinstance(block, Paragraph)]
    assert [part.partition("：")[0] for part in parts] == [
        "（一）实施主体",
        "（二）实施周期",
        "（三）年度预算安排",
    ]
    assert parts[0].endswith(CENTRE)


def test_a_project_without_money_in_the_disclosure_has_no_form() -> None:
    made = small_book()
    made.expenditure = [line for line in made.expenditure if line.project != "XM002"]
    assert [table.origin for table in tables(forms(work(made)))] == ["project:XM001", "project:XM003"]


def test_a_total_that_is_printed_a_step_beyond_its_parts_is_shared_out_all_the_same() -> None:
    """Where everything else must add up, even a whole number of steps may be printed one off."""
    assert share_out(5869, [0, 58_680_000, 0], 10_000) == [0, 5869, 0]
    assert share_out(5867, [10_000, 58_670_000], 10_000) == [1, 5866]
    assert share_out(3, [5_000, 5_000, 15_000], 10_000) == [1, 1, 1]
    assert share_out(9, [5_000, 45_000], 10_000) == [1, 8]
