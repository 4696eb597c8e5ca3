"""OB506: the money lines of a performance form do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Fund
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import Unit, show
from openbook.rules.ob5_forms import GROUND_DRAFT, Named, named, one_year

_SOURCES = ("central", "province", "local", "own", "other")
_SHANGHAI = {True: ("fiscal", "other"), False: ("current", "carryover", "other")}


def check(context: Context) -> Iterator[Finding]:
    scanned = context.document.source.scanned
    for form in named(context.document):
        for period in (True, False):
            yield from _sum(form, period, scanned)
        yield from _years(form, scanned)


def _parts(form: Named, period: bool) -> list[Fund]:
    found = [fund for key in _SOURCES if (fund := form.form.fund(key, period=period)) is not None]
    if len(found) >= 4:
        return found
    found = [fund for key in _SHANGHAI[period] if (fund := form.form.fund(key, period=period)) is not None]
    return found if len(found) == len(_SHANGHAI[period]) else []


def _sum(form: Named, period: bool, scanned: bool) -> Iterator[Finding]:
    total = form.form.fund("total", period=period)
    parts = _parts(form, period)
    if total is None or total.amount is None or not any(part.amount for part in parts):
        return
    value = sum(part.amount or 0 for part in parts)
    slack = total.half + sum(part.half for part in parts)
    if abs(value - total.amount) <= slack:
        return
    # The line that is missing may be one that the scanner lost.
    lost = len(parts) < len(_SOURCES) or any(part.amount is None for part in parts)
    side = "实施期" if period else "年度"
    shown = " + ".join(f"{part.label} {_yuan(part)}" for part in parts if part.amount)
    yield Finding(
        "OB506",
        f"《{form.name}》绩效目标表的{side}资金总额为 {_yuan(total)} 元，各项来源相加为 {shown} = "
        f"{show(value, Unit.YUAN)} 元，相差 {show(abs(value - total.amount), Unit.YUAN)} 元。请核对资金来源和总额。",
        (_location(form, total, "stated"), *(_location(form, part) for part in parts if part.amount)),
        ("funds-sum", form.key, side),
        expected=f"{show(value, Unit.YUAN)}元",
        actual=f"{_yuan(total)}元",
        difference=f"{show(total.amount - value, Unit.YUAN)}元",
        severity=Severity.WARNING if scanned and lost and value < total.amount else Severity.ERROR,
    )


def _years(form: Named, scanned: bool) -> Iterator[Finding]:
    """The budget year is a part of the whole period, and all of it where the project lasts one year."""
    period, year = form.form.fund("total", period=True), form.form.fund("total", period=False)
    if period is None or year is None or period.amount is None or year.amount is None:
        return
    over = year.amount - period.amount
    if abs(over) <= period.half + year.half:
        return
    if over > 0:
        fault, mend = "年度资金总额大于实施期资金总额", "年度资金是实施期资金的一部分，不能更大"
    elif one_year(form.form) and "经常" not in (form.form.attribute.text if form.form.attribute else ""):
        fault, mend = "项目期为 1 年，实施期与年度的资金总额却不同", "一年期项目两个总额应当相同"
    else:
        return
    yield Finding(
        "OB506",
        f"《{form.name}》绩效目标表：{fault}（实施期 {_yuan(period)} 元，年度 {_yuan(year)} 元）。{mend}，请核对。",
        (_location(form, year, "stated"), _location(form, period)),
        ("funds-years", form.key),
        expected=f"{_yuan(period)}元",
        actual=f"{_yuan(year)}元",
        difference=f"{show(over, Unit.YUAN)}元",
        severity=Severity.ERROR if over > 0 and not scanned else Severity.WARNING,
    )


def _yuan(fund: Fund) -> str:
    return show(fund.amount or 0, Unit.YUAN)


def _location(form: Named, fund: Fund, role: str = "proof") -> Location:
    side = "实施期" if fund.period else "年度"
    return Location(fund.place, f"{form.name}绩效目标表", fund.label, side, _yuan(fund), role)


RULE = Rule(
    code="OB506",
    name="form-funds-do-not-add-up",
    title="绩效目标表内资金不相加",
    severity=Severity.ERROR,
    basis=GROUND_DRAFT,
    what="绩效目标表里资金总额不等于各来源（中央、省级、市县、自筹、其他，或当年财政拨款、上年结转、其他）之和；"
    "年度资金大于实施期资金；一年期项目的两个总额不同。",
    why="同一张表里的数加不起来，必有一个是错的。",
    bad="年度资金申请总额 10,903,043；当年财政拨款 11,419,043，上年结转 0，其他资金 0",
    good="年度资金申请总额 11,419,043；当年财政拨款 11,419,043，上年结转 0，其他资金 0",
    mend="核对预算批复，改正总额或来源。",
    check=check,
)
