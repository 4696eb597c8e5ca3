"""OB608: running cost of vehicles where there are none."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Cell, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.holdings import Holdings, Said, holdings


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    none = _none(holdings(document))
    cost = _running(document)
    if none is None or cost is None or cost.value <= 0:
        return
    yield Finding(
        code="OB608",
        message=f"说明称“{none.text}”，而{cost.describe()}为 {cost.text}。没有车辆却有运行维护费，请核对；"
        "确系租用或借用车辆的，请说明。",
        locations=(Location.text(none.place, none.text, "stated"), Location.of(cost)),
        key=("vehicles", "running-cost"),
    )


def _none(found: Holdings) -> Said | None:
    held = [one.total for one in found.vehicles if not one.bought]
    if any(one.value for one in held):
        return None
    return held[0] if held else found.no_vehicles


def _running(document: Document) -> Cell | None:
    return document.cell("three_public", "three.running", "total") or document.cell(
        "three_public_operating", "total", "running"
    )


RULE = Rule(
    code="OB608",
    name="running-cost-without-vehicles",
    title="没有公务用车却有运行维护费",
    severity=Severity.WARNING,
    basis="党政机关公务用车管理办法；财预〔2016〕143号（“三公”经费、国有资产占有使用情况）",
    what="国有资产部分称没有公务用车（或 0 辆），而“三公”经费表列有公务用车运行维护费。",
    why="运行维护费只能用于保留的公务用车；一有一无，必有一处没有如实填列。",
    bad="本单位目前没有公务用车（“三公”表：公务用车运行维护费 3.00）",
    good="本单位共有公务用车1辆（“三公”表：公务用车运行维护费 3.00）",
    mend="补列车辆，或改正“三公”经费表。",
    check=check,
)
