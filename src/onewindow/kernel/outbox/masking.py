"""What may be seen of an address without a reason: enough to compare it, too little to use it."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d[\d -]{4,}[\dXx]")
_MAIL = re.compile(r"[^\s@<>:,;]+@[^\s@<>:,;]+")


def hidden(text: str) -> str:
    """Without the numbers and mail addresses that stand in it."""
    return _NUMBER.sub(_hide_number, _MAIL.sub(lambda found: masked_address(found.group()), text))


def masked_address(to: str) -> str:
    """A number with its first three and last four digits, a mail address with one letter."""
    if "@" in to:
        name, _at, host = to.rpartition("@")
        return f"{name[:1]}***@{host}"
    return hidden(to) if _NUMBER.search(to) else f"{to[:1]}***"


def _hide_number(found: re.Match[str]) -> str:
    number = found.group()
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else f"{number[:1]}****"
