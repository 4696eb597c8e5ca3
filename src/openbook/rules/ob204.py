"""OB204: statements disagree."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.identity_findings import findings

_FAMILIES = frozenset({"across"})


def check(context: Context) -> Iterator[Finding]:
    yield from findings(context, "OB204", _FAMILIES)


RULE = Rule(
    code="OB204",
    name="statements-disagree",
    title="不同报表中的同一数字不一致",
    severity=Severity.ERROR,
    basis="预算法第十四条；财预〔2016〕143号：公开内容应当准确",
    what="核对收支总表与收入总表、支出总表、财政拨款收支总表、一般公共预算支出表等之间的同一数字；只在口径相同时比较（例如全部收支均为财政拨款、表不含上年结转）。",
    why="同一个数在两张表里不同，必有一张是错的。",
    bad="收支总表支出总计 2804.37；支出总表合计 2804.87",
    good="收支总表支出总计 2804.37；支出总表合计 2804.37",
    mend="从同一份批复数据重新生成两张表；不要手工改其中一张。",
    check=check,
)
