"""Amounts as integers and the intervals that rounding leaves open.

Every amount is an integer number of *li* (厘, 0.001 yuan): the smallest unit in
which half of the finest printed resolution (1 fen, so 0.5 fen) is still whole.
No float ever stands on the path of money.
"""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

LI_PER_YUAN = 1_000
LI_PER_WAN = 10_000 * LI_PER_YUAN


class Unit(Enum):
    """The unit a table or a sentence states its money in."""

    YUAN = "元"
    WAN = "万元"
    YI = "亿元"

    @property
    def li(self) -> int:
        """Number of li in one of this unit."""
        return _LI[self]

    @property
    def usual_decimals(self) -> int:
        """Decimals that published budgets use for this unit."""
        return _DECIMALS[self]


_LI = {Unit.YUAN: LI_PER_YUAN, Unit.WAN: LI_PER_WAN, Unit.YI: 10_000 * LI_PER_WAN}
_DECIMALS = {Unit.YUAN: 0, Unit.WAN: 2, Unit.YI: 4}


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
    parsed = parse_decimal(text)
    if parsed is None:
        return None
    mantissa, printed = parsed
    return scale(mantissa, printed, unit, decimals)


def scale(mantissa: int, printed: int, unit: Unit, decimals: int | None = None) -> Figure:
    """Turn a mantissa with `printed` decimals in `unit` into li."""
    resolution = max(printed, unit.usual_decimals if decimals is None else decimals)
    step = unit.li // 10**resolution
    if step * 10**resolution != unit.li or step < 2:
        step = 2  # finer than a hundredth of a fen: nothing real is printed so
    value = mantissa * unit.li
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
