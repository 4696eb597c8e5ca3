"""The fonts that OpenBook carries, so that every machine sets the same page.

Noto Serif CJK SC for text and figures, Noto Sans CJK SC Bold for headings: GB 2312, the
通用规范汉字表 and common signs. Made by `scripts/make_fonts.py`; under the SIL Open Font License (OFL.txt).
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
# Widths in em of what is not one em wide, a little more than they are.
_NARROW = {"0123456789": 0.6, ",.:;'!|()[]{}-ijlIft ": 0.4, "%mwMW@": 0.95}
_WIDTHS = {letter: width for letters, width in _NARROW.items() for letter in letters}
_LATIN = 0.7


def folder() -> Path:
    """Where the font files are."""
    return Path(str(resources.files(__name__)))


@cache
def for_typst(*, installed: bool = False) -> Any:
    """The fonts as Typst takes them; with those of the machine behind them where asked for."""
    import typst

    return typst.Fonts(
        include_system_fonts=installed, include_embedded_fonts=False, font_paths=[str(folder())]
    )


@cache
def covered() -> frozenset[str]:
    """The characters that both fonts have."""
    text = resources.files(__name__).joinpath("coverage.json").read_text(encoding="utf-8")
    return frozenset(json.loads(text)["characters"])


def plain(text: str) -> str:
    """The text without what leaves no mark on paper: controls, signs of direction, halves of pairs.

    Line ends stay, as "\\n"; tabs become blanks. Non-characters go too: some programs die of them.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter == "\n" or not _is_unseen(letter))


def missing(text: str) -> str:
    """Characters of the text that the fonts lack, each once, as they first come.

    What leaves no mark on paper (line ends, controls) is never missing.
    """
    absent = dict.fromkeys(text)
    have = covered()
    return "".join(letter for letter in absent if letter not in have and not _is_unseen(letter))


def _is_unseen(letter: str) -> bool:
    code = ord(letter)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return True
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def width(text: str) -> float:
    """About how wide the text is, in em; rather too much than too little."""
    return sum(_WIDTHS.get(letter, _LATIN if letter < "\u2000" else 1.0) for letter in text)
