"""OB605: no purchase is planned, yet the budget pays for one."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Cell, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.narrative.holdings import Holdings, holdings
from openbook.rules.lists import load
from openbook.statements.conditions import only_appropriation


def check(context: Context) -> Iterator[Finding]:
    found = holdings(context.document)
    yield from _assets(context.document, found)
    yield from _vehicles(context.document, found)


def _assets(document: Document, found: Holdings) -> Iterator[Finding]:
    planned, basic = found.planned, document.statement("general_basic")
    if planned is None or planned.value or basic is None:
        return
    codes = set(load("holdings")["purchases"])
    cells = [_largest(row.cells.values()) for row in basic.rows if row.code in codes]
    paid = [cell for cell in cells if cell and cell.value > 0]
    if not paid:
        return
    listed = "、".join(f"{cell.row.code} {cell.row.name} {cell.text}" for cell in paid)
    yield Finding(
        code="OB605",
        message=f"说明称本年度拟购置固定资产 {planned.text}，而基本支出表安排了{listed}（合计 "
        f"{show(sum(cell.value for cell in paid))} 万元）。请核对购置计划。",
        locations=(
            Location.text(planned.place, planned.text, "stated"),
            *(Location.of(cell) for cell in paid),
        ),
        key=("purchase", "assets"),
        expected=show(sum(cell.value for cell in paid)),
        actual=show(0),
    )


def _vehicles(document: Document, found: Holdings) -> Iterator[Finding]:
    bought = next((one for one in found.vehicles if one.bought), None)
    cell = document.cell("three_public", "three.purchase", "total") or document.cell(
        "three_public_operating", "total", "purchase"
    )
    if bought is None or cell is None or bool(bought.total.value) == (cell.value > 0):
        return
    own = document.statement("summary") is not None and not only_appropriation(document)
    if bought.total.value and own:
        return  # the three public expenses are those paid from appropriations: a car may be bought from other money
    if bought.total.value:
        words = f"说明称购置车辆 {bought.total.value} 辆，而{cell.describe()}没有安排购置费"
    else:
        words = f"说明称购置车辆 0 辆，而{cell.describe()}为 {cell.text}"
    yield Finding(
        code="OB605",
        message=f"{words}。请核对；若数字填错了栏目（如运行费填入购置费），请改正报表。",
        locations=(Location.text(bought.total.place, bought.total.text, "stated"), Location.of(cell)),
        key=("purchase", "vehicles"),
        actual=str(bought.total.value),
    )


def _largest(cells: object) -> Cell | None:
    """The total of a row, whatever its column is called."""
    found = [cell for cell in cells if isinstance(cell, Cell)] if hasattr(cells, "__iter__") else []
    return max(found, key=lambda cell: cell.value, default=None)


RULE = Rule(
    code="OB605",
    name="purchase-not-planned-but-paid",
    title="购置计划与预算安排不符",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号（国有资产占有使用情况、“三公”经费说明）；行政事业性国有资产管理条例",
    what="说明中拟购置固定资产为 0，而基本支出表有办公设备购置等资本性支出；购置车辆数与公务用车购置费一有一无。",
    why="资产购置要先有配置计划再列预算，两处不一，说明其中一处没有更新或填错栏目。",
    bad="本年度拟购置固定资产总额为0.00万元（基本支出表：31002 办公设备购置 6.34）",
    good="本年度拟购置固定资产总额为6.34万元",
    mend="按资产配置计划改正说明，或改正报表中的栏目。",
    check=check,
)
