"""OB512: a value of the wrong sort: months for a quality, a date for a rate, times for firms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.ob5_forms import GROUND_INDICATORS, Use, all_uses

_MONTHS = re.compile(r"(?:提高|提升|增加|改善|完善|加强)\d{1,2}(?:个?月|年|日|天)\Z")
_DATE = re.compile(r"20\d\d年|\d{1,2}月(?:底|末|前|\d{1,2}日)|年底前|月底前")
_RATE = re.compile(
    r"(?:及时|合格|完成|完工|达标|覆盖|准确|办结|满意|知晓|通过|优良|验收合格|发放)率\Z|满意度\Z"
)
_COUNT_UNIT = re.compile(r"(?:次|个|家|人|件|项|台|套|户|元|万元|场|份|条)\Z")
_KINDS = (
    (
        re.compile(r"企业(?:的)?(?:数量|家数|个数|数)\Z"),
        re.compile(r"(?:次|元|万元|%|天|件|场|台|套)\Z"),
        "企业的数量",
    ),
    (
        re.compile(r"(?:人数|人员数量?|人员的数量)\Z"),
        re.compile(r"(?:家|元|万元|天|台|套|件|场|平方米|%)\Z"),
        "人数",
    ),
    (re.compile(r"(?<!人)次数\Z"), re.compile(r"(?:元|万元|家|台|套|天|户|平方米|%)\Z"), "次数"),
    (re.compile(r"面积\Z"), re.compile(r"(?:次|个|元|万元|人|家|件|天|%)\Z"), "面积"),
)


def check(context: Context) -> Iterator[Finding]:
    for use in all_uses(context.document):
        fault = _fault(use)
        if fault is not None and use.indicator.name.text:
            yield Finding(
                "OB512",
                f"{use.where}写的是“{use.target.text}”，{fault}。请核对指标值和单位。",
                (use.location(),),
                ("wrong-sort", use.form.key, use.label, use.side),
                actual=use.target.text,
                severity=Severity.WARNING,
            )


def _fault(use: Use) -> str | None:
    value = use.target.text.replace(" ", "")
    name = use.indicator.name.text.replace(" ", "")
    if _MONTHS.match(value):
        return "提高的程度不能用时间来衡量"
    if _RATE.search(name):
        if _DATE.search(value) and "%" not in value:
            return "指标是比率，值却是日期"
        if use.target.number is not None and _COUNT_UNIT.match(use.target.unit) and use.indicator.reliable:
            return f"指标是比率，单位却是“{use.target.unit}”"
        return None
    if use.target.number is None or not use.indicator.reliable:
        return None
    for kind, wrong, called in _KINDS:
        if kind.search(name) and wrong.match(use.target.unit):
            return f"指标是{called}，单位却是“{use.target.unit}”"
    return None


RULE = Rule(
    code="OB512",
    name="value-of-wrong-sort",
    title="指标值与指标不是同一种量",
    severity=Severity.WARNING,
    basis=GROUND_INDICATORS,
    what="质量或效益“提高12月”；比率的值是日期或者次数；企业数量以“次”计，人数以“家”计，等等。",
    why="量不对，就没有办法按指标值考核。多是从别的指标或下拉选项误选来的。",
    bad="质量指标“完工及时率” 2024年底前\n数量指标“服务企业数量” ≥70次",
    good="质量指标“完工及时率” ≥95%\n数量指标“服务企业数量” ≥70家",
    mend="按指标的含义重写指标值和计量单位。",
    check=check,
)
