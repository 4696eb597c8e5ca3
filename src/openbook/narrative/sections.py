"""Headings and the text below them.

A heading is a line with a number (第一部分, 一、 （一） 1、 （1）), a line the file marks as a
heading, or the title of a page without number. Inside a closed part (glossary, duties,
performance) numbered lines are its text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from openbook.document import Document, Section, Text
from openbook.narrative.vocabulary import Topic, fold, topic_of, topics
from openbook.source import Paragraph, Piece, RawTable, Source

_MARK = re.compile(
    r"[#\s*>-]*(?:(?P<part>第\s*[一二三四五六七八九十]{1,3}\s*(?:部分|章|节))"
    r"|(?P<han>[一二三四五六七八九十]{1,3})\s*[、.．]"
    r"|[（(](?P<paren>[一二三四五六七八九十]{1,3})[）)][、.．]?"
    r"|(?P<digit>\d{1,2})\s*[、.．](?!\d(?!0\d\d\s*年))"
    r"|[（(](?P<inner>\d{1,2})[）)][、.．]?)?[\s*：:、]*"
)
_LEVELS = {"part": 0, "han": 1, "paren": 2, "digit": 3, "inner": 4}
_UNKNOWN_LEVEL = 5
_HAN = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_AMOUNT = re.compile(r"[\d０-９]\s*(?:亿元|万元|元|万|%|％|平方米|个|辆)")
_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,}|\t)\s*(?:</?b>)*\s*\d{0,4}\s*(?:</?b>)*\s*$")
_LEADS = re.compile(r"\.{3}|[…\t]|·{3}")
_MARKUP = re.compile(r"</?[a-z]{1,6}>|\*\*|^#+\s*")
_DEFINITION = re.compile(r"^\s*(?:\*\*)?\s*(?:是指|指|是|反映|包括|纳入)")
_RUN_IN = re.compile(r"[^，,。：:\d（(]{2,24}(?=[。：:])")
_PAGE_NUMBER = re.compile(r"[-—\s第页]*\d{0,4}[-—\s第页]*\Z")
_LONGEST_HEADING = 48
_LONGEST_MARKED = 3 * _LONGEST_HEADING  # with its marks of emphasis
_ENTRY_END = re.compile(r"(?:表|说明|情况|解释|职能|职责|设置|目标|概况|信息)\s*$")
_OWN_NAME = re.compile(r"^(?:部门|单位|本部门|本单位)")
_LONG_LINE = 24
_LONGEST_ENTRY = 400
_OPEN_END = re.compile(r"[\w”\"）)、，,%％]")


class Heading(NamedTuple):
    """A heading: its rank (0 highest), its number, its text and its topic."""

    level: int
    number: int
    title: str
    topic: Topic | None


def _han_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.get(text, 0)
    return 10 * _HAN.get(tens, 1) + _HAN.get(ones, 0)


@lru_cache(maxsize=1024)
def _topic(title: str) -> Topic | None:
    for topic in topics() if _any_topic().search(title) else ():
        if topic.title.search(title):
            return topic
    return None


@cache
def _any_topic() -> re.Pattern[str]:
    return re.compile("|".join(topic.title.pattern for topic in topics()))


def _page_title(title: str) -> Topic | None:
    """A title without number is known by its end: 上海市某区某局主要职能."""
    topic = _topic(title)
    if topic is None or not topic.page:
        return None
    found = list(topic.title.finditer(title))
    return topic if len(title) - found[-1].end() <= 2 else None


def heading_of(paragraph: Paragraph) -> Heading | None:
    """The heading that this paragraph is, if it is one."""
    if len(paragraph.text) > _LONGEST_MARKED:
        return None
    text = paragraph.text
    if "<" in text or "*" in text or "#" in text:
        text = _MARKUP.sub("", text)
    text = text.strip()
    if len(text) > _LONGEST_HEADING or not text or text[-1] in "。；;，,、" or _AMOUNT.search(text):
        return None
    mark = _MARK.match(text)
    kind = mark.lastgroup if mark else None
    title = text[mark.end() :] if mark else text
    if kind is None:
        topic = _page_title(text)
        if topic is None and not paragraph.heading:
            return None
        if topic is None:
            return Heading(_UNKNOWN_LEVEL, 0, text, _topic(text))
        return Heading(0, 0, text, topic)
    group = mark[kind] if mark else ""
    number = int(group) if group.isdigit() else _han_number(group.strip("第部分章节 "))
    return Heading(_LEVELS[kind], number, title, _topic(title))


def _run_in(paragraph: Paragraph) -> Heading | None:
    """A heading followed by its text in one paragraph: 一、机关运行经费情况。某某局……."""
    mark = _MARK.match(paragraph.text)
    if not mark or mark.lastgroup is None:
        return None
    title = _RUN_IN.match(paragraph.text, mark.end())
    if not title or _DEFINITION.match(paragraph.text[title.end() + 1 :]):
        return None
    topic = _topic(title[0])
    if topic is None or topic.page or topic.closed:
        return None
    group = mark[mark.lastgroup]
    number = int(group) if group.isdigit() else _han_number(group.strip("第部分章节 "))
    return Heading(_LEVELS[mark.lastgroup], number, title[0], topic)


class _Outline:
    """The headings that are open at the present place."""

    def __init__(self) -> None:
        self.open: list[Heading] = []

    @property
    def closed(self) -> Heading | None:
        for heading in self.open:
            if heading.topic and heading.topic.closed:
                return heading
        return None

    def ignores(self, heading: Heading) -> bool:
        """Whether a numbered line is text of the closed part that it stands in."""
        closed = self.closed
        if closed is None:
            return False
        if heading.topic is None or heading.topic is closed.topic or heading.level > closed.level:
            return True
        if heading.title.endswith(("：", ":")):
            return True
        return heading.level == closed.level > 0 and not closed.number < heading.number <= closed.number + 2

    def enter(self, heading: Heading) -> Topic | None:
        """Open a heading; its own topic or, without one, that of the part it stands in."""
        while self.open and self.open[-1].level >= heading.level:
            self.open.pop()
        self.open.append(heading)
        if heading.topic:
            return heading.topic
        for outer in reversed(self.open):
            if outer.topic:
                return outer.topic
        return None


class _Contents:
    """The table of contents: every line of it until one of its lines comes again."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.open = False
        self.page: int | None = None

    def takes(self, block: Paragraph, heading: Heading | None) -> bool:
        """Whether this line belongs to the contents."""
        text = block.text
        leads = _LEADS.search(text) if len(text) < _LONGEST_ENTRY and _may_lead(text) else None
        if leads and _LEADER.search(text, leads.start()) and text.strip():
            self.seen.add(_OWN_NAME.sub("", fold(_entry(text))))
            return True
        if heading and heading.topic and heading.topic.key == "contents":
            self.open, self.page = True, block.place().page
            return True
        if not self.open:
            return False
        key = fold(_entry(text))
        if block.place().page != self.page or self._again(key) or len(text) > _LONGEST_HEADING + 12:
            self.open = False
            return False
        mark = _MARK.match(text)
        if not (mark and mark.lastgroup) and not _ENTRY_END.search(text):
            return False
        self.seen.add(_OWN_NAME.sub("", key))
        return True

    def _again(self, key: str) -> bool:
        return any(len(entry) >= 4 and key.endswith(entry) for entry in self.seen)


