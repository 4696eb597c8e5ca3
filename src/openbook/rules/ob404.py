"""OB404: a code is used in a year in which it is not in force."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.accounts.classification import Account, classification
from openbook.accounts.names import alike, plain
from openbook.accounts.printed import Printed, locations, printed
from openbook.findings import Context, Finding, Rule, Severity


def check(context: Context) -> Iterator[Finding]:
    year = context.document.year
    if year is None:
        return
    accounts = classification(year)
    for pair in printed(context.document):
        lapsed = accounts.lapsed(pair.code)
        if lapsed is not None and alike(pair.name, lapsed.name):
            yield _finding(pair, lapsed, year)


def _finding(pair: Printed, lapsed: Account, year: int) -> Finding:
    if lapsed.until is not None and lapsed.until < year:
        reason = f"只用到{lapsed.until}年"
    else:
        reason = f"{lapsed.since}年起才启用"
    return Finding(
        code="OB404",
        message=f"{pair.titles}使用了“{pair.code} {plain(pair.name)}”，该科目{reason}，{year}年不应使用。"
        "请按当年科目表改列。",
        locations=locations(pair.rows),
        key=("lapsed", pair.code),
        actual=pair.code,
        severity=Severity.INFO if lapsed.dated in ("不确定", "推断") else Severity.WARNING,
    )


RULE = Rule(
    code="OB404",
    name="code-not-in-force",
    title="使用了当年尚未启用或已经取消的科目",
    severity=Severity.WARNING,
    basis="当年《政府收支分类科目》",
    what="编码和名称都认得，但在本年度尚未启用或已经取消。启用、取消年份存疑的只作提示。",
    why="科目按年度发布；用错年度的科目，汇总时无处可归。",
    bad="2023年预算列 20139 社会工作事务（2024年起启用）",
    good="2024年预算列 20139 社会工作事务",
    mend="查当年《政府收支分类科目》的新旧对照，改列现行科目。",
    check=check,
)
