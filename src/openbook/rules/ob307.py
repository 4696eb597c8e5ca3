"""OB307: one paragraph states two different amounts for the same thing."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Claim
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob3_claims import GROUND, Fit, best_fit, called, key_of, of_this_year, span, stated, wan

_SINGLE = {"three_public": "three.", "operating": "operating."}


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    first: dict[tuple[int, str], Claim] = {}
    for claim in stated(document, "amount"):
        concept = claim.concept or ""
        if claim.guess or "@" in concept or not of_this_year(document, claim):
            continue
        if not concept.startswith(("item:", _SINGLE.get(key_of(claim)[0], "item:"))):
            continue
        before = first.setdefault((id(claim.paragraph), concept), claim)
        if before is not claim and not span(before).meets(span(claim)):
            wrong, right = claim, before
            if before.candidates and best_fit(document, before)[0] is not Fit.HOLDS:
                wrong, right = before, claim
            yield _finding(wrong, right, certain=concept.startswith("item:"))


def _finding(wrong: Claim, right: Claim, *, certain: bool) -> Finding:
    return Finding(
        "OB307",
        f"同一段里{called(right)}既写{right.text}，又写{wrong.text}，"
        f"相差{wan(abs((right.value or 0) - (wrong.value or 0)))}。请核对预算表，改正写错的一处。",
        (Location.claim(wrong), Location.claim(right, "proof")),
        ("two-amounts", *key_of(right)),
        expected=right.text,
        actual=wrong.text,
        severity=Severity.ERROR if certain else Severity.WARNING,
    )


RULE = Rule(
    code="OB307",
    name="two-amounts-for-one-thing",
    title="同一项目前后写了两个不同的金额",
    severity=Severity.ERROR,
    basis=GROUND,
    what="同一段说明里，同一科目同一年度的预算数写了两次而数额不同。",
    why="同一个数只能有一个值，至少有一处是错的。",
    bad="“住房保障支出（类）住房改革支出（款）住房公积金（项）”350.35万元，主要用于住房公积金。"
    "2023年预算执行数为348.52万元，2024年预算安排352.67万元，比2023年预算执行数增加0.53%。",
    good="“住房保障支出（类）住房改革支出（款）住房公积金（项）”350.35万元，主要用于住房公积金。"
    "2023年预算执行数为348.52万元，2024年预算安排350.35万元，比2023年预算执行数增加0.53%。",
    mend="以预算表为准，改正写错的一处，并重算增减幅度。",
    check=check,
)
