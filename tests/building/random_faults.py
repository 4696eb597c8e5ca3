"""Ways to make a good book wrong: each makes one fault and knows where it must be told, or finds nothing to spoil."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

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


def row_of(index: int) -> int:
    """The row of a table in which the line with this index stands: below the heads, counted from 1."""
    return index + 2


def line_of(book: BudgetBook, rng: random.Random, **wanted: object) -> int | None:
    """The index of a line of spending with these values."""
    fitting = [
        index
        for index, line in enumerate(book.expenditure)
        if all(getattr(line, key) == value for key, value in wanted.items())
    ]
    return rng.choice(fitting) if fitting else None


def change(book: BudgetBook, index: int, **changes: object) -> None:
    book.expenditure[index] = replace(book.expenditure[index], **changes)  # type: ignore[arg-type]


def project_of(book: BudgetBook, rng: random.Random) -> tuple[int, str] | None:
    """The index of a project, and its file."""
    if not book.projects:
        return None
    index = rng.randrange(len(book.projects))
    return index, f"projects/{book.projects[index].code}.toml"


def with_project(book: BudgetBook, rng: random.Random, **changes: object) -> Where | None:
    found = project_of(book, rng)
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
    return Where(REVENUE, row_of(len(book.revenue) - 1), "金额")


def lost_line(book: BudgetBook, rng: random.Random) -> Where | None:
    index = line_of(book, rng, category="basic")
    if index is None:
        return None
    line = book.expenditure.pop(index)
    book.purposes.pop(line.function, None)
    return Where("")


def left_over_unpaid(book: BudgetBook, rng: random.Random) -> Where | None:
    index = line_of(book, rng, category="basic")
    if index is None:
        return None
    line = book.expenditure[index]
    book.forward.append(Forward(line.unit, line.function, line.source, 1))
    return Where("")


def nothing_spent(book: BudgetBook, rng: random.Random) -> Where | None:
    book.expenditure.append(
        replace(book.expenditure[0], category="basic", project="", economic="30201", amount=0)
    )
    return Where(LINES, row_of(len(book.expenditure) - 1), "金额")


def project_forgotten(book: BudgetBook, rng: random.Random) -> Where | None:
    index = line_of(book, rng, category="project")
    if index is None:
        return None
    change(book, index, project="")
    return Where(LINES, row_of(index), "项目")


def project_of_basic(book: BudgetBook, rng: random.Random) -> Where | None:
    index = line_of(book, rng, category="basic")
    if index is None or not book.projects:
        return None
    change(book, index, project=book.projects[0].code)
    return Where(LINES, row_of(index), "项目")


def capital_as_basic(book: BudgetBook, rng: random.Random) -> Where | None:
    index = line_of(book, rng, category="basic")
    if index is None:
        return None
    change(book, index, economic="31204")
    return Where(LINES, row_of(index), "经济科目")


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
    return Where("prior.csv", row_of(len(book.prior) - 1), "上年数")


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
    return None if index is None else Where(PURCHASES, row_of(index), "预留中小企业")


def small_share_too_much(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _purchase(book, rng, reserved=1, reserved_small=2)
    return None if index is None else Where(PURCHASES, row_of(index), "预留小微企业")


def price_times_quantity(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _purchase(book, rng, quantity="3", price=10**12)
    return None if index is None else Where(PURCHASES, row_of(index), "数量")


def quantity_in_words(book: BudgetBook, rng: random.Random) -> Where | None:
    index = _purchase(book, rng, quantity="三台")
    return None if index is None else Where(PURCHASES, row_of(index), "数量")


def purchase_beyond_project(book: BudgetBook, rng: random.Random) -> Where | None:
    found = project_of(book, rng)
    if found is None:
        return None
    project = book.projects[found[0]]
    spent = sum(line.amount for line in book.expenditure if line.project == project.code)
    book.purchases.append(Purchase(project.unit, "办公家具", "goods", spent + 1, project=project.code))
    return Where(PURCHASES, row_of(len(book.purchases) - 1), "金额")


def car_without_money(book: BudgetBook, _: random.Random) -> Where | None:
    if any(line.economic in ("30913", "31013") for line in book.expenditure) or any(
        a.planned for a in book.assets
    ):
        return None
    book.assets = [asset for asset in book.assets if asset.item != "vehicle.retired"]
    book.assets.append(Asset("vehicle.retired", "1", planned=1))
    return Where("assets.csv", row_of(len(book.assets) - 1), "本年拟购置")


def running_without_car(book: BudgetBook, rng: random.Random) -> Where | None:
    first = next((i for i, line in enumerate(book.expenditure) if line.economic == "30231"), None)
    if first is None or any(asset.planned for asset in book.assets):
        return None
    book.assets = [Asset("house.office", "120")]
    return Where(LINES, row_of(first), "经济科目")
