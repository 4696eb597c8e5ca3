"""Text on a terminal: how wide it stands, what of it is safe to print, how it wraps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

# Control characters, bidirectional overrides, zero-width characters and lone surrogates can hide
# or forge what a reader sees, so they are spelled out.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\uffff]"
)
_BLANKS = str.maketrans("\t\n", "  ")
_NO_START = "，。；：、！？）》」』”’％%…,.;:!?)]}"
_WORD = re.compile(r"[!-~]+|.", re.DOTALL)

_STYLES = {
    "bold": "1", "dim": "2", "red": "1;31", "yellow": "1;33", "blue": "1;34", "cyan": "36", "green": "32",
}  # fmt: skip


def visible(text: str) -> str:
    """The text on one line, with everything that could steer a terminal or a reader spelled out."""
    return _UNSAFE.sub(_spell, text.translate(_BLANKS))


def _spell(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def width(text: str) -> int:
    """Columns that the text takes on a terminal: 2 for a Chinese character, 0 for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with blanks to so many columns."""
    fill = " " * max(0, columns - width(text))
    return fill + text if right else text + fill


def cut(text: str, columns: int) -> str:
    """The text, shortened with … where it is wider than so many columns."""
    if width(text) <= columns:
        return text
    room, kept = columns - 1, 0
    for index, character in enumerate(text):
        kept += _width(character)
        if kept > room:
            return text[:index] + "…"
    return text


def wrap(text: str, columns: int) -> Iterator[str]:
    """Lines of at most so many columns. Chinese breaks anywhere except before closing punctuation."""
    for paragraph in text.split("\n"):
        line, used = "", 0
        for word in _WORD.findall(paragraph):
            size = width(word)
            if used + size > columns and line and word[0] not in _NO_START:
                yield line.rstrip()
                line, used = "", 0
                if word == " ":
                    continue
            line += word
            used += size
        yield line.rstrip()


class Paint:
    """Colours, or none: `paint("red", text)`."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.on and text else text
