"""Bars that lie: names on the left, figures where the bars end."""

from __future__ import annotations

from typing import Any

from openbook.disclosure import Chart, Point
from openbook.writing.charts_shapes import COLOURS, FAINT, LINE, SIZE, WIDTH, Picture, dots, wrap
from openbook.writing.fonts import width

NAMES = 12.0  # em for the names
MAX_LINES = 3  # of a name
GAP = 10.0  # between what stands side by side, or one below the other
THICK = 16.0


def draw(chart: Chart, description: str) -> dict[str, Any]:
    """The chart in Vega-Lite, in the order of its points."""
    picture = Picture()
    picture.text(WIDTH, LINE / 2, f"单位：{chart.unit}", "right", FAINT)
    top = LINE + GAP / 2
    left, right = _plot(chart.points)
    ends = [0, *(point.value for point in chart.points)]
    least, most = min(ends), max(ends)
    scale = (right - left) / max(most - least, 1)
    zero = left - least * scale
    for point in chart.points:
        name = [dots(line, NAMES) for line in wrap(point.label, NAMES)[:MAX_LINES]]
        high = max(LINE * len(name), THICK) + GAP / 2
        middle = top + high / 2
        for index, line in enumerate(name):
            at = middle + (index - (len(name) - 1) / 2) * (LINE - 2)
            picture.text(NAMES * SIZE, at, line, "right")
        end = zero + point.value * scale
        picture.bar(min(zero, end), middle - THICK / 2, max(zero, end), middle + THICK / 2, COLOURS[0])
        picture.text(max(zero, end) + GAP * 0.7, middle, point.text)
        top += high
    picture.line(zero, LINE + GAP / 2, zero, top)
    picture.height = top + 1
    return picture.spec(description)


def _plot(points: tuple[Point, ...]) -> tuple[float, float]:
    """Where bars begin and end at most: figures need room behind them."""
    figures = max((width(point.text) for point in points), default=0) * SIZE
    left = NAMES * SIZE + GAP
    return left, max(WIDTH - figures - GAP, left + 40)
