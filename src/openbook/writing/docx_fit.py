"""How large the letters of a table are, how wide its columns, and whether it stands on one page.

All lengths in twips (1/20 point), sizes of letters in half points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from openbook.disclosure import Table
from openbook.writing.columns import lines, reach, row_heights
from openbook.writing.data_grid import Grid, Placed, grid
from openbook.writing.docx_parts import Page
from openbook.writing.pdf_tables import columns

LINE = 13  # twips a line is high for each half point of its letters
INDENT = 200  # for each level of account
_SIZES = (21, 18, 16, 15, 13)  # the largest first
_SMALLEST = 16  # to which letters shrink to bring a table onto one page: still easy to read
_FEW = 5  # columns that letters of the largest size suit
_DIGITS = 11  # two digits take this for each half point of their size, with some room
_MARGINS = 114 + 20  # of a column that no text may use
_SHORT, _ROOMY, _TIGHT = 25, 16, 14  # rows of a short table; what a row is high for each half point
_HEADING = 920  # what a heading above the table may take
_NUMBER, _TITLE, _TITLE_LINE, _ABOVE, _NOTE = 560, 240, 440, 380, 380  # as the styles have them
_TITLE_LETTERS = 54  # half-width letters of a title on one line of an upright page


class Fit(NamedTuple):
    """Size of the letters, width of each column, least height of a row; `whole`: fits on one page."""

    size: int
    widths: list[int]
    height: int
    whole: bool


def fit(table: Table, page: Page, *, led: bool) -> Fit:
    """The largest letters in which no figure breaks over two lines and, if any do, the table fits on a page.

    `led`: whether a heading stands right above, which stays on the page of the table.
    """
    room = page.height - _titles(table) - (_HEADING if led else 0)
    laid = grid(table)
    first: Fit | None = None
    for size, widths in _sizes(table, laid, page.width):
        height = size * (_ROOMY if len(table.rows) <= _SHORT else _TIGHT)
        found = Fit(size, widths, height, _height(laid, size, widths, height) <= room)
        if found.whole:
            return found
        first = first or found
        if size <= _SMALLEST:
            break
    assert first is not None
    return first


def _titles(table: Table) -> int:
    number = _NUMBER if table.number else 0
    title = _TITLE + _TITLE_LINE * lines(table.title, _TITLE_LETTERS) if table.title else 0
    return number + title + (_ABOVE if any(table.above) else 0) + _NOTE * len(table.notes)


def _sizes(table: Table, laid: Grid, whole: int) -> Iterator[tuple[int, list[int]]]:
    """Every size that the figures fit in, the largest first, with the widths; at least one."""
    widths = _divide([round(share * 1_000) for share in table.widths], whole)
    longest = [0] * len(widths)
    for placed in (placed for row in laid.body for placed in row):
        if placed.cell.align == "right" and placed.cell.colspan == 1:
            longest[placed.column] = max(longest[placed.column], reach(placed.cell.text))
    sizes = _SIZES if len(widths) <= _FEW else _SIZES[1:]
    yield from _named(table, whole, (size for size in sizes if size > _SMALLEST), "whole", "names")
    fitting = False
    for size in sizes:
        needs = [letters * size * _DIGITS // 2 + _MARGINS if letters else 0 for letters in longest]
        found = list(_named(table, whole, [size], "short"))
        if widened := _widen(widths, needs, whole):
            found.append((size, widened))
        fitting = fitting or bool(found)
        yield from found[:1]
    if not fitting:
        yield _SIZES[-1], widths


def _named(table: Table, whole: int, sizes: Iterable[int], *kinds: str) -> Iterator[tuple[int, list[int]]]:
    """The sizes in which names stay whole, with the widths for it."""
    for size in sizes:
        widths = [int(20 * one) for one in columns(table, size / 2, whole / 20, *kinds)]
        if widths:
            widths[-1] += whole - sum(widths)
            yield size, widths


def _height(laid: Grid, size: int, widths: list[int], least: int) -> int:
    def needed(placed: Placed) -> int:
        cell = placed.cell
        room = sum(widths[placed.column : placed.column + cell.colspan]) - _MARGINS - cell.indent * INDENT
        return lines(cell.text, room // (size * 5)) * size * LINE

    return sum(row_heights(laid, needed, least))


def _divide(shares: list[int], whole: int) -> list[int]:
    """Twips of each column; the last takes what rounding leaves."""
    widths = [whole * share // sum(shares) for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


def _widen(widths: list[int], needs: list[int], whole: int) -> list[int] | None:
    """Give the columns of figures what they need; None where that takes too much from the others."""
    short = {at for at, need in enumerate(needs) if need > widths[at]}
    while short:
        rest = [0 if at in short else width for at, width in enumerate(widths)]
        free = whole - sum(needs[at] for at in short)
        if free * 5 < sum(rest) * 3 or not sum(rest):
            return None
        left = _divide(rest, free)
        fitted = [needs[at] if at in short else left[at] for at in range(len(widths))]
        more = {at for at, need in enumerate(needs) if need > fitted[at]}
        if not more:
            fitted[-1] += whole - sum(fitted)
            return fitted
        short |= more
    return widths
