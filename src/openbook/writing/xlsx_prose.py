"""The explanation as paragraphs on a sheet, the charts as charts of Excel over live figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from openbook.disclosure import Chart, Heading, Paragraph, Point
from openbook.writing.charts_shapes import COLOURS
from openbook.writing.columns import lines
from openbook.writing.xlsx_formats import HEI, Formats, fitting, number_format
from openbook.writing.xlsx_formulas import Position

_WIDTH = 80  # half-width characters; what a page takes without being made smaller
_LINE, _TALLEST = 16, 400  # points
_SIZES = {1: 16, 2: 13, 3: 12}
_CHART_ROWS = 18  # rows a chart is high


def write_prose(sheet: Any, blocks: Iterable[Heading | Paragraph], formats: Formats) -> None:
    """One cell for each heading and paragraph, in a single wide column."""
    sheet.set_column(0, 0, _WIDTH)
    for row, block in enumerate(blocks):
        if isinstance(block, Heading):
            size = _SIZES.get(block.level, 11)
            align = "center" if block.level == 1 else "left"
            form = formats.get(font_name=HEI, font_size=size, align=align, text_wrap=True)
            sheet.write_string(row, 0, fitting(block.text), form)
            sheet.set_row(row, 10 + (size + 3) * lines(block.text, _WIDTH * 10 // size))
        else:
            _paragraph(sheet, row, block, formats)


def _paragraph(sheet: Any, row: int, block: Paragraph, formats: Formats) -> None:
    align = {"center": "center", "right": "right"}.get(block.style, "left")
    size = 9 if block.style == "note" else 11
    form = formats.get(font_size=size, align=align, text_wrap=True)
    bold = formats.get(font_size=size, bold=True)
    plain = formats.get(font_size=size)
    runs = [(fitting(run.text), run.bold) for run in block.runs if fitting(run.text)]
    if block.style == "body":
        runs = [("　　", False), *runs]
    text = "".join(text for text, _ in runs)
    if len(text) == len(fitting(text)) and len({heavy for _, heavy in runs}) == 2:
        pieces = [piece for text, heavy in runs for piece in (bold if heavy else plain, text)]
        sheet.write_rich_string(row, 0, *pieces, form)
    else:
        sheet.write_string(row, 0, fitting(text), form)
    sheet.set_row(row, min(_TALLEST, 6 + _LINE * lines(text, _WIDTH * 10 // 11)))


class ChartSheet:
    """All charts on one sheet, each beside the figures it is drawn from."""

    def __init__(self, book: Any, sheet: Any, formats: Formats, places: Mapping[str, str]) -> None:
        """`places`: the address of a figure -> where it stands, as ``'预算收支总表'!$B$5``."""
        self.book = book
        self.sheet = sheet
        self.formats = formats
        self.places = places
        self.row = 0
        sheet.set_landscape()
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 16)

    def add(self, chart: Chart) -> None:
        head = self.formats.get(bold=True, border=1, align="center")
        self.sheet.write_string(
            self.row, 0, fitting(chart.title), self.formats.get(font_name=HEI, font_size=12)
        )
        self.sheet.write_string(self.row + 1, 0, "项目", head)
        self.sheet.write_string(self.row + 1, 1, fitting(f"金额（{chart.unit}）"), head)
        first = self.row + 2
        for row, point in enumerate(chart.points, first):
            self.sheet.write_string(row, 0, fitting(point.label), self.formats.get(border=1, text_wrap=True))
            self._figure((row, 1), point)
        if chart.points:
            drawn = self._chart(chart, first, first + len(chart.points) - 1)
            about = {"description": fitting(chart.alternative), "object_position": 1}
            self.sheet.insert_chart(self.row, 3, drawn, about)
        self.row += max(_CHART_ROWS, len(chart.points) + 3)

    def _figure(self, place: Position, point: Point) -> None:
        decimals = len(point.text.partition(".")[2])
        form = self.formats.get(border=1, num_format=number_format(decimals))
        shown = Decimal(point.value).scaleb(-decimals)
        source = self.places.get(point.address)
        if source:
            self.sheet.write_formula(*place, f"={source}", form, shown)
        else:
            self.sheet.write_number(*place, shown, form)

    def _chart(self, chart: Chart, first: int, last: int) -> Any:
        name, count = self.sheet.get_name(), last - first + 1
        pie = chart.kind == "pie"
        drawn = self.book.add_chart({"type": "pie" if pie else "bar"})
        drawn.add_series(
            {
                "name": fitting(chart.title),
                "categories": [name, first, 0, last, 0],
                "values": [name, first, 1, last, 1],
                **(_slices(count) if pie else _bars(count)),
            }
        )
        drawn.set_title({"name": fitting(f"{chart.title}（{chart.unit}）"), "name_font": {"size": 12}})
        drawn.set_legend({"none": True})
        drawn.set_chartarea({"border": {"none": True}})
        if not pie:
            drawn.set_y_axis({"reverse": True})
            drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        drawn.set_size({"width": 560, "height": 20 * (_CHART_ROWS - 2)})
        return drawn


def _slices(count: int) -> dict[str, Any]:
    labels = {"category": True, "percentage": True, "leader_lines": True, "position": "outside_end"}
    fills = [{"fill": {"color": COLOURS[at % len(COLOURS)]}} for at in range(count)]
    return {"data_labels": labels, "points": fills}


def _bars(count: int) -> dict[str, Any]:
    """Few bars stand far apart, so that one alone does not fill the picture."""
    return {"data_labels": {"value": True}, "fill": {"color": COLOURS[0]}, "gap": max(60, 480 - 80 * count)}
