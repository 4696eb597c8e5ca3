"""OB606: the procurement told in sentences differs from the procurement table, or from itself."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Cell, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.narrative.holdings import Holdings, Said, holdings, main_procurement

_NO_TOTAL = ("quantity", "price")  # of one line: printed though its money is too little to be


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    found = holdings(document)
    yield from _none_and_some(found)
    table = document.statement("procurement")
    if table is None:
        yield from _list(found)
    if table is None or not (found.procurements or found.no_procurement):
        return
    cell = _total(document)
    main = main_procurement(found)
    stated = main.total if main else found.no_procurement[0]
    amount = max((one.value for one in table.cells() if one.column.key not in _NO_TOTAL), default=0)
    if stated.value == 0 and amount:
        shown = cell.text if cell else show(amount)
        yield _finding(
            f"说明称没有政府采购预算（{stated.text}），而《{table.title}》有数（{shown}）。",
            stated,
            cell,
            None if table.reliable and cell and not document.source.scanned else Severity.WARNING,
        )
    elif stated.value and table.empty:
        yield _finding(
            f"说明中政府采购预算为 {stated.text}，而《{table.title}》是空表。", stated, cell, Severity.WARNING
        )
    elif cell and cell.value and abs(cell.value - stated.value) > cell.half + stated.half:
        yield _finding(
            f"说明中政府采购预算为 {stated.text}，《{table.title}》合计为 {cell.text}，"
            f"相差 {show(stated.value - cell.value)} 万元。",
            stated,
            cell,
            None if table.reliable and not document.source.scanned else Severity.WARNING,
        )


def _none_and_some(found: Holdings) -> Iterator[Finding]:
    """A budget with an amount beside a note that there is none."""
    some = next((one.total for one in found.procurements if one.total.value), None)
    if some and found.no_procurement:
        note = found.no_procurement[0]
        yield Finding(
            code="OB606",
            message=f"说明一处写政府采购预算 {some.text}，另一处写“{note.text}”。请核对，删去不实的一句。",
            locations=(
                Location.text(some.place, some.text, "stated"),
                Location.text(note.place, note.text, "stated"),
            ),
            key=("procurement", "none-and-some"),
            severity=Severity.WARNING,
        )


def _list(found: Holdings) -> Iterator[Finding]:
    """The list of things to be bought, where no statement of procurement was understood."""
    main = main_procurement(found)
    if found.purchases is None or not (main or found.no_procurement):
        return
    stated = main.total if main else found.no_procurement[0]
    figures = found.purchases.figures
    if stated.value == 0 and figures:
        yield _finding(
            f"说明称没有政府采购预算（{stated.text}），而政府采购表中有数（{figures[0].text}）。",
            stated,
            figures[0],
            Severity.WARNING,
        )
    elif stated.value and not figures and not found.no_procurement:
        empty = Said(0, 0, "空表", found.purchases.place)
        yield _finding(
            f"说明中政府采购预算为 {stated.text}，而政府采购表没有数。", stated, empty, Severity.WARNING
        )


def _total(document: Document) -> Cell | None:
    return document.cell("procurement", "total", "total") or document.cell("procurement", "total", "amount")


def _finding(message: str, stated: Said, proof: Cell | Said | None, severity: Severity | None) -> Finding:
    places = [Location.text(stated.place, stated.text, "stated")]
    if isinstance(proof, Cell):
        places.append(Location.of(proof))
    elif proof is not None:
        places.append(Location.text(proof.place, proof.text, "proof"))
    return Finding(
        code="OB606",
        message=f"{message}请核对并使两处一致。",
        locations=tuple(places),
        key=("procurement", "table"),
        expected=show(proof.value) if proof else None,
        actual=show(stated.value),
        severity=severity,
    )


RULE = Rule(
    code="OB606",
    name="procurement-differs-from-table",
    title="政府采购说明与政府采购表不符",
    severity=Severity.ERROR,
    basis="预算法第十四条第三款；政府采购法实施条例第三十条（编制政府采购预算）[记忆]",
    what="说明中的政府采购预算与政府采购预算表的合计比较；说明为零或“没有政府采购”而表中有数，或表为空而说明有数。",
    why="两处说的是同一笔预算，必须一致。",
    bad="安排政府采购预算0.00万元（政府采购预算表合计 23.50）",
    good="安排政府采购预算23.50万元，详见下表",
    mend="以批复的政府采购预算为准改正。",
    check=check,
)
