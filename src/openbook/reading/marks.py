"""Marks inside a line of text that a reader does not see: bold, tags, entities, images, bullets."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_SPECIAL = re.compile("[*<&\\\\!\u200b\u200c\u200d\u2060\ufeff\u00ad]")
# Bold opens before a word, or before a sign that itself follows a sign or the start: a masked
# name or number (张**、139****0000) is no bold.
_BOLD = re.compile(r"(?<!\*)\*\*(?![\s*])(?:(?=\w)|(?<=^\*\*)|(?<=\W\*\*))[^*]{1,4000}\*\*(?!\*)")
_UNSEEN = re.compile(
    r"<!--(?:(?!<!--|-->).){0,4000}-->"
    r"|</?(?:b|strong|i|em|u|s|del|ins|sub|sup|span|font|center|p|div|br|a|h[1-6])(?:\s[^<>]{0,300})?/?>"
    r"|&(?:nbsp|ensp|emsp|amp|lt|gt|quot|ldquo|rdquo|middot|#\d{1,6}|#x[0-9a-f]{1,5});"
    r"|!\[[^\[\]\n]{0,200}\]\([^()\n]{0,500}\)"
    r"|\\(?=[*_#|~`<>])"
    "|[\u200b\u200c\u200d\u2060\ufeff\u00ad]+",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\s*(?:(?P<hashes>#{1,6})(?:\s+|(?=[^#\s\d]))|[-*+•]\s++(?![\d,.]+%?\s*(?:[-—–]\s*)?$)|>\s++(?!\d))?\s*"
)
_CLOSING_HASHES = re.compile(r"(?<!\s)\s++#+\Z")
_RULE = re.compile(r"\s*(?:(?:[-=]\s?){3,}|(?:\*\s?){3,}|(?:_\s?){3,}|(?:`{3}|~{3})\w*)\s*\Z")


class Run(NamedTuple):
    """The seen text from character `start` on stands at `offset` of the line."""

    start: int
    offset: int


class Seen(NamedTuple):
    """What is seen of a line; `end` is the offset after its last seen character."""

    text: str
    runs: tuple[Run, ...]
    end: int
    comments: tuple[str, ...] = ()


def has_marks(line: str) -> bool:
    return _SPECIAL.search(line) is not None


def is_rule(line: str) -> bool:
    """Whether the line is only a horizontal rule or a code fence."""
    return _RULE.match(line) is not None


def lead(line: str) -> tuple[int, int, int]:
    """Heading level, and where the text begins and ends without leading marks and blanks."""
    match = _LEAD.match(line)
    begin = match.end() if match else 0
    level = len(match["hashes"] or "") if match else 0
    stop = len(line.rstrip())
    if level and (closing := _CLOSING_HASHES.search(line, begin, stop)):
        stop = closing.start()
    return level, begin, max(begin, stop)


def seen(line: str, begin: int = 0, stop: int | None = None) -> Seen:
    """The text of line[begin:stop] without marks and outer blanks, with where its parts stand."""
    if stop is None:
        stop = len(line)
    unseen, comments = _unseen(line, begin, stop)
    parts: list[tuple[str, int]] = []
    at = begin
    for first, after, instead in unseen:
        if first < at:
            continue
        if first > at:
            parts.append((line[at:first], at))
        if instead:
            parts.append((instead, first))
        at = after
    if at < stop:
        parts.append((line[at:stop], at))
    return _assemble(parts, begin, comments)


def _unseen(line: str, begin: int, stop: int) -> tuple[list[tuple[int, int, str]], tuple[str, ...]]:
    found: list[tuple[int, int, str]] = []
    comments: list[str] = []
    for match in _BOLD.finditer(line, begin, stop):
        found.append((match.start(), match.start() + 2, ""))
        found.append((match.end() - 2, match.end(), ""))
    for match in _UNSEEN.finditer(line, begin, stop):
        mark = match[0]
        instead = ""
        if mark[0] == "&":
            instead = html.unescape(mark)
        elif mark[:3].lower() == "<br":
            instead = " "
        elif mark.startswith("<!--"):
            comments.append(mark[4:-3].strip())
        found.append((match.start(), match.end(), instead))
    found.sort()
    return found, tuple(comments)


def _assemble(parts: list[tuple[str, int]], begin: int, comments: tuple[str, ...]) -> Seen:
    while parts and not parts[0][0].strip():
        del parts[0]
    while parts and not parts[-1][0].strip():
        del parts[-1]
    if not parts:
        return Seen("", (Run(0, begin),), begin, comments)
    head, offset = parts[0]
    kept = head.lstrip()
    parts[0] = (kept, offset + len(head) - len(kept))
    tail, offset = parts[-1]
    parts[-1] = (tail.rstrip(), offset)
    runs: list[Run] = []
    length = 0
    for text, offset in parts:
        runs.append(Run(length, offset))
        length += len(text)
    return Seen("".join(text for text, _ in parts), tuple(runs), parts[-1][1] + len(parts[-1][0]), comments)
