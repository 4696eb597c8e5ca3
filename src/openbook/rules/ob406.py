"""OB406: expenditure codes stand in a column of revenue codes."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.accounts.printed import locations
from openbook.document import Row, Statement
from openbook.findings import Context, Finding, Rule, Severity

_SHOWN = 3


def check(context: Context) -> Iterator[Finding]:
    for statement in context.document.statements:
        rows = _spending_rows(statement)
        if rows:
            codes = "、".join(f"{row.code} {row.name}" for row in rows[:_SHOWN])
            more = "等" if len(rows) > _SHOWN else ""
            yield Finding(
                code="OB406",
                message=f"《{statement.title}》的收入科目栏填了支出功能分类科目（{codes}{more}，共 {len(rows)} 行）。"
                "收入科目编码以1开头（如 103 非税收入）；没有收入的应留空。",
                locations=locations(rows),
                key=("revenue-side", statement.kind),
                expected="1××",
                actual=rows[0].code,
            )


def _spending_rows(statement: Statement) -> list[Row]:
    """Rows of a revenue side with codes of expenditure. 收入总表 rightly lists revenue by function."""
    if statement.kind not in ("fund_revenue", "state_capital"):
        return []
    sides = ("revenue",) if statement.kind == "state_capital" else ("revenue", None)
    return [row for row in statement.rows if row.side in sides and (row.code or "").startswith("2")]


RULE = Rule(
    code="OB406",
    name="expenditure-code-as-revenue",
    title="收入科目栏填了支出科目",
    severity=Severity.WARNING,
    basis="《中华人民共和国预算法》第三十二条第四款；当年《政府收支分类科目》",
    what="政府性基金收入表、国有资本经营预算收支表的“收入科目编码”栏中出现2开头的支出功能分类编码。",
    why="收入与支出是两套科目；填错说明表是照支出表复制的。",
    bad="收入科目编码 201 一般公共服务支出",
    good="收入科目编码 103 非税收入",
    mend="删去误填的行，或改填收入分类科目。",
    check=check,
)
