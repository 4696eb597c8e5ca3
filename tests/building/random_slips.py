"""Ways to make projects, their forms and the texts of a good book wrong; and all ways there are, by code."""

from __future__ import annotations

import random
from dataclasses import replace

from openbook.book.faults import yuan
from openbook.book.model import BudgetBook, Indicator, Purchase, Words
from tests.building import random_faults as faults
from tests.building.random_faults import Spoil, Where, project_of, with_project

# --- projects -----------------------------------------------------------------------------------


def same_name(book: BudgetBook, _: random.Random) -> Where | None:
    if len(book.projects) < 2:
        return None
    first = book.projects[0]
    book.projects[1] = replace(book.projects[1], name=first.name, unit=first.unit)
    return Where(f"projects/{book.projects[1].code}.toml", None, "name")


def form_of_other_money(book: BudgetBook, rng: random.Random) -> Where | None:
    return with_project(book, rng, year_funds={"local": 10**14}, funds={})


def period_below_year(book: BudgetBook, rng: random.Random) -> Where | None:
    found = project_of(book, rng)
    if found is None:
        return None
    spent = sum(line.amount for line in book.expenditure if line.project == book.projects[found[0]].code)
    if spent < 2:
        return None
    book.projects[found[0]] = replace(book.projects[found[0]], funds={"local": spent - 1}, year_funds={})
    return Where(found[1])


def no_indicators(book: BudgetBook, rng: random.Random) -> Where | None:
    return with_project(book, rng, indicators=())


def no_goal(book: BudgetBook, rng: random.Random) -> Where | None:
    found = project_of(book, rng)
    if found is None:
        return None
    del book.projects[found[0]].texts["year_goal"]
    return Where(found[1], None, "year_goal")


def _indicator(book: BudgetBook, rng: random.Random, added: Indicator, column: str | None) -> Where | None:
    found = project_of(book, rng)
    if found is None:
        return None
    project = book.projects[found[0]]
    book.projects[found[0]] = replace(project, indicators=(*project.indicators, added))
    return Where(found[1], None, column)


def more_than_all(book: BudgetBook, rng: random.Random) -> Where | None:
    return _indicator(book, rng, Indicator("质量指标", "事项办结率", "≥101%"), "target")


def indicator_twice(book: BudgetBook, rng: random.Random) -> Where | None:
    found = project_of(book, rng)
    if found is None:
        return None
    project = book.projects[found[0]]
    book.projects[found[0]] = replace(project, indicators=(*project.indicators, project.indicators[0]))
    return Where(found[1], None, "name")


# --- texts ----------------------------------------------------------------------------------------


def _text(key: str, words: str) -> Spoil:
    """The words at the end of one of the book's texts."""

    def spoil(book: BudgetBook, _: random.Random) -> Where:
        kept = book.texts.get(key, Words("本部门没有其他情况。")).text
        book.texts[key] = Words(f"{kept}\n\n{words.replace('{上年}', str(book.year - 1))}")
        return Where(f"{key}.md")

    return spoil


def _no_text(key: str) -> Spoil:
    def spoil(book: BudgetBook, _: random.Random) -> Where:
        del book.texts[key]
        return Where(f"{key}.md")

    return spoil


def _project_text(key: str, words: str) -> Spoil:
    def spoil(book: BudgetBook, rng: random.Random) -> Where | None:
        found = project_of(book, rng)
        if found is None:
            return None
        book.projects[found[0]].texts[key] = Words(words.replace("{前年}", str(book.year - 2)))
        return Where(found[1])

    return spoil


def placeholder_in_reason(book: BudgetBook, _: random.Random) -> Where | None:
    if not book.reasons:
        return None
    book.reasons[next(iter(book.reasons))] = Words("XX项目增加")
    return Where("reasons.csv", 2, "原因")


def deadline_gone(book: BudgetBook, rng: random.Random) -> Where | None:
    late = Indicator("时效指标", "档案移交时间", f"{book.year - 1}年12月底前")
    return _indicator(book, rng, late, None)


def no_value(book: BudgetBook, rng: random.Random) -> Where | None:
    return _indicator(book, rng, Indicator("质量指标", "档案整理水平", "定性"), None)


def faults_wanted(book: BudgetBook, rng: random.Random) -> Where | None:
    return _indicator(book, rng, Indicator("质量指标", "设备故障率", "≥5%"), None)


def copied_form(book: BudgetBook, _: random.Random) -> Where | None:
    if len(book.projects) < 2:
        return None
    first, second = book.projects[:2]
    kept = tuple(one for one in first.indicators if one.level2 != "成本指标")
    if len(kept) < 5:
        return None
    book.projects[0] = replace(first, indicators=kept)
    book.projects[1] = replace(
        second, indicators=kept, period=first.period, attribute=first.attribute, texts=first.texts
    )
    return Where(f"projects/{second.code}.toml")


