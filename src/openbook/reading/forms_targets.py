"""Values of indicators: ``≥ 95 %``, ``不低于 5 次``, ``2023 年底前``, ``稳步提高``."""

from __future__ import annotations

import re
from functools import lru_cache

from openbook.document import Target
from openbook.money import normalize_number
from openbook.source import Place

_BLANK = re.compile(r"[\s\u3000]+")
_OPERATORS = {
    **dict.fromkeys(
        ("≥", "≧", "⩾", "≫", ">=", "＞=", "不低于", "不少于", "不小于", "至少", "大于等于"), ">="
    ),
    # A scanner prints ≪ for ≤; forms have no use for "much less".
    **dict.fromkeys(("≤", "≦", "⩽", "≪", "<=", "＜=", "不超过", "不高于", "不大于", "小于等于"), "<="),
    **dict.fromkeys((">", "＞", "大于", "超过"), ">"),
    **dict.fromkeys(("<", "＜", "小于", "低于"), "<"),
    **dict.fromkeys(("=", "＝", "等于"), "="),
}
_OPERATOR = "|".join(sorted(map(re.escape, _OPERATORS), key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?"
_PLAIN = re.compile(rf"(?P<operator>{_OPERATOR})?(?:达到|达)?(?P<number>{_DIGITS})(?P<unit>[^\d]{{0,12}})\Z")
_INSIDE = re.compile(rf"(?P<operator>{_OPERATOR})(?P<number>{_DIGITS})(?P<unit>%|百分比)?")
_RATE = re.compile(r"[^\d提增加升减降]{1,8}(?P<number>\d{1,3}(?:\.\d{1,4})?)%\Z")
_NUMBERS = re.compile(r"\d+")
_DATE = re.compile(
    r"20\d\d年?|\d{1,2}月(?:\d{1,2}日)?(?:底|末|初|份|前|中旬|上旬|下旬|$)|\d+[./-]\d+[./-]\d+"
)
_BOUND = (("及以上", ">="), ("以上", ">="), ("及以下", "<="), ("以下", "<="), ("以内", "<="), ("之内", "<="))
_SIGNS = str.maketrans("％（）↑．，", "%()个.,")


@lru_cache(maxsize=4096)
def understand(text: str) -> tuple[str | None, int | None, str]:
    """Operator, number scaled by 10**4 and unit; the number is None unless exactly one is stated."""
    if not text or len(text) > 80:
        return None, None, ""
    words = _BLANK.sub("", text).translate(_SIGNS)
    # 2020年底前 and 12月底前 are dates; ≥2000年 or =12月 would be quantities.
    if _DATE.match(words):
        return None, None, ""
    if match := _PLAIN.match(words):
        operator = _OPERATORS.get(match["operator"] or "")
        unit = match["unit"].strip("()")
        for ending, bound in _BOUND:
            if operator is None and unit.endswith(ending):
                operator, unit = bound, unit.removesuffix(ending)
                break
        if unit.endswith(("前", "底", "内完成")):
            return operator, None, ""
        return operator, scaled(match["number"]), unit_of(unit)
    return _embedded(words)


def _embedded(words: str) -> tuple[str | None, int | None, str]:
    """A number within a phrase: 居民参与率不低于100%, 可控性100%."""
    if len(_NUMBERS.findall(words.replace(".", "").replace(",", ""))) != 1:
        return None, None, ""
    if match := _INSIDE.search(words):
        unit = unit_of(match["unit"] or "")
        return _OPERATORS[match["operator"]], scaled(match["number"]), unit or words[match.end() :][:8]
    if match := _RATE.match(words):
        return None, scaled(match["number"]), "%"
    return None, None, ""


def scaled(number: str) -> int:
    whole, _, fraction = normalize_number(number).replace(",", "").partition(".")
    return int(whole + fraction[:4].ljust(4, "0"))


def unit_of(text: str) -> str:
    return "%" if text in ("百分比", "百分点", "%") else text


def target(text: str, place: Place) -> Target:
    operator, number, unit = understand(text)
    return Target(text, place, operator, number, unit)


def looks_like_value(text: str) -> bool:
    """Whether the cell can hardly be the name of an indicator."""
    operator, number, _ = understand(text)
    return number is not None or operator is not None
