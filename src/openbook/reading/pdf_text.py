"""From glyphs to runs, lines and paragraphs, by where they stand.

The line breaks and blanks that pdfium derives are not used: some producers place every
character by itself, and then a whole page comes as one line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from openbook.reading.pdf_raw import Box, Glyphs
from openbook.source import Paragraph, Piece, Place

_IGNORED = frozenset(map(chr, [*range(0x02), *range(0x03, 0x20), 0x7F, 0xAD, 0x200B, 0xFEFF, 0xFFFE]))
_BLANK = frozenset(" \t\r\n\u00a0\u3000") | frozenset(map(chr, range(0x2000, 0x200B))) | _IGNORED
_TIGHT = 0.1  # em: glyphs nearer than this belong to one run
_SKEW = 0.3  # em by which the feet of glyphs of one run may differ
_WORD_GAP = 0.22  # em between Latin letters or digits that makes a blank
_SAME_LINE = 0.45  # of the taller one's height: how far the middles of words of one line may lie apart
_WIDE_GAP = 1.0  # em between Chinese characters: justified lines are spread by less
_RADICAL = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")
_SIMPLIFIED_RADICALS = (
    "⺠民⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)

_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十\d]{1,4}[章节部分条]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[、.．](?!\d)|[①-⑳]|注[:：]|附[件注表]?\d*[:：]"
)
_FINISHED = tuple("。！？；：!?;:”")
_LEADER = re.compile(r"[.·…_．—-]{3}\s?[（(]?\d{0,4}[)）]?\Z|…\s*\d{1,4}\Z")  # line of a table of contents
_TOKEN = re.compile(r"[\x21-\x7e]+")
_PAGE_NUMBER = re.compile(
    r"[-—–－~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，、]?\s*共?\s*\d{1,4}\s*页?)?[-—–－~\s]*|[ivxIVX]{1,6}"
)
MARGIN = 0.09  # share of the page's height at its top and bottom where page numbers stand


class Run(NamedTuple):
    """Neighbouring glyphs first..last-1 of one line without a blank."""

    first: int
    last: int
    left: float
    top: float
    right: float
    bottom: float


class Words(NamedTuple):
    """A piece of text in one line with its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    blank: bool = False  # whether a printed blank stands before it
    first: int = 0  # index of its first glyph


