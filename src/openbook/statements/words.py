"""Words of statements: titles, column heads and line labels, matched as published.

The words themselves are data (`words.toml`); this module only folds text and looks it up.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

_DROP = dict.fromkeys(map(ord, " \t\r\n\u3000\u00a0\u200b“”\"'‘’「」*#"), None)
_FOLD = {
    **_DROP,
    **{ord(a): b for a, b in zip("（）：，．；０１２３４５６７８９【】", "():,.;0123456789[]", strict=True)},
}
_NUMBERING = re.compile(
    r"(?:其中:?)?(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]{1,4}[、.,]|\d{1,2}[、.,](?!\d)|[①-⑩]|其中:?)"
)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Text without blanks, quotes and emphasis, brackets and digits in ASCII width."""
    return text.translate(_FOLD)


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Folded text without its numbering: ``"一、一般公共服务支出"`` -> ``"一般公共服务支出"``."""
    folded = fold(text)
    match = _NUMBERING.match(folded)
    return folded[match.end() :] if match else folded


class Pattern(NamedTuple):
    """A concept and the words it is published under."""

    key: str
    regex: re.Pattern[str]


class Words(NamedTuple):
    """Compiled vocabulary, in order of precedence."""

    titles: tuple[Pattern, ...]
    columns: dict[str, tuple[Pattern, ...]]  # by statement kind; "" holds for all
    lines: dict[str, tuple[Pattern, ...]]  # revenue, expenditure, three_public


@cache
def words() -> Words:
    raw = tomllib.loads((resources.files("openbook.statements") / "words.toml").read_text("utf-8"))

    def compiled(table: dict[str, str]) -> tuple[Pattern, ...]:
        return tuple(Pattern(key.partition("#")[0], re.compile(regex)) for key, regex in table.items())

    return Words(
        titles=compiled(raw["titles"]),
        columns={kind: compiled(table) for kind, table in raw["columns"].items()},
        lines={side: compiled(table) for side, table in raw["lines"].items()},
    )


_TITLE_LENGTH = 60
_YEAR = re.compile(r"(?<!\d)(20\d\d)年?")
_CONTENTS_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,})\d*$|\d{1,3}$")
_TITLE_END = re.compile(r"表(?:\([^()]*\)|\(续\)|续)*$")
_NO_TITLE = re.compile(r"^(?:备注|说明|注)\d?:|[,。;]")  # a note or a sentence about a statement
_PREFIX = re.compile(
    r"^(?:表[一二三四五六七八九十\d-]+|(?:部门)?预算公开表\d+(?:-\d+)?|附?表?\d+[.、-]?\d*|\d+[.、])"
)


_UNIT_AFTER = re.compile(r"\(?(?:金额)?单位[:：]?(?:人民币)?(?:万元|亿元|元)\)?$")
_MISREAD = {
    "收人": "收入", "支山": "支出", "基木": "基本", "项日": "项目", "顶算": "预算", "预箕": "预算",
    "合汁": "合计", "总汁": "总计", "经贵": "经费", "财攻": "财政", "拔款": "拨款", "结传": "结转",
}  # fmt: skip
_MISREADABLE = re.compile("|".join(_MISREAD))


def clear(text: str) -> str:
    """Words of heads and titles with the letters that scanners take for others put right."""
    return _MISREADABLE.sub(lambda match: _MISREAD[match[0]], text)


def title_kind(text: str) -> tuple[str, int | None] | None:
    """Statement kind and year of a title, or None where the text is no statement title.

    Lines of a table of contents (with a leader or a page number) are no titles.
    """
    if len(text) > _TITLE_LENGTH * 2 or "表" not in text:
        return None
    folded = _UNIT_AFTER.sub("", clear(fold(text)))
    if len(folded) > _TITLE_LENGTH or _CONTENTS_LEADER.search(folded) or not _TITLE_END.search(folded):
        return None
    if _NO_TITLE.search(folded):
        return None
    stripped = _PREFIX.sub("", folded, count=1)
    for key, regex in words().titles:
        if regex.search(stripped):
            if key == "none":
                return None
            year = _YEAR.search(folded) or _YEAR.search(text)  # "表3 2024年…" folds into one number
            return key, int(year[1]) if year else None
    return None


@lru_cache(maxsize=4096)
def column_key(kind: str, *labels: str) -> str | None:
    """Concept of a column from its head; the candidates are tried from the most to the least specific."""
    vocabulary = words().columns
    for label in labels:
        if not label:
            continue
        for table in (vocabulary.get(kind, ()), vocabulary["all"]):
            for key, regex in table:
                if regex.search(label):
                    return key
    return None


@lru_cache(maxsize=4096)
def line_key(side: str, label: str) -> str | None:
    """Concept of a line of a two-sided statement or of the three public expenses."""
    name = clear(bare(label))
    for key, regex in words().lines[side]:
        if regex.fullmatch(name):
            return key
    return None
