"""OB314: the explanation has a figure and the statement none, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Claim, Document, Section, Statement
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.vocabulary import concepts
from openbook.rules.ob3_claims import GROUND, called, key_of, of_this_year, stated, wan
from openbook.rules.ob301 import broken
from openbook.source import Place

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
_BARE = re.compile(
    r"[\s（(]*(?:无|没有|不涉及|(?:本部门|本单位|我部门|我单位|我局)?无此项(?:经费|支出|内容))[\s。；;）)]*"
)
_INSTITUTION = re.compile(
    r"(?:中心|学校|中学|小学|幼儿园|学院|大学|医院|卫生院|福利院|敬老院|馆|站|所|队|场|园|社|台|总站|服务处|研究院)\Z"
)
_NOT_OPERATING = re.compile(r"公用经费[^。；]{0,40}不属于机关运行经费")
_LINE_NOTE = re.compile(r"^\s*(?:注|备注|[（(]?注[：:])")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    told: set[tuple[str, str]] = set()
    for claim, statement in _proved_by_nothing(document):
        if claim.value and key_of(claim) not in told:
            told.add(key_of(claim))
            yield _empty_statement(claim, statement)
    for section in document.sections:
        if section.topic in _NONE:
            yield from _said_none(document, section)


def _proved_by_nothing(document: Document) -> Iterator[tuple[Claim, Statement]]:
    """Amounts whose statement is there and empty; of some nothing is left but the head."""
    for claim, cells in broken(document):
        if all(cell.row.statement.empty for cell in cells):
            yield claim, cells[0].row.statement
    for claim in stated(document, "amount"):
        if claim.candidates or not claim.concept or not of_this_year(document, claim):
            continue
        topic = claim.section.topic if claim.section else None
        paths = [path for candidate in concepts().candidates(claim.concept, topic) for path in candidate]
        found = [statement for path in paths if (statement := document.statement(path.kind)) is not None]
        if found and not any(statement.rows for statement in found):
            yield claim, found[0]


def _empty_statement(claim: Claim, statement: Statement) -> Finding:
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
    said = _none_said(document, section)
    if said is None:
        return
    place, words = said
    cell = next((cell for path in _TOTALS[topic] if (cell := document.cell(*path)) is not None), None)
    if cell is not None and cell.amount:
        yield Finding(
            "OB314",
            f"说明写“{words}”，{cell.describe()}却有{wan(cell.value)}。请核对后改正说明或报表。",
            (Location.text(place, words), Location.of(cell)),
            ("said-none", topic),
            expected=wan(cell.value),
            actual=words,
            severity=Severity.ERROR if cell.row.statement.reliable else Severity.WARNING,
        )
    elif topic == "operating":
        yield from _public_money(document, place, words)


def _none_said(document: Document, section: Section) -> tuple[Place, str] | None:
    """Where a part says that there is none: 无机关运行经费, or nothing but 无."""
    pattern = _NONE[section.topic or ""]
    written = [paragraph for paragraph in section.paragraphs if paragraph.text.strip()]
    for paragraph in written:
        alone = _BARE.fullmatch(paragraph.text) if len(written) == 1 else None
        found = alone or pattern.search(paragraph.text)
        if found is None or _LINE_NOTE.match(paragraph.text):
            continue
        whose = _CLAUSE_START.split(paragraph.text[: found.start()])[-1]
        if not _OTHERS.search(_this_year(document, whose)):
            return paragraph.place(found.start(), found.end()), found[0].strip()
    return None


def _public_money(document: Document, place: Place, words: str) -> Iterator[Finding]:
    """An office with public expenses (公用经费) has running costs: they are the same money."""
    explained = any(_NOT_OPERATING.search(paragraph.text) for paragraph in document.source.paragraphs())
    if explained or _INSTITUTION.search(document.department or ""):
        return
    cell = document.cell("general_basic", "total", "public")
    claim = next(
        (claim for claim in stated(document, "amount") if claim.concept == "public" and not claim.guess), None
    )
    if cell is not None and cell.amount:
        where, amount, proof = cell.describe(), wan(cell.value), Location.of(cell)
    elif claim is not None and claim.value and of_this_year(document, claim):
        where, amount, proof = "基本支出说明中的公用经费", claim.text, Location.claim(claim, "proof")
    else:
        return
    yield Finding(
        "OB314",
        f"机关运行经费一节只写“{words}”，{where}却有{amount}。机关运行经费就是机关的公用经费，"
        "请补写金额和增减原因，并补填机关运行经费表；确非机关、不适用的，请写明。",
        (Location.text(place, words), proof),
        ("said-none-public", "operating"),
        expected=amount,
        actual=words,
        severity=Severity.WARNING,
    )


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
    "或者说明写“无‘三公’经费”“无机关运行经费”，报表却有数；"
    "或者机关运行经费一节只写“无”，基本支出里却有公用经费（警告）。",
    why="空表表示没有这项收支，说明却在讲它的金额，两者必有一错。",
    bad="基本支出经济分类表: 本表无数据\n说明: 公用经费18.37万元，主要包括：办公费、邮电费等",
    good="基本支出经济分类表: 公用经费 18.37\n说明: 公用经费18.37万元，主要包括：办公费、邮电费等",
    mend="补填报表；确无此项的，改正说明。",
    check=check,
)
