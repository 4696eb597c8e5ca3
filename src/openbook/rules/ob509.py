"""OB509: the target of the whole period and that of the budget year contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Form, Indicator, Target
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import (
    GROUND_INDICATORS,
    UPPER,
    Named,
    named,
    one_year,
    opposite,
    same,
    several_years,
)

_RISE = re.compile(r"(?:提高|提升)(\d{1,3}(?:\.\d{1,2})?)[%％]\Z")
_LEVEL = re.compile(r"[≥>=＞]?(\d{1,3}(?:\.\d{1,2})?)[%％]\Z")


def check(context: Context) -> Iterator[Finding]:
    for form in named(context.document):
        seen: set[tuple[str, ...]] = set()
        for indicator in form.form.indicators:
            period, year = indicator.target, indicator.year_target
            if period is None or year is None or not indicator.reliable or same(period, year):
                continue
            judged = _judge(form.form, indicator, period, year)
            said = (indicator.level2, indicator.name.text, period.text, year.text)
            if judged is not None and said not in seen:
                seen.add(said)
                yield _finding(form, indicator, (period, year), judged)


def _judge(form: Form, indicator: Indicator, period: Target, year: Target) -> tuple[str, Severity] | None:
    if _level_and_rise(period, year):
        return "一个是要达到的水平，一个是提高的幅度", Severity.INFO
    if period.number is None or year.number is None or period.unit != year.unit:
        return None
    if opposite(period, year):
        return "一个是下限，一个是上限，方向相反", Severity.WARNING
    if one_year(form):
        if period.number != year.number:
            return "项目期只有 1 年，两个目标应当相同", Severity.WARNING
        if {period.operator, year.operator} <= {None, "="}:
            return None  # "=12个" and "12个" say the same
        return "项目期只有 1 年，两个目标的写法却不同", Severity.INFO
    counted = indicator.level2 == "数量指标" and period.unit != "%"
    if counted and period.number < year.number and period.operator not in UPPER and several_years(form):
        return "整个实施期的数量小于其中一年的数量", Severity.WARNING
    return None


def _level_and_rise(period: Target, year: Target) -> bool:
    """≥90% and 提高90%: the same figure, and not the same thing."""
    texts = [target.text.replace(" ", "") for target in (period, year)]
    for one, other in (texts, texts[::-1]):
        level, rise = _LEVEL.match(one), _RISE.match(other)
        if level and rise and level[1] == rise[1]:
            return True
    return False


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
        ("halves", form.key, indicator.level2, name.replace(" ", "")),
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
    what="同一个指标，实施期与年度一个写下限、一个写上限；一年期项目两个数不同，或者数同而写法不同、一个写水平一个写提高的幅度（提示）；"
    "跨年项目实施期的数量小于一年的数量。",
    why="年度目标是实施期目标的一部分，方向相反就没有一个数能同时满足原意。",
    bad="实施期“组织活动次数” ≥1次；年度“组织活动次数” ≤1次",
    good="实施期“组织活动次数” ≥3次；年度“组织活动次数” ≥1次",
    mend="先定年度目标，再按年数汇总出实施期目标，两处用同一个方向。",
    check=check,
)
