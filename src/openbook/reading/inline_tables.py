"""HTML tables inside Markdown or text, each cell with its exact place."""

from __future__ import annotations

import re
from bisect import bisect_right

from openbook.reading import marks
from openbook.reading.grid import Grid
from openbook.source import Block, Paragraph, Piece, Place, RawCell, RawTable

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>table|tr|td|th|caption|thead|tbody)\b(?P<attributes>[^<>]{0,500})>",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(?P<way>col|row)span\s*=\s*[\"']?\s*(?P<count>\d{1,4})", re.IGNORECASE)


class _Lines:
    """Turns offsets in a text into lines and columns."""

    def __init__(self, text: str, first: int) -> None:
        self.first = first
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, begin: int, end: int) -> Place:
        index = bisect_right(self.starts, begin) - 1
        column = begin - self.starts[index] + 1
        return Place(self.first + index, column, column + end - begin)


def read_tables(text: str, first_line: int) -> list[Block]:
    """Tables in `text`, whose first line is line `first_line` of the file, and text around them."""
    return _Reader(text, _Lines(text, first_line)).read()


class _Reader:
    def __init__(self, text: str, lines: _Lines) -> None:
        self.text = text
        self.lines = lines
        self.blocks: list[Block] = []
        self.grid = Grid()
        self.inside = False
        self.captioned = False
        self.cell: re.Match[str] | None = None

    def read(self) -> list[Block]:
        at = 0
        for tag in _TAG.finditer(self.text):
            self.tag(tag, at)
            at = tag.end()
        self.close(at, len(self.text))
        self.end_table()
        return self.blocks

    def tag(self, tag: re.Match[str], at: int) -> None:
        name, opening = tag["name"].lower(), not tag["close"]
        if name in ("td", "th", "tr", "table", "caption") or not self.inside:
            self.close(at, tag.start())
        self.captioned = name == "caption" and opening
        if name == "table":
            self.end_table()
            self.inside = opening
        elif name == "tr" and opening:
            self.grid.new_row()
        elif name in ("td", "th") and opening:
            self.cell = tag

    def close(self, begin: int, end: int) -> None:
        """End the open cell, or the text before a table."""
        if self.cell is not None:
            _put(self.grid, self.cell, marks.seen(self.text, self.cell.end(), end), self.lines)
            self.cell = None
        elif self.captioned or not self.inside:
            seen = marks.seen(self.text, begin, end)
            if seen.text:
                place = self.lines.place(seen.runs[0].offset, seen.end)
                self.blocks.append(Paragraph(seen.text, (Piece(0, place),)))

    def end_table(self) -> None:
        if self.grid.rows:
            self.blocks.append(RawTable(self.grid.finish()))
        self.grid = Grid()


def _put(grid: Grid, tag: re.Match[str], seen: marks.Seen, lines: _Lines) -> None:
    spans = {span["way"].lower(): int(span["count"]) for span in _SPAN.finditer(tag["attributes"])}
    place = lines.place(seen.runs[0].offset, seen.end)
    words = " ".join(seen.text.split()) if "\n" in seen.text else seen.text
    grid.put(RawCell(words, place), spans.get("col", 1), spans.get("row", 1))
