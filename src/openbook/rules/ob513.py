"""OB513: the deadline of a target lies outside the budget year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.ob5_forms import GROUND_DRAFT, Use, all_uses, one_year

_DATE = r"(20\d\d)年度?(?:(?:第?[一二三四1-4]季度|上半年|下半年)|\d{1,2}月(?:份)?(?:\d{1,2}日)?)?"
_DEADLINE = re.compile(
    rf"(?<![\d〔【\[(（-]){_DATE}(?:年?[底末](?:之?前|以前)?|之?前|以前|年?内|(?=(?:全部|全面)?完成)|\Z)"
)
# The whole value is a deadline and nothing else.
_PURE = re.compile(
    rf"(?:计划|预计|于|在|截至)?{_DATE}(?:年?[底末](?:之?前|以前)?|之?前|以前)"
    r"(?:全部|全面|基本|按时|按期)?(?:完成|完工|竣工|办结|到位|支付|验收|实施|建成|交付){0,2}\Z"
)
_RANGE = re.compile(r"20\d\d年?\s*[-—~至到]\s*20\d\d")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    for use in all_uses(document):
        year = document.year or use.form.form.year
        text = use.value
        if year is None or "20" not in text or _RANGE.search(text) or "《" in text or "补发" in use.form.name:
            continue
        match = _DEADLINE.search(text)
        if match is not None and int(match[1]) != year:
            finding = _judge(use, int(match[1]), year)
            if finding is not None:
                yield finding


def _judge(use: Use, found: int, year: int) -> Finding | None:
    form = use.form.form
    if found > year:
        if use.side == "实施期" or not one_year(form):
            return None
        severity, fault = Severity.WARNING, f"晚于 {year} 年度，项目期却只有 1 年"
    else:
        severity, fault = Severity.ERROR, f"早于 {year} 年度，编制这份预算时已经过去"
        if use.side == "实施期" or abs(year - found) > 15 or not _PURE.match(use.value):
            severity = Severity.WARNING  # an early stage, or no deadline but the time of something else
    mend = (
        "如果是结转项目或者沿用了上年的表，请改成本年的完成时限" if found < year else "请核对完成时限和项目期"
    )
    return Finding(
        "OB513",
        f"{use.where}写的完成时限是“{use.target.text}”，{fault}。{mend}。",
        (use.location(),),
        ("deadline", use.form.key, use.label, use.side),
        expected=f"{year}年",
        actual=use.target.text,
        severity=severity,
    )


RULE = Rule(
    code="OB513",
    name="deadline-outside-year",
    title="指标的完成时限不在预算年度内",
    severity=Severity.ERROR,
    basis=GROUND_DRAFT,
    what="指标值里的完成时限（某年底前、某年某月前完成）早于预算年度（错误）；一年期项目的时限晚于预算年度（警告）。"
    "跨年项目只在实施期目标里写了较早时限的，作警告。文号、规划的起止年份不算。",
    why="目标是为本年度设的，已经过去的时限不可能再去完成，多半是照抄了以前年度的表。",
    bad="（2024年预算）时效指标“完成采购时间” 2021年12月前完成",
    good="（2024年预算）时效指标“完成采购时间” 2024年12月前完成",
    mend="把时限改到预算年度内；结转项目也按本年重新设定。",
    check=check,
)
