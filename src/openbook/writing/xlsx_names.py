"""Names of sheets: short, allowed by Excel, no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from openbook.disclosure import Table
from openbook.writing.printable import printable

_LONGEST = 31  # UTF-16 units
_YEAR = re.compile(r"\d{4}年度?")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\s]+")
_RESERVED = ("history",)


def subject(table: Table) -> str:
    """The project a performance form is about: forms often bear one title."""
    for row in table.rows:
        for cell, following in pairwise(row):
            if "".join(cell.text.split()) == "项目名称":
                return following.text
    return ""


def sheet_names(titles: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A name for each title, without its year; repeated ones are counted: "绩效目标表", "绩效目标表(2)"."""
    used = {*_RESERVED, *(name.casefold() for name in taken)}
    names = []
    for title in titles:
        plain = _plain(title)
        name, count = _cut(plain, _LONGEST), 1
        while name.casefold() in used:
            count += 1
            mark = f"({count})"
            name = _cut(plain, _LONGEST - len(mark)) + mark
        used.add(name.casefold())
        names.append(name)
    return names


def _plain(title: str) -> str:
    text = _FORBIDDEN.sub(" ", printable(title)).strip(" '")
    return _YEAR.sub("", text, count=1).strip(" '") or text or "表"


def _cut(name: str, longest: int) -> str:
    while len(name.encode("utf-16-le")) // 2 > longest:
        name = name[:-1]
    return name.rstrip(" '")
