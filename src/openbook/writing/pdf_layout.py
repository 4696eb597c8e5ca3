"""What `disclosure.typ` needs to set a disclosure, as plain values. Lengths are in points.

Decided here: which blocks stand on which kind of page, what level a heading has in the outline, how
wide each column is and how large its letters, so that no figure ever breaks or runs over its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from openbook.disclosure import (
    Block,
    Chart,
    Contents,
    Cover,
    Disclosure,
    GridCell,
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from openbook.writing import charts
from openbook.writing.fonts import plain, width

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)  # of a table's letters
EASY, USUAL = 9.0, 9.5  # the smallest that spares breaks in lines; that of a table which has them anyway
INSET = 3.2  # left and right of what stands in a cell
LEADING = 0.35  # em between the lines of a cell
PADDING = 3.4  # above and below them
LONG = 18  # letters of a word without a break; longer ones are parted
NARROWEST, NARROW = 2.1, 4.1  # em for Chinese text, which may break anywhere
WIDEST = 18.0  # em that a column may want so that nothing in it breaks
MAX_ROW = 12  # lines of a row that is not torn apart at the end of a page
TITLES = 90.0  # height of what stands above and below a table
_WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]+")
_ALIGN = {"left": "l", "center": "c", "right": "r"}


class Sheet(NamedTuple):
    """Where text may stand on a page."""

    width: float
    height: float


class Need(NamedTuple):
    """Width of a column in em without its insets: what words need, what looks well, all in one line."""

    least: float = 0.0
    fair: float = 0.0
    whole: float = 0.0


UPRIGHT = Sheet(447.8, 686.0)  # A4 without 26 mm at the sides, 30 above and 25 below
LYING = Sheet(686.0, 450.5)


def lay_out(disclosure: Disclosure) -> dict[str, Any]:
    """Everything the template prints, in order."""
    blocks = list(_blocks(disclosure.blocks))
    return {
        "title": plain(disclosure.title),
        "author": plain(disclosure.department),
        "keywords": [f"{disclosure.year}年", "部门预算"],
        "draft": disclosure.draft,
        "sections": [
            {"landscape": landscape, "blocks": [block for _, block in group]}
            for landscape, group in groupby(blocks, key=lambda pair: pair[0])
        ],
    }


def _blocks(blocks: list[Block]) -> Iterator[tuple[bool, dict[str, Any]]]:
    """Each block with whether its page lies on its side."""
    level = 0  # of the last heading
    landscape = led = False
    for block in blocks:
        if isinstance(block, Table):
            landscape = block.landscape
            yield landscape, _table(block, level + 1, led=led)
            led = False
            continue
        led = isinstance(block, Heading)
        if not isinstance(block, PageBreak):
            landscape = False
        if isinstance(block, Heading):
            level = min(block.level, level + 1)  # an outline must not leave out a level
            yield landscape, {"kind": "heading", "look": block.level, "level": level, "id": block.id,
                              "text": words(block.text)}  # fmt: skip
        else:
            yield landscape, _other(block)


def _other(block: Cover | Contents | Paragraph | Chart | PageBreak) -> dict[str, Any]:
    if isinstance(block, Cover):
        return {"kind": "cover", "title": words(block.title), "lines": [words(line) for line in block.lines]}
    if isinstance(block, Contents):
        return {"kind": "contents", "title": words(block.title)}
    if isinstance(block, PageBreak):
        return {"kind": "break"}
    if isinstance(block, Chart):
        return {"kind": "chart", "title": words(block.title), "alternative": plain(block.alternative),
                "drawing": charts.svg(block)}  # fmt: skip
    runs = [{"text": words(run.text), "bold": run.bold} for run in block.runs if run.text]
    return {"kind": "paragraph", "style": block.style, "runs": runs}


def words(text: str) -> list[list[str]]:
    """Lines, each in pieces between which it may break: very long words are parted."""
    return [list(_pieces(line)) for line in plain(text).split("\n")]


def _pieces(line: str) -> Iterator[str]:
    start = 0
    for match in _WORD.finditer(line):
        for cut in range(match.start() + LONG, match.end(), LONG):
            yield line[start:cut]
            start = cut
    yield line[start:]


# --- tables -----------------------------------------------------------------------------


def _table(table: Table, level: int, *, led: bool) -> dict[str, Any]:
    """`led`: whether a heading stands right above it, which must not be left alone."""
    sheet = LYING if table.landscape else UPRIGHT
    columns = _columns(table.rows, len(table.widths))
    size, widths = fit(table.widths, _needs(columns, len(table.widths)), sheet.width)
    lines = [_lines(row, widths, size) for row in columns]
    height = sum(max(1, *row) * size * (1 + LEADING) + 2 * PADDING for row in lines)
    whole = height + TITLES < sheet.height
    return {
        "kind": "table",
        "id": table.id,
        "level": level,
        "outlined": table.in_contents,
        "title": words(table.title),
        "number": words(table.number) if table.number else [],
        "above": [words(text) if text else [] for text in table.above],
        "notes": [words(note) for note in table.notes],
        "size": size,
        "widths": [round(one, 2) for one in widths],
        "heads": table.head_rows,
        "whole": whole,
        "opens": table.kind == "statement" and not whole and not led,
        "rows": [
            [_cell(cell, size, many) for cell, many in zip(row, counts, strict=True)]
            for row, counts in zip(table.rows, lines, strict=True)
        ],
    }


def _cell(cell: GridCell, size: float, lines: int) -> dict[str, Any]:
    made: dict[str, Any] = {"t": words(cell.text), "a": _ALIGN.get(cell.align, "l")}
    if cell.colspan > 1:
        made["x"] = cell.colspan
    if cell.rowspan > 1:
        made["y"] = cell.rowspan
    if cell.head:
        made["h"] = 1
    if cell.bold:
        made["b"] = 1
    if cell.indent:
        made["i"] = round(cell.indent * size, 2)
    if lines > MAX_ROW or cell.rowspan > 1:
        made["tear"] = 1
    return made


Placed = list[tuple[int, GridCell]]


def _columns(rows: list[list[GridCell]], count: int) -> list[Placed]:
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
    word = max((width(word[:LONG]) for word in _WORD.findall(cell.text)), default=0.0)
    whole = max(map(width, cell.text.split("\n")))
    return Need(
        max(word, min(whole, NARROWEST)) + cell.indent,
        max(word, min(whole, NARROW)) + cell.indent,
        max(word, min(whole, WIDEST)) + cell.indent,
    )


def fit(weights: tuple[float, ...], needs: list[Need], room: float) -> tuple[float, list[float]]:
    """The size of letters and the width of each column, which together fill `room`.

    Best is a size at which no line breaks; else every column has what it needs at least, in
    smaller letters if it must be.
    """
    tries = [(size, "whole") for size in SIZES if size >= EASY]
    tries += [(size, "fair") for size in SIZES if EASY <= size <= USUAL]
    tries += [(size, "least") for size in SIZES if size <= USUAL]
    for size, kind in tries:
        taken = [getattr(need, kind) * size + 2 * INSET for need in needs]
        if sum(taken) <= room:
            wanted = [need.whole * size + 2 * INSET - one for need, one in zip(needs, taken, strict=True)]
            return size, _fill(taken, list(weights) if kind == "whole" else wanted, room)
    return SIZES[-1], [one * room / sum(taken) for one in taken]


def _fill(widths: list[float], weights: list[float], room: float) -> list[float]:
    """Part what is left of the room by weight."""
    left, whole = room - sum(widths), sum(weights)
    if not whole:
        weights, whole = [1.0] * len(widths), len(widths)
    return [one + left * weight / whole for one, weight in zip(widths, weights, strict=True)]


def _lines(row: Placed, widths: list[float], size: float) -> list[int]:
    """About how many lines each cell takes."""
    counts = []
    for column, cell in row:
        room = sum(widths[column : column + cell.colspan]) - 2 * INSET - cell.indent * size
        filled = sum(-(-width(line) * size * 1.03 // max(room, size)) or 1 for line in cell.text.split("\n"))
        counts.append(int(filled) // cell.rowspan or 1)
    return counts
