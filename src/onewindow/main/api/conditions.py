"""Conditional requests (RFC 9110): the tag of a matter says up to which entry it was seen.

The tag has the number of the last entry, the version of the calendar and the card: with none of them changed, the
answer is the same. For a step only the first matters: that the card has turned is nothing somebody else did.
"""

from __future__ import annotations

import re

from onewindow.kernel.cards import level_of
from onewindow.kernel.models import Matter

_TAG = re.compile(r'"([0-9]{1,9})-[0-9]{1,9}-[0-9]"')
_UNKNOWN = -1


def tag_of(matter: Matter, now_us: int) -> str:
    """The strong ETag of a matter."""
    return f'"{matter.seq}-{matter.calendar}-{level_of(matter, now_us):d}"'


def is_known(tag: str, header: str | None) -> bool:
    """Whether If-None-Match names the tag; W/ before it makes no difference there."""
    if header is None:
        return False
    return header.strip() == "*" or tag in header.replace("W/", "").replace(" ", "").split(",")


def seen_of(header: str | None) -> int | None:
    """The entry up to which somebody who sends If-Match has seen it; None for no condition.

    A tag that is none of ours is one that no state of a matter ever had: -1.
    """
    if header is None or header.strip() == "*":
        return None
    tags = [_TAG.fullmatch(tag.strip()) for tag in header.split(",")]
    return max((int(tag[1]) for tag in tags if tag), default=_UNKNOWN)
