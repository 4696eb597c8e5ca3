"""Live sums: the cells whose printed values add up to a printed value, as a formula."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from openbook.disclosure import Cell

Position = tuple[int, int]  # row and column, from 0

_MOST_ARGUMENTS = 200  # a function takes 255
_LONGEST = 8_000  # characters; a formula takes 8,192


def value(cell: Cell) -> Decimal:
    """The printed value in its unit."""
    return Decimal(cell.printed).scaleb(-cell.decimals)


def sum_formula(cell: Cell, cells: Mapping[str, Cell], places: Mapping[str, Position]) -> str | None:
    """``=ROUND(SUM(C5:C9,C12),2)``, or None where the parts do not all stand on the sheet.

    A part that is nothing may be left out of the sheet. The parts must add up to what is printed:
    a formula that changed a published figure when the workbook is opened would be a second truth.
    """
    if not cell.parts:
        return None
    parts = [cells[address] for address in cell.parts]
    assert sum(part.printed for part in parts) == cell.printed, f"{cell.address}: parts do not add up"
    if any(part.printed and part.address not in places for part in parts):
        return None
    ranges = _ranges([places[part.address] for part in parts if part.address in places])
    chunks = (ranges[at : at + _MOST_ARGUMENTS] for at in range(0, len(ranges), _MOST_ARGUMENTS))
    sums = "+".join("SUM(" + ",".join(chunk) + ")" for chunk in chunks)
    # Sums of decimals carry binary noise; rounding takes it away.
    formula = f"=ROUND({sums},{cell.decimals})"
    return formula if sums and len(formula) < _LONGEST else None


def _ranges(places: list[Position]) -> list[str]:
    """The cells as A1 references, neighbours of a column (or of a single row) as ranges."""
    from xlsxwriter.utility import xl_range

    level = len({row for row, _ in places}) == 1
    ordered = sorted(places, key=lambda place: (place[1], place[0]))
    runs: list[list[Position]] = [[place] for place in ordered[:1]]
    for before, place in pairwise(ordered):
        step = (place[0] - before[0], place[1] - before[1])
        if step == ((0, 1) if level else (1, 0)):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [xl_range(*run[0], *run[-1]) for run in runs]
