"""OB102: a statement is empty though others prove that there are figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Cell, Statement
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show

# the note says why there is nothing to list beside public expenses
_EXPLAINED = re.compile(r"事业单位|不足\s*0\.01|不适用|不属于")


def check(context: Context) -> Iterator[Finding]:
    if context.verdicts is None:
        return
    told: set[str] = set()
    for blank in context.verdicts.blanks:
        statement = blank.statement
        if statement.kind in told:
            continue
        told.add(statement.kind)
        proven = statement.note is not None or not context.document.source.scanned
        severity = Severity.ERROR if proven else Severity.WARNING
        yield _finding(statement, blank.cells[0], blank.identity.title, severity)
    yield from _operating(context, told)


def _operating(context: Context, told: set[str]) -> Iterator[Finding]:
    """Operating expenses are the public part of basic expenditure: an empty statement beside it needs a look."""
    document = context.document
    operating = document.statement("operating")
    if operating is None or not operating.empty or "operating" in told:
        return
    if operating.note is not None and _EXPLAINED.search(operating.note):
        return
    basic = document.cell("general_basic", "total", "public")
    if basic is None or not basic.amount:
        basic = document.cell("general_expenditure", "total", "basic")
        personnel = document.cell("general_basic", "total", "personnel")
        if basic is None or not basic.amount or (personnel is not None and personnel.amount):
            return
    title = "行政单位和参公事业单位的机关运行经费即基本支出中的公用经费"
    yield _finding(operating, basic, title, Severity.WARNING)


def _finding(statement: Statement, proof: Cell, why: str, severity: Severity) -> Finding:
    unit = proof.row.statement.unit
    note = f"，并注明“{statement.note}”" if statement.note else ""
    where = [Location.text(statement.note_place, statement.note)] if statement.note else []
    head = Location(statement.place, statement.title)
    return Finding(
        "OB102",
        f"《{statement.title}》为空表{note}，但{proof.describe()}为 {show(proof.value, unit)} {unit.value}"
        f"（{why}）：应有数据而没有列出。",
        (head, *where, Location.of(proof)),
        ("empty", statement.kind),
        expected=f"{show(proof.value, unit)} {unit.value}",
        actual="",
        difference=f"{show(-proof.value, unit)} {unit.value}",
        severity=severity,
    )


RULE = Rule(
    code="OB102",
    name="empty-though-figures-exist",
    title="空表，而其他报表证明应有数据",
    severity=Severity.ERROR,
    basis="预算法实施条例第六条：基本支出应公开到经济性质分类的款；财预〔2016〕143号",
    what="一张表没有任何数字，而与它同口径的其他表有。",
    why="系统没有提取到数据时会生成一张空表，并附上“本表无数据”。",
    bad="基本支出表注明“本表无数据”，而一般公共预算支出表的基本支出为 18.37 万元",
    good="基本支出表合计 18.37 万元，按款列出",
    mend="检查取数条件，重新生成该表；不要只删去注释。",
    check=check,
)
