"""OB703: a named person's telephone number is published."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.people import numbers, whose
from openbook.rules.scan import some


def check(context: Context) -> Iterator[Finding]:
    for number in numbers(context.document):
        if number.kind != "landline":
            continue
        yield Finding(
            code="OB703",
            message=f"公开了{whose(number)}联系电话 {number.masked}（{len(number.locations)} 处）。"
            "经办人姓名与电话是内部填报信息，请删去，或只留单位名称和对外电话。",
            locations=some(number.locations),
            key=("landline", number.masked, *number.names),
        )


RULE = Rule(
    code="OB703",
    name="named-person-with-telephone",
    title="公开了经办人姓名和电话",
    severity=Severity.WARNING,
    basis="个人信息保护法第六条（最小必要）、第三十四条；政府信息公开条例第十五条",
    what="查找同一行里既有经办人、联系人、填报人姓名，又有固定电话或短号的地方。只有单位电话、没有姓名的不报。",
    why="姓名与号码合在一起即可识别到个人；公众咨询只需要单位的对外电话。",
    bad="经办人：张三　联系电话：200****",
    good="咨询电话：010-0000****（办公室）",
    mend="公开前删去申报表末行，或改为单位对外电话。",
    check=check,
)
