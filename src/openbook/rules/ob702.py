"""OB702: a citizen's identity number is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules import masking
from openbook.rules.scan import Scan, scan, some

_CREDIT_CODE = re.compile(r"(?:信用代码|机构代码|编码|编号|账号|帐号)\s*[:：]?\s*\Z")


def check(context: Context) -> Iterator[Finding]:
    found: dict[str, list[Location]] = {}
    text = scan(context.document)
    for masked, location in _numbers(text):
        found.setdefault(masked, []).append(location)
    for masked, locations in found.items():
        yield Finding(
            code="OB702",
            message=f"公开了公民身份号码 {masked}（{len(locations)} 处，校验码相符）。请立即删去并更换已发布的文件。",
            locations=some(locations),
            key=("identity", masked),
        )


def _numbers(text: Scan) -> Iterator[tuple[str, Location]]:
    for match in text.search(masking.IDENTITY):
        if not masking.identity(match[0]) or _CREDIT_CODE.search(
            text.text, max(0, match.start() - 12), match.start()
        ):
            continue
        masked = masking.number(match[0], 6)
        yield masked, text.locate(match.start(), match.end(), masked)


RULE = Rule(
    code="OB702",
    name="identity-number-published",
    title="公开了公民身份号码",
    severity=Severity.ERROR,
    basis="个人信息保护法第十条、第二十八条；政府信息公开条例第十五条；GB 11643-1999",
    what="查找 18 位公民身份号码：出生日期合理，且末位校验码按 GB 11643 计算相符。统一社会信用代码、账号和编号不算。",
    why="身份号码一经公开无法收回，可被用于冒名；预算公开从不需要它。",
    bad="发放对象：张三，1401022000****0000（原文为完整号码）",
    good="发放对象：1 人",
    mend="删去身份号码；已发布的，撤下文件后换上新文件，并按个人信息保护法第五十七条处置。",
    check=check,
)
