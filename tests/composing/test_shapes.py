"""Every shape of rows, from small books: which rows are printed, in which order, with which figures."""

from __future__ import annotations

from openbook.book.model import INSTITUTION
from openbook.composing.plan import numeral
from tests.composing.little import CENTRE, book, rows, tables, work

# 万元, the simplest book with every kind of line
LINES = """
某局   2010301 30101 general basic      current   60
某局   2010301 30201 general basic      current   20
某局   2010302 30227 general project:P1 current   15
某局   2010302 30227 general project:P1 carryover 5
某中心 2080505 30108 general basic      current   8
某中心 2120899 30299 fund    project:P2 current   30
"""


def statement(kind: str, shape: str, columns: str, **more: object) -> str:
    keys = {"kind": kind, "rows": shape, **more}
    listed = ", ".join(f'"{one.strip()}"' for one in columns.split(","))
    lines = [f"{key} = {_toml(value)}" for key, value in keys.items()]
    return "[[statement]]\n" + "\n".join(lines) + f"\ncolumns = [{listed}]\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'


# --- functions -------------------------------------------------------------------------------

EXPENDITURE = statement("expenditure", "functions", "code, name, total, basic, project")


def test_functions_stand_under_their_classes_below_the_total() -> None:
    assert rows(book(LINES), EXPENDITURE) == [
        " | 合计 | 138.00 | 88.00 | 50.00",
        "201 | 一般公共服务支出 | 100.00 | 80.00 | 20.00",
        "20103 |   政府办公厅（室）及相关机构事务 | 100.00 | 80.00 | 20.00",
        "2010301 |     行政运行 | 80.00 | 80.00 |",
        "2010302 |     一般行政管理事务 | 20.00 |  | 20.00",
        "208 | 社会保障和就业支出 | 8.00 | 8.00 |",
        "20805 |   行政事业单位养老支出 | 8.00 | 8.00 |",
        "2080505 |     机关事业单位基本养老保险缴费支出 | 8.00 | 8.00 |",
        "212 | 城乡社区支出 | 30.00 |  | 30.00",
        "21208 |   国有土地使用权出让收入安排的支出 | 30.00 |  | 30.00",
        "2120899 |     其他国有土地使用权出让收入安排的支出 | 30.00 |  | 30.00",
    ]


def test_the_total_of_functions_may_stand_last_under_its_own_name() -> None:
    last = statement("expenditure", "functions", "name, total", total="last", total_label="总计")
    printed = rows(book(LINES), last)
    assert printed[0] == "一般公共服务支出 | 100.00"
    assert printed[-1] == "总计 | 138.00"


def test_the_code_may_be_cut_into_class_section_and_item() -> None:
    cut = statement("expenditure", "functions", "class, section, item, name, total", scope="fund")
    assert rows(book(LINES), cut) == [
        " |  |  | 合计 | 30.00",
        "212 |  |  | 城乡社区支出 | 30.00",
        "212 | 08 |  |   国有土地使用权出让收入安排的支出 | 30.00",
        "212 | 08 | 99 |     其他国有土地使用权出让收入安排的支出 | 30.00",
    ]


def test_a_scope_leaves_out_what_it_does_not_choose() -> None:
    scoped = statement("general_expenditure", "functions", "code, total", scope="general current project")
    assert rows(book(LINES), scoped) == [" | 15.00", "201 | 15.00", "20103 | 15.00", "2010302 | 15.00"]


def test_an_optional_column_appears_only_where_it_holds_money() -> None:
    optional = statement(
        "expenditure", "functions", "name, total", optional=["operations=经营支出", "superior=上缴上级支出"]
    )
    (table,) = tables(book(LINES), optional)
    assert [cell.text for cell in table.rows[0]] == ["name", "total"]
    more = LINES + "某中心 2080505 30201 operations operations current 2"
    (table,) = tables(book(more), optional)
    assert [cell.text for cell in table.rows[0]] == ["name", "total", "经营支出"]
    assert [cell.text for cell in table.rows[1]] == ["合计", "140.00", "2.00"]
    assert len(table.widths) == 3


def test_the_statement_of_revenue_counts_what_is_carried_forward_and_others_do_not() -> None:
    made = book(
        "某局 2010302 30201 general project:P1 current 6",
        forward="某局 2010302 general 4",
        revenue="某局 general current 7\n某局 general carryover 3",
    )
    revenue = statement("revenue", "functions", "code, total, current, carryover", scope="")
    assert rows(made, revenue)[-1] == "2010302 | 10.00 | 7.00 | 3.00"
    assert rows(made, EXPENDITURE)[-1] == "2010302 |     一般行政管理事务 | 6.00 |  | 6.00"


