"""What is shown of a personal value where nobody gave a reason to see it whole. No Django.

    name      one character hidden, the second: 张三 → 张*, 欧阳某某 → 欧*某某; of a name of more than four all but
              the first and the last; of one in Latin letters all but each word's first
    identity  the first six (region) and the last four stay: the day of birth and the order are hidden
    phone     3-4-4: the four in the middle are hidden; of a fixed number all but area code and last two
    address   down to the street or town (街道、镇、乡); where none is named, to the county; else nothing
    birth     the year

Names and credit codes of organisations are public and are not masked.
"""

from __future__ import annotations

import re

HIDDEN = "****"
# Nothing that stands after a figure can be the street: 12号院镇海小区 is somebody's door.
_STREET = re.compile(r"^\D{0,40}?(?:街道|镇|乡|苏木)")
_COUNTY = re.compile(r"^(?:\D{0,30}?(?:自治州|地区|市|盟))?\D{0,20}?(?:区|县|旗|市)")
_LATIN = re.compile(r"(?<=[A-Za-z])[A-Za-z'.-]+")
_LONG_NAME = 4
_LONG = 14  # a resident's number and anything that is as long
_MOBILE = 11


def name(value: str) -> str:
    """张三 → 张*"""
    if value.isascii():
        return _LATIN.sub("***", value)
    if len(value) > _LONG_NAME:
        return value[0] + "*" * (len(value) - 2) + value[-1]
    return value[:1] + "*" + value[2:] if len(value) > 1 else "*" * len(value)


def identity(value: str) -> str:
    """990000********0011; of a shorter number the first and the last two."""
    ahead, after = (6, 4) if len(value) >= _LONG else (1, 2)
    return value[:ahead] + "*" * max(len(value) - ahead - after, 1) + value[-after:]


def phone(value: str) -> str:
    """138****0000"""
    if len(value) == _MOBILE and value.startswith("1"):
        return f"{value[:3]}{HIDDEN}{value[-4:]}"
    return value[:3] + "*" * max(len(value) - 5, 1) + value[-2:]


def address(value: str) -> str:
    """某省某市某区某街道****"""
    found = _STREET.match(value) or _COUNTY.match(value)
    return (found.group(0) if found else "") + HIDDEN


def birth(value: str) -> str:
    """1990-**-**"""
    return f"{value[:4]}-**-**"
