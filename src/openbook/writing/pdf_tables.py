"""How wide the columns of a table are and how large its letters. Lengths are in points, or in em.

No figure ever breaks or runs over its cell; names in rows break only where the page is too narrow;
a table that is a little too long for its pages is set a little smaller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from openbook.disclosure import GridCell, Table
from openbook.writing import heads
from openbook.writing.fonts import width

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)  # of letters
EASY, USUAL = 9.0, 9.5  # the smallest that spares breaks in lines; that of a table which has them anyway
SQUEEZED = 8.0  # the smallest that spares a page
INSET = 3.2  # left and right of what stands in a cell
LEADING = 0.35  # em between the lines of a cell
PADDINGS = (3.4, 2.4)  # above and below them
LONG = 18  # letters of a word without a break; longer ones are parted
NARROWEST, NARROW = 2.1, 4.1  # em for Chinese text, which may break anywhere
SHORT = 8.5  # em of a name that breaks only where the page is narrow
WIDEST = 18.0  # em that a column may want so that nothing in it breaks
TITLES, NOTE = 74.0, 17.0  # height of what stands above a table, and of a note below it
SPARE = 0.6  # of a page: where the last one holds more, nothing is squeezed to spare it
WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]+")  # what may not break
TARGET = re.compile(r"[^\d\s]?\d[\d.,]*[^\d\s]{0,3}")  # a figure with its unit


class Sheet(NamedTuple):
    """Where text may stand on a page."""

    width: float
    height: float


UPRIGHT = Sheet(447.8, 686.0)  # A4 without 26 mm at the sides, 30 above and 25 below
LYING = Sheet(686.0, 450.5)


class Need(NamedTuple):
    """Width of a column in em, without its insets.

    least   no word breaks
    fair    and very short names do not
    short   and short names do not, heads break between their words
    names   and names of rows take one line
    whole   and heads too
    """

    least: float = 0.0
    fair: float = 0.0
    short: float = 0.0
    names: float = 0.0
    whole: float = 0.0


class Fitted(NamedTuple):
    """A table as it will be set: `whole` on one page; of each cell its `rooms` in em and its `lines`, about."""

    size: float
    padding: float
    widths: list[float]
    rooms: list[list[float]]
    lines: list[list[int]]
    whole: bool


Placed = list[tuple[int, GridCell]]


def fit_table(table: Table, sheet: Sheet, above: float = 0.0) -> Fitted:
    """Set the table for a page of which `above` is taken."""
    rows = place(table.rows, len(table.widths))
    needs = _needs(rows, len(table.widths))
    weights = tuple(_shares(table))
    size, widths = fit(weights, needs, sheet.width)
    taken = above + TITLES + NOTE * len(table.notes)
    first = _set(rows, size, PADDINGS[0], widths)
    pages = (_height(first) + taken) / sheet.height
    if pages > 1 and pages % 1 < SPARE:
        for smaller in (one for one in SIZES if SQUEEZED <= one <= size):
            widths = fit(weights, needs, sheet.width, smaller)[1]
            for padding in PADDINGS:
                tried = _set(rows, smaller, padding, widths)
                if _height(tried) + taken <= int(pages) * sheet.height:
                    return tried._replace(whole=pages < 2)
    return first._replace(whole=pages <= 1)


def columns(table: Table, size: float, room: float, *kinds: str) -> list[float]:
    """Widths that meet the first of these needs they can at this size; nothing where they meet none."""
    needs = _needs(place(table.rows, len(table.widths)), len(table.widths))
    for kind in kinds:
        taken = _taken(needs, kind, size)
        if sum(taken) <= room:
            return _fill(taken, _eager(needs, kind, taken, size) or _shares(table), room)
    return []


def _taken(needs: list[Need], kind: str, size: float) -> list[float]:
    return [getattr(need, kind) * size + 2 * INSET for need in needs]


def _eager(needs: list[Need], kind: str, taken: list[float], size: float) -> list[float]:
    """What each column still wants so that its names take one line; nothing where they do."""
    if kind in ("names", "whole"):
        return []
    wanted = [one - had for one, had in zip(_taken(needs, "names", size), taken, strict=True)]
    return wanted if any(wanted) else []


def _shares(table: Table) -> list[float]:
    return [weight if weight > 0 else 1.0 for weight in table.widths]


def _set(rows: list[Placed], size: float, padding: float, widths: list[float]) -> Fitted:
    rooms = [_rooms(row, widths, size) for row in rows]
    lines = [_lines(row, one) for row, one in zip(rows, rooms, strict=True)]
    return Fitted(size, padding, widths, rooms, lines, False)


def _height(fitted: Fitted) -> float:
    size, padding = fitted.size, fitted.padding
    return sum(
        max(1, *row) * size * (1 + LEADING) - size * LEADING + 2 * padding if row else 0.0
        for row in fitted.lines
    )


def place(rows: list[list[GridCell]], count: int) -> list[Placed]:
    """Every row's cells with the column each begins in; merged cells above leave no room."""
    taken = [0] * count  # rows each column is still covered for
    placed: list[Placed] = []
    for row in rows:
        now: Placed = []
        column = 0
        for cell in row:
            while column < count and taken[column]:
                column += 1
            now.append((column, cell))
            for covered in range(column, min(column + cell.colspan, count)):
                taken[covered] = cell.rowspan
            column += cell.colspan
        taken = [max(left - 1, 0) for left in taken]
        placed.append(now)
    return placed


