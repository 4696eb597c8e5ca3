"""Sentences as claims: what is named, what belongs to what."""

import time

import pytest

from openbook.document import Document
from openbook.findings import Context
from openbook.money import LI_PER_WAN
from openbook.narrative import understand
from tests.narrative.samples import EXPLANATION, claims, document, values


def test_totals_parts_change_growth_and_reason_of_one_sentence():
    found = claims(
        "change",
        "2024年度预算收入总计1,000.00万元，其中：本年收入900.00万元，上年结转100.00万元，"
        "比上年增加200.00万元，增长25.00%，主要原因是人员增加。",
    )
    assert [(claim.kind, claim.text, claim.concept) for claim in found] == [
        ("amount", "1,000.00万元", "income.grand"),
        ("amount", "900.00万元", "income.current"),
        ("amount", "100.00万元", "carryover"),
        ("change", "200.00万元", "income.grand"),
        ("growth", "25.00%", "income.grand"),
    ]
    whole, current, carried, change, growth = found
    assert current.whole is whole
    assert carried.whole is whole
    assert change.of is whole
    assert (change.direction, change.value) == (1, 200 * LI_PER_WAN)
    assert growth.value == 250_000
    assert growth.reason == "人员增加"


def test_figures_find_the_cells_that_may_hold_them():
    total, basic, project = claims(
        "expenditure", "2024年度支出预算1000万元，其中：基本支出400万元；项目支出600万元。", "amount"
    )
    assert {cell.row.statement.kind for cells in total.candidates for cell in cells} == {
        "summary",
        "expenditure",
    }
    assert basic.cells[0].text == "400.00"
    assert project.cells[0].text == "600.00"
    assert basic.trimmed


@pytest.mark.parametrize(
    "words",
    [
        "比上年增加2.00万元",
        "较2023年增加2万元",
        "与上年相比增加2.0万元",
        "比2023年预算（上一年度，下同）增加2万元",
        "同比增加2万元",
    ],
)
def test_comparisons_are_changes_and_not_amounts(words):
    found = claims("operating", f"2024年机关运行经费50.00万元，{words}。")
    assert [claim.kind for claim in found] == ["amount", "change"]
    assert found[1].of is found[0]


@pytest.mark.parametrize("words", ["持平", "相同", "无变化", "无变动", "一致"])
def test_standstill(words):
    amount, flat = claims("operating", f"2024年机关运行经费50.00万元，与上年{words}。")
    assert flat.kind == "flat"
    assert flat.of is amount


def test_last_years_figure_is_not_bound_to_this_years_cell():
    now, before, growth = claims(
        "operating", "2024年机关运行经费50.00万元，2023年预算数为40.00万元，比上年增长25.00%。"
    )
    assert (before.year, before.cells) == (2023, ())
    assert growth.prior is before
    assert growth.of is now


def test_the_figure_compared_with_is_last_years():
    now, before, change = claims(
        "operating", "2024年机关运行经费50.00万元，比上年预算数40.00万元增加10.00万元。"
    )
    assert (before.year, change.prior) == (2023, before)
    assert change.of is now


def test_a_bracket_is_a_breakdown_of_the_figure_before_it():
    vehicles, purchase, running, growth = claims(
        "three_public",
        "公务用车购置及运行费3.2万元（其中：公务用车购置费0万元，公务用车运行维护费3.2万元），同比增加6.31%。",
    )
    assert purchase.whole is running.whole is vehicles
    assert growth.of is vehicles


def test_a_total_is_no_part_of_the_total_before_it():
    found = claims("change", "收入总计1000.00万元，其中：本年收入900.00万元；支出总计1000.00万元。")
    assert found[2].whole is None


def test_carry_over_is_told_apart():
    found = claims(
        "operating",
        "机关运行经费共计50.00万元，其中：本年预算安排机关运行经费45.00万元，上年结转机关运行经费5.00万元。",
    )
    assert [claim.concept for claim in found] == [
        "operating.total",
        "operating.total@current",
        "operating.total@carryover",
    ]


def test_scanner_blanks_and_full_width_signs_inside_numbers():
    [amount] = claims("operating", "机关运行经费 50. 00 万元。")
    assert amount.value == 50 * LI_PER_WAN


def test_what_is_hedged_says_so():
    [amount] = claims("operating", "机关运行经费约50万元。")
    assert amount.hedged


def test_functional_items_find_their_code_by_their_path():
    found = claims(
        "general",
        "“一般公共服务支出（类）政府办公厅(室)及相关机构事务（款）行政运行（项）”390.00万元，主要用于人员。"
        "2023年预算执行数为300.00万元，2024年预算安排390.00万元，比2023年预算执行数增加30.00%。"
        "主要原因是：人员增加。",
    )
    assert values(found) == [
        ("390.00万元", "item:2010301"),
        ("300.00万元", "item:2010301"),
        ("390.00万元", "item:2010301"),
        ("30.00%", "item:2010301"),
    ]
    assert found[3].prior is found[1]
    assert found[3].reason == "人员增加"


