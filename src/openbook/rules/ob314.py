"""OB314: the explanation has a figure and the statement none, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Cell, Claim, Document, Section
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob3_claims import GROUND, called, key_of, wan
from openbook.rules.ob301 import broken

_NONE = {
    "three_public": re.compile(
        r"(?:无|没有|未安排|不安排)(?:一般公共预算|财政拨款|安排的?|的)*+[“\"”]?三公[”\"“]?\s*经费"
        r"(?:财政拨款|预算|支出|安排)*+(?=[，,。；;]|\Z)"
    ),
    "operating": re.compile(
        r"(?:无|没有|未安排|不安排)(?:财政拨款|安排的?|的)*+机关运行(?:经)?费(?:财政拨款|预算|支出|安排)*+(?=[，,。；;]|\Z)"
    ),
}
_TOTALS = {
    "three_public": (("three_public", "three.total", "total"), ("three_public_operating", "total", "total")),
    "operating": (("operating", "total", "total"), ("three_public_operating", "total", "operating")),
}
_CLAUSE_START = re.compile(r"[。；;，,：:、（(]")
# last year had none, or one of the units has none: nothing is said of this body's year
_OTHERS = re.compile(r"20\d\d|上一?年|去年|以前|下属|所属|事业单位|其他单位|中心|站|队|所|因为?$|由于$")
_LINE_NOTE = re.compile(r"^\s*(?:注|备注|[（(]?注[：:])")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    told: set[tuple[str, str]] = set()
    for claim, cells in broken(document):
        if claim.value and key_of(claim) not in told and all(cell.row.statement.empty for cell in cells):
            told.add(key_of(claim))
            yield _empty_statement(claim, cells)
    for section in document.sections:
        if section.topic in _NONE:
            yield from _said_none(document, section)


def _empty_statement(claim: Claim, cells: tuple[Cell, ...]) -> Finding:
    statement = cells[0].row.statement
    note = f"，并注明“{statement.note.strip()}”" if statement.note else ""
    places = [Location.claim(claim), Location.text(statement.place, statement.title, "proof")]
    if statement.note:
        places.append(Location.text(statement.note_place, statement.note.strip(), "proof"))
    certain = bool(statement.note) and statement.reliable and not claim.guess
    return Finding(
        "OB314",
        f"说明中{called(claim)}为{claim.text}，《{statement.title}》却没有数据{note}。"
        "请补填报表，或改正说明。",
        tuple(places),
        ("empty-statement", statement.kind, claim.concept or ""),
        expected=claim.text,
        actual="无数据",
        severity=Severity.ERROR if certain else Severity.WARNING,
    )


def _said_none(document: Document, section: Section) -> Iterator[Finding]:
    topic = section.topic or ""
    cell = next((cell for path in _TOTALS[topic] if (cell := document.cell(*path)) is not None), None)
    if cell is None or not cell.amount:
        return
    for paragraph in section.paragraphs:
        found = _NONE[topic].search(paragraph.text)
        if found is None or _LINE_NOTE.match(paragraph.text):
            continue
        whose = _CLAUSE_START.split(paragraph.text[: found.start()])[-1]
        if _OTHERS.search(_this_year(document, whose)):
            continue
        yield Finding(
            "OB314",
            f"说明写“{found[0]}”，{cell.describe()}却有{wan(cell.value)}。请核对后改正说明或报表。",
            (Location.text(paragraph.place(found.start(), found.end()), found[0]), Location.of(cell)),
            ("said-none", topic),
            expected=wan(cell.value),
            actual=found[0],
            severity=Severity.ERROR if cell.row.statement.reliable else Severity.WARNING,
        )
        return


def _this_year(document: Document, text: str) -> str:
    """The words before "none" without this year and the body's own name."""
    for own in (str(document.year or ""), document.department or ""):
        text = text.replace(own, "") if own else text
    return text


RULE = Rule(
    code="OB314",
    name="explained-without-statement",
    title="说明有数而报表为空，或说明写无而报表有数",
    severity=Severity.ERROR,
    basis=GROUND,
    what="说明写了金额，对应的报表却是空表（注明无数据的为错误，没有注明的为警告）；"
    "或者说明写“无‘三公’经费”“无机关运行经费”，报表却有数。",
    why="空表表示没有这项收支，说明却在讲它的金额，两者必有一错。",
    bad="基本支出经济分类表: 本表无数据\n说明: 公用经费18.37万元，主要包括：办公费、邮电费等",
    good="基本支出经济分类表: 公用经费 18.37\n说明: 公用经费18.37万元，主要包括：办公费、邮电费等",
    mend="补填报表；确无此项的，改正说明。",
    check=check,
)
