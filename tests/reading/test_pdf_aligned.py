"""Tables without lines between their columns: found where figures stand flush, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.reading.pdf import read_pdf
from openbook.source import Paragraph, Source
from tests.reading.paper import Page, save

HEADS = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
ROWS = [
    ["201", "一般公共服务支出", "1,234.50", "1,000.00", "234.50"],
    ["20103", "办公厅及相关机构事务", "1,234.50", "1,000.00", "234.50"],
    ["2010301", "行政运行", "1,000.00", "1,000.00", ""],
    ["2010302", "一般管理事务", "234.50", "", "234.50"],
    ["", "合计", "1,234.50", "1,000.00", "234.50"],
]
LEFT, RIGHT = [60.0, 150], [460.0, 590, 720]  # of names and of figures
TITLE = "2024年部门支出预算总表"


def lay(page: Page, y: float, rows: list[list[str]], step: float = 20) -> Page:
    for number, (code, name, *figures) in enumerate(rows):
        at = y + step * number
        for x, text in zip(LEFT, (code, name), strict=True):
            if text:
                page.text(x, at, text, 10)
        for right, figure in zip(RIGHT, figures, strict=True):
            if figure:
                page.flush(right, at, figure, 10)
    return page


def heads(page: Page, y: float, names: list[str] = HEADS) -> Page:
    """Names in the middle of columns that reach a little farther than their figures."""
    middles = [75, 240, 410, 540, 670]
    for middle, name in zip(middles, names, strict=True):
        if name:
            page.text(middle - 5 * len(name), y, name, 10)
    return page


def whole(title: str = TITLE) -> Page:
    page = (
        Page().text(330, 40, title, 16).text(60, 70, "编制部门：某某局", 10).text(660, 70, "单位：万元", 10)
    )
    return lay(heads(page, 95), 120, ROWS)


def read(folder: Path, *pages: Page) -> Source:
    return read_pdf(save(folder, *pages))


def grids(source: Source) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table.rows] for table in source.tables()]


def texts(source: Source) -> list[str]:
    return [one.text for one in source.paragraphs()]


def test_a_table_without_any_line(tmp_path):
    source = read(tmp_path, whole().text(60, 240, "注：金额四舍五入。", 10))
    assert grids(source) == [[HEADS, *ROWS]]
    kinds = [block.text if isinstance(block, Paragraph) else "表" for block in source.blocks]
    assert kinds == [TITLE, "编制部门：某某局 单位：万元", "表", "注：金额四舍五入。"]


def test_three_lines_across_change_nothing(tmp_path):
    page = whole()
    for y in (90, 113, 222):
        page.stroke(50, y, 730, y)
    assert grids(read(tmp_path, page)) == [[HEADS, *ROWS]]


def test_cells_stand_where_they_are_printed(tmp_path):
    (table,) = read(tmp_path, whole()).tables()
    left, top, right, bottom = table.rows[1][2].place.box or (0, 0, 0, 0)
    assert left < 420 < 460 <= right < 550
    assert top < 121
    assert 129 < bottom < 141


def test_columns_without_figures_are_kept(tmp_path):
    rows = [[*row[:3], "", row[4]] for row in ROWS]
    page = lay(heads(Page().text(330, 40, TITLE, 16), 95), 120, rows)
    assert grids(read(tmp_path, page)) == [[HEADS, *rows]]


def test_two_sides(tmp_path):
    left = [("一、财政拨款收入", "900.00"), ("二、事业收入", "100.00"), ("", ""), ("", "")]
    right = [
        ("一般公共服务支出", "200.00"),
        ("教育支出", "500.00"),
        ("卫生健康支出", "200.00"),
        ("住房保障支出", "100.00"),
    ]
    page = Page().text(330, 40, "2024年部门收支预算总表", 16)
    for x, name in zip((90, 300, 480, 700), ("收入项目", "预算数", "支出项目", "预算数"), strict=True):
        page.text(x, 90, name, 10)
    rows = []
    pairs = [*zip(left, right, strict=True), (("收入总计", "1,000.00"), ("支出总计", "1,000.00"))]
    for number, ((a, b), (c, d)) in enumerate(pairs):
        y = 115 + 20 * number
        for x, name in ((60, a), (440, c)):
            if name:
                page.text(x, y, name, 10)
        for end, figure in ((360, b), (760, d)):
            if figure:
                page.flush(end, y, figure, 10)
        rows.append([a, b, c, d])
    assert grids(read(tmp_path, page)) == [[["收入项目", "预算数", "支出项目", "预算数"], *rows]]


def test_groups_of_heads_and_heads_of_two_lines(tmp_path):
    page = Page().text(330, 40, TITLE, 16)
    page.text(575, 70, "其中财政拨款", 10)  # over the two last columns
    for middle, name in zip(
        (75, 240, 410, 540, 670), ("编码", "科目名称", "合计", "基本", "项目"), strict=True
    ):
        page.text(middle - 5 * len(name), 95, name, 10)
    page.text(530, 107, "支出", 10).text(660, 107, "支出", 10)
    (rows,) = grids(read(tmp_path, lay(page, 130, ROWS)))
    assert rows[-6:] == [["编码", "科目名称", "合计", "基本支出", "项目支出"], *ROWS]


def test_names_of_two_lines_stay_one(tmp_path):
    page = whole()
    page.text(150, 232, "机关事业单位基本养老", 10).text(150, 244, "保险缴费", 10)
    page.text(60, 232, "2080505", 10).flush(460, 232, "7.00", 10).flush(590, 232, "7.00", 10)
    (rows,) = grids(read(tmp_path, page))
    assert rows[-1] == ["2080505", "机关事业单位基本养老保险缴费", "7.00", "7.00", ""]


def test_the_rest_on_the_next_page_has_the_same_columns(tmp_path):
    rest = [["205", "教育支出", "9,876,543.00", "", "9,876,543.00"], ["", "总计", "5.00", "", "5.00"]]
    first, second = grids(read(tmp_path, whole(), lay(Page(), 60, rest)))
    assert first == [HEADS, *ROWS]
    assert second == rest


def test_half_a_table_is_none(tmp_path):
    """The next page does not fit: its figures stand elsewhere."""
    page = Page()
    for y in (60, 80, 100):
        page.text(60, y, "教育支出", 10)
        for right in (300, 380, 460, 540, 620, 700):
            page.flush(right, y, "1,000.00", 10)
    source = read(tmp_path, whole(), page)
    assert not grids(source)
    (problem,) = source.problems
    assert (problem.code, problem.place.page) == ("OB006", 2)
    assert "没有框线" in problem.message


def test_a_table_cut_in_two_by_a_sentence_is_none(tmp_path):
    page = whole().text(60, 232, "以下各项为上年结转。", 10)
    assert not grids(read(tmp_path, lay(page, 255, ROWS)))


@pytest.mark.parametrize(
    "page",
    [
        lay(Page().text(330, 40, "基本情况", 16), 120, ROWS),  # no title
        lay(Page().text(330, 40, TITLE, 16), 120, ROWS),  # no heads
        lay(heads(Page().text(330, 40, TITLE, 16), 95, ["编码", "名称", "", "", "数"]), 120, ROWS),
        lay(heads(Page().text(330, 40, TITLE, 16), 95), 120, ROWS[:2]),  # too few
        whole().text(395, 189, "另有说明文字一段", 10),  # words among figures
    ],
)
def test_what_leaves_a_doubt_is_text(tmp_path, page):
    source = read(tmp_path, page)
    assert not grids(source)
    assert any("1,234.50" in text for text in texts(source))


def test_prose_is_never_a_table(tmp_path):
    page = Page().text(60, 40, "三、关于支出预算表", 12)
    for number in range(8):
        y = 70 + 20 * number
        page.text(60, y, "本年支出预算", 12).text(150, y, f"{number + 1},234.50", 12).text(215, y, "万元", 12)
        page.text(255, y, "比上年增加", 12).text(330, y, "100.00", 12).text(
            385, y, "万元，主要是新增项目", 12
        )
    source = read(tmp_path, page)
    assert not list(source.tables())
    assert len("".join(texts(source))) > 200


def test_a_list_of_contents_is_no_table(tmp_path):
    page = Page().text(330, 40, "部门预算公开表", 16)
    for number, name in enumerate(["收支总表", "收入总表", "支出总表", "财政拨款收支总表"], 1):
        page.flush(70, 60 + 20 * number, str(number), 12).text(100, 60 + 20 * number, name, 12)
        page.flush(760, 60 + 20 * number, str(number + 4), 12)
    assert not list(read(tmp_path, page).tables())


def test_a_total_on_the_next_page_that_touches_a_name_is_not_lost_silently(tmp_path):
    rest = Page().text(150, 60, "教育支出", 10).flush(460, 60, "5.00", 10).text(461, 60, "其中", 10)
    source = read(tmp_path, whole(), rest.flush(720, 60, "5.00", 10))
    assert not grids(source)
    assert [problem.code for problem in source.problems] == ["OB006"]


FIGURES = st.sampled_from(["", "", "0.00", "5.00", "12.34", "1,234.50", "987,654.00", "12,345,678.90"])
NAMES = st.sampled_from(["合计", "行政运行", "一般行政管理事务", "住房公积金", "机关事业单位养老保险"])


@st.composite
def printed(draw):
    """A table as offices print it: names flush left, figures flush right, heads in the middle."""
    page = Page().text(330, 40, TITLE, 16)
    named = draw(st.lists(st.booleans(), min_size=2, max_size=6).map(lambda kinds: [True, *kinds]))
    count = draw(st.integers(3, 8))
    names = ["项目", "支出", "预算数", "上年结转", "财政拨款"]
    step = draw(st.sampled_from([13, 16, 20, 32]))
    left, columns = 40.0, []
    for name in named:
        head = draw(st.sampled_from(names))
        cells = draw(st.lists(NAMES if name else FIGURES, min_size=count, max_size=count))
        widest = max(sum(5 if one.isascii() else 10 for one in cell) for cell in [head, *cells])
        width = widest + draw(st.floats(8, 40))
        page.text(left + width / 2 - 5 * len(head), 90, head, 10)
        for row, cell in enumerate(cells):
            if name:
                page.text(left + 3, 115 + step * row, cell, 10)
            else:
                page.flush(left + width - 3, 115 + step * row, cell, 10)
        left += width
        columns.append([head, *cells])
    page.width = max(842, left + 40)
    return page, [list(row) for row in zip(*columns, strict=True)]


@settings(max_examples=200, deadline=None)
@given(printed())
def test_all_of_a_table_or_nothing(tmp_path_factory, case):
    page, rows = case
    for found in grids(read(tmp_path_factory.mktemp("bare"), page)):
        assert found == rows, (found, rows)
