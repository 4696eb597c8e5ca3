"""Part rows that no line parts: tables whose lines run down between columns, but not between rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from openbook.reading.pdf_grid import Grid, Slot
from openbook.reading.pdf_table import Content
from openbook.reading.pdf_text import Row, Words, make_rows

# An amount that is whole: a long one that wraps leaves no such thing in each of its lines.
_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d{2}")


def split_rows(grid: Grid, content: Content) -> tuple[Grid, Content]:
    """The grid with a row for each line of amounts, where two columns agree where those lines stand."""
    cuts = [_cuts(grid, content, row) for row in range(len(grid.owner))]
    if not any(cuts):
        return grid, content
    return _rebuild(grid, content, cuts)


def _cuts(grid: Grid, content: Content, row: int) -> list[float]:
    """Where the row is to be parted; nowhere unless all that stands in it agrees."""
    owners = set(grid.owner[row])
    if any(grid.slots[owner].down > 1 for owner in owners):
        return []
    filled = [content[owner] for owner in owners if owner in content]
    if sum(_is_tall(words) for words in filled) < 2:
        return []
    cells = [make_rows(words) for words in filled]
    amounts = [lines for lines in cells if len(lines) > 1 and _are_amounts(lines)]
    if len(amounts) < 2:
        return []
    middles = [_middle(line) for line in max(amounts, key=len)]
    aligned = all(_fits(line, middles) for lines in cells for line in lines)
    return [(a + b) / 2 for a, b in pairwise(middles)] if aligned else []


def _is_tall(words: list[Words]) -> bool:
    first = words[0]
    return any(abs(word.top - first.top) > 0.8 * (first.bottom - first.top) for word in words)


def _are_amounts(lines: list[Row]) -> bool:
    return all(_AMOUNT.fullmatch(line.text) for line in lines)


def _middle(line: Row | Words) -> float:
    return (line.top + line.bottom) / 2


def _fits(line: Row, middles: list[float]) -> bool:
    return min(abs(_middle(line) - middle) for middle in middles) < 0.3 * line.size


def _rebuild(grid: Grid, content: Content, cuts: list[list[float]]) -> tuple[Grid, Content]:
    ys: list[float] = []
    begins: list[int] = []  # the new number of each old row
    for top, inner in zip(grid.ys, cuts, strict=False):
        begins.append(len(ys))
        ys += [top, *(round(y, 1) for y in inner)]
    begins.append(len(ys))
    ys.append(grid.ys[-1])
    slots: list[Slot] = []
    parted: Content = {}
    for index, (row, column, span, down) in enumerate(grid.slots):
        words = content.get(index, [])
        if not cuts[row]:
            if words:
                parted[len(slots)] = words
            slots.append(Slot(begins[row], column, span, begins[row + down] - begins[row]))
            continue
        for word in words:
            parted.setdefault(len(slots) + bisect_right(cuts[row], _middle(word)), []).append(word)
        slots += [Slot(begins[row] + part, column, span, 1) for part in range(len(cuts[row]) + 1)]
    owner = [[-1] * (len(grid.xs) - 1) for _ in range(len(ys) - 1)]
    for index, (row, column, span, down) in enumerate(slots):
        for line in range(row, row + down):
            owner[line][column : column + span] = [index] * span
    return Grid(grid.xs, ys, slots, owner), parted
