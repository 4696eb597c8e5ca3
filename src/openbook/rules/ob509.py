"""OB509: the target of the whole period and that of the budget year contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Form, Indicator, Target
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_INDICATORS, Named, named, one_year, same, several_years

_LOWER, _UPPER = (">=", ">"), ("<=", "<")


def check(context: Context) -> Iterator[Finding]:
    for form in named(context.document):
        for indicator in form.form.indicators:
            period, year = indicator.target, indicator.year_target
            if period is None or year is None or not indicator.reliable or same(period, year):
                continue
            judged = _judge(form.form, indicator, period, year)
            if judged is not None:
                yield _finding(form, indicator, (period, year), judged)


def _judge(form: Form, indicator: Indicator, period: Target, year: Target) -> tuple[str, Severity] | None:
    if period.number is None or year.number is None:
        return None
    if period.unit != year.unit:
        return None
    if _opposite(period, year):
        return "一个是下限，一个是上限，方向相反", Severity.WARNING
    if one_year(form):
        if period.number != year.number:
            return "项目期只有 1 年，两个目标应当相同", Severity.WARNING
        if {period.operator, year.operator} <= {None, "="}:
            return None  # "=12个" and "12个" say the same
        return "项目期只有 1 年，两个目标的写法却不同", Severity.INFO
    counted = indicator.level2 == "数量指标" and period.unit != "%"
    if counted and period.number < year.number and period.operator not in _UPPER and several_years(form):
        return "整个实施期的数量小于其中一年的数量", Severity.WARNING
    return None


def _opposite(period: Target, year: Target) -> bool:
    return (period.operator in _LOWER and year.operator in _UPPER) or (
        period.operator in _UPPER and year.operator in _LOWER
    )


def _finding(
    form: Named, indicator: Indicator, targets: tuple[Target, Target], judged: tuple[str, Severity]
) -> Finding:
    period, year = targets
    fault, severity = judged
    title, name = f"{form.name}绩效目标表", indicator.name.text
    return Finding(
        "OB509",
        f"《{form.name}》绩效目标表“{name}”的实施期目标为 {period.text}，年度目标为 {year.text}：{fault}。请统一。",
        (
            Location(year.place, title, name, "年度指标值", year.text),
            Location(period.place, title, name, "实施期指标值", period.text, "proof"),
        ),
        ("halves", form.key, indicator.level2, name),
        expected=period.text,
        actual=year.text,
        severity=severity,
    )


RULE = Rule(
    code="OB509",
    name="period-and-year-contradict",
    title="实施期目标与年度目标矛盾",
    severity=Severity.WARNING,
    basis=GROUND_INDICATORS,
    what="同一个指标，实施期与年度一个写下限、一个写上限；一年期项目两个数不同，或者数同而写法不同（提示）；"
    "跨年项目实施期的数量小于一年的数量。",
    why="年度目标是实施期目标的一部分，方向相反就没有一个数能同时满足原意。",
    bad="实施期“组织活动次数” ≥1次；年度“组织活动次数” ≤1次",
    good="实施期“组织活动次数” ≥3次；年度“组织活动次数” ≥1次",
    mend="先定年度目标，再按年数汇总出实施期目标，两处用同一个方向。",
    check=check,
)
