"""PDFs: grids out of ruling lines, paragraphs out of printed lines, and what is hidden."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pdfplumber
import pytest

from openbook.reading.pdf import read_pdf
from openbook.reading.pdf_raw import Glyphs
from openbook.reading.pdf_text import Words, find_runs, make_rows
from openbook.source import Paragraph, Place, RawTable, Source
from tests.reading.paper import PICTURE, Page, encode, save

XS = [50.0, 90, 130, 170, 400, 500, 600]
ROWS = [
    ["类", "款", "项", "名称", "合计", "其他"],
    ["201", "", "", "一般公共\n服务支出", "1,234.50", ""],
    ["201", "03", "01", "行政运行", "5.00", "08"],
]
YS = [100.0, 120, 150, 175]


def read(folder: Path, *pages: Page) -> Source:
    return read_pdf(save(folder, *pages))


def grid(table: RawTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def grids(source: Source) -> list[list[list[str]]]:
    return [grid(table) for table in source.tables()]


def texts(source: Source) -> list[str]:
    return [paragraph.text for paragraph in source.paragraphs()]


def bare(rows: list[list[str | None]]) -> list[list[str]]:
    return [[re.sub(r"\s+", "", cell or "") for cell in row] for row in rows]


def plumb(path: str) -> list[list[list[str]]]:
    with pdfplumber.open(path) as file:
        return [bare(table) for page in file.pages for table in page.extract_tables()]


def test_title_and_note_stand_around_their_table(tmp_path):
    page = Page().text(300, 50, "2024年部门收入预算总表", 18)
    page.text(50, 80, "编制部门：某某局").text(540, 80, "单位：元").table(XS, YS, ROWS)
    source = read(tmp_path, page.text(50, 180, "注：空栏表示没有。"))
    kinds = [block.text if isinstance(block, Paragraph) else "表" for block in source.blocks]
    assert kinds == ["2024年部门收入预算总表", "编制部门：某某局 单位：元", "表", "注：空栏表示没有。"]
    assert source.pages == 1
    assert not source.problems


def test_every_code_has_its_cell_and_wrapped_names_are_joined(tmp_path):
    path = save(tmp_path, Page().table(XS, YS, ROWS))
    (rows,) = grids(read_pdf(path))
    assert rows == [[cell.replace("\n", "") for cell in row] for row in ROWS]
    assert plumb(path) == [rows]


def test_cells_have_the_place_of_their_box(tmp_path):
    (table,) = read(tmp_path, Page(), Page().table(XS, YS, ROWS)).tables()
    assert table.page == 2
    assert [cell.place for cell in table.rows[1][4:]] == [
        Place(page=2, box=(400, 120, 500, 150)),
        Place(page=2, box=(500, 120, 600, 150)),
    ]


def merged() -> Page:
    """项目 over 类 and 名称, which has two rows; 合计 over both rows."""
    page = Page()
    for x0, y0, x1, y1 in [
        (50, 100, 400, 100), (50, 120, 300, 120), (50, 140, 100, 140), (50, 160, 400, 160), (50, 180, 400, 180),
        (50, 100, 50, 180), (100, 120, 100, 180), (300, 100, 300, 180), (400, 100, 400, 180),
    ]:  # fmt: skip
        page.stroke(x0, y0, x1, y1)
    for x, y, text in [
        (150, 104, "项目"), (320, 124, "合计"), (60, 124, "编码"), (150, 134, "名称"), (60, 144, "类"),
        (60, 164, "201"), (110, 164, "一般公共服务"), (320, 164, "7.00"),
    ]:  # fmt: skip
        page.text(x, y, text, 10)
    return page


def test_merged_cells_cover_columns_and_rows(tmp_path):
    path = save(tmp_path, merged())
    (table,) = read_pdf(path).tables()
    assert grid(table) == [
        ["项目", "", "合计"],
        ["编码", "名称", ""],
        ["类", "", ""],
        ["201", "一般公共服务", "7.00"],
    ]
    assert {cell.text: (cell.span, cell.down) for row in table.rows for cell in row if cell.text} == {
        "项目": (2, 1), "合计": (1, 3), "编码": (1, 1), "名称": (1, 2), "类": (1, 1),
        "201": (1, 1), "一般公共服务": (1, 1), "7.00": (1, 1),
    }  # fmt: skip
    assert plumb(path) == [grid(table)]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_read_as_they_are_seen(tmp_path, rotate):
    matrix = {
        0: "1 0 0 1 0 0",
        90: "0 1 -1 0 595 0",
        180: "-1 0 0 -1 842 595",
        270: "0 -1 1 0 0 842",
    }[rotate]
    page = Page().put(f"{matrix} cm").text(50, 60, "收入总表", 16).table(XS, YS, ROWS)
    if rotate in {90, 270}:
        page.width, page.height = page.height, page.width
    page.rotate = rotate
    source = read(tmp_path, page)
    assert texts(source) == ["收入总表"]
    (table,) = source.tables()
    assert grid(table)[2] == ROWS[2]
    assert table.rows[0][0].place.box == pytest.approx((50, 100, 90, 120), abs=0.2)


def test_lines_may_be_thin_boxes_or_strokes_cell_by_cell(tmp_path):
    boxes, cells = Page(), Page()
    for y in YS:
        boxes.bar(50, y - 0.5, 600, y + 0.5)
    for x in XS:
        boxes.bar(x - 0.5, 100, x + 0.5, 175)
    for top, bottom in itertools.pairwise(YS):
        for left, right in itertools.pairwise(XS):
            cells.put(f"{left} {595 - bottom} {right - left} {bottom - top} re S")
    source = read(tmp_path, boxes.fill(XS, YS, ROWS), cells.fill(XS, YS, ROWS))
    first, second = grids(source)
    assert first == second == [[cell.replace("\n", "") for cell in row] for row in ROWS]


def test_lines_inside_a_form_object_count(tmp_path):
    (table,) = read(tmp_path, Page().table(XS, YS, ROWS).as_form("1 0 0 1 20 -30")).tables()
    assert table.rows[0][0].place == Place(page=1, box=(70, 130, 110, 150))
    assert grid(table)[2] == ROWS[2]


def test_many_lines_may_be_one_path(tmp_path):
    strokes = " ".join(f"{x} {595 - 100} m {x} {595 - 175} l" for x in XS)
    strokes += " " + " ".join(f"{XS[0]} {595 - y} m {XS[-1]} {595 - y} l" for y in YS)
    boxes = " ".join(f"{x - 0.3} {595 - 175} 0.6 75 re" for x in XS)
    boxes += " " + " ".join(f"{XS[0]} {595 - y - 0.3} 550 0.6 re" for y in YS)
    curve = "300 300 m 320 300 340 320 340 340 c 300 340 l h S"
    for operators in (f"{strokes} S", f"{boxes} f", f"{strokes} S {curve}"):
        (rows,) = grids(read(tmp_path, Page().put(operators).fill(XS, YS, ROWS)))
        assert rows[2] == ROWS[2]


def test_double_lines_are_one(tmp_path):
    page = Page().table(XS, YS, ROWS)
    for y in YS:
        page.stroke(50, y + 1.5, 600, y + 1.5)
    (rows,) = grids(read(tmp_path, page))
    assert [len(row) for row in rows] == [6, 6, 6]


def test_a_table_open_at_its_sides_has_its_outer_columns(tmp_path):
    page = Page().fill(XS, YS, ROWS)
    for y in YS:
        page.stroke(50, y, 600, y)
    for x in XS[1:-1]:
        page.stroke(x, 100, x, 175)
    (rows,) = grids(read(tmp_path, page))
    assert rows[2] == ROWS[2]


def test_rows_without_lines_between_them_are_parted(tmp_path):
    rows = [["项目", "合计", "基本"], ["行政运行\n公用经费\n其他", "1,100.00\n20.00\n3.50", "100.00\n20.00"]]
    (table,) = grids(read(tmp_path, Page().table([50, 200, 300, 400], [100, 120, 180], rows)))
    assert table == [
        ["项目", "合计", "基本"],
        ["行政运行", "1,100.00", "100.00"],
        ["公用经费", "20.00", "20.00"],
        ["其他", "3.50", ""],
    ]


def test_wrapped_cells_are_not_parted(tmp_path):
    rows = [["机关事业单位\n基本养老保险", "164,978,\n640.00", "1234567\n.89", "7.00"]]
    (table,) = grids(read(tmp_path, Page().table([50, 200, 300, 400, 500], [100, 150], rows)))
    assert table == [["机关事业单位基本养老保险", "164,978,640.00", "1234567.89", "7.00"]]


def test_tables_one_below_the_other_are_two(tmp_path):
    page = Page().table([50, 100, 200], [100, 120], [["甲", "1"]]).text(50, 130, "表二")
    source = read(tmp_path, page.table([50, 100, 200], [150, 170], [["乙", "2"]]))
    assert grids(source) == [[["甲", "1"]], [["乙", "2"]]]
    assert isinstance(source.blocks[1], Paragraph)


def test_a_line_under_words_bounds_no_cell(tmp_path):
    page = Page().table(XS, YS, ROWS).stroke(175, 139, 230, 139).stroke(60, 300, 300, 300)
    (rows,) = grids(read(tmp_path, page))
    assert rows == [[cell.replace("\n", "") for cell in row] for row in ROWS]


def test_background_and_frame_are_no_table(tmp_path):
    page = Page().bar(50, 90, 600, 130, "1 g").bar(50, 130, 600, 170, "0.9 g")
    page.stroke(20, 20, 820, 20).stroke(20, 570, 820, 570).stroke(20, 20, 20, 570).stroke(820, 20, 820, 570)
    source = read(tmp_path, page.text(60, 100, "第一部分").text(60, 140, "第二部分"))
    assert texts(source) == ["第一部分", "第二部分"]
    assert not grids(source)


def test_a_total_line_alone_on_the_next_page_keeps_the_columns(tmp_path):
    rest = Page()
    for y in (60, 80):
        rest.stroke(50, y, 600, y)
    for x in (50, 400, 500, 600):
        rest.stroke(x, 60, x, 80)
    rest.text(60, 64, "合计").text(420, 64, "1,239.50").text(520, 64, "08").text(420, 570, "- 2 -", 9)
    source = read(tmp_path, Page().table(XS, YS, ROWS), rest)
    first, second = source.tables()
    assert [cell.text for cell in second.rows[0]] == ["合计", "", "", "", "1,239.50", "08"]
    assert second.rows[0][0].span == 4
    assert len(first.rows[0]) == len(second.rows[0])


def test_text_that_runs_over_a_line_stays_whole(tmp_path):
    page = Page().table([50, 120, 200, 300], [100, 120], [["机关事业单位养老保险", "", "3.00"]])
    assert grids(read(tmp_path, page)) == [[["机关事业单位养老保险", "", "3.00"]]]


def test_texts_that_nearly_touch_over_a_line_are_two(tmp_path):
    page = Page().table([50, 100, 200], [100, 120], [["", ""]])
    page.text(64.8, 104, "4100.00", 10).text(100.2, 104, "年度", 10)
    assert grids(read(tmp_path, page)) == [[["4100.00", "年度"]]]


LONG = (
    "本年度收入预算比上年增加的主要原因是新增了一项公共服务，其余各项保持不变，支出安排与收入相当，没有结转。"
)


def test_wrapped_lines_are_one_paragraph(tmp_path):
    page = Page().text(74, 100, LONG[:28]).text(50, 120, LONG[28:]).text(74, 140, "下一段另起一行。")
    page.text(50, 160, LONG[:30])
    page.width = 50 + 30 * 12 + 50
    source = read(tmp_path, page)
    first, second, _ = source.paragraphs()
    assert first.text == LONG
    assert [piece.start for piece in first.pieces] == [0, 28]
    assert first.place(30).box == pytest.approx((50, 120, 50 + 12 * len(LONG[28:]), 132), abs=0.2)
    assert second.text == "下一段另起一行。"


def test_a_paragraph_goes_on_over_the_page(tmp_path):
    one = Page(width=460).text(74, 560, LONG[:28]).text(220, 575, "— 7 —", 9)
    two = Page(width=460).text(50, 50, LONG[28:]).text(220, 575, "第 8 页 共 9 页", 9)
    (paragraph,) = read(tmp_path, one, two).paragraphs()
    assert paragraph.text == LONG
    assert [piece.place.page for piece in paragraph.pieces] == [1, 2]


def test_lines_of_contents_stay_apart(tmp_path):
    page = Page(width=460)
    for number, name in enumerate(["一、部门职责", "二、部门预算表", "三、名词解释"]):
        page.text(50, 100 + 20 * number, f"{name}{'…' * (30 - len(name))}")
    assert len(texts(read(tmp_path, page))) == 3


def test_blanks_by_distance(tmp_path):
    page = Page().text(50, 50, "目").text(110, 50, "录").text(50, 80, "the end").text(50, 110, "预 算")
    page.text(50, 140, "两").text(67, 140, "端").text(84, 140, "对").text(101, 140, "齐")
    assert texts(read(tmp_path, page)) == ["目 录", "the end", "预 算", "两端对齐"]


def test_flat_glyphs_stay_in_their_line():
    """Fonts without metrics box 一 and dashes as flat as they are drawn."""
    glyphs = Glyphs("第一部一", [0.0, 12, 24, 36], [0.0, 5, 0, 5], [12.0, 24, 36, 48], [12.0, 7, 12, 7])
    words = [
        Words(glyphs.text[run.first : run.last], run.left, run.top, run.right, run.bottom, blank)
        for run, blank in find_runs(glyphs)
    ]
    assert [row.text for row in make_rows(words)] == ["第一部一"]


def test_radicals_become_characters(tmp_path):
    assert texts(read(tmp_path, Page().text(50, 50, "⼈⼤⻓⻚"))) == ["人大长页"]


def test_a_page_of_pictures_is_said(tmp_path):
    source = read(tmp_path, Page().text(50, 50, "文字"), Page().put(PICTURE), Page())
    (problem,) = source.problems
    assert (problem.code, problem.place.page) == ("OB006", 2)
    assert "第 2 页只有图片" in problem.message


def test_recognised_text_under_a_picture_is_read(tmp_path):
    source = read(tmp_path, Page().put(PICTURE).text(60, 100, "收入预算", before="3 Tr"))
    assert texts(source) == ["收入预算"]
    assert not source.hidden


def test_text_that_nobody_sees_is_hidden(tmp_path):
    page = (
        Page().text(50, 50, "看得见").text(50, 80, "白字", before="1 g").text(50, 110, "无形", before="3 Tr")
    )
    page.text(900, 50, "页外").bar(40, 135, 200, 160, "0 0 1 rg").text(50, 140, "蓝底白字", before="1 g")
    source = read(tmp_path, page)
    assert texts(source) == ["看得见", "蓝底白字"]
    assert {(one.what, one.text) for one in source.hidden} == {
        ("白色文字", "白字"),
        ("不可见文字", "无形"),
        ("页面以外的文字", "页外"),
    }


def test_a_watermark_does_not_get_into_the_cells(tmp_path):
    pages = [Page().table(XS, YS, ROWS) for _ in range(2)]
    for page in pages:
        page.operators.insert(0, "q 0.8 g BT /F 60 Tf 0.7 0.7 -0.7 0.7 60 400 Tm <51858D448D446599> Tj ET Q")
    source = read(tmp_path, *pages)
    assert [rows[2] for rows in grids(source)] == [ROWS[2], ROWS[2]]
    assert texts(source) == ["内资资料"]


def test_comments_are_hidden_content(tmp_path):
    page = Page().text(50, 50, "正文")
    page.extra = b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents<FEFF53BB6389>>>]"
    (note,) = read(tmp_path, page).hidden
    assert (note.what, note.text, note.place.page) == ("批注", "去掉", 1)


def test_attached_files_are_hidden_content(tmp_path):
    files = b"/Names<</EmbeddedFiles<</Names[<61>%s]>>>>" % (
        b"<</Type/Filespec/F<612e786c7378>/UF<FEFF5E95 7A3F002E0078006C00730078>>>"
    )
    path = tmp_path / "附件.pdf"
    path.write_bytes(
        encode([Page().text(50, 50, "正文")]).replace(b"/Type/Catalog", b"/Type/Catalog" + files)
    )
    (hidden,) = read_pdf(str(path)).hidden
    assert (hidden.what, hidden.text) == ("内嵌附件", "底稿.xlsx")


def test_unknown_letters_are_said(tmp_path):
    (problem,) = read(tmp_path, Page().text(50, 50, "\ue001\ue002\ue003元")).problems
    assert "乱码" in problem.message


def test_metadata(tmp_path):
    path = save(tmp_path, Page().text(50, 50, "文"), Title="预算公开", Author="某某局", Producer="")
    assert read_pdf(path).metadata == {"Title": "预算公开", "Author": "某某局"}
