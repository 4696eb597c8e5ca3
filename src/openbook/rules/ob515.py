"""OB515: two forms of different projects have the same indicators or the same goals, word for word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from openbook.document import Text
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_INDICATORS, Named, named
from openbook.rules.ob5_projects import fold
from openbook.source import Place

_FEWEST = 4  # indicators
_SHORTEST = 15  # characters of a goal
_MOST_FORMS = 200
_CHANGED = re.compile(r"20\d\d(?=年|[-./])|[\d,.]+(?=万元|元)")  # what a copy for another year has anew
_GOALS = "“{other}”与“{one}”的绩效目标逐字相同，像是复制后没有修改。"
_RENEWED = (
    "“{other}”与“{one}”两张绩效目标表的 {most} 个指标中有 {common} 个相同或者只改了年份、金额，像是整表复制。"
    "同一项目分本年和结转两张的，目标也应当分开，以免两次承诺同一件事。"
)


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    told: set[tuple[str, str]] = set()
    lines = [(form, list(_lines(form))) for form in named(document) if form.form.reliable]
    for finding, one, other in _copies(lines):
        told.add((one.key, other.key))
        yield finding
    for one, other, fault in _renewed(lines):
        if (one.key, other.key) not in told:
            told.add((one.key, other.key))
            yield _finding(one, other, "renewed", fault, (other.form.place, one.form.place), Severity.INFO)
    goals: dict[str, list[tuple[Named, Text]]] = defaultdict(list)
    for form in named(document):
        goal = form.form.texts.get("年度目标") or form.form.texts.get("绩效目标")
        if goal is not None and len(goal.text) >= _SHORTEST:
            goals[goal.text.replace(" ", "")].append((form, goal))
    for same in goals.values():
        (one, proof), *others = same
        for other, goal in others:
            if fold(one.name) != fold(other.name) and (one.key, other.key) not in told:
                yield _finding(one, other, "goals", _GOALS, (goal.place, proof.place), Severity.INFO)


def _copies(forms: list[tuple[Named, list[str]]]) -> Iterator[tuple[Finding, Named, Named]]:
    """Each form with the first one of another project that has the same indicators and values."""
    groups: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for form, lines in forms:
        if len(lines) >= _FEWEST:
            groups[tuple(lines)].append(form)
    for same, (one, *others) in groups.items():
        for other in others:
            if fold(other.name) != fold(one.name):
                fault = f"“{{other}}”与“{{one}}”的 {len(same)} 个指标和指标值逐字相同，像是复制后没有修改。"
                places = (other.form.place, one.form.place)
                yield _finding(one, other, "indicators", fault, places, Severity.WARNING), one, other


def _renewed(forms: list[tuple[Named, list[str]]]) -> Iterator[tuple[Named, Named, str]]:
    """Forms that differ in years and amounts alone, each with the first form it is like."""
    earlier: list[tuple[Named, set[str]]] = []
    for form, printed in forms[:_MOST_FORMS]:
        lines = {_CHANGED.sub("#", line) if "元" in line or "20" in line else line for line in printed}
        if len(lines) < _FEWEST:
            continue
        for one, before in earlier:
            common, most = len(lines & before), max(len(lines), len(before))
            alike = common * 4 >= most * 3 if fold(one.name) == fold(form.name) else common == most
            if alike:
                yield one, form, _RENEWED.format(most=most, common=common, one="{one}", other="{other}")
                break
        earlier.append((form, lines))


def _lines(form: Named) -> Iterator[str]:
    for one in form.form.indicators:
        target = one.year_target or one.target
        said = target.text.replace(" ", "") if target else ""
        yield f"{one.level2}|{one.name.text.replace(' ', '')}|{said}"


def _finding(
    one: Named, other: Named, key: str, fault: str, places: tuple[Place, Place], severity: Severity
) -> Finding:
    first = Location.text(places[1], one.name, "proof")
    return Finding(
        "OB515",
        fault.format(other=other.name, one=one.name) + "请按项目自己的内容填写。",
        (Location.text(places[0], other.name), first),
        ("copied", key, one.key, other.key),
        severity=severity,
    )


RULE = Rule(
    code="OB515",
    name="forms-copied-from-each-other",
    title="不同项目的绩效目标逐字相同",
    severity=Severity.WARNING,
    basis=GROUND_INDICATORS,
    what="两个不同项目的全部指标和指标值逐字相同（警告），或者绩效目标的文字逐字相同（提示）；"
    "只改了年份和金额的，包括同一项目本年和结转的两张，作提示。",
    why="不同的项目办的是不同的事；逐字相同说明目标没有按项目设定。",
    bad="“会务费”“保洁费”两张表的 6 个指标完全一样",
    good="两张表各有与项目对应的数量、质量指标",
    mend="按项目的实际内容重新设定目标和指标。",
    check=check,
)
