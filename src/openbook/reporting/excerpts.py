"""Where a figure stands in its excerpt, and which part of a long line to show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from openbook.findings import Location
from openbook.reporting.terminal import visible, width

BAR = " | "


class Marked(NamedTuple):
    """An excerpt, safe to print, and the characters [start, end) to mark; start == end marks none."""

    text: str
    start: int
    end: int


def mark(location: Location, excerpt: str) -> Marked:
    """Find the figure of a location in its excerpt."""
    start, end = _span(location, excerpt)
    before, figure, after = visible(excerpt[:start]), visible(excerpt[start:end]), visible(excerpt[end:])
    if BAR.strip() in after:  # empty cells at the end of a row say nothing
        after = after.rstrip(" |")
    return Marked(before + figure + after, len(before), len(before) + len(figure))


def _span(location: Location, excerpt: str) -> tuple[int, int]:
    value, column = location.value, location.place.column
    by_column = list(_by_column(location, excerpt))
    for start, end in by_column:
        if excerpt[start:end] == value:
            return start, end
    if value and (found := _nearest(excerpt, value, (column or 1) - 1)) >= 0:
        return found, found + len(value)
    if by_column:
        start, end = by_column[-1]
        if value is None or "*" in excerpt[start:end]:  # masked personal data is not what was printed
            return start, end
    return 0, 0


def _by_column(location: Location, excerpt: str) -> Iterator[tuple[int, int]]:
    """Where the figure is if the excerpt is the line itself, then if it is a row joined by bars."""
    column, end = location.place.column, location.place.end_column
    if column is None or end is None or end <= column:
        return
    length = end - column
    for start in (column - 1, _in_joined_row(excerpt, column - 1)):
        if start + length <= len(excerpt):
            yield start, start + length


def _in_joined_row(excerpt: str, index: int) -> int:
    """The index in a row joined by " | " of what stands at `index` in the tab-separated line."""
    raw = 0
    for position, cell in enumerate(excerpt.split(BAR)):
        if index <= raw + len(cell):
            return index + position * (len(BAR) - 1)
        raw += len(cell) + 1
    return index


def _nearest(excerpt: str, value: str, index: int) -> int:
    best, found = -1, excerpt.find(value)
    while found >= 0:
        if best < 0 or abs(found - index) < abs(best - index):
            best = found
        found = excerpt.find(value, found + 1)
    return best


def window(marked: Marked, columns: int) -> Marked:
    """The part of the excerpt that fits into so many columns, with the figure inside it."""
    text, start, end = marked
    if width(text) <= columns:
        return marked
    first, last = start, min(end, start + columns)
    room = columns - 2 - width(text[first:last])
    while room > 0 and (first > 0 or last < len(text)):
        if first > 0 and (start - first <= 2 * (last - end) or last == len(text)):
            first -= 1
            room -= width(text[first])
        elif last < len(text):
            room -= width(text[last])
            last += 1
    left, right = "…" if first else "", "…" if last < len(text) else ""
    shift = first - len(left)
    return Marked(left + text[first:last] + right, start - shift, min(end, last) - shift)
