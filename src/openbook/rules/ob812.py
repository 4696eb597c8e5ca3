"""OB812: the class of general public services called by a wrong name."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.scan import scan, some

_WRONG, _RIGHT = "一般公共预算服务支出", "一般公共服务支出"


def check(context: Context) -> Iterator[Finding]:
    text = scan(context.document)
    locations = [text.locate(at, at + len(_WRONG)) for at in text.find(_WRONG)]
    if locations:
        yield Finding(
            code="OB812",
            message=f"“{_WRONG}”不是支出功能分类的科目，应为“{_RIGHT}”（201 类，{len(locations)} 处）。",
            locations=some(locations),
            key=("class", "201"),
            expected=_RIGHT,
            actual=_WRONG,
        )


RULE = Rule(
    code="OB812",
    name="general-services-misnamed",
    title="“一般公共服务支出”误写",
    severity=Severity.WARNING,
    basis="政府收支分类科目（支出功能分类 201 类）",
    what="查找把 201 类“一般公共服务支出”写成“一般公共预算服务支出”的地方。",
    why="“一般公共预算”是资金来源，“一般公共服务”是支出类别，混在一起就成了不存在的科目。",
    bad="一般公共预算服务支出166.60万元，占80.87%",
    good="一般公共服务支出166.60万元，占80.87%",
    mend="改为“一般公共服务支出”。",
    check=check,
)
