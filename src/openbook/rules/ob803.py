"""OB803: the glossary speaks of another level of government."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.bodies import CITY, COUNTY, PROVINCE, body
from openbook.rules.scan import ask, scan, some

_RANKS = {"省": PROVINCE, "市": CITY, "县": COUNTY, "区": COUNTY}
_BOILERPLATE = re.compile(
    r"指(?P<a>[省市县区])直(?:部门|单位|机关)"
    r"|[指是](?P<b>[省市县区])级(?:预算主管)?部门"
    r"|(?P<c>[省市县区])级预算主管部门及"
    r"|与(?P<d>[省市县区])级财政有经费领拨关系"
    r"|纳入(?P<e>[省市县区])级(?:财政)?预算管理的?[“\"]?三公"
    r"|使用(?P<f>[省市县区])级财政拨款安排的"
    r"|指(?P<g>[省市县区])级财政(?:当年|本年度?)"
)
_HINTS = ("直部门", "直单位", "直机关", "级部门", "级预算", "级财政")
ask(lambda: _HINTS)


def check(context: Context) -> Iterator[Finding]:
    own = body(context.document)
    if own is None or not own.ranks:
        return
    text = scan(context.document)
    found: dict[str, list[Location]] = {}
    for match in text.search(_BOILERPLATE, *_HINTS):
        level = match[match.lastgroup or 0]
        if _RANKS[level] not in own.ranks:
            found.setdefault(level, []).append(text.match(match))
    for level, locations in found.items():
        yield Finding(
            code="OB803",
            message=f"名词解释写的是“{level}级”口径（如“{locations[0].value}”，共 {len(locations)} 处），"
            f"而本部门属于{own.regions[-1]}。请改为本级的说法。",
            locations=some(locations),
            key=("level", level),
        )


RULE = Rule(
    code="OB803",
    name="wrong-level-of-government",
    title="名词解释套用了其他级次的说法",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号《地方预决算公开操作规程》（内容准确）",
    what="对照部门名称中的行政区划，检查名词解释里“指省直部门”“市级预算主管部门”等固定说法的级次。",
    why="这些段落多从上级的模板抄来；级次不对，“三公”经费等的统计口径就说错了。",
    bad="吕梁市离石区某局：“三公”经费指省直部门用财政拨款安排的……",
    good="“三公”经费指区级部门用财政拨款安排的……",
    mend="把“省直”“省级”“市级”改为本级的称谓。",
    check=check,
)
