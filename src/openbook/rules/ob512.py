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


_KIND_ENDS = ("数", "数量", "人员", "面积")
_RATE_ENDS = ("率", "满意度")
_THING = "[个台套件项张份条辆处本册支把间座场]"
_CHOICES = re.compile(rf"{_THING}(?:[/／]{_THING}){{2,}}\Z|度[/／]平方米\Z")
_ENERGY = re.compile(r"能|电|耗|面积")
_SATISFACTION = re.compile(r"满意(?:度|率|程度)\Z")
_COUNTED = re.compile(r"(?:度|次|个|人|家|户|天)\Z")
_OCCURRENCES = re.compile(
    r"数\Z|数量\Z|率\Z|频次\Z|故障|事故|投诉|差错|失误|违|问题|退|延误|中断|频率|重大|安全|上访|信访"
)
_PEOPLE = re.compile(
    r"受益(?:的)?[^率比度例]{0,8}(?:群众|群体|企业|居民|农户|村民|人员|对象|职工|学生|人群|人口)\Z"
)


def check(context: Context) -> Iterator[Finding]:
    for use in all_uses(context.document):
        if not use.indicator.name.text:
            continue
        fault, severity = _fault(use), Severity.WARNING
        if fault is None:
            fault, severity = _doubt(use), Severity.INFO
        if fault is not None:
            yield Finding(
                "OB512",
                f"{use.where}写的是“{use.target.text}”，{fault}。请核对指标值和单位。",
                (use.location(),),
                ("wrong-sort", use.form.key, use.label, use.side),
                actual=use.target.text,
                severity=severity,
            )


def _fault(use: Use) -> str | None:
    value, name = use.value, use.name
    if _MONTHS.match(value):
        return "提高的程度不能用时间来衡量"
    if name.endswith(_RATE_ENDS) and _RATE.search(name):
        if _DATE.search(value) and "%" not in value:
            return "指标是比率，值却是日期"
        if use.target.number is not None and _COUNT_UNIT.match(use.target.unit) and use.indicator.reliable:
            return f"指标是比率，单位却是“{use.target.unit}”"
        return None
    if use.target.number is None or not use.indicator.reliable:
        return None
    for kind, wrong, called in _KINDS if name.endswith(_KIND_ENDS) else ():
        if kind.search(name) and wrong.match(use.target.unit):
            return f"指标是{called}，单位却是“{use.target.unit}”"
    return None


def _doubt(use: Use) -> str | None:
    """What may be meant otherwise, and is worth a look."""
    if use.target.number is None or not use.indicator.reliable:
        return None
    unit = use.target.unit.strip("()（）")
    name = use.name
    if _CHOICES.match(unit) and not (unit.startswith("度") and _ENERGY.search(name)):
        return "单位像是模板里供选择的几项，没有选定一个"
    if (_SATISFACTION.search(name) and _COUNTED.match(unit)) or (
        use.indicator.level1 == "满意度指标" and unit == "度"
    ):
        return "满意度应当用百分比"
    if use.indicator.level2 == "质量指标" and unit == "次" and not _OCCURRENCES.search(name):
        return "做了几次是数量，不能说明质量"
    if unit == "%" and _PEOPLE.search(name):
        return "受益的人或者单位有多少，应当用数量；用比例的，请在指标名称里写明是什么的比例"
    return None


RULE = Rule(
    code="OB512",
    name="value-of-wrong-sort",
    title="指标值与指标不是同一种量",
    severity=Severity.WARNING,
    basis=GROUND_INDICATORS,
    what="质量或效益“提高12月”；比率的值是日期或者次数；企业数量以“次”计，人数以“家”计，等等。"
    "单位还是模板里的“个/台/套”，满意度以“度”计，质量以“次”计，受益对象以百分比计的，作提示。",
    why="量不对，就没有办法按指标值考核。多是从别的指标或下拉选项误选来的。",
    bad="质量指标“完工及时率” 2024年底前\n数量指标“服务企业数量” ≥70次",
    good="质量指标“完工及时率” ≥95%\n数量指标“服务企业数量” ≥70家",
    mend="按指标的含义重写指标值和计量单位。",
    check=check,
)
