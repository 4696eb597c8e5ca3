"""OB009: rule crashed."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity


def check(_context: Context) -> Iterator[Finding]:
    # the engine reports it: there is no document to look at, or the rule cannot speak for itself
    yield from ()


RULE = Rule(
    code="OB009",
    name="rule-crashed",
    title="规则运行出错",
    severity=Severity.WARNING,
    basis="本工具的约定：规则出错不得被当作没有问题",
    what="某条规则在这份文件上出错，没有完成检查。由程序直接报告。",
    why="一条规则的错误不应掩盖文件的错误，也不应被当作通过。",
    bad="（程序缺陷）",
    good="（无）",
    mend="请把提示和文件反馈给本项目；其他规则的结果不受影响。",
    check=check,
)