def test_a_name_of_the_book_goes_before_that_of_the_classification() -> None:
    made = book("某局 2010398 30201 general basic current 1")
    made.accounts = {"2010398": "政务大厅建设", "20103": "本区办公事务"}
    assert [row.split(" | ")[1].strip() for row in rows(made, EXPENDITURE)] == [
        "合计", "一般公共服务支出", "本区办公事务", "政务大厅建设",
    ]  # fmt: skip


# --- economics ---------------------------------------------------------------------------------

BASIC = statement(
    "general_basic", "economics", "code, name, government, total, personnel, public", scope="general basic"
)


def test_economic_accounts_name_those_of_the_government_by_the_nature_of_the_unit() -> None:
    made = book(
        """
        某局   2010301 30101 general basic current 60
        某局   2010301 30201 general basic current 20
        某中心 2080505 30108 general basic current 8
        某中心 2010350 30101 general basic current 2
        """
    )
    assert rows(made, BASIC) == [
        " | 合计 |  | 90.00 | 70.00 | 20.00",
        "301 | 工资福利支出 |  | 70.00 | 70.00 |",
        "30101 |   基本工资 | 工资奖金津补贴、工资福利支出 | 62.00 | 62.00 |",
        "30108 |   机关事业单位基本养老保险缴费 | 工资福利支出 | 8.00 | 8.00 |",
        "302 | 商品和服务支出 |  | 20.00 |  | 20.00",
        "30201 |   办公费 | 办公经费 | 20.00 |  | 20.00",
    ]


def test_one_nature_alone_has_one_account_of_the_government() -> None:
    made = book("某局 2010301 30101 general basic current 1\n某中心 2010350 30101 general basic current 1")
    made.units[0] = made.units[1].__class__(made.units[0].name, INSTITUTION)
    assert rows(made, BASIC)[-1].startswith("30101 |   基本工资 | 工资福利支出 | 2.00")


# --- accounts, paired ----------------------------------------------------------------------------

FUNDS = statement("fund_revenue", "accounts", "code, name, amount", scope="fund current")


def test_revenue_accounts_stand_under_one_another() -> None:
    made = book(
        LINES,
        revenue="某中心 fund current 20 1030148\n某中心 fund current 10 1030144\n某局 general current 108",
    )
    assert rows(made, FUNDS) == [
        " | 合计 | 30.00",
        "103 | 非税收入 | 30.00",
        "10301 |   政府性基金收入 | 30.00",
        "1030144 |     1030144 | 10.00",
        "1030148 |     国有土地使用权出让收入 | 20.00",
    ]


def test_an_account_of_its_own_beside_a_deeper_one_is_counted_in_their_sum() -> None:
    made = book(LINES, revenue="某中心 fund current 20 1030148\n某中心 fund current 10 10301")
    done = work(made, FUNDS)
    printed = {address: cell.text for address, cell in done.cells.items()}
    assert printed == {
        "fund_revenue/total/amount": "30.00",
        "fund_revenue/103/amount": "30.00",
        "fund_revenue/10301/amount": "30.00",
        "fund_revenue/1030148/amount": "20.00",
    }
    assert done.cells["fund_revenue/10301/amount"].parts == ()
    assert done.cells["fund_revenue/103/amount"].parts == ("fund_revenue/10301/amount",)


def test_rounded_revenue_accounts_add_up() -> None:
    made = book(
        "某中心 2120899 30299 fund project:P2 current 0.02",
        revenue="\n".join(f"某中心 fund current 0.005 10301{n}" for n in ("44", "46", "47", "48")),
    )
    done = work(made, FUNDS)
    parts = [cell.printed for address, cell in done.cells.items() if len(address.split("/")[1]) == 7]
    assert len(parts) == 4
    assert sum(parts) == done.cells["fund_revenue/total/amount"].printed == 2


def test_revenue_accounts_of_a_unit_are_its_own() -> None:
    made = book(
        "某局 2120899 30299 fund project:P1 current 3\n某中心 2120899 30299 fund project:P2 current 4",
        revenue="某局 fund current 3 1030144\n某中心 fund current 4 1030148",
    )
    assert rows(made, FUNDS, unit=CENTRE)[-1] == "1030148 |     国有土地使用权出让收入 | 4.00"
    assert len(rows(made, FUNDS, unit=CENTRE)) == 4


