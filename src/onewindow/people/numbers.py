"""Numbers of persons and organisations: their one form, and whether they can be right. No Django.

A resident's number (GB 11643-1999) is 17 digits (region, day of birth, order) and a check character (ISO 7064
MOD 11-2). Regions are renamed and merged, and the number keeps the old one for life: a region that the list
does not know is a warning, never a refusal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum import numdb
from stdnum.cn import ric, uscc

_RESIDENT = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_OTHER = re.compile(r"[0-9A-Z]{5,20}", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0\d{2,3}\d{7,8}", re.ASCII)
# The library wants digits in the first two places; the standard has letters there (N2: 农村集体经济组织).
_CREDIT = re.compile(r"[1-9ANY][1-9A-G]\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FIRST_YEAR = 1890
_SHORT_FORM = 15  # numbers of this length were given out until 1999 and hold no more


class Wrong(ValueError):
    """A number that cannot be right; the message is for people and says how to mend it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A number in its one form, what it tells, and what is odd about it."""

    number: str
    born: date | None = None
    warnings: tuple[str, ...] = ()


def one_form(text: str) -> str:
    """Full width to half, capitals, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def resident(text: str, today: date) -> Checked:
    """A resident's identity number (公民身份号码), with the day of birth. Raises Wrong."""
    number = one_form(text)
    if len(number) == _SHORT_FORM and number.isdigit():
        raise Wrong("15位身份证号码已停止使用，请填写居民身份证上的18位号码。")
    if not _RESIDENT.fullmatch(number):
        raise Wrong(f"居民身份证号码应为18位：17位数字加1位数字或X，现有{len(number)}位，请对照证件核对。")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Wrong("居民身份证号码第7至14位不是有效的出生日期，请对照证件核对。") from None
    if not date(_FIRST_YEAR, 1, 1) <= born <= today:
        raise Wrong(f"居民身份证号码中的出生日期{born}不可能，请对照证件核对。")
    if number[-1] != ric.calc_check_digit(number):
        raise Wrong("居民身份证号码的校验位不符，通常是有一位写错，请对照证件逐位核对。")
    known = any(properties for _part, properties in numdb.get("cn/loc").info(number[:6]))
    odd = () if known else (f"身份证号码前6位“{number[:6]}”不在行政区划表中，请核对证件。",)
    return Checked(number, born, odd)


def other_document(text: str) -> Checked:
    """The number of a passport or permit. Raises Wrong."""
    number = one_form(text)
    if not _OTHER.fullmatch(number):
        raise Wrong("证件号码应为5至20位字母和数字，请对照证件核对。")
    return Checked(number)


def credit_code(text: str) -> Checked:
    """A unified social credit code (统一社会信用代码, GB 32100-2015). Raises Wrong."""
    code = one_form(text).replace("-", "")
    if not _CREDIT.fullmatch(code):
        raise Wrong("统一社会信用代码应为18位数字和大写字母（没有I、O、S、V、Z），请对照证照核对。")
    if code[-1] != uscc.calc_check_digit(code):
        raise Wrong("统一社会信用代码的校验位不符，通常是有一位写错，请对照证照逐位核对。")
    odd = () if _organisation_fits(code[8:17]) else ("代码中的组织机构代码校验位不符，请核对证照。",)
    return Checked(code, None, odd)


def _organisation_fits(code: str) -> bool:
    """GB 11714: eight characters and a check character, X for ten."""
    total = sum(int(one, 36) * weight for one, weight in zip(code, _ORGANISATION_WEIGHTS, strict=False))
    return code[-1] == "0123456789X0"[11 - total % 11]


def phone(text: str) -> str:
    """A mobile or fixed number within the country, digits alone. Raises Wrong."""
    number = one_form(text).replace("-", "").replace("(", "").replace(")", "")
    number = number.removeprefix("+86").removeprefix("0086")
    if not _MOBILE.fullmatch(number) and not _LANDLINE.fullmatch(number):
        raise Wrong("联系电话应为11位手机号码，或者带区号的固定电话，如 0371-00000000。")
    return number


def under_fourteen(born: date, today: date) -> bool:
    """Whether his data are those of a minor whom the law protects most (个人信息保护法 第二十八条).

    A year of life is full on the day after the birthday.
    """
    try:
        fourteenth = born.replace(year=born.year + 14)
    except ValueError:
        fourteenth = date(born.year + 14, 3, 1)
    return today <= fourteenth
