"""OB311: a figure is stated with fewer digits, or rounded otherwise, than in the statement."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob3_claims import (
    GROUND,
    Fit,
    best_fit,
    called,
    key_of,
    of_this_year,
    proofs,
    stated,
    total,
    wan,
)


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    for claim in stated(document, "amount"):
        if not claim.candidates or not of_this_year(document, claim):
            continue
        found, cells = best_fit(document, claim)
        if found not in (Fit.ROUNDED, Fit.LAST_DIGIT):
            continue
        how = "位数比报表少" if found is Fit.ROUNDED else "与报表相差末位一个数"
        yield Finding(
            "OB311",
            f"说明中{called(claim)}写作{claim.text}，{'加'.join(cell.describe() for cell in cells)}为"
            f"{wan(total(cells))}，{how}。建议照报表写到同样的位数。",
            (Location.claim(claim), *proofs(*cells)),
            ("digits", *key_of(claim)),
            expected=wan(total(cells)),
            actual=claim.text,
        )


RULE = Rule(
    code="OB311",
    name="fewer-digits-than-statement",
    title="说明中的金额位数与报表不同",
    severity=Severity.INFO,
    basis=GROUND,
    what="说明中的金额按所写位数四舍五入后与报表相符，或者只差末位一个数。",
    why="不算错，但两处写法不同，读者要自己换算才能核对。",
    bad="支出总表: 合计 205.60\n说明: 支出预算206万元",
    good="支出总表: 合计 205.60\n说明: 支出预算205.60万元",
    mend="照报表写两位小数。",
    check=check,
)
