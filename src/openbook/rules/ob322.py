"""OB322: the words for a reason are there, and the reason is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Claim
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob3_claims import called, judged, key_of

_EMPTY = re.compile(r"(?:略|[/／\\]+|[-—_]+|[×xX]+|[…·.．]+|待(?:填写?|定|补充)|[{｛].*[}｝])?\Z")
_EMPTY_IF_CHANGED = re.compile(r"无\Z")
_WORDS = re.compile(r"原因")


def check(context: Context) -> Iterator[Finding]:
    told: set[tuple[int, int]] = set()
    for claim in context.document.claims:
        if claim.kind not in ("change", "growth", "flat") or claim.reason is None or not judged(claim):
            continue
        found = _WORDS.search(claim.paragraph.text, claim.start)
        mark = (id(claim.paragraph), found.start() if found else claim.start)
        if mark not in told and _is_empty(claim):
            told.add(mark)
            yield _finding(claim, found)


def _is_empty(claim: Claim) -> bool:
    reason = (claim.reason or "").strip("“”\"' 　：:，,。；;")
    if _EMPTY.match(reason):
        return True
    return bool(claim.direction and claim.value and _EMPTY_IF_CHANGED.match(reason))


def _finding(claim: Claim, words: re.Match[str] | None) -> Finding:
    if words:
        end = min(words.end() + 2, len(claim.paragraph.text))
        place, text = claim.paragraph.place(words.start(), end), claim.paragraph.text[words.start() : end]
    else:
        place, text = claim.place, claim.text
    return Finding(
        "OB322",
        f"说明中{called(claim)}写了“原因是”，后面却是空的或只有占位符（“{claim.reason or ''}”）。请补写实际原因；"
        "与上年持平不需要原因的，删去这几个字。",
        (Location.text(place, text), Location.claim(claim, "proof")),
        ("empty-reason", *key_of(claim)),
        actual=claim.reason or "",
    )


RULE = Rule(
    code="OB322",
    name="empty-reason",
    title="增减原因为空",
    severity=Severity.WARNING,
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：“三公”经费等增减变化应当说明原因",
    what="写了“主要原因是”，后面没有内容，或者只有“略”“XX”“/”之类的占位符。",
    why="这是模板没有填完，公开后一眼可见。",
    bad="公务用车购置及运行费6.40万元，与2023年预算持平，主要原因是。",
    good="公务用车购置及运行费6.40万元，与2023年预算持平，主要原因是车辆编制没有变化。",
    mend="补写原因，或删去“主要原因是”。",
    check=check,
)
