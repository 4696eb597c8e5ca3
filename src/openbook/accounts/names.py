"""Names of accounts, compared as a reader would: brackets, blanks and numbering do not count."""

from __future__ import annotations

import re
from functools import lru_cache

_SAME = str.maketrans(
    "（）［］〔〕【】，：；０１２３４５６７８９",
    "()()()()" + ",:;0123456789",
    "\u0020\t\r\n\u00a0\u3000\u200b\ufeff“”\"'‘’「」『』·*",
)
_NUMBERING = re.compile(
    r"(?:[一二三四五六七八九十]{1,4}[、.]|\([一二三四五六七八九十]{1,3}\)|[①-⑳]|\d{1,2}[、.]|其中:)+"
)
_LONGEST = 60  # names of accounts are shorter; anything longer is a paragraph gone astray


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """The name without blanks, quotes and leading numbers, brackets of one kind."""
    text = name[: 4 * _LONGEST].translate(_SAME)
    numbering = _NUMBERING.match(text)
    return text[numbering.end() :] if numbering else text


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """The plain name without the closing 支出 (expenditure), which bureaus add and drop at will."""
    text = plain(name)
    return text[:-2] if len(text) > 3 and text.endswith("支出") else text


@lru_cache(maxsize=2048)
def alike(printed: str, right: str) -> bool:
    """Whether `printed` is `right` cut short, shortened or misspelled, and no other name."""
    one, other = stem(printed), stem(right)
    if one == other:
        return True
    if not one or not other or len(one) > _LONGEST:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) >= 3 and 2 * len(short) >= len(long) and _within(short, long):
        return True
    return _distance(one, other) <= (2 if len(long) >= 8 else 1)


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _distance(one: str, other: str) -> int:
    """Letters to change, add or leave out to turn one name into the other."""
    above = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        line = [number]
        for index, opposite in enumerate(other):
            line.append(min(above[index] + (letter != opposite), above[index + 1] + 1, line[index] + 1))
        above = line
    return above[-1]