def _needs(rows: list[Placed], count: int) -> list[Need]:
    """What each column needs."""
    needs = [Need()] * count
    for row in rows:
        for column, cell in row:
            if cell.colspan == 1 and cell.text and column < count:
                needs[column] = Need(*map(max, needs[column], _need(cell)))
    return needs


def _need(cell: GridCell) -> Need:
    words = [cell.text] if TARGET.fullmatch(cell.text) else WORD.findall(cell.text)
    word = max((width(word[:LONG]) for word in words), default=0.0)
    whole = max(map(width, cell.text.split("\n")))
    fair = min(whole, NARROW)
    parted = max(map(width, heads.parts(cell.text)), default=0.0)
    short = max(fair, parted) if cell.head else whole if whole <= SHORT else fair
    names = short if cell.head else whole
    most = (min(whole, NARROWEST), fair, short, min(names, WIDEST), min(whole, WIDEST))
    return Need(*(max(word, one) + cell.indent for one in most))


def fit(
    weights: tuple[float, ...], needs: list[Need], room: float, most: float = SIZES[0]
) -> tuple[float, list[float]]:
    """The size of letters, `most` at most, and the width of each column, which together fill `room`."""
    for size, kind in _tries(most):
        taken = _taken(needs, kind, size)
        if sum(taken) <= room:
            return size, _fill(taken, _eager(needs, kind, taken, size) or list(weights), room)
    return SIZES[-1], [one * room / sum(taken) for one in taken]


def _tries(most: float) -> Iterator[tuple[float, str]]:
    """Sizes up to `most` with the need that is to be met, the best first."""
    for kind in Need._fields[::-1]:
        for size in SIZES:
            large = kind == "whole" or size <= USUAL
            if size <= most and large and (kind == "least" or size >= min(EASY, most)):
                yield size, kind


def _fill(widths: list[float], weights: list[float], room: float) -> list[float]:
    """Part what is left of the room by weight."""
    left, whole = room - sum(widths), sum(weights)
    return [one + left * weight / whole for one, weight in zip(widths, weights, strict=True)]


def _rooms(row: Placed, widths: list[float], size: float) -> list[float]:
    """Em that a line of each cell has; at least one."""
    return [
        max(sum(widths[column : column + cell.colspan]) - 2 * INSET, size) / size - cell.indent
        for column, cell in row
    ]


def _lines(row: Placed, rooms: list[float]) -> list[int]:
    """About how many lines each cell takes of the row."""
    counts = []
    for (_, cell), room in zip(row, rooms, strict=True):
        filled = sum(_filled(cell, line, max(room, 1.0)) for line in cell.text.split("\n"))
        counts.append(filled // cell.rowspan or 1)
    return counts


def _filled(cell: GridCell, line: str, room: float) -> int:
    return heads.height(line, room) if cell.head else int(-(-width(line) // room)) or 1