def test_paired_statements_put_revenue_beside_expenditure() -> None:
    paired = statement(
        "state_capital",
        "paired",
        "code, name, amount, code, name, total, basic, project",
        scope="fund current",
    )
    made = book(LINES, revenue="某中心 fund current 30 1030148")
    assert rows(made, paired) == [
        " | 合计 | 30.00 |  | 合计 | 30.00 |  | 30.00",
        "103 | 非税收入 | 30.00 | 212 | 城乡社区支出 | 30.00 |  | 30.00",
        "10301 |   政府性基金收入 | 30.00 | 21208 |   国有土地使用权出让收入安排的支出 | 30.00 |  | 30.00",
        "1030148 |     国有土地使用权出让收入 | 30.00 | 2120899 |     其他国有土地使用权出让收入安排的支出 | 30.00 |  | 30.00",
    ]


def test_the_shorter_side_of_a_pair_ends_in_blanks() -> None:
    paired = statement("state_capital", "paired", "code, name, amount, code, name, total", scope="fund")
    made = book("某中心 2120899 30299 fund project:P2 carryover 30")
    printed = rows(made, paired)
    assert printed[0] == " | 合计 |  |  | 合计 | 30.00"
    assert printed[-1].startswith(" |  |  | 2120899")


# --- sides ---------------------------------------------------------------------------------------

LEFT = [
    ["一、一般公共预算", "rev.general"],
    ["二、政府性基金预算", "rev.fund"],
    ["三、其他收入", "rev.other", "?"],
]
TAIL = [
    ["本年收入合计", "rev.current", "本年支出合计", "exp.current", "?"],
    ["上年结转", "rev.carryover", "年终结转", "exp.carryover", "?"],
    ["收入总计", "rev.total", "支出总计", "exp.total"],
]
SUMMARY = statement("summary", "sides", "label, amount, label, total", left=LEFT, tail=TAIL)


def test_sides_put_sources_beside_classes_and_sums_below_both() -> None:
    assert rows(book(LINES), SUMMARY) == [
        "一、一般公共预算 | 103.00 | 一、一般公共服务支出 | 100.00",
        "二、政府性基金预算 | 30.00 | 二、社会保障和就业支出 | 8.00",
        " |  | 三、城乡社区支出 | 30.00",
        "本年收入合计 | 133.00 | 本年支出合计 | 138.00",
        "上年结转 | 5.00 |  |",
        "收入总计 | 138.00 | 支出总计 | 138.00",
    ]


def test_optional_lines_of_sides_appear_only_with_money() -> None:
    made = book("某局 2010301 30101 general basic current 6")
    assert rows(made, SUMMARY) == [
        "一、一般公共预算 | 6.00 | 一、一般公共服务支出 | 6.00",
        "二、政府性基金预算 |  |  |",
        "收入总计 | 6.00 | 支出总计 | 6.00",
    ]
    made = book("某局 2010301 30101 general basic current 6\n某局 2010301 30101 other basic current 2")
    assert rows(made, SUMMARY)[2].startswith("三、其他收入 | 2.00")


def test_the_sums_of_sides_appear_where_money_is_carried_forward() -> None:
    made = book(
        "某局 2010301 30101 general basic current 6",
        forward="某局 2010302 general 1",
        revenue="某局 general current 7",
    )
    assert rows(made, SUMMARY)[2:] == [
        "本年收入合计 | 7.00 | 本年支出合计 | 6.00",
        " |  | 年终结转 | 1.00",
        "收入总计 | 7.00 | 支出总计 | 7.00",
    ]


def test_sides_may_list_every_class() -> None:
    printed = rows(book(LINES), SUMMARY, head='classes = "all"\n')
    labels = [row.split(" | ")[2] for row in printed[:-3]]
    assert len(labels) > 20
    assert labels[0] == "一、一般公共服务支出"
    assert labels[3].startswith("四、")
    assert sum(1 for row in printed[:-3] if row.split(" | ")[3:] not in ([], [""])) == 3


def test_the_right_side_may_have_several_columns() -> None:
    wide = statement(
        "appropriation", "sides", "label, amount, label, total, general, fund", left=LEFT[:2], tail=TAIL[2:],
        scope="appropriation",
    )  # fmt: skip
    assert rows(book(LINES), wide)[-1] == "收入总计 | 138.00 | 支出总计 | 138.00 | 108.00 | 30.00"


def test_numerals_of_classes_count_up_to_ninety_nine() -> None:
    assert [numeral(n) for n in (1, 9, 10, 11, 19, 20, 23, 30, 99)] == [
        "一", "九", "十", "十一", "十九", "二十", "二十三", "三十", "九十九",
    ]  # fmt: skip


# --- lines, units, projects, single --------------------------------------------------------------

