"""OB514: the text of a form speaks of an earlier year as the year of the work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Indicator, Text
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_DRAFT, Named, named

_FIELDS = (
    "项目概况",
    "项目设立必要性",
    "保证项目实施的制度、措施",
    "项目实施计划",
    "总体目标",
    "年度目标",
    "绩效目标",
)
_WORK = re.compile(
    r"(?:履行|完成|开展|保障|落实|实现|预计|做好|确保|推进)[^，。；、,;《》〔【\d]{0,10}(?<!\d)(20\d\d)\s*年?"
    r"(?![\s年]*(?:[-—~至到.]|\d|以来|起|开始|成立|印发|文件|通知|结转|度?决算|底?前|末|\d?\d月|度?.{0,6}(?:考核|绩效|奖|工资|欠|缺口|尾款)))"
)
_OPENING = re.compile(
    r"(20\d\d)\s*年度?(?!\s*[-—~至到.])(?:全年)?(?=免费|提供|实施|安排|计划|需|[^，。；,;\d]{0,12}(?:费用|标准|数量|支出)\Z)"
)
_GROUND = re.compile(r"(20\d\d)\s*年度?\s*(?:工作计划|预算批复|年初预算|工作要点|部门预算)")
_CARRIED = re.compile(r"结转|补发|尾款|欠付|未支付|清欠|历年|往年|上年")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    for form in named(document):
        year = document.year or form.form.year
        if year is None or _CARRIED.search(form.name):
            continue
        texts = [(key, one) for key in _FIELDS if (one := form.form.texts.get(key)) is not None]
        spoken = [(label, one, found) for label, one in texts if (found := _earlier(_WORK, one, year))]
        described = [
            (indicator.name.text, one, found)
            for indicator in form.form.indicators
            if (one := indicator.description) is not None
            and (found := _earlier(_WORK, one, year) or _earlier(_OPENING, one, year))
        ]
        if spoken or described:
            yield _copied(form, spoken + described, year)
        else:
            yield from _grounds(form, form.form.indicators, year)


def _earlier(pattern: re.Pattern[str], text: Text, year: int) -> str | None:
    """The words that name an earlier year as that of the work, if there are any."""
    if "20" not in text.text or _CARRIED.search(text.text):
        return None
    for match in pattern.finditer(text.text):
        if int(match[1]) < year:
            return match[0] + text.text[match.end() : match.end() + 8]
    return None


def _copied(form: Named, found: list[tuple[str, Text, str]], year: int) -> Finding:
    label, _, words = found[0]
    more = f"等 {len(found)} 处" if len(found) > 1 else ""
    return Finding(
        "OB514",
        f"《{form.name}》绩效目标表是 {year} 年度的，“{label}”{more}却写着“{words}”。请核对是否沿用了以前年度的内容。",
        tuple(
            Location(text.place, f"{form.name}绩效目标表", one, None, words)
            for one, text, words in found[:10]
        ),
        ("other-year", form.key),
        expected=f"{year}年",
        actual=words,
        severity=Severity.WARNING,
    )


def _grounds(form: Named, indicators: list[Indicator], year: int) -> Iterator[Finding]:
    """The ground of the values is last year's plan or last year's budget."""
    found = [
        (indicator, indicator.ground)
        for indicator in indicators
        if indicator.ground is not None
        and (match := _GROUND.search(indicator.ground.text))
        and int(match[1]) < year
    ]
    if not found:
        return
    _, ground = found[0]
    yield Finding(
        "OB514",
        f"《{form.name}》绩效目标表有 {len(found)} 个指标的确定依据是“{ground.text}”，预算是 {year} 年度的。"
        "结转项目请注明，其他项目请改用本年的依据。",
        tuple(
            Location(one.place, f"{form.name}绩效目标表", indicator.name.text, "指标值确定依据", one.text)
            for indicator, one in found[:10]
        ),
        ("other-year-ground", form.key),
        expected=f"{year}年",
        actual=ground.text,
        severity=Severity.INFO,
    )


RULE = Rule(
    code="OB514",
    name="text-of-another-year",
    title="绩效目标表写的是以前年度的工作",
    severity=Severity.WARNING,
    basis=GROUND_DRAFT,
    what="项目概况、必要性、计划、目标和指标说明里，把以前的年份当作做事的年份（如“履行2022年的职责”）；"
    "指标值的确定依据是上年工作计划或预算批复（提示）。文号、规划、补发和结转、某年以来不算。",
    why="照抄上年的表，目标就不是为今年的钱设的。",
    bad="（2024年度）项目概况：为履行2022年的大厅管理职责，组织开展大厅运行工作",
    good="（2024年度）项目概况：为履行2024年的大厅管理职责，组织开展大厅运行工作",
    mend="按预算年度重新填写；沿用的依据请写明仍然有效。",
    check=check,
)
