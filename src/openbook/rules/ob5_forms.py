"""What the rules on performance forms share: names of forms, their targets, their projects.

Also the legal grounds, which are the same for many of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from openbook.document import Document, Form, Indicator, Target, Text
from openbook.findings import Location

GROUND_DRAFT = (
    "《中华人民共和国预算法》第三十二条（按照绩效目标管理等预算编制规定编制预算草案）；"
    "中发〔2018〕34号《关于全面实施预算绩效管理的意见》"
)
GROUND_OPEN = (
    "《中华人民共和国预算法》第十四条（部门预算公开）；财预〔2016〕143号《地方预决算公开操作规程》；"
    "中发〔2018〕34号（绩效目标随同预算公开）"
)
GROUND_INDICATORS = (
    "财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（地方参照）；"
    "中发〔2018〕34号（绩效目标应当细化量化、合理可行）"
)

LOWER, UPPER = (">=", ">"), ("<=", "<")


class Named(NamedTuple):
    """A form with its name in messages and its name in keys (two forms of one project differ there)."""

    form: Form
    name: str
    key: str


class Use(NamedTuple):
    """A target where it is used. `side` is "" where the form has no halves."""

    form: Named
    indicator: Indicator
    target: Target
    side: str  # 实施期, 年度 or ""
    label: str = ""  # the indicator's name in keys: 合格率, and 合格率#2 for a second one
    name: str = ""  # the indicator's name without blanks
    value: str = ""  # the target's text without blanks

    @property
    def where(self) -> str:
        side = f"{self.side}目标" if self.side else "指标值"
        return f"《{self.form.name}》绩效目标表“{self.indicator.name.text}”的{side}"

    def location(self, role: str = "stated") -> Location:
        column = f"{self.side}指标值" if self.side else "指标值"
        return Location(
            self.target.place,
            f"{self.form.name}绩效目标表",
            self.indicator.name.text,
            column,
            self.target.text,
            role,
        )


def named(document: Document) -> list[Named]:
    """All forms of the document with their names."""
    known = document.cache.get("ob5.named")
    if isinstance(known, list):
        return known
    seen: dict[str, int] = {}
    found = []
    for form in document.forms:
        name = form.project.text if form.project and form.project.text else form.title.text
        key = "".join(name.split())
        number = seen[key] = seen.get(key, 0) + 1
        found.append(Named(form, name, key if number == 1 else f"{key}#{number}"))
    document.cache["ob5.named"] = found
    return found


def uses(form: Named) -> Iterator[Use]:
    """Every printed target of a form; a year's target that repeats the period's comes once, as the year's."""
    seen: dict[str, int] = {}
    for indicator in form.form.indicators:
        period, year = indicator.target, indicator.year_target
        name = indicator.name.text.replace(" ", "")
        label = f"{indicator.level2}:{name}"
        number = seen[label] = seen.get(label, 0) + 1
        if number > 1:
            label += f"#{number}"
        printed = year is not None and bool(year.text)
        said = year.text.replace(" ", "") if year is not None else ""
        if year is not None and printed:
            yield Use(form, indicator, year, "年度" if period is not None else "", label, name, said)
        if period is not None and period.text and not (printed and said == period.text.replace(" ", "")):
            side = "实施期" if year is not None else ""
            yield Use(form, indicator, period, side, label, name, period.text.replace(" ", ""))


def grouped(document: Document) -> list[tuple[Named, list[Use]]]:
    """The forms of the document, each with its targets."""
    known = document.cache.get("ob5.uses")
    if isinstance(known, list):
        return known
    found = document.cache["ob5.uses"] = [(form, list(uses(form))) for form in named(document)]
    return found


def all_uses(document: Document) -> Iterator[Use]:
    return (use for _, targets in grouped(document) for use in targets)


def same(one: Target, other: Target) -> bool:
    return one.text.replace(" ", "") == other.text.replace(" ", "")


def opposite(period: Target | None, year: Target | None) -> bool:
    """Whether one half is a lower and the other an upper bound of the same sort."""
    if period is None or year is None or period.unit != year.unit:
        return False
    if period.number is None or year.number is None:
        return False
    return (period.operator in LOWER and year.operator in UPPER) or (
        period.operator in UPPER and year.operator in LOWER
    )


def confirmed(use: Use) -> bool:
    """Whether both halves print the same value, so that it is no misreading of one cell."""
    period, year = use.indicator.target, use.indicator.year_target
    return period is not None and year is not None and same(period, year)


def words(text: Text | None) -> str:
    return text.text if text else ""


def one_year(form: Form) -> bool:
    """Whether the project lasts one year, as its period or its planned dates say."""
    period = words(form.period).replace(" ", "")
    if period:
        return period in ("1年", "一年", "1", "1年期", "12个月")
    begin, end = words(form.texts.get("计划开始日期")), words(form.texts.get("计划完成日期"))
    return bool(begin) and begin[:4].isdigit() and begin[:4] == end[:4]


def several_years(form: Form) -> bool:
    period = words(form.period).replace(" ", "")
    return bool(period) and not one_year(form)
