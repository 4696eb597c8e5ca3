"""OB312: the explanation of one item carries the name of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Claim, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.vocabulary import fold
from openbook.rules.ob3_claims import GROUND, stated

_LEVELS = re.compile(r"([^（()）“”]+)[（(]([款项])[）)]")
_USE = re.compile(r"主要用于([^，,。；;]{2,60})")
_END = re.compile(
    r"(?:等?(?:方面|支出|经费|费用|预算|安排|相应|有所)*(?:的?(?:增加|减少|增长|下降|保持不变|不变|持平))?)\Z"
)
_SHORTEST = 4


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    names = {_END.sub("", name): claim for name, claim in _names(document).items()}
    if len(names) < 2:
        return
    for claim in _first(document):
        use = _USE.search(claim.paragraph.text, claim.start)
        if use:
            yield from _judge(claim, use[1], names, "use")
        reason = _reason(document, claim)
        if reason:
            yield from _judge(claim, reason, names, "reason")


def _first(document: Document) -> list[Claim]:
    found: dict[str, Claim] = {}
    for claim in stated(document, "amount"):
        if (claim.concept or "").startswith("item:"):
            found.setdefault(claim.concept or "", claim)
    return list(found.values())


def _own(claim: Claim) -> tuple[str, str]:
    """Names of the group and of the item (款, 项)."""
    levels = {level: fold(text) for text, level in _LEVELS.findall(claim.subject)}
    return levels.get("款", ""), levels.get("项", "")


def _names(document: Document) -> dict[str, Claim]:
    """What the items are called: by their own name where it is telling, and with their group."""
    found: dict[str, Claim] = {}
    for claim in _first(document):
        group, item = _own(claim)
        found.setdefault(group + item, claim)
        if len(item) >= _SHORTEST and not item.endswith("一般行政管理事务"):
            found.setdefault(item, claim)
    return found


def _reason(document: Document, item: Claim) -> str | None:
    for claim in document.claims:
        if claim.paragraph is item.paragraph and claim.reason:
            return claim.reason
    return None


def _judge(claim: Claim, text: str, names: dict[str, Claim], what: str) -> Iterator[Finding]:
    said = _END.sub("", fold(text))
    group, item = _own(claim)
    if not item or item in said or said in (group, item) or (said and said in item):
        return
    other = names.get(said)
    if other is None or other.concept == claim.concept:
        return
    where = "用途" if what == "use" else "增减原因"
    start = claim.paragraph.text.find(text, claim.start)
    place = claim.paragraph.place(start, start + len(text)) if start >= 0 else claim.place
    yield Finding(
        "OB312",
        f"{claim.subject}的{where}写的是“{text}”，那是另一个科目（{other.subject}）的名称，疑似复制后没有改。"
        f"请改写为本科目的{where}。",
        (Location.text(place, text), Location.claim(other, "proof")),
        (f"other-item-{what}", claim.concept or ""),
        expected=item,
        actual=text,
    )


RULE = Rule(
    code="OB312",
    name="explanation-of-another-item",
    title="说明里写的是另一个科目",
    severity=Severity.WARNING,
    basis=GROUND,
    what="逐项说明某个科目时，“主要用于……”或增减原因写成了另一个科目的名称。",
    why="复制上一段没有改净，读者看不到这笔钱的真实用途。",
    bad="“机关事业单位职业年金缴费支出（项）”230.28万元……主要原因是：事业单位离退休经费增加。",
    good="“机关事业单位职业年金缴费支出（项）”230.28万元……主要原因是：缴费基数提高。",
    mend="按本科目的实际用途和原因重写。",
    check=check,
)
