"""OB811: slips of the pen known from many disclosures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.lists import load
from openbook.rules.scan import ask, scan, some

ask(lambda: [slip["wrong"] for slip in load("slips")["slip"]])
ask(lambda: [slip["hint"] for slip in load("slips")["pattern"]])


def check(context: Context) -> Iterator[Finding]:
    text = scan(context.document)
    found: dict[str, list[Location]] = {}
    for slip in load("slips")["slip"]:
        for at in text.find(slip["wrong"]):
            found.setdefault(slip["wrong"], []).append(text.locate(at, at + len(slip["wrong"])))
    right = {slip["wrong"]: slip["right"] for slip in load("slips")["slip"]}
    for slip in load("slips")["pattern"]:
        for match in text.search(_compiled(slip["wrong"]), slip["hint"]):
            right[match[0]] = match.expand(slip["right"])
            found.setdefault(match[0], []).append(text.match(match))
    for wrong, locations in found.items():
        yield Finding(
            code="OB811",
            message=f"“{wrong}”似有错漏，应为“{right[wrong]}”（{len(locations)} 处）。",
            locations=some(locations),
            key=("slip", re.sub(r"\d+(?:\.\d+)?", "#", wrong)),
            expected=right[wrong],
            actual=wrong,
        )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


RULE = Rule(
    code="OB811",
    name="known-slip",
    title="常见的错字、漏字",
    severity=Severity.INFO,
    basis="政府信息公开条例第六条（准确）",
    what="对照一份常见错漏清单（rules/data/slips.toml，可增补）查找错字、漏字、重字和叠用的标点。",
    why="错字虽小，却说明文字没有校对，也会使人误解金额指的是什么。",
    bad="2024年编报单位整体绩效目标，涉及资206万元",
    good="2024年编报单位整体绩效目标，涉及资金206万元",
    mend="按提示改正，并通读一遍前后文字。",
    check=check,
)
