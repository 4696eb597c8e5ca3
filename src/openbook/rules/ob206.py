"""OB206: three public does not add up."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.identity_findings import findings

_FAMILIES = frozenset({"three_public"})


def check(context: Context) -> Iterator[Finding]:
    yield from findings(context, "OB206", _FAMILIES)


RULE = Rule(
    code="OB206",
    name="three-public-does-not-add-up",
    title="“三公”经费合计与分项不符",
    severity=Severity.ERROR,
    basis="财预〔2016〕143号：“三公”经费应分项公开，公务用车购置与运行分列",
    what="核对“三公”合计＝因公出国（境）费＋公务接待费＋公务用车购置及运行费，以及购置费＋运行费＝小计。",
    why="“三公”经费是公众最关注的数字。",
    bad="合计 3.50；公务接待费 1.20；公务用车运行维护费 3.20",
    good="合计 4.40；公务接待费 1.20；公务用车运行维护费 3.20",
    mend="按分项重新汇总，并核对说明中的同一数字。",
    check=check,
)
