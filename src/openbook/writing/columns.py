"""How much room a text takes, in half-width characters: a figure is one wide, a Chinese sign two."""

from __future__ import annotations

from unicodedata import east_asian_width


def reach(text: str) -> int:
    """Half-width characters of the text on one line."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def lines(text: str, width: int) -> int:
    """Lines the text takes in `width` half-width characters; at least one."""
    return sum(max(1, -(-reach(line) // max(width, 1))) for line in text.split("\n"))
