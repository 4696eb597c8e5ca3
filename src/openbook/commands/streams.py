"""What the terminal can show."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import TextIO

PIPED = 100  # columns where there is no terminal
WIDEST = 140


def prepare() -> None:
    """Chinese must come out whatever the locale says; what cannot be printed is spelled out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            plain = (stream.encoding or "").lower() in ("ascii", "ansi_x3.4-1968", "latin-1", "iso-8859-1")
            stream.reconfigure(encoding="utf-8" if plain else None, errors="backslashreplace")


def colour(stream: TextIO) -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int:
    """Columns to fill."""
    if not stream.isatty():
        return PIPED
    return max(40, min(WIDEST, shutil.get_terminal_size().columns))
