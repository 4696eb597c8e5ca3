"""From ruling lines to grids: pure geometry, no text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from openbook.reading.pdf_raw import Box

NEAR = 2.0  # points: lines this close stand for one (double borders, borders drawn cell by cell)
TOUCH = 3.0  # points by which lines may miss each other and still meet
COVER = 0.6  # share of a cell's side a line must cover to bound the cell
MAX_PAIRS = 4_000_000
MAX_CELLS = 200_000


class Line(NamedTuple):
    """A ruling line: where it stands, and from where to where it runs."""

    at: float
    start: float
    end: float


class Slot(NamedTuple):
    """A cell of a grid by its upper left, with how many columns and rows it covers."""

    row: int
    column: int
    span: int
    down: int


@dataclass(slots=True)
class Grid:
    """A table's skeleton: positions of its lines and its cells. `owner[row][column]` is a slot's index."""

    xs: list[float]
    ys: list[float]
    slots: list[Slot]
    owner: list[list[int]]

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def at(self, x: float, y: float) -> int | None:
        """Index of the slot over the point, None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.owner) and 0 <= column < len(self.xs) - 1:
            return self.owner[row][column]
        return None

    def slot_box(self, slot: Slot) -> Box:
        row, column, span, down = slot
        return (self.xs[column], self.ys[row], self.xs[column + span], self.ys[row + down])

    def unit_box(self, row: int, column: int) -> Box:
        return (self.xs[column], self.ys[row], self.xs[column + 1], self.ys[row + 1])

    def adopt(self, xs: list[float]) -> Grid:
        """The same grid with the columns of the page before, where its own are some of them.

        A last page with nothing but a total line shows only the lines that bound that line's cells.
        """
        if len(xs) <= len(self.xs):
            return self
        places = [_nearest(xs, x) for x in self.xs]
        if places[0] != 0 or places[-1] != len(xs) - 1:
            return self
        if any(abs(xs[place] - x) > TOUCH for place, x in zip(places, self.xs, strict=True)):
            return self
        slots = [
            Slot(row, places[column], places[column + span] - places[column], down)
            for row, column, span, down in self.slots
        ]
        owner = [[-1] * (len(xs) - 1) for _ in self.owner]
        for index, (row, column, span, down) in enumerate(slots):
            for line in range(row, row + down):
                owner[line][column : column + span] = [index] * span
        return Grid(xs, self.ys, slots, owner)


def merge_lines(lines: list[Line]) -> list[Line]:
    """One line for what stands at (nearly) the same place and overlaps or touches."""
    merged: list[Line] = []
    cluster: list[Line] = []
    for line in sorted(lines):
        if cluster and line.at - cluster[0].at > NEAR:
            merged += _merge_cluster(cluster)
            cluster = []
        cluster.append(line)
    return merged + _merge_cluster(cluster)


def _merge_cluster(cluster: list[Line]) -> list[Line]:
    if len(cluster) < 2:
        return cluster
    at = sum(line.at for line in cluster) / len(cluster)
    cluster.sort(key=lambda line: line.start)
    merged: list[Line] = []
    start, end = cluster[0].start, cluster[0].end
    for line in cluster[1:]:
        if line.start > end + TOUCH:
            merged.append(Line(at, start, end))
            start, end = line.start, line.end
        elif line.end > end:
            end = line.end
    merged.append(Line(at, start, end))
    return merged


def find_grids(across: list[Box], upright: list[Box]) -> list[Grid] | None:
    """All grids that the lines of a page form, top to bottom; None where there are too many lines."""
    rows = merge_lines([Line((box[1] + box[3]) / 2, box[0], box[2]) for box in across])
    columns = merge_lines([Line((box[0] + box[2]) / 2, box[1], box[3]) for box in upright])
    if len(rows) * len(columns) > MAX_PAIRS:
        return None
    grids = []
    for across_part, upright_part in _components(rows, columns):
        grid = _grid(across_part, upright_part)
        if grid is not None:
            grids.append(grid)
    grids.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    return grids


