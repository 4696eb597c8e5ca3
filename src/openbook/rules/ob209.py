"""OB209: differences that rounding explains."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Statement
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.rules.identity_findings import sides, unit_of
from openbook.statements.verdicts import Judged, Verdict

_NAMED = 3


def check(context: Context) -> Iterator[Finding]:
    if context.verdicts is None:
        return
    tails: dict[int, list[Judged]] = {}
    for item in context.verdicts.judged:
        if item.verdict is Verdict.ROUNDING:
            tails.setdefault(id(item.equation.terms[0][1].row.statement), []).append(item)
    for items in tails.values():
        yield _finding(items[0].equation.terms[0][1].row.statement, items)


def _finding(statement: Statement, items: list[Judged]) -> Finding:
    """One finding a statement: a tail is no fault, and nobody wants to read thirty of them."""
    named = "；".join(_words(item) for item in items[:_NAMED])
    more = "等" if len(items) > _NAMED else ""
    places = {id(cell): cell for cell in (item.equation.terms[0][1] for item in items)}
    return Finding(
        "OB209",
        f"《{statement.title}》有 {len(items)} 处尾差，都在四舍五入所能解释的范围之内，不是错误：{named}{more}。",
        tuple(Location.of(cell) for cell in places.values()),
        ("rounding", statement.kind),
    )


def _words(item: Judged) -> str:
    unit = unit_of(item)
    left, right = sides(item)
    cell = item.equation.terms[0][1]
    return (
        f"“{cell.row.name}”行“{cell.column.label}”栏，{item.equation.identity.title}，"
        f"相差 {show(left - right, unit)} {unit.value}（可解释 {show(item.slack, unit)}）"
    )


RULE = Rule(
    code="OB209",
    name="rounding-tail",
    title="四舍五入造成的尾差",
    severity=Severity.INFO,
    basis="四舍五入的算术；不是法律要求",
    what="勾稽关系差一两分（0.01 万元），在各数字四舍五入的区间之内。每张表一条，列出是哪几处。",
    why="列出来是为了让人知道它已被核过，而不是被放过；能整体调平的系统不会留下尾差。",
    bad="504.82＋2299.56＝2804.38，合计印作 2804.37",
    good="504.82＋2299.55＝2804.37",
    mend="不必更正；若想消除，应从同一份到分的数据统一调平全部报表，不要逐表手工改尾数。",
    check=check,
)
