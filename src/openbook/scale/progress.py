"""A progress bar on a terminal, one line, no threads and no library."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

Item = TypeVar("Item")

MANY = 5  # fewer than this many need no bar
CELLS = 28
EVERY = 0.1  # seconds between two drawings
CLEAR = "\r\x1b[K"


def progress(
    items: Iterable[Item], total: int, out: TextIO, *, shared: bool, verb: str = "检查"
) -> Iterator[Item]:
    """Pass the items on and draw how far they are; draws nothing where `out` is no terminal.

    `shared` says that the report itself scrolls over the same terminal: the bar then makes room.
    """
    if total < MANY or not out.isatty():
        yield from items
        return
    start = drawn = time.monotonic()
    _show(out, bar(0, total, 0.0, verb))
    try:
        for count, item in enumerate(items, 1):
            if shared:
                _show(out, "")
            yield item
            now = time.monotonic()
            if shared or now - drawn >= EVERY:
                _show(out, bar(count, total, now - start, verb))
                drawn = now
    finally:
        _show(out, "")


def bar(count: int, total: int, seconds: float, verb: str = "检查") -> str:
    """检查 ━━━━──── 12/40，还要约 3 秒."""
    if shutil.get_terminal_size().columns < CELLS + 40:
        return f"{count}/{total}"
    filled = CELLS * count // total
    line = f"{verb} {'━' * filled}{'─' * (CELLS - filled)} {count}/{total}"
    return f"{line}，还要约 {seconds * (total - count) / count:.0f} 秒" if count else line


def _show(out: TextIO, line: str) -> None:
    out.write(CLEAR + line)
    out.flush()
