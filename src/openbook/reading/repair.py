"""Safe repairs of a scanned text: how a number is written, never which number it is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_DIGIT = "[0-9０-９]"
_GAP = "[ \u3000\u00a0]*"
_POINT = "[.．]"
_NUMBER = rf"(?<![0-9０-９.．]){_DIGIT}+(?:{_POINT}{_DIGIT}+)*(?:{_GAP}[%％])?"
# In prose a number before ". " may be that of a list item (2. 30万元以上的项目). It is none where
# it is 0 or has three digits, or where the word before it asks for an amount.
_SPLIT = (
    rf"(?:(?<![0-9０-９.．,，])(?:[0０]|{_DIGIT}{{3,}})|(?:(?<=[费款入出加少计额为资共降增占])|(?<=[加少为降增占额计] )){_DIGIT}{{1,2}})"
    rf"(?:{_GAP}{_POINT}{_GAP}){_DIGIT}{{1,2}}(?![0-9０-９.．])(?={_GAP}(?:[万亿]?元|[%％]))(?:{_GAP}[%％])?"
)
_IN_PROSE = re.compile(rf"{_SPLIT}|{_NUMBER}")
_CELL = re.compile(
    rf"[-－+＋]?(?:{_DIGIT}{{1,3}}(?:{_GAP}[,，]{_GAP}{_DIGIT}{{3}})+|{_DIGIT}+)"
    rf"{_GAP}{_POINT}{_GAP}{_DIGIT}{{1,4}}(?:{_GAP}[%％])?"
)
_CANDIDATE = re.compile("[０-９％]|[0-9][．，]|[0-9][,.]?[ \u3000\u00a0]+[0-9.．,，%]")
_BORDER = re.compile(r"[\t|]")
_PLAIN = str.maketrans("０１２３４５６７８９．，％－＋", "0123456789.,%-+", " \u3000\u00a0")


class Change(NamedTuple):
    """What was repaired; line and column count from 1, in the text before the repair."""

    line: int
    column: int
    before: str
    after: str


def repair(text: str) -> tuple[str, list[Change]]:
    """Write numbers in ASCII and without blanks inside them; everything else stays as it is.

    Repairing a repaired text changes nothing.
    """
    changes: list[Change] = []
    if not _CANDIDATE.search(text):
        return text, changes
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if _CANDIDATE.search(line):
            lines[index] = _repair_line(line, index + 1, changes)
    return "\n".join(lines), changes


def _repair_line(line: str, number: int, changes: list[Change]) -> str:
    """The repaired line. In a table row each cell is judged by itself."""
    row = "\t" in line or line.lstrip().startswith("|")
    bounds = (
        [0, *(border.start() + 1 for border in _BORDER.finditer(line)), len(line) + 1]
        if row
        else [0, len(line) + 1]
    )
    parts: list[str] = []
    at = 0
    for begin, after in pairwise(bounds):
        end = after - 1
        for first, last in _numbers(line, begin, end, cell=row):
            before = line[first:last]
            written = before.translate(_PLAIN)
            if written != before:
                changes.append(Change(number, first + 1, before, written))
                parts.extend((line[at:first], written))
                at = last
    parts.append(line[at:])
    return "".join(parts)


def _numbers(line: str, begin: int, end: int, *, cell: bool) -> list[tuple[int, int]]:
    """Where the numbers stand in line[begin:end]; a cell may be one number with blanks in it."""
    if cell:
        bare = line[begin:end]
        first = begin + len(bare) - len(bare.lstrip())
        last = first + len(bare.strip())
        if _CELL.fullmatch(line, first, last):
            return [(first, last)]
    return [match.span() for match in _IN_PROSE.finditer(line, begin, end)]
