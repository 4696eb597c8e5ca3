"""What `disclosure.typ` needs to set a disclosure, as plain values. Lengths are in points.

Decided here: which blocks stand on which kind of page, what level a heading has in the outline, and
where a line may break.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

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
from openbook.writing import charts, heads
from openbook.writing.fonts import plain, width
from openbook.writing.pdf_tables import INSET, LEADING, LONG, LYING, UPRIGHT, WORD, fit_table

MAX_ROW = 12  # lines of a row that is not torn apart at the end of a page
TITLE_SIZES = (13.5, 16.0)  # of the letters of a table's title
HEADING = 62.0  # height of a part's heading above a table
_ALIGN = {"left": "l", "center": "c", "right": "r"}


def lay_out(disclosure: Disclosure) -> dict[str, Any]:
    """Everything the template prints, in order."""
    blocks = list(_blocks(disclosure.blocks))
    return {
        "title": plain(disclosure.title).strip() or f"{disclosure.year}年部门预算",  # a PDF must have one
        "author": plain(disclosure.department),
        "keywords": [f"{disclosure.year}年", "部门预算"],
        "draft": disclosure.draft,
        "inset": INSET,
        "leading": LEADING,
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
            if plain(block.text).strip():  # what has no text is no heading
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


def _table(table: Table, level: int, *, led: bool) -> dict[str, Any]:
    """`led`: whether a heading stands right above it, which must not be left alone."""
    sheet = LYING if table.landscape else UPRIGHT
    fitted = fit_table(table, sheet, HEADING if led else 0.0)
    return {
        "kind": "table",
        "id": table.id,
        "level": level,
        "outlined": table.in_contents,
        "title": words(table.title),
        "title_size": _title_size(table.title, sheet.width),
        "number": words(table.number) if table.number else [],
        "above": [words(text) if text else [] for text in table.above],
        "notes": [words(note) for note in table.notes],
        "size": fitted.size,
        "padding": fitted.padding,
        "widths": [round(one, 2) for one in fitted.widths],
        "heads": table.head_rows,
        "whole": fitted.whole,
        "opens": table.kind != "list" and not fitted.whole and not led,
        "rows": [
            [
                _cell(cell, fitted.size, room, many)
                for cell, room, many in zip(row, rooms, counts, strict=True)
            ]
            for row, rooms, counts in zip(table.rows, fitted.rooms, fitted.lines, strict=True)
        ],
    }


def _title_size(title: str, room: float) -> float:
    """A title that is a little too long for a line is set smaller; 0 where it must take several.

    It stays clearly larger than the line below it: a reader by lines would take both for one text.
    """
    least, most = TITLE_SIZES
    longest = max(map(width, plain(title).split("\n"))) or 1.0
    fitting = int(10 * room / longest) / 10
    return min(most, fitting) if fitting >= least else 0.0


def _cell(cell: GridCell, size: float, room: float, lines: int) -> dict[str, Any]:
    """Keys of one letter: there are thousands of cells. What is usual is left out."""
    parted = _parted(cell.text, room) if cell.head else []
    made: dict[str, Any] = {"t": parted or words(cell.text), "a": _ALIGN.get(cell.align, "l")}
    if parted:
        made["k"] = 1
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


def _parted(text: str, room: float) -> list[list[str]]:
    """The lines of a head in words that stay whole; nothing where one is too wide for that."""
    lines = [heads.parts(line) for line in plain(text).split("\n")]
    return lines if all(width(part) <= room for line in lines for part in line) else []


def words(text: str) -> list[list[str]]:
    """Lines, each in pieces between which it may break: very long words are parted."""
    return [list(_pieces(line)) for line in plain(text).split("\n")]


def _pieces(line: str) -> Iterator[str]:
    start = 0
    for match in WORD.finditer(line):
        for cut in range(match.start() + LONG, match.end(), LONG):
            yield line[start:cut]
            start = cut
    yield line[start:]
