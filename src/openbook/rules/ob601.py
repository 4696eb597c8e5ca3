"""OB601: the procurement budget is not the sum of goods, works and services."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.narrative.holdings import Procurement, holdings, parts_in_order


def check(context: Context) -> Iterator[Finding]:
    for procurement in holdings(context.document).procurements:
        parts = [part for _, part in parts_in_order(procurement) if part]
        total = procurement.total
        added = sum(part.value for part in parts)
        slack = total.half + sum(part.half for part in parts)
        over = added - total.value > slack
        if not parts or abs(added - total.value) <= slack or not (len(parts) == 3 or over):
            continue
        yield Finding(
            code="OB601",
            message=f"政府采购预算总额 {total.text}，而{_named(procurement)}合计 {show(added)} 万元，"
            f"相差 {show(total.value - added)} 万元。请核对总额或分项。",
            locations=(
                Location.text(total.place, total.text, "stated"),
                *(Location.text(part.place, part.text, "proof") for part in parts),
            ),
            key=("procurement", "sum"),
            expected=show(added),
            actual=show(total.value),
            difference=show(total.value - added),
            severity=None if procurement.certain else Severity.WARNING,
        )


def _named(procurement: Procurement) -> str:
    return "、".join(
        f"{name} {part.text.removeprefix(name)}" for name, part in parts_in_order(procurement) if part
    )


RULE = Rule(
    code="OB601",
    name="procurement-parts-do-not-add-up",
    title="政府采购总额不等于货物、工程、服务之和",
    severity=Severity.ERROR,
    basis="政府采购法第二条（采购对象为货物、工程和服务）；预算法第十四条第三款",
    what="同一段说明中的政府采购总额，应等于货物、工程、服务三项之和；只写了一两项的，各项之和不得超过总额。"
    "四舍五入的差额不报。",
    why="政府采购只有货物、工程、服务三类，加不起来就一定有一个数是错的。",
    bad="政府采购预算总额7.50万元。其中：货物预算0.50万元、工程预算0万元、服务预算6.00万元",
    good="政府采购预算总额6.50万元。其中：货物预算0.50万元、工程预算0万元、服务预算6.00万元",
    mend="对照政府采购预算表改正总额或分项。",
    check=check,
)
