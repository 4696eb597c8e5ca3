"""Samples as a PDF with a text layer; the font is one that every reader brings along."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.samples.plain import Heading, Sheet, Table, Text
from tests.reading.paper import HEIGHT, WIDTH, Page, encode

LEFT, RIGHT, TOP, BOTTOM = 40.0, WIDTH - 40.0, 40.0, HEIGHT - 40.0
SIZE, PITCH = 9.0, 12.0


def pdf(sheets: list[Sheet]) -> bytes:
    printer = _Printer()
    for sheet in sheets:
        printer.turn()
        for block in sheet.blocks:
            if isinstance(block, Heading):
                printer.lines(block.text, SIZE + 4)
            elif isinstance(block, Text):
                printer.lines(block.text, SIZE + 1)
            else:
                printer.table(block)
    return encode(printer.pages)


def width(text: str, size: float) -> float:
    """Width as printed: an ideograph is as wide as high, a Latin letter half of it."""
    return sum(size if ord(letter) > 255 else size / 2 for letter in text)


def wrap(text: str, room: float, size: float) -> Iterator[str]:
    line = ""
    for letter in text:
        if line and width(line + letter, size) > room:
            yield line
            line = ""
        line += letter
    yield line


class _Printer:
    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.y = TOP

    def turn(self) -> None:
        self.pages.append(Page())
        self.y = TOP

    def lines(self, text: str, size: float) -> None:
        for line in wrap(text, RIGHT - LEFT, size):
            if self.y + size > BOTTOM:
                self.turn()
            self.pages[-1].text(LEFT, self.y, line, size)
            self.y += size + 4
        self.y += 3

    def table(self, table: Table) -> None:
        xs = _columns(table)
        heights = _heights(table, xs)
        first = 0
        while first < len(table.rows):
            last, room = first, BOTTOM - self.y
            while last < len(table.rows) and heights[last] <= room:
                room -= heights[last]
                last += 1
            if last > first:
                self._part(table, xs, heights, first, last)
            if last < len(table.rows):
                self.turn()
            first = last
        self.y += 8

    def _part(self, table: Table, xs: list[float], heights: list[float], first: int, last: int) -> None:
        page, ys = self.pages[-1], [self.y]
        for height in heights[first:last]:
            ys.append(ys[-1] + height)
        lines: dict[tuple[float, float, float, float], None] = {}
        for cell in table.cells():
            if not first <= cell.row < last:
                continue
            x0, x1 = xs[cell.column], xs[cell.column + cell.across]
            y0, y1 = ys[cell.row - first], ys[min(cell.row + cell.down, last) - first]
            for line in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                lines[line] = None
            for number, line_text in enumerate(wrap(cell.text, x1 - x0 - 4, SIZE)):
                if line_text:
                    page.text(x0 + 2, y0 + 3 + number * PITCH, line_text, SIZE)
        for line in lines:
            page.stroke(*line)
        self.y = ys[-1]


def _columns(table: Table) -> list[float]:
    """Left edges of the columns and the right edge of the last: wide texts get more, up to a third."""
    needs = [4 * SIZE] * table.width
    for cell in table.cells():
        if cell.across == 1:
            needs[cell.column] = max(needs[cell.column], min(width(cell.text, SIZE) + 6, 26 * SIZE))
    scale = min(1.0, (RIGHT - LEFT) / sum(needs))
    xs = [LEFT]
    for need in needs:
        xs.append(round(xs[-1] + need * scale))
    return xs


def _heights(table: Table, xs: list[float]) -> list[float]:
    heights = [PITCH + 4] * len(table.rows)
    for cell in table.cells():
        room = xs[cell.column + cell.across] - xs[cell.column] - 4
        lines = len(list(wrap(cell.text, room, SIZE)))
        heights[cell.row] = max(heights[cell.row], (lines / cell.down) * PITCH + 4)
    return heights
