"""OB211: a statement lacks a row that other statements have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from openbook.document import Cell
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.rules.identity_findings import MANY_ROWS, locations, printed_between
from openbook.statements.verdicts import Missing


def check(context: Context) -> Iterator[Finding]:
    if context.verdicts is None:
        return
    lost = Counter(missing.statement.kind for missing in context.verdicts.missing)
    for missing in context.verdicts.missing:
        shaky = not missing.statement.reliable or not missing.source.statement.reliable
        doubt = context.document.source.scanned and (shaky or lost[missing.statement.kind] >= MANY_ROWS)
        found = _finding(missing)
        yield replace(found, severity=Severity.WARNING) if doubt else found


def _finding(missing: Missing) -> Finding:
    statement, source = missing.statement, missing.source
    unit = statement.unit
    half = next((cell.half for cell in statement.cells()), unit.li // 200)
    parts = []
    for column in statement.columns:
        if column.key in missing.needed:
            low, high = missing.needed[column.key]
            parts.append(f"{column.label} {show(printed_between(low, high, half), unit)}")
    figures = "、".join(parts)
    shown = _shown(missing)
    return Finding(
        "OB211",
        f"《{statement.title}》缺少“{missing.code} {source.name}”一行（应为 {figures} {unit.value}）："
        f"《{source.statement.title}》列有该科目，而本表缺了它，共 {len(missing.broken)} 条勾稽关系不成立。",
        (
            Location(statement.place, statement.title, f"{missing.code} {source.name}", role="suspect"),
            *([Location.of(shown)] if shown else [Location(source.place, source.statement.title)]),
            *locations([], missing.broken),
        ),
        ("missing-row", statement.kind, missing.code),
        expected=f"{figures} {unit.value}",
        actual="",
    )


def _shown(missing: Missing) -> Cell | None:
    """The figure by which the other statement shows the row."""
    for column in (*missing.needed, "total", "current", "general"):
        cell = missing.source.cells.get(column)
        if cell is not None and cell.amount:
            return cell
    return None


RULE = Rule(
    code="OB211",
    name="row-missing",
    title="报表缺少一行，而其他报表列有该科目",
    severity=Severity.ERROR,
    basis="预算法第三十二条第四款；预算法实施条例第六条：功能分类公开到项",
    what="一张表的上级科目大于其下级之和，差额正好是另一张表列有而本表没有的科目；补上这一行，全部勾稽关系都成立。",
    why="系统提取数据时会漏行，扫描也会；漏掉的一行就是一笔没有公开的钱。",
    bad="支出总表没有 2013899，一般公共服务支出却比其下级之和多 160.50",
    good="支出总表列有 2013899 其他市场监督管理事务 160.50",
    mend="对照批复补上该行；若是扫描识别漏行，请对照原件。",
    check=check,
)
