"""Number formats of a workbook: a cell's value as Excel prints it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
_BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-m-d",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-m-d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-", 42: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-",
    44: "#,##0.00;-#,##0.00;-", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 49: "@",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 31: 'yyyy"年"m"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]')
_CURRENCY = re.compile(r"\$([^-\]]*)")
_DATE = re.compile(r"[ymdhse年月日]", re.IGNORECASE)
_NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+")
_PRECISION = 15  # significant digits a workbook keeps
_LONGEST = 40  # characters of a number: more is no amount
_MOST_DECIMALS = 30  # as Excel allows
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_DAY = 2_958_465


class _Section(NamedTuple):
    """One part of a format: what stands before and after the digits, and the digits' shape."""

    before: str
    digits: str | None
    after: str
    percent: bool
    date: bool


def number_format(identity: int, custom: dict[int, str]) -> str:
    """The format code of a format number."""
    return custom.get(identity) or _BUILT_IN.get(identity, GENERAL)


def show(raw: str, code: str, *, from_1904: bool = False) -> str:
    """The number `raw` as printed under a format; what is no number stays as it is."""
    value = _decimal(raw)
    if value is None:
        return raw
    if code in (GENERAL, "@", ""):
        return plain(value)
    sections = parse_format(code)
    section = _choose(sections, value)
    if section.date:
        return _date(value, code, from_1904) or plain(value)
    if section.digits is None:
        return (section.before + section.after).strip()
    return _printed(value, section, signed=len(sections) == 1 or value > 0).strip()


def plain(value: Decimal) -> str:
    """Without exponent, without superfluous zeros."""
    shown = format(value, "f")
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) or "0"


def _decimal(raw: str) -> Decimal | None:
    """The value at the precision a workbook has: 2643.8699999999999 is 2643.87."""
    if not raw or len(raw) > _LONGEST:
        return None
    try:
        value = Context(prec=_PRECISION, rounding=ROUND_HALF_UP).create_decimal(raw)
    except ArithmeticError:  # no number, or an exponent beyond all bounds
        return None
    return value if value.is_finite() and abs(value.adjusted()) < _LONGEST else None


def _choose(sections: tuple[_Section, ...], value: Decimal) -> _Section:
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _printed(value: Decimal, section: _Section, *, signed: bool) -> str:
    digits = section.digits or "0"
    whole, _, fraction = digits.partition(".")
    scale = len(digits) - len(digits.rstrip(","))
    fraction = fraction.rstrip(",")[:_MOST_DECIMALS]
    with localcontext(Context(prec=100, rounding=ROUND_HALF_UP)):
        value = value * 100 if section.percent else value
        value = value.scaleb(-3 * scale).quantize(Decimal(1).scaleb(-len(fraction)))
    minus = "-" if value < 0 and signed else ""
    grouped = "," in whole.rstrip(",")
    left, _, right = format(value.copy_abs(), ",f" if grouped else "f").partition(".")
    left = left.zfill(whole.count("0"))
    if left == "0" and "0" not in whole:
        left = ""
    while right and fraction[len(right) - 1] != "0" and right[-1] == "0":
        right = right[:-1]
    return f"{minus}{section.before}{left}{'.' + right if right else ''}{section.after}"


@lru_cache(maxsize=512)
def parse_format(code: str) -> tuple[_Section, ...]:
    """The sections of a format: for positive numbers, negative ones, zero."""
    parts: list[str] = []
    begin = 0
    quoted = False
    for at, sign in enumerate(code[:500]):
        if sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted:
            parts.append(code[begin:at])
            begin = at + 1
    parts.append(code[begin:500])
    return tuple(_section(part) for part in parts[:3])


def _section(part: str) -> _Section:
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        text = match[1] if match[1] is not None else match[2]
        if text is None:
            currency = _CURRENCY.match(match[3] or "")
            text = currency[1] if currency else ""
        kept.append(text)
        return chr(0xE000 + len(kept) - 1)

    def restore(text: str) -> str:
        return "".join(kept[ord(sign) - 0xE000] if "\ue000" <= sign < end else sign for sign in text)

    bare = _LITERAL.sub(hide, part)
    end = chr(0xE000 + len(kept))
    number = _NUMBER.search(bare)
    if number is None:
        dated = bool(_DATE.search(bare)) and GENERAL.lower() not in bare.lower()
        general = GENERAL.lower() in bare.lower() or "@" in bare
        return _Section("" if general else restore(bare), None, "", percent=False, date=dated)
    before, after = bare[: number.start()], _NUMBER.sub("", bare[number.end() :])
    percent = "%" in bare
    return _Section(restore(before), number[0], restore(after), percent, date=False)


def is_general(code: str) -> bool:
    """Whether numbers print as they are."""
    return GENERAL.lower() in code.lower() or code in ("@", "")


def _date(value: Decimal, code: str, from_1904: bool) -> str | None:
    day = int(value)
    if not 0 <= day <= _LAST_DAY:
        return None
    lower = _LITERAL.sub(lambda match: match[1] or match[2] or "", code).lower()
    seconds = int(((value - day) * 86_400).to_integral_value(ROUND_HALF_UP))
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02}"
    if not re.search(r"[yd年日]", lower):
        return clock if re.search(r"[hs]", lower) else None
    try:
        when = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=day)
    except OverflowError:
        return None
    shown = _day(when, lower)
    return f"{shown} {clock}" if "h" in lower else shown


def _day(when: date, code: str) -> str:
    year, month, day = "y" in code or "e" in code, "m" in code, "d" in code
    if "年" in code or "月" in code:
        parts = ((year, f"{when.year}年"), (month, f"{when.month}月"), (day, f"{when.day}日"))
        return "".join(text for wanted, text in parts if wanted)
    if year and month and not day:
        return f"{when.year}-{when.month:02}"
    return when.isoformat()
