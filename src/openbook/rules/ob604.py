"""OB604: the fixed assets are not the sum of their parts, or differ between sentence and table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.narrative.holdings import Said, holdings

_LAST = "其他"
_ALL = ("房屋", "车辆", "其他")


def check(context: Context) -> Iterator[Finding]:
    found = holdings(context.document)
    scanned = context.document.source.scanned
    table = found.table
    if table and table.parts:
        closed = any(_LAST in part.text for part in table.parts)  # else its lower lines may be lost
        severity = None if table.whole and (closed or not scanned) else Severity.WARNING
        yield from _sum("固定资产占用情况表的资产总额", table.total, table.parts, "table", severity)
    if found.fixed and all(any(name in part.text for part in found.fixed_parts) for name in _ALL):
        yield from _sum("固定资产总额", found.fixed, found.fixed_parts, "prose", Severity.WARNING)
    if (
        table
        and found.fixed
        and abs(table.total.value - found.fixed.value) > table.total.half + found.fixed.half
    ):
        yield Finding(
            code="OB604",
            message=f"说明中固定资产为 {found.fixed.text}，固定资产占用情况表的资产总额为 {show(table.total.value)} 万元，"
            f"相差 {show(found.fixed.value - table.total.value)} 万元。",
            locations=(
                Location.text(found.fixed.place, found.fixed.text, "stated"),
                Location.text(table.total.place, table.total.text, "proof"),
            ),
            key=("assets", "prose-table"),
            expected=show(table.total.value),
            actual=show(found.fixed.value),
            difference=show(found.fixed.value - table.total.value),
            severity=Severity.WARNING if scanned and not table.whole else None,
        )


def _sum(
    what: str, total: Said, parts: Sequence[Said], key: str, severity: Severity | None
) -> Iterator[Finding]:
    added = sum(part.value for part in parts)
    slack = total.half + sum(part.half for part in parts)
    if abs(added - total.value) <= slack:
        return
    yield Finding(
        code="OB604",
        message=f"{what} {show(total.value)} 万元，各项合计 {show(added)} 万元，相差 {show(total.value - added)} 万元。"
        "请核对总额或分项。",
        locations=(
            Location.text(total.place, total.text, "stated"),
            *(Location.text(part.place, part.text, "proof") for part in parts),
        ),
        key=("assets", key, "sum"),
        expected=show(added),
        actual=show(total.value),
        difference=show(total.value - added),
        severity=severity,
    )


RULE = Rule(
    code="OB604",
    name="assets-do-not-add-up",
    title="固定资产总额与分项或说明不符",
    severity=Severity.ERROR,
    basis="财预〔2016〕143号《地方预决算公开操作规程》（国有资产占有使用情况，内容准确）",
    what="固定资产占用情况表：资产总额＝房屋＋车辆＋设备＋其他；说明中的固定资产金额应与该表相同。"
    "表格的列读得不完整时作警告。",
    why="资产总额由几项相加而得，加不起来必有一处填错。",
    bad="资产总额202.00万元；车辆6.00万元，其他固定资产186.00万元",
    good="资产总额202.00万元；车辆6.00万元，其他固定资产196.00万元",
    mend="按资产年报改正。",
    check=check,
)
