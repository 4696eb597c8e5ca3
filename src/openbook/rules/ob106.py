"""OB106: a total is left blank though its parts have figures."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.money import show
from openbook.rules.identity_findings import (
    doubtful_statements,
    is_blank_total,
    locations,
    printed_between,
)


def check(context: Context) -> Iterator[Finding]:
    verdicts = context.verdicts
    if verdicts is None:
        return
    doubtful = doubtful_statements(context, verdicts)
    for repair in verdicts.repairs:
        if not repair.suspects or not is_blank_total(repair.suspects[0]):
            continue
        cell = repair.suspects[0]
        statement = cell.row.statement
        unit = statement.unit
        expected = None
        if repair.low is not None and repair.high is not None:
            expected = f"{show(printed_between(repair.low, repair.high, cell.half), unit)} {unit.value}"
        certain = statement.reliable and statement.kind not in doubtful
        yield Finding(
            "OB106",
            f"{cell.describe()}空白，而分项和其他报表都有数字"
            + (f"，应为 {expected}。" if expected else "。"),
            locations(repair.suspects[:1], repair.broken),
            ("blank-total", statement.kind, cell.row.key, cell.column.key),
            expected=expected,
            actual="",
            severity=Severity.ERROR if certain else Severity.WARNING,
        )


RULE = Rule(
    code="OB106",
    name="total-left-blank",
    title="合计栏空白，而分项有数",
    severity=Severity.ERROR,
    basis="预算法第十四条；财预〔2016〕143号：公开内容应当完整、准确",
    what="合计、总计或本年收支合计没有填，而它的各分项有数字。",
    why="合计是勾稽的枢纽，空着就无法与其他报表核对。",
    bad="本年支出合计（空白），各类支出之和 738.06",
    good="本年支出合计 738.05",
    mend="补上合计，并与支出总表核对。",
    check=check,
)
