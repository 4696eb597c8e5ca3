"""Shapes of a picture, and the picture as a Vega-Lite description. All lengths are in pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from openbook.writing.fonts import SERIF, width

WIDTH = 500.0
SIZE = 14  # of letters; a phone shows the picture at three quarters
LINE = 20.0  # from one line of text to the next
FAMILY = f"{SERIF}, Source Han Serif SC, SimSun, serif"
INK, FAINT = "#222222", "#666666"
# In turn dark and light, so that neighbours differ in grey too; blue, ochre and violet are told apart
# by every kind of colour blindness.
COLOURS = ("#1f4e79", "#e3b15c", "#7a5195", "#9ecae1", "#8c4a2f", "#c5c5a8", "#4d4d4d", "#e8a0a0")
BETWEEN = "#4a958f"  # neither dark nor light: what closes a ring of an odd number


@dataclass(slots=True)
class Picture:
    """What is drawn, layer by layer: arcs and bars, then lines, then text."""

    height: float = 0.0
    arcs: list[dict[str, Any]] = field(default_factory=list)
    bars: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)

    def arc(self, middle: tuple[float, float], start: float, end: float, colour: str) -> None:
        """A piece of the ring, in radians from the top."""
        x, y = middle
        self.arcs.append({"x": x, "y": y, "start": start, "end": end, "colour": colour})

    def bar(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        self.bars.append({"x": left, "y": top, "x2": right, "y2": bottom, "colour": colour})

    def line(self, x: float, y: float, x2: float, y2: float) -> None:
        self.lines.append({"x": x, "y": y, "x2": x2, "y2": y2})

    def text(self, x: float, y: float, text: str, align: str = "left", colour: str = INK) -> None:
        """A line of text with its middle at `y`."""
        if text:
            self.texts.append({"x": x, "y": y, "text": text, "align": align, "colour": colour})

    def spec(self, description: str, radii: tuple[float, float] = (0, 0)) -> dict[str, Any]:
        """The picture in Vega-Lite; `radii` of the ring, inside and outside."""
        ring = {"type": "arc", "innerRadius": radii[0], "outerRadius": radii[1], "stroke": "white"}
        words = {"type": "text", "align": {"expr": "datum.align"}, "baseline": "middle", "fontSize": SIZE}
        ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
        angles = {
            "theta": {"field": "start", "type": "quantitative", "scale": None},
            "theta2": {"field": "end"},
        }
        text = {"text": {"field": "text", "type": "nominal"}}
        layers = [
            self._layer(self.arcs, ring, angles),
            self._layer(self.bars, {"type": "rect"}, ends),
            self._layer(self.lines, {"type": "rule", "color": FAINT}, ends),
            self._layer(self.texts, words, text),
        ]
        return {
            "description": description,
            "width": WIDTH,
            "height": self.height,
            "padding": 0,
            "autosize": "none",
            "background": "white",
            "layer": [layer for layer in layers if layer["data"]["values"]],
            "config": {"view": {"stroke": None}, "font": FAMILY, "aria": False},
        }

    def _layer(
        self, values: list[dict[str, Any]], mark: dict[str, Any], more: dict[str, Any]
    ) -> dict[str, Any]:
        encoding: dict[str, Any] = {
            "x": _axis("x", (0, WIDTH)),
            "y": _axis("y", (self.height, 0)),
            **more,
        }
        if values and "colour" in values[0]:
            encoding["color"] = {"field": "colour", "type": "nominal", "scale": None}
        return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _axis(name: str, domain: tuple[float, float]) -> dict[str, Any]:
    """Pixels as they are, from the upper left."""
    scale = {"domain": domain, "nice": False, "zero": False}
    return {"field": name, "type": "quantitative", "axis": None, "scale": scale}


def wrap(text: str, room: float) -> list[str]:
    """Lines of at most `room` em, of about the same length."""
    lines = max(1, int(-(-width(text) // room)))
    even = width(text) / lines
    broken = [""]
    for letter in text:
        here = width(broken[-1])
        if broken[-1] and (here + width(letter) > room or (here >= even - 0.01 and len(broken) < lines)):
            broken.append("")
        broken[-1] += letter
    return broken


def dots(text: str, room: float) -> str:
    """The text, cut to `room` em."""
    if width(text) <= room:
        return text
    while text and width(text) > room - 1:
        text = text[:-1]
    return text + "…"
