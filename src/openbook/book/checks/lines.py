"""Units and lines of expenditure and revenue: what stands in one line, and that both sides balance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from openbook.book.faults import at, fault, money
from openbook.book.model import (
    CARRYOVER,
    CATEGORIES,
    CURRENT,
    PERIODS,
    SOURCES,
    BudgetBook,
    Expenditure,
    Fault,
    Forward,
    Purchase,
    Revenue,
    Spot,
)

# 基本支出: personnel (301, 303), public expenses (302) and what is bought for them (310).
_BASIC = ("301", "302", "303", "310")
_PERSONNEL = ("301", "303")
_TO_OTHERS = ("superior", "subordinate")  # money that goes to other units is not the unit's own pay
_REQUIRED = {"units": "单位", "expenditure": "支出", "revenue": "收入"}

_Key = tuple[str, str, str]  # unit, source, period


def required(book: BudgetBook) -> Iterator[Fault]:
    for key, title in _REQUIRED.items():
        if not getattr(book, key):
            file = "" if str(book.path).lower().endswith(".xlsx") else f"{key}.csv"
            yield fault("BK301", f"“{title}”表里一行也没有。", "请填上。", Spot(file))


def units(book: BudgetBook) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for unit in book.units:
        if unit.code and unit.code in first:
            message = f"“{unit.name}”与“{first[unit.code]}”的单位编码都是 {unit.code}。"
            yield fault("BK302", message, "请核对后改正。", at(unit.spot, "code", "单位编码"))
        first.setdefault(unit.code, unit.name)


def head(book: BudgetBook) -> Iterator[Fault]:
    if book.units and book.head.name != book.department:
        message = f"第一个单位是“{book.head.name}”，部门名称是“{book.department}”。"
        mend = "单位表的第一行要是部门本级，名称与部门名称一样。"
        yield fault("BK304", message, mend, at(book.head.spot, "name", "单位名称"))


def amounts(book: BudgetBook) -> Iterator[Fault]:
    """Lines of nothing are clutter; negative ones no line of a budget."""
    lines: list[Expenditure | Revenue | Forward | Purchase] = []
    lines += [*book.expenditure, *book.revenue, *book.forward, *book.purchases]
    for line in lines:
        if line.amount <= 0:
            what = "零" if line.amount == 0 else "负数"
            spot = at(line.spot, "amount", "金额")
            yield fault("BK305", f"金额是{what}。", "请填金额；没有钱的行请删去。", spot)


def categories(book: BudgetBook) -> Iterator[Fault]:
    for line in book.expenditure:
        if line.category == "project" and not line.project:
            mend = "请写项目编码；不是项目的，改支出类别。"
            yield fault("BK311", "项目支出没有写项目。", mend, at(line.spot, "project", "项目"))
        if line.category == "basic" and line.project:
            mend = "请删去项目，或把支出类别改为项目支出。"
            yield fault(
                "BK312", f"基本支出写了项目“{line.project}”。", mend, at(line.spot, "project", "项目")
            )
        wrong = (line.category == "basic" and line.economic[:3] not in _BASIC) or (
            line.category in _TO_OTHERS and line.economic[:3] in _PERSONNEL
        )
        if wrong:
            message = f"{CATEGORIES[line.category]}不会列在经济科目 {line.economic}。"
            mend = "请核对支出类别和经济科目；基本支出只用 301、302、303、310 类。"
            yield fault("BK314", message, mend, at(line.spot, "economic", "经济科目"))


def balance(book: BudgetBook) -> Iterator[Fault]:
    """Revenue = expenditure + 结转下年, for each unit and source, and each period where nothing is left over.

    Where something is, neither period spends more than came in it.
    """
    revenue, expenditure = _sums(book.revenue), _sums(book.expenditure)
    left: Counter[tuple[str, str]] = Counter()
    for forward in book.forward:
        left[forward.unit, forward.source] += forward.amount
    pairs = dict.fromkeys((unit, source) for unit, source, _ in (*revenue, *expenditure))
    for unit, source in dict.fromkeys((*pairs, *left)):
        if rest := left[unit, source]:
            come = revenue[unit, source, CURRENT] + revenue[unit, source, CARRYOVER]
            gone = expenditure[unit, source, CURRENT] + expenditure[unit, source, CARRYOVER]
            if come != gone + rest:
                yield _unbalanced(book, (unit, source, ""), come, gone, rest)
                continue
        for period in PERIODS:
            come, gone = revenue[unit, source, period], expenditure[unit, source, period]
            if come < gone or (come > gone and not rest):
                yield _unbalanced(book, (unit, source, period), come, gone, 0)


def _sums(lines: Iterable[Expenditure | Revenue]) -> Counter[_Key]:
    sums: Counter[_Key] = Counter()
    for line in lines:
        sums[line.unit, line.source, line.period] += line.amount
    return sums


def _unbalanced(book: BudgetBook, key: _Key, come: int, gone: int, rest: int) -> Fault:
    unit, source, period = key
    lines: list[Expenditure | Revenue] = [*book.revenue, *book.expenditure]
    of_source = [line for line in lines if (line.unit, line.source) == (unit, source)]
    spots = [line.spot for line in of_source if period in ("", line.period)]
    spots += [line.spot for line in book.forward if (line.unit, line.source) == (unit, source)]
    what = f"{unit}的{SOURCES[source]}{'（' + PERIODS[period] + '）' if period else ''}"
    plus = f"加结转下年 {money(rest)}" if rest else ""
    message = f"{what}：收入 {money(come)}，支出 {money(gone)}{plus}，相差 {money(abs(come - gone - rest))}。"
    return fault("BK321", message, "请补上漏填的收入或支出，或改正金额。", at(spots[0], "amount", "金额"))
