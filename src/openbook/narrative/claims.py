"""Sentences become claims: a small reader that walks the tokens of one paragraph.

It keeps what a reader keeps in mind: the figure last named, the total whose parts are being
listed, the year spoken of, the comparison that was begun.
"""

from __future__ import annotations

import re

from openbook.document import Claim
from openbook.money import Unit, parse_decimal, scale
from openbook.narrative.comparing import Comparing
from openbook.narrative.lexer import WORTH_READING, Item, Token, tokens
from openbook.narrative.naming import Name
from openbook.narrative.vocabulary import concepts
from openbook.narrative.walk import STRIPPED, Part
from openbook.source import Paragraph

PERCENT_SCALE = 10_000  # shares and growth count in 1e-4 percent points
AREA_SCALE = 10_000
_NEAR = 12
_UNITS = {"亿元": Unit.YI, "万元": Unit.WAN, "万": Unit.WAN, "元": Unit.YUAN}
_ADJACENT = re.compile(r"(?:了|额|数|幅度?|率|比例|大?约|近|为|达|[:：\s])*\Z")
_EACH = re.compile(r"(?:人均|车均|户均|平均|每[人车辆年月天次批户家个项台名]|单价)(?:为|约|是|[:：\s])*\Z")
_SAME = (  # names of one total: 占基本支出的 after 一般公共预算基本支出
    ("basic", "general.basic"),
    ("expenditure.total", "expenditure.grand"),
    ("income.total", "income.grand"),
)
_SHARE_TAIL = re.compile(r"(?:的|比重|比例|比率|为|达|约|[:：])*+\Z")
_REACHES = re.compile(r"(?:到|至|为到)\s*(?:了)?\s*\Z")
_NOTE = ("注", "备注")


def read(paragraph: Paragraph, part: Part) -> None:
    """Add the claims of one paragraph to those of its part of the explanation."""
    text = paragraph.text
    if WORTH_READING.search(text) and not text.lstrip(" -*#（(").startswith(_NOTE):
        _Reading(part, paragraph).run()


