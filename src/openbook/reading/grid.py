"""A table with merged cells laid out so that every row has a cell for each column."""

from __future__ import annotations

from openbook.reading.errors import Unreadable
from openbook.source import Place, RawCell

_WIDEST = 200  # columns
_MOST_CELLS = 300_000


class Grid:
    """Cells are put in reading order; what a merged cell covers is filled with empty cells."""

    def __init__(self) -> None:
        self.rows: list[list[RawCell]] = []
        self.size = 0
        self._covered: dict[int, tuple[int, Place]] = {}  # column -> first row that is free again, place

    def new_row(self) -> None:
        """Begin a row."""
        if self.rows:
            self._cover()
        self.rows.append([])

    def put(self, cell: RawCell, span: int = 1, down: int = 1) -> None:
        """Put a cell into the next free column, `span` columns wide and `down` rows high."""
        if not self.rows:
            self.rows.append([])
        self._cover()
        row = self.rows[-1]
        if len(row) >= _WIDEST:
            return
        span, down = max(1, min(span, _WIDEST - len(row))), max(1, down)
        if down > 1:
            free = len(self.rows) - 1 + down
            self._covered.update((column, (free, cell.place)) for column in range(len(row), len(row) + span))
        row.append(cell._replace(span=span, down=down))
        row.extend(_empty(cell.place) for _ in range(span - 1))
        self.size += span
        if self.size > _MOST_CELLS:
            raise Unreadable(f"表格过大：一个表格的单元格超过 {_MOST_CELLS} 个，不像预算公开文件，未予读取。")

    def finish(self) -> list[list[RawCell]]:
        """The rows, without those that have no cell at all."""
        if self.rows:
            self._cover()
        return [row for row in self.rows if row]

    def _cover(self) -> None:
        """Fill the columns from here on that a merged cell above covers."""
        row, index = self.rows[-1], len(self.rows) - 1
        while (over := self._covered.get(len(row))) and over[0] > index:
            row.append(_empty(over[1]))
            self.size += 1


def _empty(place: Place) -> RawCell:
    return RawCell("", place if place.column is None else place._replace(end_column=place.column))
