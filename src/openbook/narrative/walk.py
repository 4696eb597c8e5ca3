"""What a reader of a paragraph keeps in mind, and how stops clear it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from openbook.document import Claim, Document, Section
from openbook.narrative.lexer import Token, items
from openbook.narrative.naming import Name, Names
from openbook.narrative.vocabulary import topic_of
from openbook.source import Paragraph

_BEFORE_HEDGED = re.compile(r"(?:约|近|大约|不少于|不低于|超过|逾)为?\s*\Z")
_AFTER_HEDGED = re.compile(r"\s*(?:余|多|左右|以上|以内|以下|上下)")
LIST_END = re.compile(r"[。；;]|\Z")
_SENTENCE_END = re.compile(r"[。！!]")
_NAME_SPLIT = re.compile(r"[、,，]|(?<=[费金])和|(?<=[费金])及(?!附加)")
_LIST_TAIL = re.compile(r"(?:等(?:支出|费用|经费|日常公用经费|日常运行支出)?)?[。；;\s]*\Z")
_DEEPEST = 8
_LONGEST_LIST = 2_000
STRIPPED = " \t\u3000:：，,。；;"


@dataclass(slots=True)
class Group:
    """A total whose parts are being listed."""

    whole: Claim
    number: int
    parts: list[Claim] = field(default_factory=list)

    def has_room(self, claim: Claim) -> bool:
        """Whether the parts listed so far leave room for this one."""
        listed = sum(part.value or 0 for part in self.parts)
        return listed + (claim.value or 0) <= (self.whole.value or 0)


class Part:
    """One part of the explanation with the claims found in it so far."""

    def __init__(self, section: Section, document: Document, names: Names) -> None:
        self.section = section
        self.document = document
        self.names = names
        topic = topic_of(section.topic)
        self.default = topic.default if topic else None
        self.found: list[Claim] = []


class Walk:
    """State of reading one paragraph."""

    def __init__(self, part: Part, paragraph: Paragraph) -> None:
        self.part = part
        self.document = part.document
        self.names = part.names
        self.paragraph = paragraph
        self.text = paragraph.text
        self.items = items(self.text)[::-1]  # those still to come, the next one last
        self.clause = 0  # where the words of the present clause begin
        self.skip = 0  # tokens before this belong to a reason
        self.year: int | None = None
        self.last: Claim | None = None
        self.lead: Claim | None = None
        self.figures = False  # whether this sentence has named an amount
        self.heard: Name | None = None  # a subject whose figure is still to come
        self.groups: list[Group] = []
        self.left: list[Group] = []  # listings of this sentence that a semicolon has ended
        self.listings = 0
        self.base: Claim | None = None  # what the shares of this sentence are said to be shares of
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
        self.sentences: dict[int, str] = {}
        self.starts = [0, *(found.end() for found in _SENTENCE_END.finditer(self.text))]

    def _comma(self, token: Token) -> None:
        heard = self.names.name(self.text[self.clause : token.start])
        if heard.concept and heard.certain:
            self.heard = heard
        self.clause = token.end

    def _semicolon(self, token: Token) -> None:
        self.clause = token.end
        self.left += self.groups
        del self.groups[1:], self.left[:-_DEEPEST]
        if self.groups and "其中" in self._segment(token.end):
            self.groups.clear()
        self.compare = self.direction = self.heard = None
        self._this_year_again()
        if self.changes:
            self.earlier, self.changes = self.changes, []

    def _stop(self, token: Token) -> None:
        alone = None if self.figures else self.names.name(self.text[self.clause : token.start])
        self._semicolon(token)
        if alone is not None and alone.concept and alone.certain:
            self.heard = alone  # a sentence that is only a name: 公务接待费。2024年预算安排……
        self.groups.clear()
        self.left.clear()
        self.brackets.clear()
        self.before = self.lead or self.before
        self.year = self.lead = self.base = None
        self.figures = False

    def _this_year_again(self) -> None:
        """Last year was only compared with: what follows is of the year that the sentence began with."""
        if self.lead is not None:
            self.year = None

    def _enlist(self, whole: Claim) -> None:
        """Begin a list of the parts of an amount."""
        self.listings += 1
        self.groups.append(Group(whole, self.listings))
        del self.groups[:-_DEEPEST]

    def _segment(self, start: int) -> str:
        end = LIST_END.search(self.text, start, start + _LONGEST_LIST)
        return self.text[start : end.start() if end else None]

    def _open(self, token: Token) -> None:
        self.brackets.append((self.last, len(self.groups)))
        if self.last is not None and self.compare is None:
            self._enlist(self.last)
        self.clause = token.end

    def _close(self, token: Token) -> None:
        if self.brackets:
            self.last, depth = self.brackets.pop()
            del self.groups[depth:]
        self.clause = token.end

    def _list(self, token: Token) -> None:
        whole = self.last
        if self.lead is None:
            whole = self.before if token.text.startswith("其中") else None
            self.lead = whole
        if whole is not None and whole.kind in ("amount", "area"):
            self._enlist(whole)
            self._names(token)
        self.clause = token.end

    def _names(self, token: Token) -> None:
        """主要包括：甲、乙、丙等 without figures."""
        if self.part.section.topic != "basic":
            return
        text = self._segment(token.end)
        if "、" not in text or any(map(str.isdigit, text)):
            return
        tail = _LIST_TAIL.search(text)
        body = text[: tail.start()] if tail else text
        named = tuple(part.strip(STRIPPED) for part in _NAME_SPLIT.split(body) if part.strip(STRIPPED))
        claim = self._claim("items", Token("names", text, token.end, token.end + len(text)), None, 0)
        claim.names, claim.of = named, self.last
        claim.subject = self.last.subject if self.last else ""
        claim.concept = self.last.concept if self.last else None
        claim.hedged = bool(tail and tail[0].startswith("等"))
        self._keep(claim)
        self.skip = token.end + len(text)

    def _year(self, token: Token) -> None:
        self.year = int(token.text[:4])

    def _last(self, _token: Token) -> None:
        self.year = self.document.year - 1 if self.document.year else 0

    def _this(self, token: Token) -> None:
        if not self.text[: token.start].rstrip().endswith("年"):
            self.year = self.document.year

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
            section=self.part.section,
            hedged=hedged,
        )

    def _sentence(self, position: int) -> str:
        at = bisect_right(self.starts, position)
        start = self.starts[at - 1] if at else 0
        if start not in self.sentences:
            end = self.starts[at] if at < len(self.starts) else len(self.text)
            self.sentences[start] = self.text[start:end].strip()
        return self.sentences[start]

    def _keep(self, claim: Claim) -> None:
        self.own.append(claim)
        self.part.found.append(claim)
