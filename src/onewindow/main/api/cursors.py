"""Places in lists and in the feed: opaque to who asks, and good only for the list that gave them."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from onewindow.kernel.crypto.sm3 import sm3
from onewindow.main.problems import Fault, Problem

_LONGEST = 400


def written(place: tuple[Any, ...], of: Mapping[str, Any]) -> str:
    """A place (texts and integers) in the list of these conditions, for addresses."""
    content = json.dumps([_mark(of), *place], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(content.encode()).rstrip(b"=").decode()


def read(cursor: str, of: Mapping[str, Any], parts: tuple[type, ...], parameter: str) -> tuple[Any, ...]:
    """The place again, its parts of these types. Raises Problem cursor-invalid."""
    try:
        padded = cursor[:_LONGEST].encode("ascii") + b"=" * (-len(cursor[:_LONGEST]) % 4)
        content = json.loads(base64.b64decode(padded, b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        content = None
    if isinstance(content, list) and len(content) == 1 + len(parts) and content[0] == _mark(of):
        place = tuple(content[1:])
        if all(type(part) is kind for part, kind in zip(place, parts, strict=True)) and _fits(place):
            return place
    raise foreign(parameter)


def foreign(parameter: str) -> Problem:
    """What is said of a place that no list has given."""
    told = _("这个位置不是这个列表给出的；请原样使用上一页的 next，并保持其他条件不变。")
    return Problem("cursor-invalid", told, errors=[Fault("parameter", parameter, "cursor", told)])


def _fits(place: tuple[Any, ...]) -> bool:
    """No text or number in it that the database would choke on."""
    return all(
        0 <= part < 2**63 if isinstance(part, int) else part.isascii() and part.isprintable()
        for part in place
    )


def _mark(of: Mapping[str, Any]) -> str:
    told = json.dumps({name: of[name] for name in sorted(of)}, ensure_ascii=False, default=str)
    return sm3(told.encode("utf-8", "replace")).hex()[:8]
