"""A last net under the logs: digits that look like an identity number or a phone are not written.

Nothing personal is meant to reach a log in the first place. What does all the same, in somebody's exception
or another library's message, loses its digits here.
"""

from __future__ import annotations

import re
from typing import Any

MASK = "•••"
_DIGITS = 11  # an identity number has 18 or 15, a phone with its area code 11; a date with its hour has 10
# Runs of digits as people write them, with single spaces or hyphens between; any script's digits.
_RUN = re.compile(r"\d(?:[ \-\u2010-\u2015\uff0d\u00a0\u3000]?\d)+[XxＸｘ]?")
_MOST = 8  # deeper than any log line; what is below is not written


def masked(value: Any, depth: int = 0) -> Any:
    """The same value with long runs of digits masked, in every text and number within it."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return _RUN.sub(_shorter, value)
    if isinstance(value, int):
        return value if abs(value) < 10 ** (_DIGITS - 1) else MASK
    if isinstance(value, float):
        return value if abs(value) < 10 ** (_DIGITS - 1) else MASK
    if depth == _MOST:
        return MASK
    if isinstance(value, dict):
        return {masked(str(key)): masked(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [masked(one, depth + 1) for one in value]
    return masked(str(value), depth + 1)


def _shorter(found: re.Match[str]) -> str:
    text = found.group()
    return MASK if sum(one.isdigit() for one in text) >= _DIGITS else text
