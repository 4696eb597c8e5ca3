"""OB103: statements stand in another order than the layout's."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.statements.layouts import layout


def check(context: Context) -> Iterator[Finding]:
    known = layout(context.document.layout)
    if known is None:
        return
    rank = {kind: number for number, kind in enumerate(known.kinds)}
    highest = None
    for statement in context.document.statements:
        if statement.kind not in rank:
            continue
        if highest is not None and rank[statement.kind] < rank[highest.kind]:
            yield Finding(
                "OB103",
                f"《{statement.title}》排在《{highest.title}》之后，与{known.title}规定的次序相反。",
                (
                    Location(statement.place, statement.title),
                    Location(highest.place, highest.title, role="proof"),
                ),
                ("order", statement.kind),
            )
        else:
            highest = statement


RULE = Rule(
    code="OB103",
    name="statements-out-of-order",
    title="报表次序与规定表样不同",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号：公开形式应当规范；各省规定的公开表样",
    what="报表的先后与本省套式不同。",
    why="次序固定，公众和核对人员才能逐部门比较。",
    bad="支出总表在收支总表之前",
    good="收支总表、收入总表、支出总表……",
    mend="按表样次序重新排列，并更新目录。",
    check=check,
)
