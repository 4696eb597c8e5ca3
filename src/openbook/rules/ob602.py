"""OB602: more is reserved for small firms than is bought, or for micro firms than for small ones."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.narrative.holdings import Said, holdings


def check(context: Context) -> Iterator[Finding]:
    for procurement in holdings(context.document).procurements:
        pairs = (
            ("reserved", "面向中小企业预留", procurement.reserved, "政府采购预算总额", procurement.total),
            ("micro", "预留给小型和微型企业", procurement.micro, "面向中小企业预留", procurement.reserved),
        )
        for kind, part_name, part, whole_name, whole in pairs:
            if part and whole and _exceeds(part, whole):
                yield Finding(
                    code="OB602",
                    message=f"{part_name} {part.text}，超过了{whole_name} {whole.text}；前者是后者的一部分，请核对。",
                    locations=(
                        Location.text(part.place, part.text, "stated"),
                        Location.text(whole.place, whole.text, "proof"),
                    ),
                    key=("procurement", kind),
                    actual=show(part.value),
                    expected=f"≤ {show(whole.value)}",
                    difference=show(part.value - whole.value),
                )


def _exceeds(part: Said, whole: Said) -> bool:
    return part.value - whole.value > part.half + whole.half


RULE = Rule(
    code="OB602",
    name="reserved-share-exceeds-whole",
    title="预留给中小企业的采购额超过总额",
    severity=Severity.ERROR,
    basis="政府采购法第九条；《政府采购促进中小企业发展管理办法》（财库〔2020〕46号）[记忆]",
    what="面向中小企业预留的金额不得超过政府采购预算总额，其中预留给小微企业的不得超过面向中小企业预留的金额。",
    why="部分不会大于整体；多为两个数写颠倒，或总额没有更新。",
    bad="政府采购预算830.00万元；面向中小企业预留932.00万元",
    good="政府采购预算830.00万元；面向中小企业预留332.00万元，其中小微企业232.40万元",
    mend="对照采购预算核对预留金额。",
    check=check,
)