class _Reading(Comparing):
    """Reads figures and what they are called."""

    def run(self) -> None:
        for token in tokens(self.text):
            if token.start >= self.skip:
                getattr(self, "_" + token.kind)(token)

    def _number(self, token: Token) -> None:
        handler = {"money": self._money, "percent": self._percent, "area": self._area, "count": self._count}
        handler[token.unit](token)
        if token.unit != "count":
            self.clause = token.end

    def _pending(self, token: Token) -> str:
        """How a direction word before the figure stands to it: next, far, reaches or none."""
        word = self.direction
        if word is None:
            return "none"
        gap = self.text[word.end : token.start]
        if _REACHES.search(gap):
            return "reaches"
        if _ADJACENT.match(gap):
            return "next"
        return "far" if word.start >= self.clause else "none"

    def _money(self, token: Token) -> None:
        parsed = parse_decimal(token.number)
        if parsed is None:
            return
        if _EACH.search(self.text, self.clause, token.start):
            return  # 车均1.60万元 is no part of anything
        unit = _UNITS[token.text[len(token.number) :].strip()]
        figure = scale(*parsed, unit)
        state = self._pending(token)
        word, self.direction = self.direction, None
        if word is not None and word.kind in ("up", "down") and state in ("next", "far"):
            self._note_basis(word)
            compared = self.compare
            end = compared.start if compared and compared.start >= self.clause else word.start
            claim = self._changed("change", token, end, figure.value, figure.half)
            claim.direction = 1 if word.kind == "up" else -1
            claim.guess = claim.guess or state == "far"
            self._keep_change(claim)
            return
        claim = self._amount(token, figure.value, figure.half)
        claim.trimmed = parsed[1] < unit.usual_decimals
        two_numbers = "，" in token.number and not parsed[1]  # 人员12，100万元 is no 12,100
        claim.guess = claim.guess or state == "reaches" or two_numbers

    def _amount(self, token: Token, value: int, half: int) -> Claim:
        named, item = self._named(token)
        claim = self._claim("amount", token, value, half)
        claim.year = self.year
        prior = self._compared_with()
        if prior:
            claim.year, self.compared = self._compared_year(), claim
            named = self._compared_name(named)
        claim.subject, claim.concept, claim.guess = named.subject, named.concept, not named.certain
        if item is not None:
            self.item = claim
        self._place(claim, listed=not prior and claim.year in (None, self.document.year))
        return claim

    def _compared_name(self, named: Name) -> Name:
        """What the figure of last year is called: 基本支出较2022年预算472.20万元, else as the one before."""
        if self.compare is not None and self.compare.start > self.clause:
            before = self.names.name(self.text[self.clause : self.compare.start])
            if before.own:
                return before
        if named.concept is None and self.last is not None:
            return Name(self.last.subject, self.last.concept, not self.last.guess, False)
        return named

    def _compared_with(self) -> bool:
        """Whether the amount is the one compared with: 比2022年预算数3.50万元, 比2022年（3.50万元）."""
        if self.compare is None:
            return False
        if self.compare.start >= self.clause:
            return True
        between = self.text[self.compare.end : self.clause]
        return bool(self.brackets) and len(between) <= _NEAR and between.endswith(("（", "("))

    def _place(self, claim: Claim, *, listed: bool) -> None:
        """Remember an amount as the one last named, and as a part of the total being listed."""
        self.figures = True
        if listed:
            self._join_group(claim)
            self.last = claim
            self.lead = self.lead or claim
            self.compare = None
        self._keep(claim)

    def _join_group(self, claim: Claim) -> None:
        """A part of the total being listed; last year's carry-over is a part of its own total."""
        base, mark, _ = (claim.concept or "").partition("@")
        if self.groups and not mark and self._another_total(base):
            self.groups.clear()
        for depth in range(len(self.groups) - 1, 0, -1):
            if mark and self.groups[depth - 1].whole.concept == base:
                del self.groups[depth:]
                break
        self._go_home(claim, base)
        if self.groups and self.groups[-1].whole.kind == claim.kind:
            claim.whole, claim.listing = self.groups[-1].whole, self.groups[-1].number
            self.groups[-1].parts.append(claim)

    def _go_home(self, claim: Claim, concept: str) -> None:
        """A part whose total is known goes to that total, though another list was begun between.

        Any amount may hold a carry-over: that stays where it finds room.
        """
        homes = concepts().homes.get(concept)
        if not homes or (concept == "carryover" and self.groups and self.groups[-1].has_room(claim)):
            return
        outermost = self.brackets[-1][1] if self.brackets else 0
        for depth in range(len(self.groups), outermost, -1):
            if self.groups[depth - 1].whole.concept in homes:
                del self.groups[depth:]
                return
        for group in reversed(() if self.brackets else self.left):
            if group.whole.concept in homes:
                self.groups.append(group)
                return

    def _another_total(self, concept: str) -> bool:
        """收入……，其中……；支出……: the second total is no part of the first."""
        outer = self.groups[0].whole.concept or ""
        crossed = outer.startswith(("income.", "rev.")) and concept.startswith(("exp.", "expenditure."))
        return crossed or (concept in concepts().totals and outer != concept)

    def _named(self, token: Token) -> tuple[Name, Item | None]:
        """The subject of an amount: written before it, or carried on from before."""
        while (
            self.items and self.items[-1].end <= self.clause
        ):  # a clause may begin within a name: 甲、乙（项）
            self.items.pop()
        if self.items and self.items[-1].end <= token.start:
            item = self.items[-1]
            code = self.names.item_code(item)
            label = "".join(
                f"{part}（{level}）" for part, level in zip(item.names, "类款项", strict=True) if part
            )
            return Name(label, f"item:{code or item.names[2]}", code is not None, True), item
        named = self.names.name(self.text[self.clause : token.start])
        if named.own:
            if named.concept:
                self.heard = None
            return named, None
        if self.item is not None:
            return Name(self.item.subject, self.item.concept, not self.item.guess, False), None
        if self.heard is not None:
            return self.heard, None
        owner = self._of_other_year()
        if owner is not None:
            return Name(owner.subject, owner.concept, not owner.guess, False), None
        first = not any(claim.kind == "amount" for claim in self.part.found)
        return Name(named.subject, self.part.default if first else None, False, False), None

    def _of_other_year(self) -> Claim | None:
        """上年度1.40万元，本年度1.20万元: the figure of the one year is called as that of the other."""
        if self.year is None:
            return None
        before = self.last if self.year != self.document.year else None
        if before is None and self.own and self.own[-1].year not in (None, self.document.year):
            before = self.own[-1]
        return before if before is not None and before.kind == "amount" and before.concept else None

    def _compared_year(self) -> int | None:
        digits = "".join(filter(str.isdigit, self.compare.text)) if self.compare else ""
        if digits:
            return int(digits)
        return self.document.year - 1 if self.document.year else 0

    def _percent(self, token: Token) -> None:
        parsed = parse_decimal(token.number)
        state = self._pending(token)
        word, self.direction = self.direction, None
        if word is None and (again := self._bracketed(token)) is not None:
            word, state = again, "next"
        if parsed is None or word is None or state == "none" or self._respective(word, token):
            return
        mantissa, decimals = parsed[0], min(parsed[1], 6)
        value = mantissa * PERCENT_SCALE * 100 // 10**decimals
        half = PERCENT_SCALE * 100 // (2 * 10**decimals)
        value, half = value // 100, max(half // 100, 1)
        if word.kind == "share":
            self._share_of(token, word, value, half)
        elif state == "next":
            self._note_basis(word)
            compared = self.compare
            end = compared.start if compared and compared.start >= self.clause else word.start
            claim = self._changed("growth", token, end, value, half)
            claim.direction = 1 if word.kind == "up" else -1
            self._keep_change(claim)

    def _bracketed(self, token: Token) -> Token | None:
        """减少0.60万元（12.00%）: the percentage of the change before the bracket."""
        change = self.own[-1] if self.own else None
        if change is None or change.kind != "change":
            return None
        end = change.start + len(change.text)
        if self.text[end : token.start].strip() not in ("（", "("):
            return None
        return Token("up" if change.direction > 0 else "down", "", end, end)

    def _share_of(self, token: Token, word: Token, value: int, half: int) -> None:
        if self.last is None or self.last.kind != "amount":
            return
        claim = self._claim("share", token, value, half)
        claim.of = self.last
        claim.subject, claim.concept = self.last.subject, self.last.concept
        claim.basis = self.text[word.end : token.start].strip(STRIPPED)
        earlier = [other for other in self.part.found if other.kind == "amount"]
        wholes: list[Claim | None] = [self.last.whole, self.lead, self.base, *earlier[:1]]
        named = self._base(claim.basis)
        if named:
            self.base, wholes, claim.basis = named[0], [*named], ""
        pool = tuple(dict.fromkeys(other for other in wholes if other is not None and other is not self.last))
        if pool:
            claim.whole, claim.others = pool[0], pool[1:]
            claim.guess = (
                not named and self.last.whole is None and (self.lead is None or self.lead is self.last)
            )
        self._keep(claim)

    def _base(self, words: str) -> list[Claim]:
        """The amounts of this paragraph that a share is said to be a share of: 占基本支出的."""
        name = self.names.name(_SHARE_TAIL.sub("", words)) if words else None
        if name is None or not name.concept or not name.certain:
            return []
        same = next((group for group in _SAME if name.concept in group), (name.concept,))
        return [claim for concept in same for claim in self._all_said(concept)]

    def _area(self, token: Token) -> None:
        parsed = parse_decimal(token.number)
        if parsed is None or parsed[1] > 3:
            return
        value = parsed[0] * AREA_SCALE // 10 ** parsed[1]
        claim = self._claim("area", token, value, AREA_SCALE // (2 * 10 ** parsed[1]))
        claim.subject = self.text[self.clause : token.start].strip(STRIPPED)
        self._place(claim, listed=True)

    def _count(self, token: Token) -> None:
        parsed = parse_decimal(token.number)
        if parsed is None or parsed[1]:
            return
        claim = self._claim("count", token, parsed[0], 0)
        claim.subject = self.text[self.clause : token.start].strip(STRIPPED)
        claim.year = self.year
        if self.groups and self.groups[-1].whole.kind == "count":
            claim.whole = self.groups[-1].whole
        self._keep(claim)
