"""OB517: the filing date of a form is impossible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_DRAFT, named

_STAMP = re.compile(r"\d{8,20}\Z")
_PARTS = re.compile(r"(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?\Z")


def check(context: Context) -> Iterator[Finding]:
    for form in named(context.document):
        filed = form.form.filed
        fault = _fault(filed.text.replace(" ", "")) if filed is not None else None
        if filed is None or fault is None:
            continue
        yield Finding(
            "OB517",
            f"《{form.name}》绩效目标表的填报日期“{filed.text}”{fault}。请更正，写到年月日即可。",
            (Location(filed.place, f"{form.name}绩效目标表", "填报日期", None, filed.text),),
            ("filing-date", form.key),
            actual=filed.text,
            severity=Severity.INFO if context.document.source.scanned else Severity.WARNING,
        )


def _fault(text: str) -> str | None:
    if match := _PARTS.match(text):
        return _day(match[1], match[2], match[3])
    if not _STAMP.match(text):
        return None
    if len(text) not in (8, 14):
        return f"有 {len(text)} 位数字，不是年月日（8 位）或年月日时分秒（14 位）"
    if fault := _day(text[:4], text[4:6], text[6:8]):
        return fault
    clock = text[8:]
    if clock and (int(clock[:2]) > 23 or int(clock[2:4]) > 59 or int(clock[4:]) > 59):
        return f"的时间 {clock[:2]}:{clock[2:4]}:{clock[4:]} 不存在"
    return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return f"里没有 {year} 年 {int(month)} 月 {int(day)} 日这一天"
    return None


RULE = Rule(
    code="OB517",
    name="impossible-filing-date",
    title="填报日期不可能",
    severity=Severity.WARNING,
    basis=GROUND_DRAFT,
    what="填报日期的月、日、时、分、秒超出范围，或者位数不对。扫描件可能误认，只作提示。",
    why="日期由系统打印或手工填写，写错说明这张表没有校对。",
    bad="填报日期：20240116213068",
    good="填报日期：2024年1月16日",
    mend="改成真实的填报日期。",
    check=check,
)
