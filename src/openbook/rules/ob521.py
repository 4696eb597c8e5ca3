"""OB521: a goal of the department contradicts the target of the same name in a project's form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_INDICATORS, Use, all_uses
from openbook.source import Place

_LEAD = re.compile(r"绩效指标\s*[:：]")
_GOAL = re.compile(
    r"(?P<name>[^；;。，,:：\d≥≤＞＜><=]{2,40}率)\s*(?P<operator>≥|≤|>|<|=|＞|＜)?\s*(?P<number>\d{1,3}(?:\.\d{1,2})?)\s*[%％]"
)
_OPERATORS = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<"}
_SHORTEST = 5
_LONGEST = 3000


class Goal(NamedTuple):
    """A rate that the department promises as a whole."""

    name: str
    number: int
    text: str
    place: Place


def check(context: Context) -> Iterator[Finding]:
    if not context.document.forms:
        return
    goals = _goals(context.document)
    if not goals:
        return
    for use in all_uses(context.document):
        name = use.name
        number = use.target.number
        if use.target.unit != "%" or number is None or len(name) < _SHORTEST or not name.endswith("率"):
            continue
        for goal in goals:
            if goal.name.endswith(name) and goal.number != number:
                yield _finding(use, goal)


def _goals(document: Document) -> list[Goal]:
    found: list[Goal] = []
    for paragraph in document.source.paragraphs():
        text = paragraph.text
        if "绩效指标" not in text or len(text) > _LONGEST or not (lead := _LEAD.match(text.lstrip())):
            continue
        for match in _GOAL.finditer(text, lead.end()):
            whole, _, fraction = match["number"].partition(".")
            number = int(whole + fraction.ljust(4, "0"))
            place = paragraph.place(match.start(), match.end())
            found.append(Goal(match["name"].replace(" ", ""), number, match[0].strip(), place))
    return found


def _finding(use: Use, goal: Goal) -> Finding:
    return Finding(
        "OB521",
        f"部门整体绩效指标写的是“{goal.text}”，《{use.form.name}》绩效目标表“{use.indicator.name.text}”是 {use.target.text}。"
        "同一个指标请统一目标值。",
        (use.location(), Location.text(goal.place, goal.text, "proof")),
        ("goals-differ", use.form.key, use.label),
        expected=goal.text,
        actual=use.target.text,
        severity=Severity.INFO,
    )


RULE = Rule(
    code="OB521",
    name="department-goal-differs-from-form",
    title="部门绩效指标与项目绩效目标表不一致",
    severity=Severity.INFO,
    basis=GROUND_INDICATORS,
    what="部门整体（分项）绩效指标里的某个比率，与项目绩效目标表里同名指标的目标值不同。",
    why="同一件事对外只能有一个目标。",
    bad="分项绩效指标：网上可办率≥95%\n项目绩效目标表：网上可办率 100%",
    good="分项绩效指标：网上可办率100%\n项目绩效目标表：网上可办率 100%",
    mend="统一两处的目标值；口径不同的，把指标名称写清楚。",
    check=check,
)
