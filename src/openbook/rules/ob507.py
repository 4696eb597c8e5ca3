"""OB507: a cost indicator contradicts the money of its form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Fund
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import Unit, show
from openbook.rules.ob5_costs import costs, money, named_as_all, step
from openbook.rules.ob5_forms import GROUND_INDICATORS, Named, Use, named, same, uses

_OF_ONE = re.compile(r"单位(?:购置|采购|建设|生产|产出)?成本|单价|单台|单件|单套|单个")
_THING = re.compile(r"[个台套件项张份条辆处册支把间座]\Z")
_ONE = 10_000  # targets are scaled by 10**4


def check(context: Context) -> Iterator[Finding]:
    for form in named(context.document):
        found = list(costs(form))
        if len({one.indicator.name.text for one in found}) == 1:
            yield from _compare(form, found[-1])
        yield from _single(form, found)


def _single(form: Named, found: list[Use]) -> Iterator[Finding]:
    """The cost of one thing is all the money, and several things are bought."""
    year = form.form.fund("total", period=False)
    of_one = [use for use in found if _OF_ONE.search(use.name)]
    several = next((one for one in uses(form) if _several(one)), None) if of_one else None
    if year is None or not year.amount or several is None:
        return
    for use in of_one:
        if money(use.target) == year.amount:
            yield Finding(
                "OB507",
                f"{use.where}为 {use.target.text}，等于全部资金，而“{several.indicator.name.text}”是 {several.target.text}。"
                "单位成本应当是一件的成本；控制总额的，请把指标名称改成总成本。",
                (use.location(), several.location("proof"), _fund(use, year)),
                ("cost-of-one", form.key, use.name),
                actual=use.target.text,
                severity=Severity.INFO,
            )


def _several(use: Use) -> bool:
    return (
        use.indicator.level2 == "数量指标"
        and use.target.number is not None
        and use.target.number > _ONE
        and _THING.match(use.target.unit) is not None
    )


def _compare(form: Named, use: Use) -> Iterator[Finding]:
    year, period = form.form.fund("total", period=False), form.form.fund("total", period=True)
    value = money(use.target)
    if year is None or not year.amount or value is None:
        return
    printed = max(step(use.target), 2 * year.half)  # of the two, the one stated more coarsely
    apart = abs(value - year.amount)
    # money printed in 万元 may be a whole step off, so that its statement adds up
    equal = apart < printed or apart <= 2 * year.half
    if not equal and named_as_all(use):
        yield _differs(use, year, value)
    elif equal and period is not None and period.amount and abs(period.amount - value) >= printed:
        whole = use.indicator.target
        if whole is not None and same(whole, use.target):
            yield _repeated(use, period, value)


def _differs(use: Use, year: Fund, value: int) -> Finding:
    assert year.amount is not None
    difference = value - year.amount
    return Finding(
        "OB507",
        f"{use.where}为 {use.target.text}，年度资金总额为 {show(year.amount, Unit.YUAN)} 元，"
        f"相差 {show(abs(difference), Unit.YUAN)} 元。成本指标控制的是全部支出时，应当与资金总额一致；"
        "只控制其中一项时，请在指标名称里写明是哪一项。",
        (use.location(), _fund(use, year)),
        ("cost-funds", use.form.key, use.name),
        expected=f"{show(year.amount, Unit.YUAN)}元",
        actual=use.target.text,
        difference=f"{show(difference, Unit.YUAN)}元",
        severity=Severity.WARNING,
    )


def _repeated(use: Use, period: Fund, value: int) -> Finding:
    return Finding(
        "OB507",
        f"《{use.form.name}》绩效目标表“{use.indicator.name.text}”的实施期目标与年度目标同为 {use.target.text}，"
        f"实施期资金总额却是 {show(period.amount or 0, Unit.YUAN)} 元。实施期的成本指标应当对应整个实施期的资金，请核对。",
        (use.location(), _fund(use, period)),
        ("cost-period", use.form.key, use.name),
        expected=f"{show(period.amount or 0, Unit.YUAN)}元",
        actual=f"{show(value, Unit.YUAN)}元",
        severity=Severity.INFO,
    )


def _fund(use: Use, fund: Fund) -> Location:
    side = "实施期" if fund.period else "年度"
    amount = show(fund.amount or 0, Unit.YUAN)
    return Location(fund.place, f"{use.form.name}绩效目标表", fund.label, side, amount, "proof")


RULE = Rule(
    code="OB507",
    name="cost-indicator-differs-from-funds",
    title="成本指标与项目资金不一致",
    severity=Severity.WARNING,
    basis=GROUND_INDICATORS,
    what="表里只有一个以元计的成本指标、名称又是总成本一类时，与年度资金总额比较；"
    "跨年项目的实施期成本指标照抄年度数的，以及单位成本等于全部资金、买的却不止一件的，作提示。元/次、元/家一类的单位成本不比较。",
    why="成本指标定低了等于承诺花不完，定高了等于没有控制。",
    bad="年度资金总额 116040 元；成本指标“成本” 100000元",
    good="年度资金总额 116040 元；成本指标“成本” 116040元",
    mend="把总成本指标改成与资金总额一致，或者写明它只是哪一项支出的成本。",
    check=check,
)
