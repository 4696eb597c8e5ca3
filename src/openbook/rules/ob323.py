"""OB323: three public expenses or running costs are stated without a comparison with last year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Claim, Document, Section
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob3_claims import key_of, of_this_year

_TOTALS = {"three_public": "three.", "operating": "operating."}
_COMPARED = re.compile(
    r"(?:上年|上一年|去年)(?!度?(?:财政拨款|预算)?(?:结转|结余)|末|底)|同比|持平|增减|一致|不变"
)
_ASKS = re.compile(r"增减|变[动化]")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    for topic, prefix in _TOTALS.items():
        claims = [claim for claim in document.claims if _of(claim, topic)]
        figures = [
            claim
            for claim in claims
            if claim.kind == "amount"
            and claim.value
            and (claim.concept or "").startswith(prefix)
            and of_this_year(document, claim)
        ]
        if figures and _asked(document, figures[0]) and not _compared(document, claims, topic):
            yield _finding(figures[0], topic)


def _of(claim: Claim, topic: str) -> bool:
    return claim.section is not None and claim.section.topic == topic


def _compared(document: Document, claims: list[Claim], topic: str) -> bool:
    if any(claim.kind in ("change", "growth", "flat") for claim in claims):
        return True
    year = f"{document.year - 1}年" if document.year else ""
    return any(
        _COMPARED.search(paragraph.text) or (year and year in paragraph.text.replace(" ", ""))
        for section in document.sections
        if section.topic == topic
        for paragraph in section.paragraphs
    )


def _asked(document: Document, claim: Claim) -> bool:
    """Shanghai's own template leaves out the comparison of running costs."""
    shanghai = (document.layout or "").startswith("shanghai")
    return not shanghai or key_of(claim)[0] == "three_public" or _asks(claim.section)


def _asks(section: Section | None) -> bool:
    return section is not None and bool(_ASKS.search(section.heading))


def _finding(claim: Claim, topic: str) -> Finding:
    name = "“三公”经费" if topic == "three_public" else "机关运行经费"
    heavy = topic == "three_public" or _asks(claim.section)
    return Finding(
        "OB323",
        f"说明只写了本年{name}{claim.text}，没有与上年比较。请补写上年数、增减额、增减幅度和原因，持平的写明持平。",
        (Location.claim(claim),),
        ("no-comparison", topic),
        actual=claim.text,
        severity=Severity.WARNING if heavy else Severity.INFO,
    )


RULE = Rule(
    code="OB323",
    name="no-comparison-with-last-year",
    title="没有与上年比较",
    severity=Severity.WARNING,
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：“三公”经费增减变化应当说明",
    what="“三公”经费、机关运行经费有金额，整节没有与上年比较的内容。"
    "“三公”经费和标题写明要说增减变动的为警告，机关运行经费为提示。",
    why="法规要求说明增减变化；没有比较，公众看不出是多了还是少了。",
    bad="2023年，我部门“三公”经费预算共计安排4.4万元。",
    good="2023年，我部门“三公”经费预算共计安排4.4万元，比上年减少0.2万元，主要原因是压减公务接待。",
    mend="补写与上年比较的增减额、增减率和原因。",
    check=check,
)
