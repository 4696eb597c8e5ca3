"""Judging identities: by rounding interval one by one, then all together, then what would repair them."""

from __future__ import annotations

from openbook.checking.locate import locate
from openbook.checking.missing import missing_rows
from openbook.document import Document
from openbook.statements.identities import Equation, apply
from openbook.statements.verdicts import Judged, Verdict, Verdicts


def judge(equation: Equation) -> Judged:
    """An equation between printed cells, by the intervals their rounding leaves.

    With n cells of half-width h the difference of true amounts that print so is at most the sum
    of the h: that much is rounding, more is a contradiction (no tolerance is involved).
    """
    residual = slack = 0
    for sign, cell in equation.terms:
        if cell.amount:
            residual += sign * cell.amount
        slack += cell.half
    if residual == 0 or (residual > 0 and equation.at_least):
        verdict = Verdict.HOLDS
    elif -slack <= residual <= slack:
        verdict = Verdict.ROUNDING
    else:
        verdict = Verdict.BROKEN
    return Judged(equation, verdict, residual, slack)


def judge_document(document: Document) -> Verdicts:
    """Judge every identity of the document, decide their joint feasibility, locate what is wrong."""
    applied = apply(document)
    verdicts = Verdicts(
        [judge(equation) for equation in applied.equations], applied.blanks, applied.not_applicable
    )
    if all(item.verdict is Verdict.HOLDS for item in verdicts.judged):
        return verdicts
    verdicts.missing = missing_rows(document, verdicts.judged)
    explained = {id(item) for missing in verdicts.missing for item in missing.broken}
    verdicts.repairs, verdicts.conflicts = locate([i for i in verdicts.judged if id(i) not in explained])
    return verdicts