def cost_beyond_money(book: BudgetBook, rng: random.Random) -> Where | None:
    found = project_of(book, rng)
    if found is None:
        return None
    project = book.projects[found[0]]
    spent = sum(line.amount for line in book.expenditure if line.project == project.code)
    if spent < 10**6:
        return None
    kept = tuple(one for one in project.indicators if one.level2 != "成本指标")
    costly = Indicator("成本指标", "项目总成本", f"≤{yuan(3 * spent)}元")
    book.projects[found[0]] = replace(
        project,
        indicators=(*kept, costly),
        period="1年",
        attribute="一次性项目(1年结束)",
        funds={},
    )
    return Where(found[1])


def offices_miscounted(book: BudgetBook, _: random.Random) -> Where | None:
    book.texts["organisation"] = Words("本部门内设4个机构：办公室、综合科、法规科。")
    return Where("organisation.md")


def reason_left_out(book: BudgetBook, _: random.Random) -> Where | None:
    now = sum(line.amount for line in book.revenue)
    before = next(prior.amount for prior in book.prior if prior.item == "revenue")
    if abs(now - before) < 10**6:
        return None
    book.reasons["revenue"] = Words("略")
    return Where("")


def longer_than_its_period(book: BudgetBook, rng: random.Random) -> Where | None:
    where = with_project(book, rng, period="1年", attribute="一次性项目(1年结束)", funds={})
    if where is not None:
        code = where.file.removeprefix("projects/").removesuffix(".toml")
        next(one for one in book.projects if one.code == code).texts["plan"] = Words(
            "工期为24个月，分期实施。"
        )
    return where


def bought_for_more_than_all(book: BudgetBook, _: random.Random) -> Where | None:
    spent = sum(line.amount for line in book.expenditure)
    book.purchases.append(Purchase(book.head.name, "办公家具", "goods", 2 * spent + 10**6))
    return Where("")


# code -> how the book is made so
MODEL: tuple[tuple[str, Spoil], ...] = (
    ("BK302", faults.same_code), ("BK303", same_name), ("BK304", faults.other_head), ("BK305", faults.nothing_spent),
    ("BK311", faults.project_forgotten), ("BK312", faults.project_of_basic), ("BK313", faults.project_without_money),
    ("BK314", faults.capital_as_basic), ("BK321", faults.other_amount), ("BK321", faults.revenue_without_spending),
    ("BK321", faults.lost_line), ("BK321", faults.left_over_unpaid), ("BK331", form_of_other_money), ("BK332", period_below_year),
    ("BK333", no_indicators), ("BK334", no_goal), ("BK335", more_than_all), ("BK336", indicator_twice),
    ("BK341", faults.wrong_sum_of_last_year), ("BK342", faults.reason_of_nothing), ("BK351", faults.purchase_beyond_project),
    ("BK352", faults.reserved_too_much), ("BK353", faults.small_share_too_much), ("BK354", faults.price_times_quantity),
    ("BK355", faults.quantity_in_words), ("BK361", faults.car_without_money), ("BK362", faults.running_without_car),
    ("BK371", _no_text("duties")), ("BK371", _no_text("organisation")),
    ("BK372", _text("others", "待填写")), ("BK372", _text("goals", "{单位}的目标")), ("BK372", placeholder_in_reason),
    ("BK372", _project_text("overview", "改造【地点】的围墙")),
    ("BK373", _text("duties", "咨询请拨打13900000000。")), ("BK373", _project_text("plan", "找经办人，13900000000")),
    ("BK401", faults.other_controls), ("BK402", faults.strange_controls), ("BK403", faults.forgotten_in_controls),
    ("BK404", faults.strange_unit_in_controls), ("BK501", faults.no_last_year), ("BK502", faults.no_reason),
)  # fmt: skip

# What only the checker sees, in what was composed.
CHECKER: tuple[tuple[str, Spoil], ...] = (
    ("OB801", _text("duties", "仅供内部审核")),
    ("OB803", _text("terms", "“三公”经费：指省直部门用财政拨款安排的因公出国（境）费和公务接待费。")),
    ("OB812", _text("goals", "一般公共预算服务支出按时完成。")),
    ("OB703", _project_text("overview", "联系人：某某某，电话0358-1234567。")),
    ("OB518", longer_than_its_period),
    ("OB322", reason_left_out),
    ("OB607", bought_for_more_than_all),
    ("OB805", _text("duties", "截至    年    月    日，各科室已经到位。")),
    ("OB809", offices_miscounted),
    ("OB513", deadline_gone), ("OB511", no_value), ("OB508", faults_wanted),
    ("OB515", copied_form), ("OB507", cost_beyond_money),
    ("OB514", _project_text("overview", "完成{前年}年的各项任务，保障{前年}年工作开展。")),
)  # fmt: skip
