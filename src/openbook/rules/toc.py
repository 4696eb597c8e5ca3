"""The table of contents: its entries, the pages they name and where the body begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openbook.document import Document
from openbook.rules.names import plain
from openbook.rules.scan import Line, Scan, scan
from openbook.source import Paragraph

_CACHE = "rules.contents"
_HEADING = re.compile(r"(?:[^。，]{0,30}(?:公开)?目[ 　\t]*录|目[ 　\t]*次)[:：]?[ \t]*\Z")
_ENUMERATOR = re.compile(
    r"[ \t　]*(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|表[一二三四五六七八九十]{1,3}|\d{1,2}[ ]?(?:[．、]|[.](?!\d)|[.](?=20\d\d[ ]?年)))[ \t　]*"
)
_PAGED = re.compile(r"(?P<title>.{2,70}?)(?:[.…·．\-—\s　]{2,}|\t)(?P<page>\d{1,4})\s*\Z")
_LEADERS = re.compile(r"[.…·．]{4,}\s*\Z")
_LATEST_HEADING = 60  # lines into the document
_MOST_CELLS = 3
_MOST_LETTERS = 160
_LONGEST = 160
_MOST_STRANGERS = 12  # watermarks and the like between entries


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: its title without number and page."""

    title: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries, and the character at which the body begins."""

    entries: tuple[Entry, ...]
    end: int


def contents(document: Document) -> Contents | None:
    """The table of contents, None where there is none."""
    if _CACHE not in document.cache:
        document.cache[_CACHE] = _read(scan(document))
    found = document.cache[_CACHE]
    return found if isinstance(found, Contents) else None


def bare(title: str) -> str:
    """The title without its number."""
    while match := _ENUMERATOR.match(title):
        if not match[0] or match.end() == len(title):
            break
        title = title[match.end() :]
    return title.strip()


def _read(text: Scan) -> Contents | None:
    first = _heading(text)
    if first is None:
        return None
    entries: list[Entry] = []
    titles: set[str] = set()
    end = strangers = 0
    paged = False
    for index in range(first + 1, min(first + _LONGEST, len(text))):
        line = text.line(index)
        entry = _entry(line, paged=paged)
        if entry is None:
            if len(line.text) <= _MOST_LETTERS and plain(line.text) in titles:
                break  # the first heading of the body
            strangers += 1
            if strangers > (_MOST_STRANGERS if not entries or entries[-1].page is not None else 0):
                break
            continue
        if entry.page is None and entries and entry.title == entries[0].title:
            break
        strangers = 0
        entries.append(entry)
        titles.add(plain(entry.title))
        paged = paged or entry.page is not None
        end = line.start + len(line.text)
    return Contents(tuple(entries), end) if len(entries) >= 3 else None


def _heading(text: Scan) -> int | None:
    for index in range(min(_LATEST_HEADING, len(text))):
        line = text.line(index)
        if "目" in line.text and len(line.text) <= 40 and _HEADING.match(line.text.strip()):
            return index
    return None


def _entry(line: Line, *, paged: bool) -> Entry | None:
    words = line.text
    if not isinstance(line.unit, Paragraph):
        cells = [cell.text for cell in line.unit if cell.text]
        if len(cells) > _MOST_CELLS:
            return None
        words = "  ".join(cells)
    words = words.strip()
    if not 3 <= len(words) <= _MOST_LETTERS:
        return None
    if words[-1].isdigit() and (match := _PAGED.match(words)):
        title, page = match["title"], int(match["page"])
    elif _LEADERS.search(words) or (not paged and _ENUMERATOR.match(words) and "。" not in words):
        title, page = _LEADERS.sub("", words), None
    else:
        return None
    return Entry(bare(title.strip(" .…·．\t")), page, line.start, line.start + len(line.text))
