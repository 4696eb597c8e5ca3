"""Put the words of a page into the cells of its grids."""

from __future__ import annotations

from openbook.reading.pdf_grid import Grid
from openbook.reading.pdf_raw import Glyphs
from openbook.reading.pdf_text import Words, join_lines, make_rows
from openbook.source import Place, RawCell, RawTable

INSET = 0.5  # points: a box may touch the line beside it
EDGE = 8.0  # points: text that begins this near to a line belongs to the cell behind it
CUT = 0.15  # share of a glyph on either side of a line that makes it cut by the line

Content = dict[int, list[Words]]


def fill_grids(grids: list[Grid], words: list[Words], glyphs: Glyphs) -> tuple[list[Content], list[Words]]:
    """What stands in each slot of each grid; what stands in none is left over."""
    contents: list[Content] = [{} for _ in grids]
    outside: list[Words] = []
    # inner tables first: a grid inside a cell of another one is the smaller
    order = sorted(range(len(grids)), key=lambda index: _area(grids[index]))
    for word in words:
        middle = (word.top + word.bottom) / 2
        for index in order:
            parts = _place(grids[index], word, middle, glyphs)
            if parts:
                content = contents[index]
                for slot, part in parts:
                    content.setdefault(slot, []).append(part)
                break
        else:
            outside.append(word)
    return contents, outside


def _area(grid: Grid) -> float:
    left, top, right, bottom = grid.box
    return (right - left) * (bottom - top)


def _place(grid: Grid, word: Words, middle: float, glyphs: Glyphs) -> list[tuple[int, Words]]:
    """The cells a word stands in: several where two cells' texts nearly touch over a line."""
    if not grid.ys[0] <= middle <= grid.ys[-1]:
        return []
    first, last = grid.at(word.left + INSET, middle), grid.at(word.right - INSET, middle)
    if first == last:
        return [] if first is None else [(first, word)]
    walls = [x for x in grid.xs if word.left + INSET < x < word.right - INSET]
    if first is not None and last is not None and not _is_cut(word, walls, glyphs):
        return _split(grid, word, middle, glyphs)
    slot = _home(grid, word, middle, first, last)
    return [] if slot is None else [(slot, word)]


def _is_cut(word: Words, walls: list[float], glyphs: Glyphs) -> bool:
    """Whether a line goes through a glyph: then it is one text that is too long for its cell."""
    for index in range(word.first, word.first + len(word.text)):
        left, right = glyphs.left[index], glyphs.right[index]
        margin = CUT * (right - left)
        if any(left + margin < wall < right - margin for wall in walls):
            return True
    return False


def _home(grid: Grid, word: Words, middle: float, first: int | None, last: int | None) -> int | None:
    """The cell a text that runs over belongs to: where it begins or ends, if that is at a line."""
    if first is not None and word.left - grid.slot_box(grid.slots[first])[0] < EDGE:
        return first
    if last is not None and grid.slot_box(grid.slots[last])[2] - word.right < EDGE:
        return last
    return grid.at((word.left + word.right) / 2, middle)


def _split(grid: Grid, word: Words, middle: float, glyphs: Glyphs) -> list[tuple[int, Words]]:
    parts: list[tuple[int, Words]] = []
    for offset, letter in enumerate(word.text):
        index = word.first + offset
        left, right = glyphs.left[index], glyphs.right[index]
        slot = grid.at((left + right) / 2, middle)
        if parts and (slot is None or slot == parts[-1][0]):
            slot, part = parts.pop()
            parts.append((slot, part._replace(text=part.text + letter, right=right)))
        elif slot is not None:
            blank = word.blank and not offset
            parts.append((slot, Words(letter, left, word.top, right, word.bottom, blank, index)))
    return parts


def make_table(grid: Grid, content: Content, page: int) -> RawTable:
    """The table as printed: a merged cell at its upper left, blank cells for what it covers."""
    width = len(grid.xs) - 1
    rows: list[list[RawCell]] = []
    for row, owners in enumerate(grid.owner):
        cells = []
        for column in range(width):
            index = owners[column]
            slot = grid.slots[index]
            if slot.row == row and slot.column == column:
                words = content.get(index)
                text = join_lines(line.text for line in make_rows(words)) if words else ""
                cells.append(RawCell(text, Place(page=page, box=grid.slot_box(slot)), slot.span, slot.down))
            else:
                cells.append(RawCell("", Place(page=page, box=grid.unit_box(row, column))))
        rows.append(cells)
    return RawTable(rows, page)
