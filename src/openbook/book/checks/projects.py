"""Projects against their lines, and their performance forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from openbook.book.faults import at, fault, money
from openbook.book.model import BudgetBook, Fault, Indicator, Spot
from openbook.money import normalize_number

_PERCENT = re.compile(r"(\d+)(\.\d+)?\s*[%％]")
# A rate of change may be more than the whole, a share may not.
_CHANGE = re.compile(r"[增升涨降减倍]|提高|同比|环比|超额")


def names(book: BudgetBook) -> Iterator[Fault]:
    first: dict[tuple[str, str], str] = {}
    for project in book.projects:
        key = (project.unit, project.name)
        if key in first:
            message = f"项目 {project.code} 与 {first[key]} 都叫“{project.name}”，单位也相同。"
            yield fault(
                "BK303", message, "请改正名称，或合并为一个项目。", at(project.spot, "name", "项目名称")
            )
        first.setdefault(key, project.code)


def spending(book: BudgetBook) -> Iterator[Fault]:
    """Every project has lines, and they come to what its form says."""
    spent = spent_by(book)
    for project in book.projects:
        if not spent[project.code]:
            mend = "请在支出表里写上它的支出，或删去这个项目。"
            yield fault("BK313", f"项目 {project.code}“{project.name}”没有支出。", mend, project.spot)
            continue
        year = sum(project.year_funds.values())
        if project.year_funds and year != spent[project.code]:
            difference = money(abs(year - spent[project.code]))
            message = (
                f"项目 {project.code}“{project.name}”的年度资金合计 {money(year)}，"
                f"支出表里是 {money(spent[project.code])}，相差 {difference}。"
            )
            yield fault("BK331", message, "请核对后改正其中一处。", project.spot)


def owners(book: BudgetBook) -> Iterator[Fault]:
    """A project is one unit's: statements list it with its unit, and its form speaks of all its money."""
    owners: dict[str, dict[str, Spot]] = {}
    for line in book.expenditure:
        if line.category == "project":
            owners.setdefault(line.project, {}).setdefault(line.unit, line.spot)
    for project in book.projects:
        units = owners.get(project.code, {})
        if len(units) > 1:
            message = f"项目 {project.code}“{project.name}”的支出在 {len(units)} 个单位：{'、'.join(units)}。"
            mend = "请给每个单位各立一个项目：编码不同，名称可以相同，各写各的资金和绩效指标。"
            yield fault("BK315", message, mend, at(list(units.values())[1], "project", "项目"))


def funds(book: BudgetBook) -> Iterator[Fault]:
    """What a project costs in its whole period is not less than what it costs this year."""
    spent = spent_by(book)
    for project in book.projects:
        whole, year = sum(project.funds.values()), sum(project.year_funds.values()) or spent[project.code]
        if project.funds and whole < year:
            message = (
                f"项目 {project.code}“{project.name}”的实施期资金 {money(whole)}，少于本年的 {money(year)}。"
            )
            yield fault("BK332", message, "实施期资金包括本年的，请核对。", project.spot)


def goals(book: BudgetBook) -> Iterator[Fault]:
    for project in book.projects:
        what = f"项目 {project.code}“{project.name}”"
        if not project.indicators:
            yield fault("BK333", f"{what}没有绩效指标。", "请至少写一个指标和指标值。", project.spot)
        if "year_goal" not in project.texts:
            spot = at(project.spot, "year_goal", "年度目标")
            yield fault("BK334", f"{what}没有年度目标。", "请写明本年要做成什么。", spot)


def indicators(book: BudgetBook) -> Iterator[Fault]:
    for project in book.projects:
        seen: set[tuple[str, str]] = set()
        for indicator in project.indicators:
            key = (indicator.level2, indicator.name)
            if key in seen:
                spot = at(indicator.spot, "name", "三级指标")
                yield fault("BK336", f"{indicator.level2}“{indicator.name}”写了两次。", "请删去一个。", spot)
            seen.add(key)
            yield from _percents(indicator)


def _percents(indicator: Indicator) -> Iterator[Fault]:
    if _CHANGE.search(indicator.name):
        return
    columns = (("target", "年度指标值"), ("period_target", "实施期指标值"))
    for key, head in columns:
        text = getattr(indicator, key)
        if _CHANGE.search(text):
            continue
        for match in _PERCENT.finditer(normalize_number(text)):
            if int(match[1]) > 100 or (int(match[1]) == 100 and (match[2] or ".0").strip(".0")):
                mend = "比率最多是 100%，请核对；增长的幅度请写明“增长”。"
                message = f"“{indicator.name}”的指标值是“{text}”。"
                yield fault("BK335", message, mend, at(indicator.spot, key, head))


def spent_by(book: BudgetBook) -> Counter[str]:
    """Project -> fen of its lines, this year's and carried over."""
    spent: Counter[str] = Counter()
    for line in book.expenditure:
        if line.project:
            spent[line.project] += line.amount
    return spent
