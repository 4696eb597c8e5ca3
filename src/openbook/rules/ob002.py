"""OB002: table not read."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.reading_findings import reported


def check(context: Context) -> Iterator[Finding]:
    yield from reported(context, "OB002")


RULE = Rule(
    code="OB002",
    name="table-not-read",
    title="有标题而没有读到表格",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号：没有数据的表也应公开空表",
    what="正文中有报表标题，其后却没有能读懂的表格。",
    why="没有读到的表不参加核对，不能当作没有问题。",
    bad="2023年预算支出总表（其后只有一张图片）",
    good="2023年预算支出总表（其后是表格）",
    mend="若表格是图片，请先识别为文字；若确为空表，请保留表头并注明无数据。",
    check=check,
)
