"""OB515: two forms of different projects have the same indicators or the same goals, word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_INDICATORS, Named, named
from openbook.rules.ob5_projects import fold

_FEWEST = 4  # indicators
_SHORTEST = 15  # characters of a goal


def check(context: Context) -> Iterator[Finding]:
    indicators: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    goals: dict[str, list[Named]] = defaultdict(list)
    for form in named(context.document):
        lines = tuple(
            f"{one.level2}|{one.name.text}|{target.text if target else ''}"
            for one in form.form.indicators
            for target in (one.year_target or one.target,)
        )
        if len(lines) >= _FEWEST and form.form.reliable:
            indicators[lines].append(form)
        goal = form.form.texts.get("年度目标") or form.form.texts.get("绩效目标")
        if goal is not None and len(goal.text) >= _SHORTEST:
            goals[goal.text.replace(" ", "")].append(form)
    told: set[str] = set()
    for lines, forms in indicators.items():
        for one, other in _pairs(forms):
            told.add(other.key)
            fault = f"的 {len(lines)} 个指标和指标值"
            yield _finding(one, other, "indicators", fault, Severity.WARNING)
    for forms in goals.values():
        for one, other in _pairs(forms):
            if other.key not in told:
                yield _finding(one, other, "goals", "的绩效目标", Severity.INFO)


def _pairs(forms: list[Named]) -> Iterator[tuple[Named, Named]]:
    """The first form with each later one of another project."""
    for other in forms[1:]:
        if fold(other.name) != fold(forms[0].name):
            yield forms[0], other


def _finding(one: Named, other: Named, key: str, fault: str, severity: Severity) -> Finding:
    return Finding(
        "OB515",
        f"“{other.name}”与“{one.name}”{fault}逐字相同，像是复制后没有修改。请按项目自己的内容填写。",
        (
            Location.text(other.form.place, other.name),
            Location.text(one.form.place, one.name, "proof"),
        ),
        ("copied", key, one.key, other.key),
        severity=severity,
    )


RULE = Rule(
    code="OB515",
    name="forms-copied-from-each-other",
    title="不同项目的绩效目标逐字相同",
    severity=Severity.WARNING,
    basis=GROUND_INDICATORS,
    what="两个不同项目的全部指标和指标值逐字相同（警告），或者绩效目标的文字逐字相同（提示）。同名项目分两张表的不算。",
    why="不同的项目办的是不同的事；逐字相同说明目标没有按项目设定。",
    bad="“会务费”“保洁费”两张表的 6 个指标完全一样",
    good="两张表各有与项目对应的数量、质量指标",
    mend="按项目的实际内容重新设定目标和指标。",
    check=check,
)
