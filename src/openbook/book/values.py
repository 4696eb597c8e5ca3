"""From the text of a cell to a value, by the kind of its field; or what is wrong with it and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from openbook.accounts import Account, Classification, classification
from openbook.book.tables import Field
from openbook.book.topics import BY_NAME, TOPICS
from openbook.money import normalize_number, parse_decimal

MOST_FEN = 9 * 10**15  # ninety trillion yuan; larger integers are not exact in JSON
_MOST_CHARACTERS = 20_000
# Control characters, marks without width or that turn the direction of reading: they hide, split or reverse words.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_UNITS_OF_MONEY = re.compile(r"(?:￥|¥|RMB|人民币)|(?:亿|千万|百万|万|千)?元?\s*\Z")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_QUOTES = re.compile(r"[\s“”\"'‘’「」]")
_FOLD = str.maketrans("（）", "()")


class Wrong(Exception):
    """The text is no value of its field."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.code, self.message, self.mend = code, message, mend


@dataclass(slots=True)
class Known:
    """What names and codes of a book may refer to. `projects`: code -> name."""

    year: int = 0
    units: set[str] = field(default_factory=set)
    projects: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)

    @property
    def classification(self) -> Classification:
        return classification(self.year or None)

    def has(self, code: str, lookup: Callable[[str], Account | None]) -> bool:
        return code in self.accounts or lookup(code) is not None


def value_of(text: str, of: Field, known: Known) -> str | int:
    """The typed value: money in fen, counts as integers, choices by key. Raises `Wrong`."""
    return _KINDS[of.kind](text, of, known)