THREE = statement(
    "three_public", "lines", "label, total, general", scope="appropriation",
    lines=[["一、出国", "three.abroad"], ["二、车", "three.vehicle"], ["其中：购置", "three.purchase", 1],
           ["运行", "three.running", 1], ["三、接待", "three.reception"], ["合计", "three.total"]],
)  # fmt: skip
CARS = """
某局 2010301 30217 general basic      current   0.5
某局 2010301 30231 general basic      current   4
某局 2010302 31013 general project:P1 carryover 18
某局 2010301 30212 business basic     current   9
"""


def test_lines_are_as_the_layout_says_with_and_without_money() -> None:
    assert rows(book(CARS), THREE) == [
        "一、出国 |  |",
        "二、车 | 22.00 | 22.00",
        "  其中：购置 | 18.00 | 18.00",
        "  运行 | 4.00 | 4.00",
        "三、接待 | 0.50 | 0.50",
        "合计 | 22.50 | 22.50",
    ]


def test_units_stand_in_the_order_of_the_book_below_their_total() -> None:
    operating = statement(
        "operating", "units", "name, total", scope="general basic public", total_label="{level}合计"
    )
    made = book(
        "某中心 2010350 30201 general basic current 3\n某局 2010301 30201 general basic current 5\n"
        "某局 2010301 30101 general basic current 50"
    )
    assert rows(made, operating) == ["部门合计 | 8.00", "  某局 | 5.00", "  某中心 | 3.00"]
    assert rows(made, operating, unit=CENTRE) == ["单位合计 | 3.00", "  某中心 | 3.00"]


def test_only_agencies_have_operating_expenses() -> None:
    operating = statement("operating", "units", "name, total", scope="general basic public agency")
    assert rows(book("某中心 2010350 30201 general basic current 3"), operating) == ["合计 |"]


def test_projects_stand_below_their_units() -> None:
    projects = statement("projects", "projects", "name, total, general, fund", scope="project current")
    assert rows(book(LINES), projects) == [
        "某局 | 45.00 | 15.00 | 30.00",
        "  某局 | 15.00 | 15.00 |",
        "    项目P1 | 15.00 | 15.00 |",
        "  某中心 | 30.00 |  | 30.00",
        "    项目P2 | 30.00 |  | 30.00",
    ]


def test_a_project_of_two_units_stands_below_each() -> None:
    projects = statement("projects", "projects", "name, total", scope="project current")
    made = book(
        "某局 2010302 30227 general project:P1 current 1\n某中心 2010302 30227 general project:P1 current 2"
    )
    assert rows(made, projects) == [
        "某局 | 3.00", "  某局 | 1.00", "    项目P1 | 1.00", "  某中心 | 2.00", "    项目P1 | 2.00",
    ]  # fmt: skip


def test_a_single_row_holds_a_figure_of_each_column() -> None:
    single = statement(
        "three_public_operating", "single",
        "total=appropriation three, vehicle=appropriation vehicle, operating=general basic public agency",
    )  # fmt: skip
    assert rows(book(CARS), single) == ["22.50 | 22.00 | 4.50"]


# --- what holds for every shape ------------------------------------------------------------------


def test_nothing_is_printed_as_the_layout_says() -> None:
    zero = statement("expenditure", "functions", "name, basic, project", zero="0.00", scope="fund")
    assert rows(book(LINES), zero)[0] == "合计 | 0.00 | 30.00"


def test_a_statement_in_yuan_sets_thousands_apart() -> None:
    yuan = statement("expenditure", "functions", "name, total", unit="元", decimals=0, scope="fund")
    assert rows(book(LINES), yuan)[0] == "合计 | 300,000"


def test_a_statement_without_money_is_a_blank_row_and_a_note() -> None:
    (table,) = tables(book("某局 2010301 30101 general basic current 1"), FUNDS)
    assert [cell.text for cell in table.rows[-1]] == ["", "合计", ""]
    assert table.notes == ("注：空表",)


def test_amounts_too_small_to_be_printed_are_told_below_the_statement() -> None:
    (table,) = tables(book("某局 2010301 30101 general basic current 0.001"), EXPENDITURE)
    assert table.notes == ("注：本表各项金额均不足0.01万元。",)
    assert [cell.text for cell in table.rows[1]] == ["", "合计", "0.00", "0.00", ""]


def test_rows_are_numbered_where_the_layout_has_a_column_for_it() -> None:
    numbered = statement("expenditure", "functions", "serial, code, total", scope="fund")
    assert [row.split(" | ")[0] for row in rows(book(LINES), numbered)] == ["1", "2", "3", "4"]
