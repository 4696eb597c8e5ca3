"""Charts print every figure as the disclosure does, and can be read without colour."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.disclosure import Chart, Point, figure
from openbook.writing import charts
from openbook.writing.charts_pie import MOST, SMALL, colour, slice_up, spread
from openbook.writing.charts_shapes import COLOURS, SIZE, WIDTH, wrap
from openbook.writing.fonts import width
from tests.writing.sample import sample_disclosure

CLASSES = (
    "工资福利支出 商品和服务支出 对个人和家庭的补助 债务利息及费用支出 资本性支出（基本建设） 资本性支出 对企业补助（基本建设） 对企业补助 "
    "对社会保障基金补助 其他支出 一般公共服务支出 文化旅游体育与传媒支出 社会保障和就业支出 灾害防治及应急管理支出"
).split()


def chart(kind: str, *values: int, names: list[str] | None = None) -> Chart:
    names = names or CLASSES
    points = tuple(
        Point(name, figure(value, 2), value, f"s/{name}") for name, value in zip(names, values, strict=False)
    )
    return Chart("c", kind, "支出构成", "万元", points)


def texts(drawing: str) -> list[str]:
    return [
        element.text or ""
        for element in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")
    ]


def sizes(drawing: str) -> set[float]:
    return {float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)}


@pytest.mark.parametrize("kind", ["pie", "bar"])
def test_every_figure_is_printed_as_it_is_published(kind: str) -> None:
    drawn = chart(kind, *(1_234_567 // (index + 1) ** 2 for index in range(14)))
    shown = "\n".join(texts(charts.svg(drawn)))
    for point in drawn.points:
        assert re.search(rf"(?m)^{re.escape(point.text)}(?:（|$)", shown), point


@pytest.mark.parametrize("kind", ["pie", "bar"])
def test_every_name_is_printed(kind: str) -> None:
    drawn = chart(kind, *range(1_000, 15_000, 1_000))
    shown = "".join(texts(charts.svg(drawn)))
    assert all(point.label in shown for point in drawn.points)


@pytest.mark.parametrize("kind", ["pie", "bar"])
def test_letters_are_large_enough_and_nothing_runs(kind: str) -> None:
    drawing = charts.svg(chart(kind, 5, 4, 3, 2, 1))
    assert sizes(drawing) == {SIZE}
    assert SIZE >= 10
    assert "<script" not in drawing
    assert "http" not in drawing.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("kind", ["pie", "bar"])
def test_the_same_chart_gives_the_same_bytes(kind: str) -> None:
    drawn = chart(kind, 300, 200, 100)
    first = charts.svg(drawn), charts.png(drawn)
    charts._draw.cache_clear()
    assert (charts.svg(drawn), charts.png(drawn)) == first


def test_shares_are_printed_beside_the_figures() -> None:
    shown = texts(charts.svg(chart("pie", 10_000, 20_000)))
    assert "100.00（33.33%）" in shown
    assert "200.00（66.67%）" in shown


def test_a_point_without_value_is_left_out_of_a_pie() -> None:
    shown = "".join(texts(charts.svg(chart("pie", 500, 0, 300))))
    assert CLASSES[1] not in shown
    assert CLASSES[2] in shown


def test_a_single_point_is_the_whole_ring() -> None:
    assert "5.00（100.00%）" in texts(charts.svg(chart("pie", 500)))


@pytest.mark.parametrize("values", [(), (0, 0)])
def test_a_pie_of_nothing_says_so(values: tuple[int, ...]) -> None:
    assert texts(charts.svg(chart("pie", *values))) == ["各项均无数额"]


def test_bars_of_nothing_are_drawn_too() -> None:
    assert "0.00" in texts(charts.svg(chart("bar", 0, 0)))


def test_negative_parts_are_drawn_as_bars() -> None:
    drawing = charts.svg(chart("pie", 500, -300))
    assert {"5.00", "-3.00"} <= set(texts(drawing))
    assert "%" not in "".join(texts(drawing))


def test_a_png_has_twice_the_pixels() -> None:
    drawn = chart("bar", 5, 4)
    height = int(re.search(r'height="(\d+)"', charts.svg(drawn))[1])
    picture = charts.png(drawn)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 2 * WIDTH
    assert abs(int.from_bytes(picture[20:24], "big") - 2 * height) <= 2


def test_markup_in_names_is_printed_as_it_is() -> None:
    names = ["<script>alert(1)</script>\"&'", "a\x00b\x1b\u202ec\ufffe\ud800"]
    shown = "".join(texts(charts.svg(chart("bar", 2, 1, names=names))))
    assert names[0] in shown
    assert "abc" in shown


def test_charts_of_the_sample_are_drawn() -> None:
    for block in sample_disclosure().blocks:
        if isinstance(block, Chart):
            assert all(point.text in "".join(texts(charts.svg(block))) for point in block.points)


# --- geometry ---------------------------------------------------------------------------

Box = tuple[float, float, float, float]


def boxes(drawn: Chart) -> list[Box]:
    """Where each line of text stands, from the description that is drawn."""
    layers = charts.describe(drawn)["layer"]
    found = []
    for one in layers[-1]["data"]["values"]:
        wide = width(one["text"]) * SIZE
        left = one["x"] - {"left": 0.0, "center": wide / 2, "right": wide}[one["align"]]
        found.append((left, one["y"] - SIZE / 2, left + wide, one["y"] + SIZE / 2))
    return found


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["pie", "bar"]), st.lists(st.integers(0, 99_999_999), min_size=1, max_size=14))
def test_no_two_texts_overlap_and_none_leaves_the_picture(kind: str, values: list[int]) -> None:
    drawn = chart(kind, *values)
    height = charts.describe(drawn)["height"]
    found = boxes(drawn)
    for left, top, right, bottom in found:
        assert left >= -0.01
        assert right <= WIDTH + 0.01
        assert top >= -0.01
        assert bottom <= height + 0.01
    for one, other in combinations(found, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@given(st.lists(st.integers(0, 10**12), max_size=20))
def test_shares_are_those_of_the_printed_values_and_add_up(values: list[int]) -> None:
    slices = slice_up(tuple(Point(str(value), "", value, "") for value in values))
    total = sum(values)
    for piece in slices:
        assert abs(piece.share * total - piece.point.value * 10_000) < total
    assert sum(piece.share for piece in slices) == (10_000 if total else 0)
    assert len(slices) == sum(value > 0 for value in values)


@given(st.lists(st.tuples(st.floats(0, 400), st.sampled_from([40.0, 60.0])), max_size=6))
def test_labels_are_spread_without_touching(wanted: list[tuple[float, float]]) -> None:
    wanted.sort()
    heights = [high for _, high in wanted]
    middles = spread([at for at, _ in wanted], heights, 400)
    for (first, one), (second, two) in pairwise(zip(middles, heights, strict=True)):
        assert second - first >= (one + two) / 2 - 0.001


@given(st.text(alphabet="项目支出abc123", min_size=1, max_size=60), st.integers(4, 20))
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert "".join(lines) == text
    assert all(width(line) <= room for line in lines)


def luminance(code: str) -> float:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("count", range(2, 18))
def test_neighbours_differ_in_grey_too(count: int) -> None:
    ring = [colour(index, count) for index in range(count)]
    for one, other in pairwise([*ring, ring[0]]):
        assert abs(luminance(one) - luminance(other)) > 0.12, (one, other)


def test_a_ring_names_only_large_shares_beside_it() -> None:
    assert 100 <= SMALL <= 1000
    assert MOST >= 2
    assert len(set(COLOURS)) == len(COLOURS) >= 8
