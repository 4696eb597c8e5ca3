"""OB609: the day the assets were counted is missing or cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.holdings import Holdings, Said, holdings

_MONTHS = (1, 12)
_DAYS = (1, 31)
_DAY = re.compile(r"20\d\d\s?[-年./]|年[末初底]|截[至止]")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    found = holdings(document)
    yield from _implausible(document, found)
    told = next((one.total for one in found.vehicles if not one.bought), None) or found.fixed
    if told and not found.dates and not found.year_end:
        yield Finding(
            code="OB609",
            message=f"国有资产占有使用情况（“{told.text}”）没有写明截止日期。请写明，如“截至上年12月31日”。",
            locations=(Location.text(told.place, told.text, "stated"),),
            key=("assets", "no-date"),
        )
    elif not told and not found.dates and not found.year_end:
        yield from _section(document)


def _section(document: Document) -> Iterator[Finding]:
    """A section on the assets that says of no day what it says, be it that there are none."""
    sections = [one for one in document.sections if one.topic == "assets"]
    paragraphs = [paragraph for section in sections for paragraph in section.paragraphs]
    if not paragraphs or any(_DAY.search(paragraph.text) for paragraph in paragraphs):
        return
    section = sections[0]
    yield Finding(
        code="OB609",
        message=f"“{section.heading}”没有写明是哪一天的情况。没有资产的也请写明截止日期，如“截至上年12月31日”。",
        locations=(Location.text(section.place, section.heading, "stated"),),
        key=("assets", "no-date"),
    )


def _implausible(document: Document, found: Holdings) -> Iterator[Finding]:
    year = document.year
    if year is None:
        return
    for date in found.dates:
        if _plausible(date, year, final=document.stage == "accounts"):
            continue
        last = year if document.stage == "accounts" else year - 1
        yield Finding(
            code="OB609",
            message=f"资产的截止日期“{date.text}”与 {year} 年度不相称，一般应在 {last} 年内。请核对是否沿用了往年文字。",
            locations=(Location.text(date.place, date.text, "suspect"),),
            key=("assets", "date", str(date.value // 10_000)),
            expected=str(last),
            actual=str(date.value // 10_000),
            severity=Severity.WARNING,
        )
        return


def _plausible(date: Said, year: int, *, final: bool) -> bool:
    stated, month, day = date.value // 10_000, date.value // 100 % 100, date.value % 100
    if not (_MONTHS[0] <= month <= _MONTHS[1] and _DAYS[0] <= day <= _DAYS[1]):
        return False
    if final:
        return stated == year
    return stated == year - 1 or (stated == year and month <= 6)


RULE = Rule(
    code="OB609",
    name="assets-date-missing-or-wrong",
    title="国有资产截止日期缺失或不合理",
    severity=Severity.INFO,
    basis="财预〔2016〕143号（国有资产占有使用情况）；各地预算公开模板",
    what="列出车辆、固定资产的，应写明截止日期；预算的截止日期一般在上年内（至迟本年年中），决算为本年 12 月 31 日。",
    why="资产是时点数，没有日期就无法核对；日期是前几年的，说明整段照抄往年。",
    bad="2024年预算：截至2021年12月31日，共有车辆7辆",
    good="2024年预算：截至2023年12月31日，共有车辆7辆",
    mend="改为最近一次资产年报的日期，并更新数字。",
    check=check,
)
