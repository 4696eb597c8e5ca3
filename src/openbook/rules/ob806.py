"""OB806: one thing under several names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Document, Text
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.bodies import Body, body, clean
from openbook.rules.lists import load
from openbook.rules.names import difference, misspelt_places, plain
from openbook.rules.scan import Scan, ask, scan, short, some
from openbook.source import NOWHERE, Place

_LEVEL_TITLE = re.compile(
    r"^[^\n\t。；，,《》]{0,40}20\d\d[ \t]*年(?:度)?[ \t]*(?P<level>部门|单位)预算(?:信息)?(?:公开|报告)[^\n\t。；，,]{0,8}$",
    re.MULTILINE,
)
_GOES_ON = tuple("由是为属内共设负有部")
_MOST_NAMES = 200
_LEVEL_HINTS = ("部门预算", "单位预算")
ask(lambda: _LEVEL_HINTS)


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    text = scan(document)
    yield from _levels(text)
    own = body(document)
    if own is None:
        return
    yield from _abbreviated(text, own)
    yield from _truncated(text, own)
    yield from _alike(document, own)


def _levels(text: Scan) -> Iterator[Finding]:
    """部门预算 on the cover and 单位预算 inside, or the reverse."""
    found: dict[str, list[Location]] = {}
    for match in text.search(_LEVEL_TITLE, *_LEVEL_HINTS):
        found.setdefault(match["level"], []).append(text.match(match))
    if len(found) < 2:
        return
    (first, _), (second, locations) = found.items()
    yield Finding(
        code="OB806",
        message=f"封面是“{first}预算”，文中又称“{second}预算”（“{short(locations[0].value or '')}”，"
        f"{len(locations)} 处）。部门预算含所属单位，单位预算只是一家，请统一。",
        locations=some(locations),
        key=("level", first, second),
    )


def _abbreviated(text: Scan, own: Body) -> Iterator[Finding]:
    """山西转型综改示范区晋中开发区 beside 山西转型综合改革示范区晋中开发区."""
    if len(own.regions) < 2:
        return
    tail = own.regions[-1]
    full = own.name[: own.name.find(tail) + len(tail)]
    if len(full) < 12:
        return
    pattern = re.compile(rf"{re.escape(own.name[:4])}[一-龥]{{0,20}}?{re.escape(tail)}")
    found: dict[str, list[Location]] = {}
    for match in text.search(pattern, own.name[:4]):
        if match[0] != full:
            found.setdefault(match[0], []).append(text.match(match))
    for other, locations in found.items():
        yield Finding(
            code="OB806",
            message=f"“{other}”（{len(locations)} 处）与全称“{full}”写法不一。表名和部门名称请用全称。",
            locations=some(locations),
            key=("abbreviated", other),
            severity=Severity.INFO,
        )


def _truncated(text: Scan, own: Body) -> Iterator[Finding]:
    """A sentence that begins in the middle of a word of the body's name: 政审批局由…"""
    organ = own.organ
    words = set(load("slips")["words"])
    for cut in range(1, len(organ) - 2):
        if organ[cut - 1 : cut + 1] not in words:
            continue
        rest = organ[cut:]
        starts = [
            at
            for at in text.find(rest)
            if text.text[at + len(rest) : at + len(rest) + 1] in _GOES_ON and _begins(text, at, organ[:cut])
        ]
        if starts:
            yield Finding(
                code="OB806",
                message=f"句首的“{rest}”缺字，应为“{organ}”。",
                locations=some([text.locate(at, at + len(rest)) for at in starts]),
                key=("truncated", rest),
                expected=organ,
                actual=rest,
            )


def _begins(text: Scan, at: int, missing: str) -> bool:
    """Whether a sentence begins here, and is not the second half of a wrapped line."""
    before = text.text[max(0, at - 2) : at]
    if before == "" or before[-1] == "。":
        return True
    return before[-1] == "\n" and not before.startswith(missing[-1])


def _alike(document: Document, own: Body) -> Iterator[Finding]:
    """A unit or project outside the statements that is one in them but for a letter or two."""
    for kind, says, listed, others in (
        ("unit", "单位", _listed(document, "unit:", own), _form_units(document)),
        ("project", "项目", _listed(document, "project:", None), _form_projects(document)),
    ):
        known = {plain(name) for name in listed}
        for other in others[:_MOST_NAMES]:
            name = _mended(document, other.text)
            if plain(name) in known:
                continue
            known.add(plain(name))
            for right, place in listed.items():
                if difference(name, right) is not None:
                    yield Finding(
                        code="OB806",
                        message=f"{says}名称“{other.text}”与“{right}”只差一两个字，疑为同一{says}。请核对并统一。",
                        locations=(_shown(other, "suspect"), _shown(Text(right, place), "proof")),
                        key=("alike", kind, *sorted((other.text, right))),
                        severity=None if right == own.name else Severity.INFO,
                    )


def _listed(document: Document, prefix: str, own: Body | None) -> dict[str, Place]:
    """Names in the rows of the statements; two rows of a statement are two things."""
    found: dict[str, Place] = {own.name: NOWHERE} if own else {}
    for statement in document.statements:
        for row in statement.rows:
            if row.key.startswith(prefix):
                found.setdefault(clean(row.name), row.place)
    return dict(list(found.items())[:_MOST_NAMES])


def _form_units(document: Document) -> list[Text]:
    found = [one for form in document.forms for one in (form.department, form.unit) if one and one.text]
    found.extend(Text(one.entity, one.place) for one in document.statements if one.entity)
    return [Text(clean(one.text), one.place) for one in found]


def _form_projects(document: Document) -> list[Text]:
    return [form.project for form in document.forms if form.project and form.project.text]


def _mended(document: Document, name: str) -> str:
    """The name with the misspelt place put right: that is OB802's to report."""
    for slip in misspelt_places(document):
        name = name.replace(slip.wrong, slip.right)
    return name


def _shown(text: Text, role: str) -> Location:
    return Location.text(text.place, text.text, role)


RULE = Rule(
    code="OB806",
    name="one-thing-several-names",
    title="同一名称前后写法不一",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号《地方预决算公开操作规程》（内容准确、形式规范）",
    what="比较部门全称与简称、句首缺字的部门名称、只差一两个字的单位和项目名称，以及“部门预算”与“单位预算”的混用。"
    "“第一”“第二”一类的区别不算。",
    why="名称不一，读者无法判断说的是不是同一单位、同一项目，表与说明也对不上。",
    bad="政审批局由政务管理科、综合业务科等构成",
    good="行政审批局由政务管理科、综合业务科等构成",
    mend="表名、部门名称用全称；项目名称与项目支出表逐字一致。",
    check=check,
)
