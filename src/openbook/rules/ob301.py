"""OB301: an amount of the explanation is not the one of the statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from openbook.document import Cell, Claim, Document
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

_MIXED_UNITS = 10_000


def check(context: Context) -> Iterator[Finding]:
    told: set[tuple[int, str | None]] = set()
    for claim, cells in broken(context.document):
        mark = (id(claim.paragraph), claim.concept)
        if mark in told or all(cell.row.statement.empty for cell in cells):
            continue  # an empty statement is OB314
        if not _said_right(context.document, claim):
            told.add(mark)
            yield _finding(context.document, claim, cells)
    for claim in context.document.claims:
        if claim.concept == "performance.whole" and claim.candidates and not claim.hedged:
            found, cells = best_fit(context.document, claim)
            if found is Fit.BROKEN:
                yield replace(_finding(context.document, claim, cells), severity=Severity.WARNING)


def broken(document: Document) -> Iterator[tuple[Claim, tuple[Cell, ...]]]:
    """Stated amounts that no cell bears out."""
    for claim in stated(document, "amount"):
        if claim.candidates and of_this_year(document, claim):
            found, cells = best_fit(document, claim)
            if found is Fit.BROKEN:
                yield claim, cells


def _said_right(document: Document, claim: Claim) -> bool:
    """The same figure stands right in the same paragraph: the slip is OB307."""
    return any(
        other is not claim
        and other.kind == "amount"
        and other.paragraph is claim.paragraph
        and other.concept == claim.concept
        and (claim.concept or "").startswith("item:")
        and other.candidates
        and best_fit(document, other)[0] is Fit.HOLDS
        for other in document.claims
    )


def _unsure(document: Document, claim: Claim, cells: tuple[Cell, ...]) -> bool:
    blank = document.source.scanned and any(cell.amount is None for cell in cells)
    return claim.guess or blank or not all(cell.row.statement.reliable for cell in cells)


def _finding(document: Document, claim: Claim, cells: tuple[Cell, ...]) -> Finding:
    value, proven = claim.value or 0, total(cells)
    where = "加".join(cell.describe() for cell in cells)
    mixed = value and proven and (value == proven * _MIXED_UNITS or proven == value * _MIXED_UNITS)
    hint = "两者恰好相差一万倍，疑似把“元”和“万元”弄混。" if mixed else ""
    return Finding(
        "OB301",
        f"说明中{called(claim)}为{claim.text}，{where}为{wan(proven)}，相差{wan(abs(value - proven))}。"
        f"{hint}请核对后改正说明或报表，使两处一致。",
        (Location.claim(claim), *proofs(*cells)),
        ("amount-differs", *key_of(claim)),
        expected=wan(proven),
        actual=claim.text,
        difference=wan(abs(value - proven)),
        severity=Severity.WARNING if _unsure(document, claim, cells) else Severity.ERROR,
    )


RULE = Rule(
    code="OB301",
    name="amount-differs-from-statement",
    title="说明中的金额与报表不一致",
    severity=Severity.ERROR,
    basis=GROUND,
    what="预算说明写的金额，与报表中同一口径的数不一致。报表中有几处可能对应（如含与不含上年结转）的，"
    "与每一处都不一致才算。对应关系靠推断的，为警告；整体绩效目标涉及的金额与支出总额不一致的，也为警告。",
    why="说明和报表是同一份预算的两种写法，公众无从知道哪个数是真的。",
    bad="机关运行经费表: 部门合计 32.45\n说明: 2023年度安排机关运行经费财政拨款13万元",
    good="机关运行经费表: 部门合计 32.45\n说明: 2023年度安排机关运行经费财政拨款32.45万元",
    mend="以批复的预算为准，改正说明或报表中写错的一处。",
    check=check,
)
