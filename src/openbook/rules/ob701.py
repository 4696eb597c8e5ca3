"""OB701: a person's mobile telephone number is published."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.people import numbers, whose
from openbook.rules.scan import some


def check(context: Context) -> Iterator[Finding]:
    for number in numbers(context.document):
        if number.kind != "mobile":
            continue
        count = len(number.locations)
        yield Finding(
            code="OB701",
            message=f"公开了{whose(number)}手机号码 {number.masked}（{count} 处）。"
            "请删去，或改为单位对外的固定电话；姓名也无须公开。",
            locations=some(number.locations),
            key=("mobile", number.masked, *number.names),
        )


RULE = Rule(
    code="OB701",
    name="mobile-number-published",
    title="公开了个人手机号码",
    severity=Severity.WARNING,
    basis="个人信息保护法第六条、第十条、第三十四条；政府信息公开条例第十五条",
    what="查找与姓名、经办人、联系电话等写在一起的 11 位手机号码。合同编号、文号、账号、金额和日期不算。",
    why="绩效目标申报表是内部填报用的，经办人的姓名和手机号码随表公开，超出了公开预算所必需的范围。",
    bad="经办人：张三　联系电话：1390000****（原文为完整号码）",
    good="联系电话：010-0000****（单位对外电话），或整行不公开",
    mend="公开前删去申报表末行的经办人和联系电话，或只保留单位对外的固定电话。",
    check=check,
)
