"""OB309: the items named as included are not those of the statement."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Claim, Row, Statement
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.vocabulary import concepts, fold
from openbook.rules.ob3_claims import GROUND, judged, key_of

_COLUMNS = {"personnel": "personnel", "public": "public"}
_NOTHING = ("无", "")
_LEAST_KNOWN = 2


def check(context: Context) -> Iterator[Finding]:
    statement = context.document.statement("general_basic")
    if statement is None or statement.empty or not statement.reliable:
        return
    for claim in context.document.claims:
        column = _COLUMNS.get(claim.concept or "")
        if claim.kind == "items" and column and judged(claim):
            yield from _compare(claim, statement, column)


def _compare(claim: Claim, statement: Statement, column: str) -> Iterator[Finding]:
    rows = _leaves(statement)
    figures = {fold(row.name): row for row in rows if column in row.cells and row.cells[column].amount}
    named = {fold(name): name for name in claim.names if name not in _NOTHING}
    known = [name for name in named if _find(name, figures)]
    if len(known) < _LEAST_KNOWN:
        return
    strange = [text for name, text in named.items() if not _find(name, figures)]
    if strange:
        yield _finding(claim, statement, strange, "named")
    missing = [row.name for name, row in figures.items() if not _find(name, named)]
    if missing and not claim.hedged:
        yield _finding(claim, statement, missing, "missing")


def _leaves(statement: Statement) -> list[Row]:
    """The lines of the lowest level (款); class lines are totals of them."""
    parents = {row.parent for row in statement.rows if row.parent}
    return [
        row for row in statement.rows if row.key != "total" and row.key not in parents and not _class(row)
    ]


def _class(row: Row) -> bool:
    return (row.code is not None and len(row.code) <= 3) or fold(row.name) in concepts().economic_classes


def _find(name: str, names: dict[str, Row] | dict[str, str]) -> bool:
    """Printed names vary at their end: 机关事业单位基本养老保险缴费 and 机关事业单位基本养老保险费."""
    if name in names:
        return True
    stem = name.removesuffix("用").removesuffix("费").removesuffix("缴")
    return any(
        other.removesuffix("用").removesuffix("费").removesuffix("缴") == stem
        or (len(name) >= 4 and (name in other or other in name))
        for other in names
    )


def _finding(claim: Claim, statement: Statement, names: list[str], what: str) -> Finding:
    listed = "、".join(f"“{name}”" for name in names)
    if what == "named":
        message = (
            f"说明列出{claim.subject}包括{listed}，但《{statement.title}》中没有这{'几' if len(names) > 1 else '一'}项"
            "的金额。请核对后删去，或补到表中。"
        )
    else:
        message = (
            f"《{statement.title}》中{listed}有{claim.subject}，说明列举时没有写到，句末也没有“等”。"
            "请补全，或在句末加“等”。"
        )
    return Finding(
        "OB309",
        message,
        (Location.claim(claim), Location.text(statement.place, statement.title, "proof")),
        (f"items-{what}", *key_of(claim), *sorted(names)),
        actual=listed,
    )


RULE = Rule(
    code="OB309",
    name="listed-items-differ",
    title="说明列举的开支项目与报表不符",
    severity=Severity.WARNING,
    basis=GROUND,
    what="“人员经费……主要包括：甲、乙、丙”列出了报表中没有金额的项目，或者没有“等”字而漏了报表中有金额的项目。",
    why="列举多半从上年照抄；今年没有的项目留着，会让人以为花了这笔钱。",
    bad="基本支出表: 公用经费只有 办公费、工会经费\n说明: 公用经费16.65万元，主要包括：办公费、工会经费、差旅费。",
    good="基本支出表: 公用经费只有 办公费、工会经费\n说明: 公用经费16.65万元，主要包括：办公费、工会经费。",
    mend="照本年报表逐项列举，列不全的在句末写“等”。",
    check=check,
)
