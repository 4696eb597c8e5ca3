"""OB603: the vehicles do not add up, or are more than established."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.holdings import Holdings, Vehicles, holdings


def check(context: Context) -> Iterator[Finding]:
    found = holdings(context.document)
    for vehicles in found.vehicles:
        yield from _sum(vehicles)
    yield from _over_established(found)


def _sum(vehicles: Vehicles) -> Iterator[Finding]:
    if len(vehicles.uses) < 2:
        return
    added = sum(use.value for use in vehicles.uses)
    total = vehicles.total
    if added == total.value or (added < total.value and not vehicles.complete):
        return
    what = "购置车辆" if vehicles.bought else "车辆"
    yield Finding(
        code="OB603",
        message=f"{what}共 {total.value} 辆，而按用途列出的合计 {added} 辆，相差 {abs(total.value - added)} 辆。请核对。",
        locations=(
            Location.text(total.place, total.text, "stated"),
            *(Location.text(use.place, use.text, "proof") for use in vehicles.uses if use.value),
        ),
        key=("vehicles", "bought" if vehicles.bought else "held", "sum"),
        expected=str(added),
        actual=str(total.value),
        difference=str(total.value - added),
    )


def _over_established(found: Holdings) -> Iterator[Finding]:
    held = next((one for one in found.vehicles if not one.bought), None)
    if held is None or found.established is None or held.total.value <= found.established.value:
        return
    yield Finding(
        code="OB603",
        message=f"公务用车编制 {found.established.value} 辆，实有 {held.total.value} 辆，"
        f"超编 {held.total.value - found.established.value} 辆。请核对；确属超编的应说明原因。",
        locations=(
            Location.text(held.total.place, held.total.text, "stated"),
            Location.text(found.established.place, found.established.text, "proof"),
        ),
        key=("vehicles", "established"),
        expected=f"≤ {found.established.value}",
        actual=str(held.total.value),
        severity=Severity.WARNING,
    )


RULE = Rule(
    code="OB603",
    name="vehicles-do-not-add-up",
    title="车辆数与各用途之和不符",
    severity=Severity.ERROR,
    basis="党政机关公务用车管理办法；财预〔2016〕143号（国有资产占有使用情况）",
    what="车辆总数应等于机要通信、应急保障、执法执勤、特种专业技术、离退休干部、其他等用车之和（列有“其他用车”时），"
    "分项之和在任何时候不得超过总数；实有数超过编制数作警告。",
    why="车辆是公众最关注的资产，总数与分项不符，说明台账与公开脱节。",
    bad="共有车辆3辆，其中：机要通信用车1辆、其他用车1辆",
    good="共有车辆2辆，其中：机要通信用车1辆、其他用车1辆",
    mend="按资产台账改正总数或分项。",
    check=check,
)
