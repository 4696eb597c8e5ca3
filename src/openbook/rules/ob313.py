"""OB313: what is said of last year does not agree with last year's disclosure."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Cell, Claim, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.intervals import growth_holds
from openbook.rules.ob3_claims import (
    GROUND,
    against_budget,
    called,
    cells_span,
    direction,
    key_of,
    proofs,
    signed,
    span,
    stated,
    total,
    wan,
)


def check(context: Context) -> Iterator[Finding]:
    document, prior = context.document, context.prior
    if prior is None or prior.stage != "budget" or document.stage != "budget":
        return
    if document.year is None or prior.year is None or document.year - 1 != prior.year:
        return
    for kind in ("change", "flat", "growth"):
        for claim in stated(document, kind):
            finding = _judge(claim, prior)
            if finding:
                yield finding


def _last_year(now: Claim, prior: Document) -> list[tuple[Cell, ...]]:
    """The same cells in last year's disclosure, for every candidate that is complete there."""
    found: list[tuple[Cell, ...]] = []
    for cells in now.candidates:
        same = [prior.cell(cell.row.statement.kind, cell.row.key, cell.column.key) for cell in cells]
        kept = tuple(cell for cell in same if cell is not None)
        if len(kept) == len(cells) and all(cell.row.statement.reliable for cell in kept):
            found.append(kept)
    return found


def _judge(claim: Claim, prior: Document) -> Finding | None:
    now = claim.of
    if now is None or now.hedged or now.guess or not now.candidates or not against_budget(claim):
        return None
    before = _last_year(now, prior)
    if not before or any(_holds(claim, now, cells) for cells in before):
        return None
    cells = before[0]
    words = claim.text if claim.kind == "flat" else f"{direction(claim)}{claim.text}"
    moved = (now.value or 0) - total(cells)
    truth = f"{'增加' if moved > 0 else '减少'}{wan(abs(moved))}" if moved else "持平"
    return Finding(
        "OB313",
        f"说明中{called(claim)}本年{now.text}，写比上年{words}；上年公开的{cells[0].describe()}是"
        f"{wan(total(cells))}，应当是{truth}。请核对上年口径，改正增减数或写明口径调整。",
        (Location.claim(claim), Location.claim(now, "proof"), *proofs(*cells)),
        ("last-year", claim.kind, *key_of(claim)),
        expected=truth,
        actual=words,
    )


def _holds(claim: Claim, now: Claim, cells: tuple[Cell, ...]) -> bool:
    before = cells_span(cells)
    if claim.kind == "flat":
        return span(now).meets(before)
    if claim.kind == "growth":
        return growth_holds(span(now), before, signed(claim))
    return span(now).minus(before).meets(signed(claim))


RULE = Rule(
    code="OB313",
    name="last-year-differs",
    title="与上年比较的数和上年公开的预算不符",
    severity=Severity.WARNING,
    basis=GROUND,
    what="与上年预算比较的增减额、增减幅度或“持平”，与同时给出的上年公开文件中的预算数对不上。"
    "只比预算与预算；与上年执行数比较的不查。",
    why="上年的预算已经公开，公众可以自己对照。",
    bad="上年公开: 支出总计 16497.86万元\n本年说明: 支出预算15621.11万元，比2023年预算减少976.75万元",
    good="上年公开: 支出总计 16497.86万元\n本年说明: 支出预算15621.11万元，比2023年预算减少876.75万元",
    mend="按上年公开的预算数重算；口径有调整的，在说明里写明。",
    check=check,
)
