"""`openbook rules` and `openbook explain`: the rules and the page of one of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from openbook.api import RULES, Rule, Severity
from openbook.commands.inputs import WrongUse, near
from openbook.commands.streams import colour, width
from openbook.reporting.tally import WORDS
from openbook.reporting.terminal import Paint, wrap
from openbook.rules.pages import FAMILIES, STATUS

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def table(form: str) -> int:
    """Print all rules."""
    if form == "json":
        told = [
            {
                "code": rule.code,
                "name": rule.name,
                "title": rule.title,
                "severity": rule.severity.word,
                "basis": rule.basis,
                "since": rule.since,
                "status": rule.status,
            }
            for rule in RULES
        ]
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_table(Paint(colour(sys.stdout)))) + "\n")
    return 0


def _table(paint: Paint) -> Iterator[str]:
    family = ""
    for rule in sorted(RULES, key=lambda one: one.code):
        if rule.code[:3] != family:
            if family:
                yield ""
            family = rule.code[:3]
            yield paint("bold", f"{family}xx {FAMILIES.get(family, '')}")
        word = paint(COLOURS[rule.severity], WORDS[rule.severity])
        draft = "" if rule.status == "in-force" else f"（{STATUS.get(rule.status, rule.status)}）"
        yield f"  {rule.code}  {word}  {rule.title}{draft}  {paint('dim', rule.name)}"
    yield ""
    yield f"共 {len(RULES)} 条。一条规则的全文：openbook explain 代码"


def explain(asked: str) -> int:
    """Print the page of one rule, asked for by its code or its name."""
    rule = _find(asked)
    sys.stdout.write("\n".join(_page(rule, Paint(colour(sys.stdout)), min(100, width(sys.stdout)))) + "\n")
    return 0


def _find(asked: str) -> Rule:
    wanted = asked.strip().upper()
    for rule in RULES:
        if wanted in (rule.code, rule.name.upper()):
            return rule
    words = [rule.code for rule in RULES] + [rule.name for rule in RULES]
    raise WrongUse(f"没有规则 {asked}{near(asked, words, '全部规则见 openbook rules')}")


def _page(rule: Rule, paint: Paint, columns: int) -> Iterator[str]:
    yield paint("bold", f"{rule.code} {rule.title}")
    word = paint(COLOURS[rule.severity], WORDS[rule.severity])
    yield f"{rule.name}  {word}  自 {rule.since} 版起，{STATUS.get(rule.status, rule.status)}"
    parts = (
        ("查什么", rule.what),
        ("为什么", rule.why),
        ("依据", rule.basis),
        ("有问题的例子", rule.bad),
        ("没有问题的例子", rule.good),
        ("怎么改", rule.mend),
    )
    for title, text in parts:
        yield ""
        yield paint("cyan", title)
        example = title.endswith("例子")
        for line in text.strip().expandtabs(4).split("\n"):
            yield from (["  " + line] if example else (f"  {part}" for part in wrap(line, columns - 2)))
