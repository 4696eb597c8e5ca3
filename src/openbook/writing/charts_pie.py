"""A ring of shares: the large ones are named beside it, the small ones below it."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any, NamedTuple

from openbook.disclosure import Chart, Point
from openbook.rounding.apportion import percentages
from openbook.writing.charts_shapes import BETWEEN, COLOURS, FAINT, LINE, SIZE, WIDTH, Picture, dots, wrap
from openbook.writing.fonts import width

OUTER, INNER = 70.0, 43.0
SMALL = 400  # shares below it, in 0.01 %, are named below the ring
MOST = 4  # names on either side
SIDE = 10.0  # em for a name beside the ring
FIGURE = 11.2  # em for its figure and share
REACH = 20.0  # from the ring to the names
EDGE = 12.0


class Slice(NamedTuple):
    """A point with its share in 0.01 %, its angles from the top in radians, and its colour."""

    point: Point
    share: int
    start: float
    end: float
    colour: str

    @property
    def middle(self) -> float:
        """Where its line begins; that of a full ring on the right."""
        return pi / 2 if self.end - self.start > 1.99 * pi else (self.start + self.end) / 2

    @property
    def percent(self) -> str:
        return f"（{self.share // 100}.{self.share % 100:02d}%）"

    @property
    def figure(self) -> str:
        return self.point.text + self.percent

    @property
    def name(self) -> list[str]:
        return [dots(line, SIDE) for line in wrap(self.point.label, SIDE)[:2]]

    @property
    def lines(self) -> list[str]:
        """What stands beside the ring; a figure too long for its line takes two."""
        long = width(self.figure) > FIGURE
        return [*self.name, *((self.point.text, self.percent) if long else (self.figure,))]

    @property
    def height(self) -> float:
        return LINE * len(self.lines)


def draw(chart: Chart, description: str) -> dict[str, Any]:
    """The chart in Vega-Lite, clockwise from the top in the order of its points."""
    slices = slice_up(chart.points)
    picture = Picture()
    if not slices:
        picture.height = 3 * LINE
        picture.text(WIDTH / 2, 1.5 * LINE, "各项均无数额", "center", FAINT)
        return picture.spec(description)
    named = _named(slices)
    sides = [[one for one in named if (one.middle < pi) == right] for right in (True, False)]
    tall = max(2 * OUTER, *(sum(one.height + EDGE / 2 for one in side) for side in sides)) + 2 * EDGE
    middle = (WIDTH / 2, tall / 2)
    for one in slices:
        picture.arc(middle, one.start, one.end, one.colour)
    picture.text(*middle, f"单位：{chart.unit}", "center", FAINT)
    for side, right in zip(sides, (1, -1), strict=True):
        _beside(picture, side, right, middle)
    picture.height = _below(picture, [one for one in slices if one not in named], tall)
    return picture.spec(description, (INNER, OUTER))


def slice_up(points: tuple[Point, ...]) -> list[Slice]:
    """What has a value, with its share of the whole; the shares add up to 100.00 %, as those of the text do."""
    shown = [point for point in points if point.value > 0]
    total = sum(point.value for point in shown)
    shares = percentages([point.value for point in shown], total) if shown else []
    slices = []
    below = 0
    for index, (point, share) in enumerate(zip(shown, shares, strict=True)):
        start, below = 2 * pi * below / total, below + point.value
        slices.append(Slice(point, share, start, 2 * pi * below / total, colour(index, len(shown))))
    return slices


def colour(index: int, count: int) -> str:
    """Of a slice; where the last and the first would both be dark, the last is neither."""
    closing = 1 < count == index + 1 and count % 2
    return BETWEEN if closing else COLOURS[index % len(COLOURS)]


def _named(slices: list[Slice]) -> list[Slice]:
    """Those named beside the ring: the largest of each side."""
    kept = []
    for right in (True, False):
        side = [one for one in slices if one.share >= SMALL and (one.middle < pi) == right]
        kept += sorted(side, key=lambda one: -one.share)[:MOST]
    return sorted(kept, key=lambda one: one.start)


def _beside(picture: Picture, side: list[Slice], right: int, middle: tuple[float, float]) -> None:
    side = sorted(side, key=lambda one: -cos(one.middle))
    x, y = middle
    wanted = [y - (OUTER + REACH / 2) * cos(one.middle) for one in side]
    for one, at in zip(side, spread(wanted, [one.height + EDGE / 2 for one in side], 2 * y), strict=True):
        bow = x + right * (OUTER + REACH)
        edge = (x + OUTER * sin(one.middle), y - OUTER * cos(one.middle))
        picture.line(*edge, bow - right * 8, at)
        picture.line(bow - right * 8, at, bow - right * 2, at)
        for index, line in enumerate(one.lines):
            high = at + (index - (len(one.lines) - 1) / 2) * LINE
            picture.text(bow + right * 3, high, line, "left" if right > 0 else "right")


def spread(wanted: list[float], heights: list[float], room: float) -> list[float]:
    """Middles as near to those wanted, top to bottom, as they can be without overlapping."""
    middles = list(wanted)
    low = 0.0
    for index, high in enumerate(heights):
        middles[index] = max(middles[index], low + high / 2)
        low = middles[index] + high / 2
    limit = room
    for index in range(len(middles) - 1, -1, -1):
        middles[index] = min(middles[index], limit - heights[index] / 2)
        limit = middles[index] - heights[index] / 2
    return middles


def _below(picture: Picture, rest: list[Slice], top: float) -> float:
    """The legend of the small shares; gives where it ends."""
    figures = max((width(one.figure) for one in rest), default=0) * SIZE
    room = (WIDTH - figures - 6 * EDGE) / SIZE
    names = [wrap(one.point.label, room) for one in rest]
    left = (WIDTH - figures - 6 * EDGE - max((width(n) for ns in names for n in ns), default=0) * SIZE) / 2
    for one, name in zip(rest, names, strict=True):
        middle = top + LINE / 2
        picture.bar(left, middle - 6, left + EDGE, middle + 6, one.colour)
        for index, line in enumerate(name):
            picture.text(left + 2 * EDGE, middle + index * LINE, line)
        picture.text(WIDTH - left, middle, one.figure, "right")
        top += LINE * len(name) + 2
    return top
