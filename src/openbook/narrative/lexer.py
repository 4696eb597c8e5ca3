"""The words and figures of a paragraph that carry meaning, in one pass.

Brackets without a figure (出国（境）费, （上一年度，下同）) are part of the words around them.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

_NUMBER = (
    r"(?<![\d.．])[-－−]?(?:\d{1,3}(?:[,，]\d{3}){1,5}(?![\d,])|\d{1,3}(?:[,，] ?\d{3}){1,5}(?= ?[.．] ?\d)"
    r"|\d{1,18}(?!\d))(?:[ \u3000]?[.．][ \u3000]?\d+)?"
)
_UNIT = (
    r"\s*(?:(?P<money>亿元|万元|元|万(?=[，,。；;、）)]|\s*$))(?![/／])|(?P<percent>[%％])"
    r"|(?P<area>平方米|㎡)|(?P<count>个|项|辆|台|套|家|人|名|件|批))"
)
_YEAR = r"(?:20\d\d\s*年(?:度)?|上一?年度?|去年)"
_FIRST = r"[\d\-－−比较与同和跟上去今本当持相一无没未保增提减下降变净主具原是系由因其包用分压占（()）。！!；;，,：:、]"
_TOKEN = re.compile(
    rf"(?={_FIRST})(?:(?P<number>{_NUMBER}){_UNIT}"
    rf"|(?P<compare>(?:比|较|与|同|和|跟)\s*{_YEAR}|同比|较上年|比上年)"
    r"|(?P<year>20\d\d)\s*年"
    r"|(?P<last>(?:上一?年|去年)(?!度?(?:财政拨款|预算)?(?:结转|结余)|末|底|的?\s*\d[\d.]*\s*(?:倍|[%％])))"
    r"|(?P<this>今年|本年度?(?!预算|收入|支出|部门)|当年(?!预算|拨款|支出|收入|财政))"
    r"|(?P<flat>持平|相同|一致|(?:无|没有|未发生)(?:增减)?变[化动]|无增减|保持不变)"
    r"|(?P<cause>(?:(?:增长|增加|上升|提高|减少|下降|降低|变动|变化|增减)\s*的?)?(?:主要|具体)?原因(?:主要)?(?:是因为|是由于|是|为|在于|：|:)[:：]?"
    r"|主要(?:是因为|是由于|是|为|系|由于)[:：]?|(?:是|系)?由于|是因为)"
    r"|(?P<list>(?:其中|主要包括|包括|主要用于(?:以下方面)?|用于(?![^，。；、\s]{2,12}的彩票公益金)|分别(?:是|为))\s*[:：]?)"
    r"|(?P<up>增加|增长|上升|提高|增幅|净增|增(?=\s*\d)(?<=[年比数算，,；;]增))"
    r"|(?P<down>减少|下降|降低|压减|减幅|降幅|净减|[减降](?=\s*\d)(?<=[年比数算，,；;][减降]))"
    r"|(?P<share>占)"
    r"|(?P<open>[（(])|(?P<close>[）)])"
    r"|(?P<stop>[。！!])|(?P<semicolon>[；;])|(?P<comma>[，,：:]|(?<!财政拨款收)、))"
)
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
_FIGURE = re.compile(r"\d\s*(?:万|元|亿|%|％|平方米|个|辆|台)")
_ITEM_END = re.compile(r"\s*[（(]项[）)]\s*[”\"]?")
_ITEM_EDGE = re.compile(r"[“”\"，,。；;：:、\d.．]|[（(]项[）)]")  # no name of an item goes beyond
# Names hold marks too: 法院（款）“两庭”建设（项）, 抚恤（款）在乡复员、退伍军人生活补助（项）.
_BELOW = re.compile(r"(?<=[类款][）)])[^，,。；;：:\d]{2,80}\Z")
_LEVEL = re.compile(r"\s*[（(]([类款])[）)]\s*")
_SHORTEST_NAME, _LONGEST_NAME = 2, 40
_MOST_TOKENS = 5_000  # far more than any real paragraph has
WORTH_READING = re.compile(
    r"\d\s*(?:亿|万|元|%|％|平方米|个|项|辆|台)|持平|相同|无(?:增减)?变|没有变|主要包括|原因"
)


class Token(NamedTuple):
    """A meaningful piece of a paragraph. `unit` is set for numbers: money, percent, area, count."""

    kind: str
    text: str
    start: int
    end: int
    unit: str = ""
    number: str = ""


class Item(NamedTuple):
    """A functional item written out: 某类（类）某款（款）某项（项）."""

    names: tuple[str | None, str | None, str]
    start: int
    end: int


def _plain_brackets(text: str) -> list[tuple[int, int]]:
    """Brackets that hold no figure."""
    if "（" not in text and "(" not in text:
        return []
    return [found.span() for found in _BRACKET.finditer(text) if not _FIGURE.search(found[0])]


def tokens(text: str) -> list[Token]:
    """All tokens of a paragraph in order."""
    hidden = _plain_brackets(text)
    found: list[Token] = []
    position = 0
    for match in islice(_TOKEN.finditer(text), _MOST_TOKENS):
        start, end = match.span()
        while position < len(hidden) and hidden[position][1] <= start:
            position += 1
        if position < len(hidden) and hidden[position][0] <= start:
            continue
        kind = match.lastgroup or ""
        if match["number"] is None:
            found.append(Token(kind, match[0], start, end))
        else:
            found.append(Token("number", match[0], start, end, kind, match["number"]))
    return found


def items(text: str) -> list[Item]:
    """Functional items of the paragraph that are written out to the lowest level."""
    if "项）" not in text and "项)" not in text:
        return []
    return [item for end in _ITEM_END.finditer(text) if (item := _item(text, end)) is not None]


def _item(text: str, end: re.Match[str]) -> Item | None:
    """The item whose name ends there: 某类（类）某款（款）某项（项）, as far as it is written out."""
    before = text[max(0, end.start() - 3 * _LONGEST_NAME) : end.start()]
    below = _BELOW.search(before)
    upper = before[: below.start()] if below else before
    words = before[len(upper) - len(_ITEM_EDGE.split(upper)[-1]) :].lstrip()
    found: dict[str, str] = {}
    rest, start = words, 0
    for level in _LEVEL.finditer(words):
        found[level[1]] = words[start : level.start()]
        rest, start = words[level.end() :], level.end()
    if not _SHORTEST_NAME <= len(rest) <= _LONGEST_NAME:
        return None
    return Item((found.get("类"), found.get("款"), rest), end.start() - len(words), end.end())
