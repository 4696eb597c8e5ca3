"""Heads of tables in the notation of layout files: cells divided by ``|``, ``<`` joins left, ``^`` joins up."""

from __future__ import annotations

from collections.abc import Sequence

from openbook.disclosure import GridCell


def head_rows(
    lines: Sequence[str], words: dict[str, str], optional: Sequence[str] = ()
) -> list[list[GridCell]]:
    """The rows of a head. `optional` heads are appended as columns of their own, over all rows."""
    grid = [[_filled(cell.strip(), words) for cell in line.split("|")] for line in lines]
    for index, row in enumerate(grid):
        row += [head if index == 0 else "^" for head in optional]
    width = len(grid[0])
    if any(len(row) != width for row in grid):
        raise ValueError(f"表头各行的栏数不同：{lines}")
    return [
        [_cell(grid, top, left) for left in range(width) if grid[top][left] not in ("<", "^")]
        for top in range(len(grid))
    ]


def _filled(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text


def _cell(grid: list[list[str]], top: int, left: int) -> GridCell:
    """The cell at its upper left, with the columns and rows it covers."""
    width, height = 1, 1
    while left + width < len(grid[top]) and grid[top][left + width] == "<":
        width += 1
    while top + height < len(grid) and grid[top + height][left] == "^":
        height += 1
    return GridCell(grid[top][left], "center", width, height, head=True, bold=True)
