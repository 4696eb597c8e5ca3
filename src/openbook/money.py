"""Amounts as integers and the intervals that rounding leaves open.

Every amount is an integer number of *li* (厘, 0.001 yuan): the smallest unit in
which half of the finest printed resolution (1 fen, so 0.5 fen) is still whole.
No float ever stands on the path of money.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

LI_PER_YUAN = 1_000
LI_PER_WAN = 10_000 * LI_PER_YUAN


# li in one unit, and the decimals that published budgets use for it
_UNITS = {"元": (LI_PER_YUAN, 0), "万元": (LI_PER_WAN, 2), "亿元": (10_000 * LI_PER_WAN, 4)}


class Unit(Enum):
    """The unit a table or a sentence states its money in."""

    YUAN = "元"
    WAN = "万元"
    YI = "亿元"

    def __init__(self, word: str) -> None:
        self.li, self.usual_decimals = _UNITS[word]


class Figure(NamedTuple):
    """A printed number: its value in li and half of its printed resolution in li.

    The true amount lies in [value - half, value + half].
    """

    value: int
    half: int


_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－％＋：（）", "0123456789.,-%+:()")
_BLANK_AT_POINT = re.compile(r"[\s\u3000\u00a0]*([.,])[\s\u3000\u00a0]*")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\Z", re.ASCII)
_MOST_DIGITS = 100  # far more than any amount has
_ACCOUNTING_NEGATIVE = re.compile(r"\((\d[\d,.]*)\)\Z")


def normalize_number(text: str) -> str:
    """Full-width digits become ASCII, blanks around a point go: ``"198. 30"`` -> ``"198.30"``.

    Blanks between digits stay: "1 12" is two numbers a scanner put side by side, not 112.
    """
    if not text.isascii():
        text = text.translate(_FULL_WIDTH).replace("−", "-").replace("—", "-")
    text = text.strip()
    return text if " " not in text and "\u3000" not in text else _BLANK_AT_POINT.sub(r"\1", text)


@lru_cache(maxsize=16384)
def parse_decimal(text: str) -> tuple[int, int] | None:
    """Split a printed number into an integer mantissa and its count of decimals.

    ``"1,234.50"`` -> ``(123450, 2)``; anything that is not one number -> ``None``.
    """
    number = text
    if not _NUMBER.match(number):
        number = normalize_number(text)
        if match := _ACCOUNTING_NEGATIVE.match(number):
            number = "-" + match[1]
        if not _NUMBER.match(number):
            return None
    whole, _, fraction = number.replace(",", "").partition(".")
    if len(whole) + len(fraction) > _MOST_DIGITS:
        return None
    return int(whole + fraction), len(fraction)


def parse_amount(text: str, unit: Unit, decimals: int | None = None) -> Figure | None:
    """Read a printed amount; `decimals` is the resolution of its column where it prints fewer.

    Trailing zeros are often trimmed ("198.3" in a column of two decimals), so the
    resolution is the finer of what is printed and what the column or unit uses.
    """
    return _amount(text, unit.li, unit.usual_decimals if decimals is None else decimals)


@lru_cache(maxsize=32768)
def _amount(text: str, li: int, decimals: int) -> Figure | None:
    parsed = parse_decimal(text)
    return _scaled(*parsed, li, decimals) if parsed else None


def scale(mantissa: int, printed: int, unit: Unit, decimals: int | None = None) -> Figure:
    """Turn a mantissa with `printed` decimals in `unit` into li."""
    return _scaled(mantissa, printed, unit.li, unit.usual_decimals if decimals is None else decimals)


def _scaled(mantissa: int, printed: int, li: int, decimals: int) -> Figure:
    resolution = max(printed, decimals)
    step = li // 10**resolution
    if step * 10**resolution != li or step < 2:
        step = 2  # finer than a hundredth of a fen: nothing real is printed so
    value = mantissa * li
    divisor = 10**printed
    return Figure((value + divisor // 2) // divisor if value % divisor else value // divisor, step // 2)


def show(li: int, unit: Unit = Unit.WAN, decimals: int | None = None) -> str:
    """Print li in `unit` with as many decimals as the unit uses, more where the value needs them."""
    places = unit.usual_decimals if decimals is None else decimals
    sign, li = ("-", -li) if li < 0 else ("", li)
    whole, rest = divmod(li, unit.li)
    digits = str(rest).zfill(len(str(unit.li)) - 1)
    shown = digits[:places] + digits[places:].rstrip("0")
    return f"{sign}{whole:,}.{shown}" if shown else f"{sign}{whole:,}"
