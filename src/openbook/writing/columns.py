"""How much room texts take. Widths in half-width characters: a figure is one wide, a Chinese sign two."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from unicodedata import east_asian_width

from openbook.writing.data_grid import Grid, Placed


@lru_cache(maxsize=4096)
def reach(text: str) -> int:
    """Half-width characters of the text on one line."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def lines(text: str, width: int) -> int:
    """Lines the text takes in `width` half-width characters; at least one."""
    return sum(max(1, -(-reach(line) // max(width, 1))) for line in text.split("\n"))


def row_heights(laid: Grid, needed: Callable[[Placed], int], least: int) -> list[int]:
    """The height of each row; what a cell over several rows still lacks is added to the last of them."""
    heights = [least] * len(laid.rows)
    for placed in (placed for row in laid.rows for placed in row if placed.cell.rowspan == 1):
        heights[placed.row] = max(heights[placed.row], needed(placed))
    for placed in (placed for row in laid.rows for placed in row if placed.cell.rowspan > 1):
        covered = heights[placed.row : placed.row + placed.cell.rowspan]
        heights[placed.row + len(covered) - 1] += max(0, needed(placed) - sum(covered))
    return heights