def _components(rows: list[Line], columns: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that hang together by crossing or touching."""
    parent = list(range(len(rows) + len(columns)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for number, column in enumerate(columns, len(rows)):
        low, high = column.start - TOUCH, column.end + TOUCH
        west, east = column.at - TOUCH, column.at + TOUCH
        for index, row in enumerate(rows):
            if low <= row.at <= high and row.start <= east and row.end >= west:
                parent[root(index)] = root(number)
    parts: dict[int, tuple[list[Line], list[Line]]] = {}
    for index, row in enumerate(rows):
        parts.setdefault(root(index), ([], []))[0].append(row)
    for number, column in enumerate(columns, len(rows)):
        parts.setdefault(root(number), ([], []))[1].append(column)
    return list(parts.values())


def _positions(lines: list[Line], crossing: list[Line]) -> list[float]:
    """Where the lines stand, and the open ends of a table that is not closed at its sides."""
    positions: list[float] = []
    for line in sorted(lines):
        if not positions or line.at - positions[-1] > NEAR:
            positions.append(line.at)
    if crossing and positions:
        first, last = min(line.start for line in crossing), max(line.end for line in crossing)
        if first < positions[0] - 2 * TOUCH:
            positions.insert(0, first)
        if last > positions[-1] + 2 * TOUCH:
            positions.append(last)
    return positions


def _walls(lines: list[Line], positions: list[float], steps: list[float]) -> list[list[bool]]:
    """walls[step][position]: whether a line at the position bounds the cell on that step."""
    walls = [[False] * len(positions) for _ in range(len(steps) - 1)]
    for line in lines:
        index = _nearest(positions, line.at)
        step = max(bisect_right(steps, line.start) - 1, 0)
        while step < len(steps) - 1 and steps[step] < line.end:
            low, high = steps[step], steps[step + 1]
            if min(high, line.end) - max(low, line.start) >= COVER * (high - low):
                walls[step][index] = True
            step += 1
    for row in walls:
        row[0] = row[-1] = True
    return walls


def _nearest(positions: list[float], at: float) -> int:
    index = bisect_right(positions, at)
    if index == len(positions) or (index and at - positions[index - 1] <= positions[index] - at):
        return index - 1
    return index


def _grid(across: list[Line], upright: list[Line]) -> Grid | None:
    if len(across) < 2 or not upright:
        return None
    xs, ys = _positions(upright, across), _positions(across, upright)
    if len(xs) * len(ys) > MAX_CELLS:
        return None
    for _ in range(3):  # dropping a line that bounds nothing may free another one
        if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5:
            return None
        beside, below = _walls(upright, xs, ys), _walls(across, ys, xs)
        used_xs, used_ys = _bounding(xs, beside), _bounding(ys, below)
        if len(used_xs) == len(xs) and len(used_ys) == len(ys):
            break
        xs, ys = used_xs, used_ys
    else:
        beside, below = _walls(upright, xs, ys), _walls(across, ys, xs)
    slots, owner = _slots(beside, below)
    if len(slots) < 2:
        return None
    return Grid([round(x, 1) for x in xs], [round(y, 1) for y in ys], slots, owner)


def _bounding(positions: list[float], walls: list[list[bool]]) -> list[float]:
    return [at for at, sides in zip(positions, zip(*walls, strict=True), strict=True) if any(sides)]


def _slots(beside: list[list[bool]], below: list[list[bool]]) -> tuple[list[Slot], list[list[int]]]:
    """Cells as the largest rectangles without a wall inside, from the upper left on."""
    height, width = len(beside), len(below)
    owner = [[-1] * width for _ in range(height)]
    slots: list[Slot] = []
    for row in range(height):
        walls, owners = beside[row], owner[row]
        for column in range(width):
            if owners[column] >= 0:
                continue
            span = 1
            while column + span < width and not walls[column + span] and owners[column + span] < 0:
                span += 1
            down = 1
            columns = range(column, column + span)
            while row + down < height and not any(below[at][row + down] for at in columns):
                if any(beside[row + down][column + 1 : column + span]):
                    break
                down += 1
            for line in range(row, row + down):
                owner[line][column : column + span] = [len(slots)] * span
            slots.append(Slot(row, column, span, down))
    return slots, owner