def test_lists_of_names():
    [_, listed] = claims("basic", "公用经费50.00万元，主要包括：办公费、工会经费等。")
    assert (listed.kind, listed.names, listed.hedged) == ("items", ("办公费", "工会经费"), True)


def test_places_are_exact():
    [amount] = claims("operating", "机关运行经费50.00万元。")
    assert amount.paragraph.text[amount.start :].startswith("50.00万元")
    assert (amount.place.column, amount.place.end_column) == (7, 14)


def test_text_that_defines_or_describes_is_not_judged():
    made = document({"glossary": "三、“三公”经费：指不超过100万元的经费。", "assets": "固定资产80万元。"})
    assert not any(claim.candidates for claim in made.claims)


def test_a_sentence_torn_by_a_page_break_is_read_whole():
    made = document(
        {"operating": "2024年本部门安排的机关运行经费预算数为全年共计50.00万\n\n元，与上年持平。"}
    )
    assert [claim.text for claim in made.claims] == ["50.00万元", "持平"]


def test_final_accounts_are_read_and_not_judged():
    made = document({"three_public": "“三公”经费支出5.00万元。"})
    assert any(claim.candidates for claim in made.claims)
    final = Document(made.source, stage="accounts", statements=made.statements, year=made.year)
    understand(made.source, final)
    assert final.claims
    assert not any(claim.candidates for claim in final.claims)


def test_another_body_has_no_cell_here():
    [amount] = claims("operating", "其中：示例市公共资源交易中心机关运行经费7.00万元。")
    assert amount.concept is None


@pytest.mark.parametrize(
    "text",
    [
        "共计" * 9000 + "5万元",
        "1" * 20000 + "万元",
        "111," * 9000 + "万元",
        "甲（款）" * 5000 + "（项）5万元",
        "（5万元" * 3000,
    ],
    ids=["words", "digits", "commas", "items", "brackets"],
)
def test_hostile_text_is_read_in_time(text):
    claims("operating", f"机关运行经费{text}，比上年增加1万元。")


@pytest.mark.parametrize(
    "text",
    [
        "比上年增加1.00万元，增长2.04%，其中公用经费3万元，" * 420,
        "主要用于" + "办公费1.00万元、" * 2500,
        "比上年增加1.00万元，减少的主要原因是人员。" * 420,
        "比上年增加1.00万元" * 800,
    ],
    ids=["changes", "parts", "reasons", "no stops"],
)
def test_rules_judge_a_paragraph_without_end_in_time(text):
    made = Context(document({"operating": "机关运行经费50.00万元，" + text}))
    started = time.process_time()
    assert [list(rule.check(made)) for rule in EXPLANATION]
    assert time.process_time() - started < 2  # it takes some 0.1 s; what grows with the square takes far more


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("因公出国（境）费支出预算为5.00万元。", "three.abroad"),
        ("公务接待费预算支出5.00万元。", "three.reception"),
        ("工资福利支出预算5.00万元。", None),
        ("“三公”经费预算支出5.00万元。", "three.total"),
        ("支出预算5.00万元。", "expenditure.total"),
        ("示例区政务服务管理局2024年支出预算5.00万元。", "expenditure.total"),
    ],
)
def test_budget_of_something_is_not_the_budget(text, concept):
    [amount] = claims("three_public", text)
    assert amount.concept == concept


def test_a_year_after_the_name_of_a_figure():
    before, now, change = claims("three_public", "公务接待费上年度1.40万元，本年度1.20万元，减少0.20万元。")
    assert (before.year, now.year) == (2023, 2024)
    assert now.concept == before.concept == change.concept == "three.reception"
    assert (change.of, change.prior) == (now, before)


def test_standstill_after_both_years():
    found = claims("three_public", "公务接待费2024年预算1.20万元，2023年预算1.20万元，无变化。")
    assert [claim.kind for claim in found] == ["amount", "amount", "flat"]
    assert (found[2].of, found[2].prior) == (found[0], found[1])


def test_the_percentage_of_a_change_in_a_bracket():
    _, change, growth = claims("three_public", "公务接待费1.20万元，较上年减少0.60万元（33.33%）。")
    assert (growth.kind, growth.direction, growth.of) == ("growth", -1, change.of)


def test_respective_figures_belong_to_nothing():
    found = claims("expenditure", "基本支出400.00万元，项目支出600.00万元，分别占40.00%、60.00%。")
    assert [claim.kind for claim in found] == ["amount", "amount"]


def test_a_rate_per_head_is_no_part():
    found = claims("three_public", "公务用车运行维护费3.20万元，车均1.60万元。")
    assert [claim.text for claim in found] == ["3.20万元"]
