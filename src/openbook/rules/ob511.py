"""OB511: an indicator without a value, or with a value that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Indicator
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_INDICATORS, Named, Use, grouped

_NO_VALUE = re.compile(r"(?:定性|定量|定性指标|定量指标|指标值|无|/|\\|-+|—+)\Z")
_BETTER_NONE = re.compile(r"影响|投诉|事故|违|污染|破坏|纠纷|浪费|差错|失误|损失|上访|信访|伤亡|负面")
_BURDENS = ("社会成本指标", "生态环境成本指标")
_MEASURE = re.compile(r"[^\d]{0,8}(?:率|度|数量|程度|比例|次数|个数|人数|家数)\Z")
_FULL_MARKS = re.compile(r"(?:高|强|好|大|深|优)度\Z|力度|加大|提高|提升|降低|改善")
_CITED = re.compile(
    r"(?:依据|根据|按照|参照|执行|按|以)[^，。；]{0,60}(?:文件|合同|协议|通知|办法|标准|规定|内容)"
)
_AMOUNT = re.compile(r"\d(?:元|万|亿|%)")
_RATE = re.compile(r"(?:及时|合格|完成|达标|覆盖|准确|办结|知晓|通过|优良|发放|支付|到位|响应|完好)率\Z")
_SPACE = re.compile(r"[\s、，,。.]+")


def check(context: Context) -> Iterator[Finding]:
    for form, targets in grouped(context.document):
        if not form.form.reliable:
            continue
        for use in targets:
            fault = _none(use)
            if fault is not None:
                yield _finding(use, *fault)
        yield from _missing(form)
        yield from _one_side(form)


def _none(use: Use) -> tuple[str, Severity] | None:
    if not use.indicator.reliable or use.target.number is not None:
        return None
    value = _SPACE.sub("", use.value)
    name = _SPACE.sub("", use.name)
    if not value:
        return None
    if "成本" in use.indicator.level2 and _CITED.match(value) and not _AMOUNT.search(value):
        return "只说了依据，没有写控制在多少", Severity.INFO
    if any(char.isdigit() for char in value) or (value == "无" and _none_is_meant(use, name)):
        return None
    if _NO_VALUE.match(value):
        return "不是指标值，只说了指标的类型", Severity.WARNING
    if _MEASURE.match(value) and not _FULL_MARKS.search(value):
        return "只是一个量的名称，没有写要达到多少", Severity.WARNING
    return _vague(name, value)


def _none_is_meant(use: Use, name: str) -> bool:
    """Whether none of it is what the indicator wants: accidents, complaints, burdens."""
    return use.indicator.level2 in _BURDENS or _BETTER_NONE.search(name) is not None


def _vague(name: str, value: str) -> tuple[str, Severity] | None:
    if _RATE.search(name):
        return "指标是比率，没有写百分之几", Severity.INFO
    if len(name) >= 4 and value == name:
        return "与指标名称相同，没有写要达到什么程度", Severity.INFO
    return None


def _finding(use: Use, fault: str, severity: Severity) -> Finding:
    return Finding(
        "OB511",
        f"{use.where}写的是“{use.target.text}”，{fault}。请写出可以衡量的目标值。",
        (use.location(),),
        ("no-value", use.form.key, use.label),
        actual=use.target.text,
        severity=severity,
    )


def _missing(form: Named) -> Iterator[Finding]:
    """Indicators named and without any value."""
    empty = [one for one in form.form.indicators if one.reliable and one.name.text and _blank(one)]
    for indicator in empty:
        yield Finding(
            "OB511",
            f"《{form.name}》绩效目标表“{indicator.name.text}”没有指标值。请补上目标值，不用的指标请删去。",
            (_location(form, indicator),),
            ("no-value", form.key, indicator.level2, indicator.name.text.replace(" ", "")),
            severity=Severity.WARNING,
        )


def _blank(indicator: Indicator) -> bool:
    printed = [target for target in (indicator.target, indicator.year_target) if target is not None]
    return bool(printed) and not any(target.text for target in printed)


def _one_side(form: Named) -> Iterator[Finding]:
    """Indicators of which one half alone has a value."""
    for side in ("年度", "实施期"):
        lacking = [
            one
            for one in form.form.indicators
            if one.reliable and one.target is not None and one.year_target is not None and _lacks(one, side)
        ]
        if lacking:
            names = "、".join(f"“{one.name.text}”" for one in lacking[:6])
            other = "实施期" if side == "年度" else "年度"
            yield Finding(
                "OB511",
                f"《{form.name}》绩效目标表的{names}只有{other}目标，没有{side}目标。请补全。",
                tuple(_location(form, one) for one in lacking[:10]),
                ("one-side", form.key, side),
                severity=Severity.INFO,
            )


def _lacks(indicator: Indicator, side: str) -> bool:
    assert indicator.target is not None
    assert indicator.year_target is not None
    one, other = indicator.year_target, indicator.target
    if side == "实施期":
        one, other = other, one
    return not one.text and bool(other.text)


def _location(form: Named, indicator: Indicator) -> Location:
    return Location(indicator.name.place, f"{form.name}绩效目标表", indicator.name.text, "指标值")


RULE = Rule(
    code="OB511",
    name="indicator-without-value",
    title="指标没有真正的指标值",
    severity=Severity.WARNING,
    basis=GROUND_INDICATORS,
    what="指标值空着；写的是“定性”或者“及时率”“满意度”这样的量名而没有数；只重复指标名称、比率没有数、"
    "成本只写依据某某文件（提示）；"
    "实施期和年度只填了一边（提示）。“及时”“稳步提高”“达标”一类定性的话可以作指标值，不报。",
    why="没有目标值的指标，年底无从判断是否完成。",
    bad="质量指标“完工及时率” 及时率\n质量指标“网络运行” 定性",
    good="质量指标“完工及时率” ≥95%\n质量指标“网络运行” 稳定",
    mend="写出数值和单位；确实只能定性的，写出可以判断的状态。",
    check=check,
)
