"""OB518: the period of a project contradicts its own plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Form, Text
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_DRAFT, Named, named, one_year, words

_LENGTH = re.compile(
    r"(?:周期|工期|期限|历时|总工期|服务期|合同期)(?:为|约|共|：|:|是)?\s*(\d{1,4})\s*(个月|天|日历天|年)"
)
_TARGET = re.compile(r"(\d{1,4})\s*(天|个月|日)\Z")
_DAYS = {"天": 1, "日": 1, "日历天": 1, "个月": 30, "年": 360}
_ONE_YEAR = 366
_LASTING = re.compile(r"延续性|经常性|长期")


def check(context: Context) -> Iterator[Finding]:
    for form in named(context.document):
        if not one_year(form.form) or form.form.period is None:
            yield from _once(form)
            continue
        found = _planned(form.form)
        if found:
            yield _finding(form, form.form.period, found)
        else:
            yield from _lasting(form, form.form.period)


def _planned(form: Form) -> list[tuple[str, Text, str]]:
    """Spans of time longer than a year that the form itself plans."""
    found: list[tuple[str, Text, str]] = []
    for label, text in form.texts.items():
        found += [
            (label, text, match[0])
            for match in _LENGTH.finditer(text.text)
            if int(match[1]) * _DAYS[match[2]] > _ONE_YEAR
        ]
    for indicator in form.indicators:
        target = indicator.year_target or indicator.target
        if target is None or ("时间" not in indicator.name.text and indicator.level2 != "时效指标"):
            continue
        match = _TARGET.match(target.text.replace(" ", "").lstrip("≤<=＝"))
        if match and int(match[1]) * _DAYS[match[2]] > _ONE_YEAR:
            found.append((indicator.name.text, Text(target.text, target.place), target.text))
    return found


def _finding(form: Named, period: Text, found: list[tuple[str, Text, str]]) -> Finding:
    shown = "，".join(f"“{label}”写的是“{said}”" for label, _, said in found[:3])
    title = f"{form.name}绩效目标表"
    return Finding(
        "OB518",
        f"《{form.name}》绩效目标表的项目期为“{period.text}”，{shown}，超过一年。请改成一致。",
        (
            Location(period.place, title, "项目期", None, period.text),
            *(Location(text.place, title, label, None, said, "proof") for label, text, said in found[:6]),
        ),
        ("period-plan", form.key),
        actual=period.text,
        severity=Severity.WARNING,
    )


def _once(form: Named) -> Iterator[Finding]:
    """A project done once within one year cannot have a period of several years."""
    attribute, period = form.form.attribute, form.form.period
    if attribute is None or period is None or "1年结束" not in words(attribute).replace(" ", ""):
        return
    if not re.fullmatch(r"[2-9]年|[二三四五]年", period.text.replace(" ", "")):
        return
    yield _against_attribute(form, attribute, period, f"却是“{period.text}”。请改成一致。", Severity.WARNING)


def _lasting(form: Named, period: Text) -> Iterator[Finding]:
    """A project that goes on for years, with a period of one."""
    attribute = form.form.attribute
    if attribute is None or not period.text or not _LASTING.search(words(attribute).replace(" ", "")):
        return
    said = f"却只有“{period.text}”。请核对项目属性和项目期。"
    yield _against_attribute(form, attribute, period, said, Severity.INFO)


def _against_attribute(form: Named, attribute: Text, period: Text, said: str, severity: Severity) -> Finding:
    title = f"{form.name}绩效目标表"
    return Finding(
        "OB518",
        f"《{form.name}》绩效目标表的项目属性是“{attribute.text}”，项目期{said}",
        (
            Location(period.place, title, "项目期", None, period.text),
            Location(attribute.place, title, "项目属性", None, attribute.text, "proof"),
        ),
        ("period-attribute", form.key),
        actual=period.text,
        severity=severity,
    )


RULE = Rule(
    code="OB518",
    name="period-contradicts-plan",
    title="项目期与实施计划矛盾",
    severity=Severity.WARNING,
    basis=GROUND_DRAFT,
    what="项目期写 1 年，实施计划或时效指标却超过一年（建设周期14个月、420天）；一次性（1年结束）项目的项目期写了多年；"
    "延续性、经常性项目的项目期只写 1 年（提示）。",
    why="项目期决定实施期资金和目标；写成 1 年，后面的支出就没有目标。",
    bad="项目期 1年；项目实施计划：建设周期14个月",
    good="项目期 2年；项目实施计划：建设周期14个月",
    mend="按实施计划改项目期，并分开填实施期和年度的资金、目标。",
    check=check,
)
