"""Whose document it is: the body's name, the places in it and the level of government."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from openbook.document import Document
from openbook.rules.lists import load
from openbook.rules.scan import Scan, scan

PROVINCE, CITY, COUNTY = 1, 2, 3

_CACHE = "rules.body"
_LABEL = re.compile(
    r"(?:部门名称|编制部门|编制单位|预算主管部门|预算部门|预算单位)[:：][ \t]*(?P<name>[^\s:：,，。]{4,40})"
)
_CODE = re.compile(r"\A\d{3,}[-—\s]*")
_TAIL = re.compile(r"[（(](?:部门|本级|机关|本部|汇总)[)）]\Z")
_PARTY = re.compile(r"\A(?:中共|中国共产党|共青团|中国民主同盟)")
_REGION = re.compile(
    r"(?!城市|都市|社区|园区|小区|地区)[一-龥]{1,11}?"
    r"(?:省|自治区|自治州|自治县|自治旗|示范区|开发区|高新区|保税区|新区|市|州|盟|地区|县|区|旗)"
    r"(?![域划容])"
)
_MOST_REGIONS = 3


@dataclass(frozen=True, slots=True)
class Body:
    """A department or unit. `ranks` are the levels it may belong to; more than one where unsure."""

    name: str
    regions: tuple[str, ...]
    organ: str
    ranks: frozenset[int]


def body(document: Document) -> Body | None:
    """The body that publishes the document, None where no name is found."""
    if _CACHE not in document.cache:
        document.cache[_CACHE] = _find(document)
    found = document.cache[_CACHE]
    return found if isinstance(found, Body) else None


def clean(name: str) -> str:
    """A body's name without its code in front and the bracketed word behind."""
    return _TAIL.sub("", _CODE.sub("", name.strip())).strip()


def parse(name: str) -> Body:
    """Take a name apart: 吕梁市 | 离石区 | 行政审批服务管理局."""
    name = clean(name)
    rest = _PARTY.sub("", name)
    regions: list[str] = []
    for province in load("places")["provinces"]:
        if rest.startswith(province) and rest[len(province) : len(province) + 1] not in tuple("省市自壮回维"):
            regions.append(province)  # 山西转型综合改革示范区: the province without its suffix
            break
    while len(regions) < _MOST_REGIONS and (match := _REGION.match(rest)):
        if len(match[0]) >= len(rest):
            break
        regions.append(match[0])
        rest = rest[match.end() :]
    return Body(name, tuple(regions), rest, _ranks(regions))


def _find(document: Document) -> Body | None:
    name = document.department or _labelled(scan(document))
    return parse(name) if name else None


def _labelled(text: Scan) -> str | None:
    names = Counter(clean(match["name"]) for match in text.search(_LABEL, "部门", "单位"))
    return names.most_common(1)[0][0] if names else None


def _ranks(regions: list[str]) -> frozenset[int]:
    if not regions:
        return frozenset()
    last = regions[-1]
    municipality = last in ("北京市", "上海市", "天津市", "重庆市")
    if last.endswith(("示范区", "开发区", "高新区", "保税区", "新区")):
        return frozenset({CITY, COUNTY})
    if last.endswith(("县", "区", "旗")) and not last.endswith(("自治区", "地区")):
        return frozenset({COUNTY})
    if last.endswith("市") and not municipality:
        prefectures = load("places")["prefectures"]
        if len(regions) > 1 and regions[-2].endswith(("市", "州", "盟", "地区")):
            return frozenset({COUNTY})
        return frozenset({CITY}) if last[:-1] in prefectures else frozenset({CITY, COUNTY})
    if last.endswith(("州", "盟", "地区")):
        return frozenset({CITY})
    return frozenset({PROVINCE, CITY}) if municipality else frozenset({PROVINCE})