class Row(NamedTuple):
    """A printed line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float  # height of its longest word

    @property
    def box(self) -> Box:
        return (round(self.left, 1), round(self.top, 1), round(self.right, 1), round(self.bottom, 1))


def find_runs(glyphs: Glyphs) -> list[tuple[Run, bool]]:
    """Runs in the order of the stream, each with whether a printed blank stands before it."""
    runs: list[tuple[Run, bool]] = []
    text, lefts, tops, rights, bottoms = glyphs
    first, end, after = -1, 0, 0
    left = top = right = bottom = size = 0.0
    blank = False
    for index, letter in enumerate(text):
        if letter in _BLANK:
            if lefts[index] != rights[index] and letter not in _IGNORED:
                after = index + 1  # the blanks pdfium adds by itself have no width
            continue
        x, y = lefts[index], bottoms[index]
        if first >= 0:
            gap, drop = x - right, y - bottom
            near = after <= first and -size < 2 * gap and gap < _TIGHT * size
            if near and (-_SKEW * size < drop < _SKEW * size or _is_flat(tops[index], y, top, bottom)):
                right, end = rights[index], index + 1
                continue
            runs.append((Run(first, end, left, min(tops[first:end]), right, bottom), blank))
        blank = after > first
        first, end = index, index + 1
        left, top, right, bottom = x, tops[index], rights[index], y
        size = bottom - top
    if first >= 0:
        runs.append((Run(first, end, left, min(tops[first:end]), right, bottom), blank))
    return runs


def _is_flat(top: float, bottom: float, run_top: float, run_bottom: float) -> bool:
    """Whether a box in the middle of a line is that of a dash or 一 without the room around it."""
    return bottom - top < 0.5 * (run_bottom - run_top) and run_top < (top + bottom) / 2 < run_bottom


@cache
def _plain_forms() -> dict[int, str]:
    """Radicals and compatibility forms that fonts without a proper map give for plain characters."""
    table = {ord(a): b for a, b in zip(_SIMPLIFIED_RADICALS[::2], _SIMPLIFIED_RADICALS[1::2], strict=True)}
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


def plain(text: str) -> str:
    """Characters of the same look brought to the usual one; the length stays."""
    if _RADICAL.search(text):
        text = text.translate(_plain_forms())
    return text.replace("\x02", "-") if "\x02" in text else text


def make_rows(words: list[Words]) -> list[Row]:
    """Printed lines, top to bottom, of words in any order."""
    return [_make_row(line) for line in gather_lines(words)]


def gather_lines(words: list[Words]) -> list[list[Words]]:
    """The words of each printed line, top to bottom."""
    if len(words) == 1:
        return [words]
    lines: list[list[Words]] = []
    middle = height = 0.0
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        at, size = (word.top + word.bottom) / 2, word.bottom - word.top
        if not lines or at - middle > _SAME_LINE * max(size, height):
            lines.append([])
            height = 0.0
        if size > height:
            middle, height = at, size
        lines[-1].append(word)
    return lines


def _make_row(line: list[Words]) -> Row:
    if len(line) == 1:
        text, left, top, right, bottom, *_ = line[0]
        return Row(text, left, top, right, bottom, bottom - top)
    line.sort(key=lambda word: word.left)
    parts = [line[0].text]
    before = longest = line[0]
    for word in line[1:]:
        if _apart(before, word):
            parts.append(" ")
        parts.append(word.text)
        before = word
        if len(word.text) > len(longest.text):
            longest = word
    return Row(
        "".join(parts),
        line[0].left,
        min(word.top for word in line),
        max(word.right for word in line),
        max(word.bottom for word in line),
        longest.bottom - longest.top,
    )


def _apart(before: Words, after: Words) -> bool:
    gap = after.left - before.right
    size = max(before.bottom - before.top, after.bottom - after.top)
    if after.blank and gap > _TIGHT * size:
        return True
    latin = before.text[-1].isascii() and after.text[0].isascii()
    return gap > (_WORD_GAP if latin else _WIDE_GAP) * size


def join_lines(texts: Iterable[str]) -> str:
    """Text that wraps: no blank between the lines, except between Latin words."""
    joined = ""
    for text in texts:
        if joined and _needs_blank(joined, text):
            joined += " "
        joined += text
    return joined


def _needs_blank(before: str, after: str) -> bool:
    return before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()


def is_page_number(row: Row, height: float) -> bool:
    edge = height * MARGIN
    return (row.bottom < edge or row.top > height - edge) and bool(_PAGE_NUMBER.fullmatch(row.text))


class ParagraphMaker:
    """Joins printed lines to paragraphs, over the end of a page too."""

    def __init__(self) -> None:
        self.page = 0
        self.right = 0.0
        self.rows: list[tuple[Row, int]] = []

    def start_page(self, page: int, rows: list[Row], width: float) -> None:
        """Take the right margin of a new page from its lines."""
        self.page = page
        widest = max((row.right for row in rows), default=0.0)
        self.right = max(widest, 0.72 * width)

    def add(self, row: Row) -> Paragraph | None:
        """Add a line; gives the paragraph before it if that is complete."""
        if self.rows and self._continues(row):
            self.rows.append((row, self.page))
            return None
        done = self.finish()
        self.rows.append((row, self.page))
        return done

    def finish(self) -> Paragraph | None:
        """The paragraph under way, if there is one."""
        if not self.rows:
            return None
        rows, self.rows = self.rows, []
        text = ""
        pieces = []
        for row, page in rows:
            if text and _needs_blank(text, row.text):
                text += " "
            pieces.append(Piece(len(text), Place(page=page, box=row.box)))
            text += row.text
        return Paragraph(text, tuple(pieces))

    def _continues(self, row: Row) -> bool:
        before, page = self.rows[-1]
        size = before.size
        if abs(row.size - size) > 0.2 * size or _LEADER.search(before.text):
            return False
        if page == self.page and row.top - before.bottom > 1.7 * size:
            return False
        if page != self.page and before.text[-1].isascii() and row.text[0].isascii():
            return False  # a foot of one page and a head of the next
        if before.right + _first_width(row) + 0.9 * size < self.right:
            return False  # there was room for more: the line was ended on purpose
        outdent = self.rows[0][0].left - row.left
        if outdent > size:
            return True
        same = abs(row.left - before.left) <= 0.6 * size
        return same and not before.text.endswith(_FINISHED) and not _NUMBERED.match(row.text)


def _first_width(row: Row) -> float:
    """Width of what cannot be parted from the beginning of the line."""
    token = _TOKEN.match(row.text)
    share = min(token.end() if token else 1, 24) / max(len(row.text), 1)
    return share * (row.right - row.left)
