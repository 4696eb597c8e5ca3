"""Ways to make a good book wrong: each makes one fault and knows where it must be told, or finds nothing to spoil."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from openbook.book.faults import yuan
from openbook.book.model import (
    Asset,
    BudgetBook,
    Control,
    Forward,
    Indicator,
    Prior,
    Project,
    Purchase,
    Revenue,
    Words,
)


class Where(NamedTuple):
    """Where a fault must be told; None: anywhere."""

    file: str
    row: int | None = None
    column: str | None = None


Spoil = Callable[[BudgetBook, random.Random], Where | None]
LINES, REVENUE, PURCHASES = "expenditure.csv", "revenue.csv", "purchases.csv"


def _row(index: int) -> int:
    """The row of a table in which the line with this index stands: below the heads, counted from 1."""
    return index + 2


def _line(book: BudgetBook, rng: random.Random, **wanted: object) -> int | None:
    """The index of a line of spending with these values."""
    fitting = [
        index
        for index, line in enumerate(book.expenditure)
        if all(getattr(line, key) == value for key, value in wanted.items())
    ]
    return rng.choice(fitting) if fitting else None


def _change(book: BudgetBook, index: int, **changes: object) -> None:
    book.expenditure[index] = replace(book.expenditure[index], **changes)  # type: ignore[arg-type]


def _project(book: BudgetBook, rng: random.Random) -> tuple[int, str] | None:
    """The index of a project, and its file."""
    if not book.projects:
        return None
    index = rng.randrange(len(book.projects))
    return index, f"projects/{book.projects[index].code}.toml"


def _with(book: BudgetBook, rng: random.Random, **changes: object) -> Where | None:
    found = _project(book, rng)
    if found is None:
        return None
    book.projects[found[0]] = replace(book.projects[found[0]], **changes)  # type: ignore[arg-type]
    return Where(found[1])


# --- money ----------------------------------------------------------------------------------


def other_amount(book: BudgetBook, rng: random.Random) -> Where | None:
    index = rng.randrange(len(book.revenue))
    line = book.revenue[index]
    book.revenue[index] = replace(line, amount=line.amount + rng.randint(1, 10**9))
    return Where(REVENUE)


def revenue_without_spending(book: BudgetBook, _: random.Random) -> Where | None:
    if any(line.source == "subordinate" for line in book.revenue):
        return None
    book.revenue.append(Revenue(book.head.name, "subordinate", "current", 1))
    return Where(REVENUE, _row(len(book.revenue) - 1), "金额")


def lost_line(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _line(book, rng, category="basic")
    if index is None:
        return None
    line = book.expenditure.pop(index)
    book.purposes.pop(line.function, None)
    return Where("")


def left_over_unpaid(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _line(book, rng, category="basic")
    if index is None:
        return None
    line = book.expenditure[index]
    book.forward.append(Forward(line.unit, line.function, line.source, 1))
    return Where("")


def nothing_spent(book: BudgetBook, rng: random.Random) -> Where | None:
    book.expenditure.append(
        replace(book.expenditure[0], category="basic", project="", economic="30201", amount=0)
    )
    return Where(LINES, _row(len(book.expenditure) - 1), "金额")


def project_forgotten(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _line(book, rng, category="project")
    if index is None:
        return None
    _change(book, index, project="")
    return Where(LINES, _row(index), "项目")


def project_of_basic(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _line(book, rng, category="basic")
    if index is None or not book.projects:
        return None
    _change(book, index, project=book.projects[0].code)
    return Where(LINES, _row(index), "项目")


def capital_as_basic(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _line(book, rng, category="basic")
    if index is None:
        return None
    _change(book, index, economic="31204")
    return Where(LINES, _row(index), "经济科目")


def project_without_money(book: BudgetBook, _: random.Random) -> Where | None:
    goal = {"year_goal": Words("完成全年的任务，群众办事方便。")}
    book.projects.append(Project("P99", "无人问津的工程", book.head.name, texts=goal, indicators=(_plain(),)))
    return Where("projects/P99.toml")


def _plain() -> Indicator:
    return Indicator("数量指标", "办理事项数量", "≥5件")


def other_controls(book: BudgetBook, _: random.Random) -> Where | None:
    book.controls = [Control("", "", "", "", sum(line.amount for line in book.expenditure) + 1)]
    return Where("controls.csv", 2, "金额")


def strange_controls(book: BudgetBook, _: random.Random) -> Where | None:
    book.controls = [Control("没有批复的工程", "", "", "", 100)]
    return Where("controls.csv", 2, "项目")


def forgotten_in_controls(book: BudgetBook, _: random.Random) -> Where | None:
    names = [project.name for project in book.projects]
    if len(names) < 2:
        return None
    first = book.projects[0]
    spent = sum(line.amount for line in book.expenditure if line.project == first.code)
    book.controls = [Control(first.code, "", "", "", spent)]
    return Where(f"projects/{book.projects[1].code}.toml")


def strange_unit_in_controls(book: BudgetBook, _: random.Random) -> Where | None:
    book.controls = [Control("", "不在册的单位", "", "", 100)]
    return Where("controls.csv", 2, "单位")


# --- units, last year, purchases, assets -------------------------------------------------------


def other_head(book: BudgetBook, _: random.Random) -> Where | None:
    book.department += "（本级）"
    return Where("units.csv", 2, "单位名称")


def same_code(book: BudgetBook, _: random.Random) -> Where | None:
    if len(book.units) < 2:
        return None
    book.units[0] = replace(book.units[0], code="999001")
    book.units[1] = replace(book.units[1], code="999001")
    return Where("units.csv", 3, "单位编码")


def wrong_sum_of_last_year(book: BudgetBook, _: random.Random) -> Where | None:
    parts = {"abroad", "reception", "purchase", "running"}
    whole = sum(prior.amount for prior in book.prior if prior.item in parts)
    book.prior.append(Prior("three_public", whole + 1))
    return Where("prior.csv", _row(len(book.prior) - 1), "上年数")


def reason_of_nothing(book: BudgetBook, _: random.Random) -> Where | None:
    book.reasons["2019999"] = Words("任务增加")
    return (
        None
        if any(line.function == "2019999" for line in book.expenditure)
        else Where("reasons.csv", None, "事项")
    )


def no_last_year(book: BudgetBook, _: random.Random) -> Where | None:
    book.prior = [prior for prior in book.prior if prior.item != "reception"]
    return Where("prior.csv")


def no_reason(book: BudgetBook, _: random.Random) -> Where | None:
    if "operating" not in book.reasons or book.layout.startswith("shanghai"):
        return None
    now = {line.amount for line in book.expenditure}
    book.prior = [
        replace(prior, amount=prior.amount + 10**8 + max(now)) if prior.item == "operating" else prior
        for prior in book.prior
    ]
    del book.reasons["operating"]
    return Where("reasons.csv")


def _purchase(book: BudgetBook, rng: random.Random, **changes: int | str | None) -> int | None:
    if not book.purchases:
        return None
    index = rng.randrange(len(book.purchases))
    book.purchases[index] = replace(book.purchases[index], **changes)  # type: ignore[arg-type]
    return index


def reserved_too_much(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _purchase(book, rng, reserved=10**13)
    return None if index is None else Where(PURCHASES, _row(index), "预留中小企业")


def small_share_too_much(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _purchase(book, rng, reserved=1, reserved_small=2)
    return None if index is None else Where(PURCHASES, _row(index), "预留小微企业")


def price_times_quantity(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _purchase(book, rng, quantity="3", price=10**12)
    return None if index is None else Where(PURCHASES, _row(index), "数量")


def quantity_in_words(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _purchase(book, rng, quantity="三台")
    return None if index is None else Where(PURCHASES, _row(index), "数量")


def purchase_beyond_project(book: BudgetBook, rng: random.Random) -> Where | None:
    found = _project(book, rng)
    if found is None:
        return None
    project = book.projects[found[0]]
    spent = sum(line.amount for line in book.expenditure if line.project == project.code)
    book.purchases.append(Purchase(project.unit, "办公家具", "goods", spent + 1, project=project.code))
    return Where(PURCHASES, _row(len(book.purchases) - 1), "金额")


def car_without_money(book: BudgetBook, _: random.Random) -> Where | None:
    if any(line.economic in ("30913", "31013") for line in book.expenditure) or any(
        a.planned for a in book.assets
    ):
        return None
    book.assets = [asset for asset in book.assets if asset.item != "vehicle.retired"]
    book.assets.append(Asset("vehicle.retired", "1", planned=1))
    return Where("assets.csv", _row(len(book.assets) - 1), "本年拟购置")


def running_without_car(book: BudgetBook, rng: random.Random) -> Where | None:
    first = next((i for i, line in enumerate(book.expenditure) if line.economic == "30231"), None)
    if first is None or any(asset.planned for asset in book.assets):
        return None
    book.assets = [Asset("house.office", "120")]
    return Where(LINES, _row(first), "经济科目")


# --- projects -----------------------------------------------------------------------------------


def same_name(book: BudgetBook, _: random.Random) -> Where | None:
    if len(book.projects) < 2:
        return None
    first = book.projects[0]
    book.projects[1] = replace(book.projects[1], name=first.name, unit=first.unit)
    return Where(f"projects/{book.projects[1].code}.toml", None, "name")


def form_of_other_money(book: BudgetBook, rng: random.Random) -> Where | None:
    return _with(book, rng, year_funds={"local": 10**14}, funds={})


def period_below_year(book: BudgetBook, rng: random.Random) -> Where | None:
    found = _project(book, rng)
    if found is None:
        return None
    spent = sum(line.amount for line in book.expenditure if line.project == book.projects[found[0]].code)
    if spent < 2:
        return None
    book.projects[found[0]] = replace(book.projects[found[0]], funds={"local": spent - 1}, year_funds={})
    return Where(found[1])


def no_indicators(book: BudgetBook, rng: random.Random) -> Where | None:
    return _with(book, rng, indicators=())


def no_goal(book: BudgetBook, rng: random.Random) -> Where | None:
    found = _project(book, rng)
    if found is None:
        return None
    del book.projects[found[0]].texts["year_goal"]
    return Where(found[1], None, "year_goal")


def _indicator(book: BudgetBook, rng: random.Random, added: Indicator, column: str | None) -> Where | None:
    found = _project(book, rng)
    if found is None:
        return None
    project = book.projects[found[0]]
    book.projects[found[0]] = replace(project, indicators=(*project.indicators, added))
    return Where(found[1], None, column)


def more_than_all(book: BudgetBook, rng: random.Random) -> Where | None:
    return _indicator(book, rng, Indicator("质量指标", "事项办结率", "≥101%"), "target")


def indicator_twice(book: BudgetBook, rng: random.Random) -> Where | None:
    found = _project(book, rng)
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
        found = _project(book, rng)
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
    found = _project(book, rng)
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


# code -> how the book is made so
MODEL: tuple[tuple[str, Spoil], ...] = (
    ("BK302", same_code), ("BK303", same_name), ("BK304", other_head), ("BK305", nothing_spent),
    ("BK311", project_forgotten), ("BK312", project_of_basic), ("BK313", project_without_money),
    ("BK314", capital_as_basic), ("BK321", other_amount), ("BK321", revenue_without_spending),
    ("BK321", lost_line), ("BK321", left_over_unpaid), ("BK331", form_of_other_money), ("BK332", period_below_year),
    ("BK333", no_indicators), ("BK334", no_goal), ("BK335", more_than_all), ("BK336", indicator_twice),
    ("BK341", wrong_sum_of_last_year), ("BK342", reason_of_nothing), ("BK351", purchase_beyond_project),
    ("BK352", reserved_too_much), ("BK353", small_share_too_much), ("BK354", price_times_quantity),
    ("BK355", quantity_in_words), ("BK361", car_without_money), ("BK362", running_without_car),
    ("BK371", _no_text("duties")), ("BK371", _no_text("organisation")),
    ("BK372", _text("others", "待填写")), ("BK372", _text("goals", "{单位}的目标")), ("BK372", placeholder_in_reason),
    ("BK372", _project_text("overview", "改造【地点】的围墙")),
    ("BK373", _text("duties", "咨询请拨打13900000000。")), ("BK373", _project_text("plan", "找经办人，13900000000")),
    ("BK401", other_controls), ("BK402", strange_controls), ("BK403", forgotten_in_controls),
    ("BK404", strange_unit_in_controls), ("BK501", no_last_year), ("BK502", no_reason),
)  # fmt: skip

# What only the checker sees, in what was composed.
CHECKER: tuple[tuple[str, Spoil], ...] = (
    ("OB801", _text("duties", "仅供内部审核")),
    ("OB805", _text("duties", "截至    年    月    日，各科室已经到位。")),
    ("OB809", offices_miscounted),
    ("OB513", deadline_gone), ("OB511", no_value), ("OB508", faults_wanted),
    ("OB515", copied_form), ("OB507", cost_beyond_money),
    ("OB514", _project_text("overview", "完成{前年}年的各项任务，保障{前年}年工作开展。")),
)  # fmt: skip
