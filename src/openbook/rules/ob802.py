"""OB802: the name of another place where the own one should stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.bodies import Body, body
from openbook.rules.lists import load
from openbook.rules.names import misspelt_places
from openbook.rules.scan import Line, Scan, scan, short, some
from openbook.statements.words import fold

_TITLE = re.compile(
    r"^(?P<place>[一-龥]{2,6}?)(?:省|市|自治区)[^\n\t。；，,《》“”]{2,36}"
    r"(?:部门预算|单位预算|预算公开|申报表|总表|报告|情况说明|预算表)[^\n\t。；，,]{0,8}$"
)
_LABEL = re.compile(
    r"(?:部门名称|编制部门|编制单位|预算主管部门|预算单位)[ \t]*[:：][ \t]*(?P<place>[一-龥]{2,6}?)(?:省|市|自治区)[^\s]{2,36}"
)
_LABELS = ("部门名称", "编制部门", "编制单位", "预算主管部门", "预算单位")
_LABEL_HEADS = frozenset(label[:2] for label in _LABELS)


def check(context: Context) -> Iterator[Finding]:
    own = body(context.document)
    if own is None:
        return
    text = scan(context.document)
    for slip in misspelt_places(context.document):
        yield Finding(
            code="OB802",
            message=f"“{slip.wrong}”（{len(slip.spans)} 处）与本部门所在的“{slip.right}”只差一字，"
            f"同样的文字在别处写作“{slip.right}”。请改正，并核对是否抄自别处。",
            locations=some([text.locate(start, end) for start, end in slip.spans]),
            key=("misspelt-place", slip.wrong),
            expected=slip.right,
            actual=slip.wrong,
        )
    yield from _strangers(text, own)
    yield from _subjects(context, text, own)


_SUBJECT = re.compile(
    r"20\d\d[ ]?年度?(?P<name>[一-龥（）()]{2,30}?[省市县区旗州][一-龥（）()]{2,24}?(?:局|委员会|办公室|中心|办事处|厅|馆|院))"
    r"(?:部门|各单位|部门各单位)?(?=预算|支出预算|收入预算|财政拨款|一般公共预算|政府采购|机关运行|安排|纳入|“三公”|三公)"
)
_ALIKE = 0.6


def _subjects(context: Context, text: Scan, own: Body) -> Iterator[Finding]:
    """Sentences on this year's figures whose subject is a body of another place."""
    known = [fold(own.name), *(fold(s.entity) for s in context.document.statements if s.entity)]
    known += [
        fold(row.name) for s in context.document.statements for row in s.rows if row.key.startswith("unit:")
    ]
    own_name = cache(lambda name: any(_alike(name, one) for one in known))
    for match in text.search(_SUBJECT):
        name = fold(match["name"])
        if own_name(name):
            continue
        yield Finding(
            code="OB802",
            message=f"句子说的是“{match['name']}”的预算，而本部门是“{own.name}”。请核对是否抄自别处。",
            locations=(text.match(match, "name"),),
            key=("other-body", name),
            expected=own.name,
            actual=match["name"],
        )


def _alike(name: str, known: str) -> bool:
    if name in known or known in name:
        return True
    matcher = SequenceMatcher(None, name, known)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _beginning(text: Scan, known: set[str]) -> Iterator[Line]:
    """Lines that begin with a known place, or with a label and such a place."""
    words = text.text
    for index, start in enumerate(text.starts):
        head = words[start : start + 3]
        if head[:2] in known or head in known:
            yield text.line(index)
        elif head[:2] in _LABEL_HEADS and words.startswith(_LABELS, start):
            line = text.line(index)
            name = line.text[max(line.text.find("："), line.text.find(":")) + 1 :].lstrip()
            if name[:2] in known or name[:3] in known:
                yield line


def _strangers(text: Scan, own: Body) -> Iterator[Finding]:
    """Titles and names of departments that begin with a city of another province or region."""
    home = own.regions[0].removesuffix("市").removesuffix("省") if own.regions else ""
    known = {*load("places")["provinces"], *load("places")["prefectures"]}
    if home not in known:
        return  # the city above is not in the name: any city may be the right one
    found: dict[str, list[Location]] = {}
    for line in _beginning(text, known):
        match = _TITLE.match(line.text) or _LABEL.match(line.text)
        if match and match["place"] in known and not _ours(match["place"], match[0], own, home):
            location = text.locate(line.start, line.start + match.end())
            found.setdefault(match["place"], []).append(location)
    for place, locations in found.items():
        yield Finding(
            code="OB802",
            message=f"标题或部门名称以“{place}”开头（“{short(locations[0].value or '')}”，{len(locations)} 处），"
            f"而本部门是“{own.name}”。请核对是否抄自别处。",
            locations=some(locations),
            key=("other-place", place),
        )


def _ours(place: str, words: str, own: Body, home: str) -> bool:
    """Whether the place may lie above the own one: its name comes with it, or it is the province."""
    if any(region.startswith(place) for region in own.regions) or (
        own.organ in words and own.regions[-1] in words
    ):
        return True
    return place in load("places")["provinces"] and home not in load("places")["provinces"]


RULE = Rule(
    code="OB802",
    name="name-of-another-place",
    title="写成了别处的地名",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号《地方预决算公开操作规程》（内容准确）",
    what="由部门名称得出所在的行政区划，查找只差一字、却用在同样文字里的地名，以及以别的市、省开头的标题和部门名称。"
    "引用上级、外地单位和文件不算。",
    why="地名写错说明表格抄自别处或识别有误，项目名称也会与报表对不上。",
    bad="高石区县(区)级预算部门(单位)项目支出绩效目标申报表（本部门在离石区）",
    good="离石区预算部门（单位）项目支出绩效目标申报表",
    mend="改为本地名称；若整张表抄自别处，重新填写。",
    check=check,
)
