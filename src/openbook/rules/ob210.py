"""OB210: economic classification disagrees."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.identity_findings import findings

_FAMILIES = frozenset({"economic"})


def check(context: Context) -> Iterator[Finding]:
    yield from findings(context, "OB210", _FAMILIES)


RULE = Rule(
    code="OB210",
    name="economic-classification-disagrees",
    title="“三公”经费、机关运行经费或基本支出与经济分类科目不符",
    severity=Severity.ERROR,
    basis="政府收支分类科目；财预〔2016〕143号；预算法实施条例第六条",
    what="核对基本支出表合计与一般公共预算支出表的基本支出一致；“三公”各项不小于基本支出表中对应科目（30212、30217、30231）；机关运行经费不大于公用经费。",
    why="同一笔钱按用途和按经济性质各分一次，两次必须对得上。",
    bad="公务接待费（三公表）1.00；30217 公务接待费 1.20",
    good="公务接待费（三公表）1.20；30217 公务接待费 1.20",
    mend="核对两张表的口径：“三公”表应含全部财政拨款安排，不应小于基本支出中的同一科目。",
    check=check,
)
