"""OB408: a line in the list of expenditure classes is no class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from openbook.accounts.classification import Classification
from openbook.accounts.names import alike, plain, stem
from openbook.accounts.printed import accounts_of, locations
from openbook.document import Row, Statement
from openbook.findings import Context, Finding, Rule, Severity

_LIST = 8  # fewer class lines than that are no list of the classes
_MONEY = re.compile(
    r"结转|结余|合计|总计|小计|预算|拨款|基本支出|项目支出|上缴|上解|经营|补助|分配|人员|公用|本年|当年|上年|年终|年末|收入"
)


def check(context: Context) -> Iterator[Finding]:
    names = _class_names(accounts_of(context.document))
    for statement in context.document.statements:
        if statement.kind in ("summary", "appropriation"):
            for row in _strangers(statement, names):
                yield _finding(row)


@cache
def _class_names(accounts: Classification) -> frozenset[str]:
    """What functional classes are called in a year and were called before."""
    former = [account for account in accounts.formers() if len(account.code) == 3]
    return frozenset(stem(account.name) for account in (*accounts.classes, *former))


def _strangers(statement: Statement, names: frozenset[str]) -> Iterator[Row]:
    """Lines next to class lines that bear no class's name, not even misspelled."""
    lines = [row for row in statement.rows if row.side == "expenditure"]
    known = [bool(row.code) or stem(row.name) in names for row in lines]
    if sum(known) < _LIST:
        return
    last = len(known) - 1 - known[::-1].index(True)
    for index, row in enumerate(lines[: last + 2]):
        name = plain(row.name)
        if known[index] or not any(known[:index]) or len(name) < 2 or row.key.startswith(("exp.", "rev.")):
            continue
        if _MONEY.search(name) or any(alike(name, right) for right in names):
            continue
        yield row


def _finding(row: Row) -> Finding:
    used = any(cell.amount for cell in row.cells.values())
    tail = "该行有金额，请改列到应属的类" if used else "该行没有金额，多为系统自带，公开时可删去"
    return Finding(
        code="OB408",
        message=f"《{row.statement.title}》支出科目中的“{row.name.strip()}”不是支出功能分类的类级科目。{tail}。",
        locations=locations([row]),
        key=("no-class", row.statement.kind, plain(row.name)),
        actual=plain(row.name),
        severity=Severity.WARNING if used else Severity.INFO,
    )


RULE = Rule(
    code="OB408",
    name="line-is-no-class",
    title="支出类级科目中混入了不是科目的行",
    severity=Severity.INFO,
    basis="当年《政府收支分类科目》",
    what="收支总表、财政拨款收支总表的支出侧逐类列示，其中有一行不是支出功能分类的类。有金额的作提醒，没有金额的只作提示。",
    why="读者无从知道这一行是什么支出。",
    bad="三十一、人行科目",
    good="三十、抗疫特别国债安排的支出（最后一行）",
    mend="删去该行，或把金额改列到应属的类。",
    check=check,
)
