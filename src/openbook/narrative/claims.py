"""Sentences become claims: a small reader that walks the tokens of one paragraph.

It keeps what a reader keeps in mind: the figure last named, the total whose parts are being
listed, the year spoken of, the comparison that was begun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openbook.document import Claim, Document, Paragraph, Section
from openbook.money import Unit, parse_decimal, scale
from openbook.narrative.lexer import WORTH_READING, Item, Token, items, tokens
from openbook.narrative.naming import Name, Names
from openbook.narrative.vocabulary import topic_of

PERCENT_SCALE = 10_000  # shares and growth count in 1e-4 percent points
AREA_SCALE = 10_000
_UNITS = {"亿元": Unit.YI, "万元": Unit.WAN, "万": Unit.WAN, "元": Unit.YUAN}
_BEFORE_HEDGED = re.compile(r"(?:约|近|大约|不少于|不低于|超过|逾)为?\s*\Z")
_AFTER_HEDGED = re.compile(r"\s*(?:余|多|左右|以上|以内|以下|上下)")
_ADJACENT = re.compile(r"(?:了|额|数|幅度?|率|比例|大?约|近|为|达|[:：\s])*\Z")
_REACHES = re.compile(r"(?:到|至|为到)\s*(?:了)?\s*\Z")
_REASON_END = re.compile(r"[。；;]|[，,]\s*其中|\Z")
_EARLY_REASON_END = re.compile(r"[，,。；;]|\Z")
_LIST_END = re.compile(r"[。；;]|\Z")
_LIST_OPENER = re.compile(r"主要(?:是|为|系)[:：]?\Z")
_NAME_SPLIT = re.compile(r"[、,，]|(?<=[费金])和|(?<=[费金])及")
_LIST_TAIL = re.compile(r"(?:等(?:支出|费用|经费|日常公用经费|日常运行支出)?)?[。；;\s]*\Z")
_SENTENCE = re.compile(r"[^。！!]*[。！!]?")
_STRIPPED = " \t\u3000:：，,。；;"


@dataclass(slots=True)
class _Group:
    """A total whose parts are being listed."""

    whole: Claim
    parts: list[Claim] = field(default_factory=list)


class Reader:
    """Reads the paragraphs of one section in order."""

    def __init__(self, section: Section, document: Document, names: Names) -> None:
        self.section = section
        self.document = document
        self.names = names
        topic = topic_of(section.topic)
        self.default = topic.default if topic else None
        self.found: list[Claim] = []

    def read(self, paragraph: Paragraph) -> None:
        """Add the claims of one paragraph to `found`."""
        text = paragraph.text
        if not WORTH_READING.search(text) or text.lstrip(" -*#（(").startswith(("注", "备注")):
            return
        _ParagraphReader(self, paragraph).run()


class _ParagraphReader:
    def __init__(self, reader: Reader, paragraph: Paragraph) -> None:
        self.reader = reader
        self.document = reader.document
        self.names = reader.names
        self.paragraph = paragraph
        self.text = paragraph.text
        self.items = items(self.text)
        self.clause = 0  # where the words of the present clause begin
        self.skip = 0  # tokens before this belong to a reason
        self.year: int | None = None
        self.last: Claim | None = None
        self.lead: Claim | None = None
        self.heard: Name | None = None  # a subject whose figure is still to come
        self.groups: list[_Group] = []
        self.brackets: list[tuple[Claim | None, int]] = []
        self.compare: Token | None = None
        self.direction: Token | None = None
        self.noted: Token | None = None  # the comparison whose words are kept in `basis`
        self.basis = ""
        self.before: Claim | None = None  # the first figure of the sentence before
        self.changes: list[Claim] = []  # of this segment
        self.earlier: list[Claim] = []  # of the segment before
        self.cause: str | None = None
        self.item: Claim | None = None
        self.own: list[Claim] = []
        self.sentences = [found.span() for found in _SENTENCE.finditer(self.text) if found[0]]

    def run(self) -> None:
        for token in tokens(self.text):
            if token.start >= self.skip:
                getattr(self, "_" + token.kind)(token)

    # --- stops ------------------------------------------------------------------------

    def _comma(self, token: Token) -> None:
        heard = self.names.name(self.text[self.clause : token.start])
        if heard.concept and heard.certain:
            self.heard = heard
        self.clause = token.end

    def _semicolon(self, token: Token) -> None:
        self.clause = token.end
        del self.groups[1:]
        if self.groups and "其中" in self._segment(token.end):
            self.groups.clear()
        self.compare = self.direction = self.heard = None
        if self.changes:
            self.earlier, self.changes = self.changes, []

    def _stop(self, token: Token) -> None:
        self._semicolon(token)
        self.groups.clear()
        self.brackets.clear()
        self.before = self.lead or self.before
        self.year = self.lead = None

    def _segment(self, start: int) -> str:
        end = _LIST_END.search(self.text, start)
        return self.text[start : end.start() if end else None]

    def _open(self, token: Token) -> None:
        self.brackets.append((self.last, len(self.groups)))
        self.clause = token.end

    def _close(self, token: Token) -> None:
        if self.brackets:
            self.last, depth = self.brackets.pop()
            del self.groups[depth:]
        self.clause = token.end

    # --- words ------------------------------------------------------------------------

    def _year(self, token: Token) -> None:
        self.year = int(token.text[:4])

    def _last(self, token: Token) -> None:
        self.year = self.document.year - 1 if self.document.year else 0

    def _this(self, token: Token) -> None:
        if not self.text[: token.start].rstrip().endswith("年"):
            self.year = self.document.year

    def _compare(self, token: Token) -> None:
        self.compare, self.direction = token, None

    def _up(self, token: Token) -> None:
        self.direction = token

    _down = _up

    def _share(self, token: Token) -> None:
        self.direction = token

    def _flat(self, token: Token) -> None:
        if self.compare is None and token.text != "持平":
            return
        end = self.compare.start if self.compare and self.compare.start >= self.clause else token.start
        self._note_basis(token)
        claim = self._changed("flat", token, end, None, 0)
        self._keep_change(claim)
        self.compare = self.direction = None
        self.clause = token.end

    def _list(self, token: Token) -> None:
        whole = self.last
        if self.lead is None:
            whole = self.before if token.text.startswith("其中") else None
        if whole is not None and whole.kind in ("amount", "area"):
            self.groups.append(_Group(whole))
            self._names(token)
        self.clause = token.end

    def _names(self, token: Token) -> None:
        """主要包括：甲、乙、丙等 without figures."""
        text = self._segment(token.end)
        if self.reader.section.topic != "basic" or "、" not in text or any(map(str.isdigit, text)):
            return
        tail = _LIST_TAIL.search(text)
        body = text[: tail.start()] if tail else text
        named = tuple(part.strip(_STRIPPED) for part in _NAME_SPLIT.split(body) if part.strip(_STRIPPED))
        claim = self._claim("items", Token("names", text, token.end, token.end + len(text)), None, 0)
        claim.names, claim.of = named, self.last
        claim.subject = self.last.subject if self.last else ""
        claim.concept = self.last.concept if self.last else None
        claim.hedged = bool(tail and tail[0].startswith("等"))
        self._keep(claim)
        self.skip = token.end + len(text)

    # --- reasons ----------------------------------------------------------------------

    def _cause(self, token: Token) -> None:
        early = token.text.endswith("由于") and not self.changes
        if _LIST_OPENER.match(token.text) and not self.changes:
            self._list(token)
            return
        end = (_EARLY_REASON_END if early else _REASON_END).search(self.text, token.end)
        stop = end.start() if end else len(self.text)
        reason = self.text[token.end : stop].strip(_STRIPPED)
        self.skip, self.clause = stop, stop
        if early and stop < len(self.text) and self.text[stop] in "，,":
            self.cause = reason
            return
        for claim in self._explained(token):
            if not claim.reason:
                claim.reason = reason

    def _explained(self, token: Token) -> list[Claim]:
        """The changes that a reason speaks of: of its segment, of the one before, of the section."""
        if self.changes:
            return self.changes
        words = self.text[self.clause : token.start].strip(_STRIPPED)
        if self.earlier and not words:
            return self.earlier
        return [claim for claim in self.reader.found + self.own if claim.kind in ("change", "growth")]

    # --- figures ----------------------------------------------------------------------

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
        claim.guess = claim.guess or state == "reaches"

    def _amount(self, token: Token, value: int, half: int) -> Claim:
        named, item = self._named(token)
        claim = self._claim("amount", token, value, half)
        claim.subject, claim.concept, claim.guess = named.subject, named.concept, not named.certain
        claim.year = self.year
        prior = self.compare is not None and self.compare.start >= self.clause
        if prior:
            claim.year = self._compared_year()
        if item is not None:
            self.item = claim
        self._place(claim, listed=not prior and claim.year in (None, self.document.year))
        return claim

    def _place(self, claim: Claim, *, listed: bool) -> None:
        """Remember an amount as the one last named, and as a part of the total being listed."""
        if listed:
            if self.groups and self.groups[-1].whole.kind == claim.kind:
                claim.whole = self.groups[-1].whole
                self.groups[-1].parts.append(claim)
            self.last = claim
            self.lead = self.lead or claim
            self.compare = None
        self._keep(claim)

    def _named(self, token: Token) -> tuple[Name, Item | None]:
        """The subject of an amount: written before it, or carried on from before."""
        for item in self.items:
            if self.clause <= item.start and item.end <= token.start:
                code = self.names.item_code(item)
                label = "".join(f"{part}（{level}）" for part, level in zip(item.names, "类款项", strict=True) if part)
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
        if self.last is not None and self.last.concept and self.year not in (None, self.document.year):
            return Name(self.last.subject, self.last.concept, not self.last.guess, False), None
        return Name(named.subject, self.reader.default, False, False), None

    def _compared_year(self) -> int | None:
        digits = "".join(filter(str.isdigit, self.compare.text)) if self.compare else ""
        if digits:
            return int(digits)
        return self.document.year - 1 if self.document.year else 0

    def _percent(self, token: Token) -> None:
        parsed = parse_decimal(token.number)
        state = self._pending(token)
        word, self.direction = self.direction, None
        if parsed is None or word is None or state == "none":
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

    def _share_of(self, token: Token, word: Token, value: int, half: int) -> None:
        if self.last is None or self.last.kind != "amount":
            return
        claim = self._claim("share", token, value, half)
        claim.of = self.last
        claim.subject, claim.concept = self.last.subject, self.last.concept
        claim.basis = self.text[word.end : token.start].strip(_STRIPPED)
        claim.whole = self.lead if self.lead is not self.last else None
        if claim.whole is None:
            earlier = [other for other in self.reader.found + self.own if other.kind == "amount"]
            claim.whole = earlier[0] if earlier and earlier[0] is not self.last else None
            claim.guess = True
        self._keep(claim)

    def _area(self, token: Token) -> None:
        parsed = parse_decimal(token.number)
        if parsed is None or parsed[1] > 3:
            return
        value = parsed[0] * AREA_SCALE // 10 ** parsed[1]
        claim = self._claim("area", token, value, AREA_SCALE // (2 * 10 ** parsed[1]))
        claim.subject = self.text[self.clause : token.start].strip(_STRIPPED)
        self._place(claim, listed=True)

    def _count(self, token: Token) -> None:
        parsed = parse_decimal(token.number)
        if parsed is None or parsed[1]:
            return
        claim = self._claim("count", token, parsed[0], 0)
        claim.subject = self.text[self.clause : token.start].strip(_STRIPPED)
        claim.year = self.year
        if self.groups and self.groups[-1].whole.kind == "count":
            claim.whole = self.groups[-1].whole
        self._keep(claim)

    # --- changes ----------------------------------------------------------------------

    def _note_basis(self, word: Token) -> None:
        if self.compare is not None and self.compare is not self.noted:
            self.noted = self.compare
            self.basis = self.text[self.compare.start : word.start].strip(_STRIPPED)

    def _changed(self, kind: str, token: Token, end: int, value: int | None, half: int) -> Claim:
        """A change, growth or standstill with the amount it belongs to."""
        claim = self._claim(kind, token, value, half)
        claim.basis = self.basis
        named = self.names.name(self.text[self.clause : end]) if end > self.clause else None
        if named is not None and named.own:
            claim.subject, claim.concept, claim.guess = named.subject, named.concept, not named.certain
            claim.of = self._said(named.concept) if named.concept and named.certain else None
        else:
            self._belongs(claim)
        if claim.of is not None:
            claim.prior = self._prior(claim.of)
        return claim

    def _said(self, concept: str) -> Claim | None:
        for claim in reversed(self.own):
            if claim.kind == "amount" and claim.concept == concept and claim.year in (None, self.document.year):
                return claim
        return None

    def _belongs(self, claim: Claim) -> None:
        """The figure before it, or the total whose parts have just been listed in full."""
        last = self.last if self.last is not None and self.last.kind == "amount" else None
        wholes = [group.whole for group in reversed(self.groups) if group.whole.kind == "amount"]
        claim.of = last
        if last is None:
            return
        if self.groups and self._listed_in_full(self.groups[-1]):
            claim.of = self.groups[-1].whole
        same = [
            other
            for other in self.own
            if other.kind == "amount" and other.concept == last.concept and other.year in (None, self.document.year)
        ]
        pool = [last, *wholes, *(same if last.concept else [])]
        claim.others = tuple(dict.fromkeys(other for other in pool if other is not claim.of))
        claim.subject, claim.concept, claim.guess = claim.of.subject, claim.of.concept, claim.of.guess

    def _listed_in_full(self, group: _Group) -> bool:
        """Whether the parts make up the total and none of them was compared by itself."""
        compared = {other.of for other in self.own if other.kind in ("change", "growth", "flat")}
        return (
            len(group.parts) > 1
            and group.whole.kind == "amount"
            and not compared.intersection(group.parts)
            and sum(part.value or 0 for part in group.parts) == group.whole.value
        )

    def _prior(self, of: Claim) -> Claim | None:
        """Last year's figure of the same thing, stated before in this paragraph."""
        year = self.document.year
        for claim in reversed(self.own):
            if claim.kind != "amount" or claim.year is None or year is None or claim.year >= year:
                continue
            if claim.concept == of.concept or claim.concept is None and claim.sentence == of.sentence:
                return claim
        return None

    def _keep_change(self, claim: Claim) -> None:
        claim.reason = self.cause
        self.cause = None
        self.changes.append(claim)
        self._keep(claim)

    # --- making -----------------------------------------------------------------------

    def _claim(self, kind: str, token: Token, value: int | None, half: int) -> Claim:
        hedged = bool(
            _BEFORE_HEDGED.search(self.text[max(0, token.start - 6) : token.start])
            or _AFTER_HEDGED.match(self.text, token.end)
        )
        return Claim(
            kind=kind,
            subject="",
            concept=None,
            value=value,
            half=half,
            place=self.paragraph.place(token.start, token.end),
            text=token.text.strip(),
            sentence=self._sentence(token.start),
            paragraph=self.paragraph,
            start=token.start,
            section=self.reader.section,
            hedged=hedged,
        )

    def _sentence(self, position: int) -> str:
        for start, end in self.sentences:
            if start <= position < end:
                return self.text[start:end].strip()
        return self.text

    def _keep(self, claim: Claim) -> None:
        self.own.append(claim)
        self.reader.found.append(claim)