def tidy(text: str) -> str:
    """A text as it is kept: plain line ends, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(text: str, of: Field, _: Known) -> str:
    if len(text) > _MOST_CHARACTERS:
        raise Wrong("BK216", f"“{of.head}”超过 {_MOST_CHARACTERS} 字。", "请删减。")
    if found := _HIDDEN.search(text):
        place = found.start() + 1
        raise Wrong(
            "BK216", f"第 {place} 个字符看不见，不能公开。", "多半是从别处粘贴带来的，请重新输入这段文字。"
        )
    return text


def _money(text: str, of: Field, _: Known) -> int:
    number = parse_decimal(text)
    if number is None:
        shown = text[:20]
        if re.search(r"[万亿千]", text):
            raise Wrong("BK202", f"“{shown}”不是金额。", "这一栏的单位是元，请换算成元，只写数字。")
        if _UNITS_OF_MONEY.sub("", text) != text:
            raise Wrong("BK202", f"“{shown}”不是金额。", "请去掉“元”等字样，只写数字；这一栏的单位就是元。")
        raise Wrong("BK202", f"“{shown}”不是金额。", f"“{of.head}”只写数字，单位是元，如 1234.5。")
    mantissa, decimals = number
    while decimals > 2 and mantissa % 10 == 0:
        mantissa, decimals = mantissa // 10, decimals - 1
    if decimals > 2:
        raise Wrong("BK203", f"“{text[:20]}”的小数超过两位。", "金额到分为止，请核对后改正。")
    fen: int = mantissa * 10 ** (2 - decimals)
    if fen < 0:
        raise Wrong("BK204", f"“{text[:20]}”是负数。", "请核对；要冲减的，改小原来那一行。")
    if fen > MOST_FEN:
        raise Wrong("BK202", f"“{text[:20]}”太大，不像金额。", "请核对，单位是元。")
    return fen


def _count(text: str, of: Field, _: Known) -> int:
    digits = normalize_number(text)
    if not re.fullmatch(r"\d{1,9}", digits, re.ASCII):
        raise Wrong("BK211", f"“{text[:20]}”不是整数。", f"“{of.head}”只写数字，如 12。")
    return int(digits)


def _code(text: str, of: Field, known: Known) -> str:
    code = normalize_number(text)
    if not re.fullmatch(r"\d{3}(\d\d){0,2}", code, re.ASCII):
        raise Wrong("BK213", f"“{text[:20]}”不是科目编码。", "科目编码是 3、5 或 7 位数字。")
    if of.key == "account" and not (code.startswith("1") and known.has(code, known.classification.revenue)):
        mend = "请核对编码；没有写错的，在补充科目里加上它的编码和名称。"
        raise Wrong("BK214", f"收入分类科目里没有“{code}”。", mend)
    return code


def _date(text: str, *_: object) -> str:
    found = _DAY.match(text)
    try:
        if found:
            return date(*map(int, found.groups())).isoformat()
    except ValueError:
        raise Wrong("BK212", f"没有“{text[:20]}”这一天。", "请核对。") from None
    raise Wrong("BK212", f"“{text[:20]}”不是日期。", "请写成 2024-01-19 的样子。")


def _choice(text: str, of: Field, _: Known) -> str:
    choices = of.choices or {}
    plain = _plain(text)
    for key, word in choices.items():
        if text == key or plain == _plain(word):
            return key
    mend = _meant(text, choices.values()) or f"请从中选一个：{'、'.join(choices.values())}。"
    raise Wrong("BK205", f"没有“{text[:20]}”这个{of.head}。", mend)


def _unit(text: str, _: Field, known: Known) -> str:
    if text in known.units:
        return text
    mend = _meant(text, sorted(known.units)) or "请先在单位表里加上它，名称要完全一样。"
    raise Wrong("BK206", f"单位表里没有“{text[:40]}”。", mend)


def _project(text: str, _: Field, known: Known) -> str:
    if text in known.projects:
        return text
    codes = [code for code, name in known.projects.items() if name == text]
    if codes:
        raise Wrong("BK207", "这里写了项目名称。", f"请写它的项目编码：{codes[0]}。")
    mend = _meant(text, list(known.projects)) or "请先加上这个项目，或改正编码。"
    raise Wrong("BK207", f"没有编码为“{text[:40]}”的项目。", mend)


def _topic(text: str, _: Field, known: Known) -> str:
    plain = _plain(text)
    for key, name in TOPICS.items():
        if text == key or plain == _plain(name):
            return key
    code = normalize_number(text)
    if re.fullmatch(r"\d{7}", code, re.ASCII):
        years = (known.classification, classification(known.year - 1 if known.year else None))
        if any(known.has(code, year.functional) for year in years):
            return code
        raise Wrong(
            "BK208", f"不认识功能科目“{code}”。", "请核对；没有写错的，在补充科目里加上它的编码和名称。"
        )
    mend = _meant(text, BY_NAME) or f"请写 7 位功能科目，或者其中一个：{'、'.join(BY_NAME)}。"
    raise Wrong("BK208", f"没有“{text[:20]}”这个事项。", mend)


def _function(text: str, _: Field, known: Known) -> str:
    return _account(text, known, "BK209", "支出功能分类", 7)


def _economic(text: str, _: Field, known: Known) -> str:
    return _account(text, known, "BK210", "部门预算支出经济分类", 5)


def _account(text: str, known: Known, fault: str, which: str, digits: int) -> str:
    code = normalize_number(text)
    first = "2" if digits == 7 else "3"
    if not re.fullmatch(rf"{first}\d{{{digits - 1}}}", code, re.ASCII):
        mend = f"请写{which}{'的项' if digits == 7 else '的款'}，{digits} 位数字，{first} 开头。"
        raise Wrong(fault, f"“{text[:20]}”不是{which}科目的编码。", mend)
    year = known.classification
    lookup = year.functional if digits == 7 else year.departmental
    for length in range(3, digits + 1, 2):
        part = code[:length]
        if not known.has(part, lookup):
            why = f"“{part}”在 {known.year} 年的科目里没有" if year.lapsed(part) else f"科目表里没有“{part}”"
            mend = "请核对编码；没有写错的，在补充科目里加上它的编码和名称。"
            raise Wrong(fault, f"{which}：{why}。", mend)
    return code


def _plain(word: str) -> str:
    return _QUOTES.sub("", word).translate(_FOLD)


def _meant(text: str, words: Iterable[str]) -> str:
    near = get_close_matches(text[:60], words, 1, 0.7)
    return f"是不是“{near[0]}”？" if near else ""


_KINDS: dict[str, Callable[[str, Field, Known], str | int]] = {
    "text": _text,
    "money": _money,
    "count": _count,
    "code": _code,
    "date": _date,
    "choice": _choice,
    "unit": _unit,
    "project": _project,
    "topic": _topic,
    "function": _function,
    "economic": _economic,
}
