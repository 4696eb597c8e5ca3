"""OB607: the procurement budget exceeds all spending."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Cell, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.narrative.holdings import holdings

_TOTALS = (("summary", "exp.total"), ("summary", "exp.current"), ("expenditure", "total"))


def check(context: Context) -> Iterator[Finding]:
    whole = _spending(context.document)
    if whole is None or not whole.value:
        return
    for procurement in holdings(context.document).procurements:
        total = procurement.total
        if total.value - whole.value <= total.half + whole.half:
            continue
        yield Finding(
            code="OB607",
            message=f"政府采购预算 {total.text}，超过了全部支出预算 {show(whole.value)} 万元（{whole.describe()}）。"
            "请核对金额和单位（元、万元）。",
            locations=(Location.text(total.place, total.text, "stated"), Location.of(whole)),
            key=("procurement", "over-spending"),
            expected=f"≤ {show(whole.value)}",
            actual=show(total.value),
            difference=show(total.value - whole.value),
            severity=None if whole.row.statement.reliable else Severity.WARNING,
        )


def _spending(document: Document) -> Cell | None:
    """The largest figure of the spending totals: the benefit of the doubt."""
    cells = [
        cell
        for kind, key in _TOTALS
        if (statement := document.statement(kind)) and (row := statement.row(key))
        for cell in row.cells.values()
    ]
    return max(cells, key=lambda cell: cell.value, default=None)


RULE = Rule(
    code="OB607",
    name="procurement-exceeds-spending",
    title="政府采购预算超过支出总额",
    severity=Severity.ERROR,
    basis="政府采购法第三十三条（采购项目列入部门预算）",
    what="政府采购预算是支出预算的一部分，不得大于收支总表、支出总表的支出总计。",
    why="多因元与万元混用，或沿用了上年数字。",
    bad="支出总计206.00万元，政府采购预算65,000.00万元",
    good="支出总计206.00万元，政府采购预算6.50万元",
    mend="核对金额单位和总额。",
    check=check,
)
