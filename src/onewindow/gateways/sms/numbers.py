"""Numbers of mobile phones, and texts as phones show them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from onewindow.kernel.api import GatewayError

_PREFIX = re.compile(r"^(\+|00)?86(?=1\d{10}$)")
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_INVENTED = re.compile(r"000\d{8}", re.ASCII)  # nobody has such a number: for demonstrations and tests
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
ONE, PART = 70, 67  # UCS-2 characters of a text alone, and of each part of one that is joined
MOST_PARTS = 10


def number(to: str, *, invented: bool = False) -> str:
    """Eleven digits. `invented`: numbers beginning with 000 are good as well. Raises GatewayError."""
    digits = _PREFIX.sub("", re.sub(r"[ \-()（）]", "", to))
    if _MOBILE.fullmatch(digits) or (invented and _INVENTED.fullmatch(digits)):
        return digits
    told = _("这不是手机号码，短信发不出去。请向当事人核对联系电话（11位，以1开头）。")
    raise GatewayError("not-a-mobile-number", told, retry=False)


def cleaned(text: str) -> str:
    """Without characters that steer a screen or turn its text around. Raises GatewayError where none is left."""
    plain = _CONTROL.sub(" ", text.replace("\r\n", "\n")).strip()
    if not plain:
        raise GatewayError("empty-text", _("短信没有可显示的文字。"), retry=False)
    if sum(1 for _part in segments(plain)) > MOST_PARTS:
        told = _("短信超过{most}条（每条{part}个字），请缩短。").format(most=MOST_PARTS, part=PART)
        raise GatewayError("text-too-long", told, retry=False)
    return plain


def segments(text: str) -> Iterator[str]:
    """The parts that a network makes of a text; a character beyond UCS-2 counts two and is not torn."""
    if _units(text) <= ONE:
        yield text
        return
    part, used = "", 0
    for character in text:
        size = _units(character)
        if used + size > PART:
            yield part
            part, used = "", 0
        part, used = part + character, used + size
    yield part


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