def _may_lead(text: str) -> bool:
    return "…" in text or "..." in text or "···" in text or "\t" in text


def _entry(text: str) -> str:
    """A line of the contents without its number, leader and page."""
    text = _LEADER.sub("", _MARKUP.sub("", text)).strip(" .…·")
    mark = _MARK.match(text)
    return text[mark.end() :] if mark else text


def _joined(first: Paragraph, second: Paragraph) -> Paragraph:
    """Two halves of a paragraph that a page break has torn apart."""
    shift = len(first.text)
    moved = tuple(Piece(piece.start + shift, piece.place) for piece in second.pieces)
    return Paragraph(first.text + second.text, first.pieces + moved, first.heading)


def _continues(first: Paragraph, second: Paragraph) -> bool:
    if len(first.text) < _LONG_LINE or first.heading or second.heading:
        return False
    mark = _MARK.match(second.text)
    return bool(_OPEN_END.match(first.text.rstrip()[-1:])) and not (mark and mark.lastgroup)


def _add(section: Section, paragraph: Paragraph) -> None:
    if section.paragraphs and _continues(section.paragraphs[-1], paragraph):
        section.paragraphs[-1] = _joined(section.paragraphs[-1], paragraph)
    else:
        section.paragraphs.append(paragraph)


def divide(source: Source, document: Document) -> None:
    """Fill `document.sections` and `document.contents`."""
    outline, contents = _Outline(), _Contents()
    current: Section | None = None
    for block in source.blocks:
        if isinstance(block, RawTable):
            if contents.open:
                _table_of_contents(block, document, contents)
            continue
        if _PAGE_NUMBER.match(block.text):
            continue
        heading = heading_of(block)
        if contents.takes(block, heading):
            document.contents.append(Text(_entry(block.text), block.place()))
            continue
        run_in = None if heading or (outline.closed and not block.heading) else _run_in(block)
        found = heading or run_in
        if found and not outline.ignores(found):
            topic = outline.enter(found)
            current = Section(topic.key if topic else None, found.title, block.place())
            document.sections.append(current)
            if run_in:
                current.paragraphs.append(block)
        elif current is not None:
            _add(current, block)


def _table_of_contents(table: RawTable, document: Document, contents: _Contents) -> None:
    for row in table.rows:
        filled = [cell for cell in row if cell.text.strip()]
        if filled:
            entry = _entry(" ".join(cell.text for cell in filled if not cell.text.strip(". ").isdigit()))
            if entry:
                contents.seen.add(_OWN_NAME.sub("", fold(entry)))
                document.contents.append(Text(entry, filled[0].place))


def silent(section: Section) -> bool:
    """Whether figures of this part are not judged against the statements."""
    topic = topic_of(section.topic)
    return topic is None or topic.silent
