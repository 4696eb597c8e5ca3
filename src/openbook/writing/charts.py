"""Charts as pictures: the same drawing in page, docx and PDF, drawn from a Vega-Lite description.

Where everything stands is computed here, by rule; Vega-Lite draws it. A picture has no title: the
text it stands in gives one. Names, figures and shares are printed beside what they belong to, so
that nothing hangs on colour alone.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from openbook.disclosure import Chart
from openbook.writing import charts_bar, charts_pie, fonts

PPI = 96  # an SVG's pixels
_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg")"""


def describe(chart: Chart) -> dict[str, Any]:
    """The chart in Vega-Lite. A pie that has negative parts is drawn as bars."""
    chart = _plain(chart)
    pie = chart.kind == "pie" and all(point.value >= 0 for point in chart.points)
    draw = charts_pie.draw if pie else charts_bar.draw
    return draw(chart, chart.alternative)


def _plain(chart: Chart) -> Chart:
    """The chart on lines without controls: the converter dies of some, and no line of a label breaks."""

    def line(text: str) -> str:
        return fonts.plain(text).replace("\n", " ")

    points = tuple(point._replace(label=line(point.label), text=line(point.text)) for point in chart.points)
    return replace(chart, title=line(chart.title), unit=line(chart.unit), points=points)


def svg(chart: Chart) -> str:
    """The chart as SVG, without script; letters are text in the fonts of `openbook.writing.fonts`."""
    return _draw(json.dumps(describe(chart), ensure_ascii=False))


def png(chart: Chart, scale: float = 2) -> bytes:
    """The chart as PNG, `scale` pixels for each of the SVG; drawn with OpenBook's fonts alone."""
    import typst

    picture: bytes = typst.compile(
        _PAGE,
        font_paths=fonts.for_typst(),
        ignore_system_fonts=True,
        format="png",
        ppi=PPI * scale,
        sys_inputs={"drawing": svg(chart)},
    )
    return picture


@lru_cache(maxsize=64)
def _draw(spec: str) -> str:
    import vl_convert

    drawing: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return drawing
