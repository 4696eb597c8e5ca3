"""The PDF says what the disclosure says, cell by cell, and is fit for archives and for screen readers."""

from __future__ import annotations

import copy
import ctypes
import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.api import check_file, read_document
from openbook.disclosure import (
    Chart,
    Contents,
    Cover,
    Disclosure,
    GridCell,
    Heading,
    Paragraph,
    Point,
    Run,
    Table,
)
from openbook.reading.open import read_source
from openbook.writing import fonts
from openbook.writing.pdf import unprintable, write_pdf
from openbook.writing.pdf_layout import lay_out, words
from openbook.writing.pdf_tables import INSET, LONG, SIZES, UPRIGHT, Need, fit
from tests.writing.sample import DEPARTMENT, YEAR, sample_disclosure

NO_FONT = "\ue123"  # for private use: no font has anything for it


@pytest.fixture(scope="module")
def sample() -> Disclosure:
    return sample_disclosure()


@pytest.fixture(scope="module")
def file(sample: Disclosure, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "公开.pdf"
    write_pdf(sample, path)
    return path


@pytest.fixture(scope="module")
def pages(file: Path) -> list[str]:
    return texts(file)


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


def written(path: Path, *blocks: Any, draft: bool = False) -> str:
    """The text of a disclosure of these blocks, without line ends."""
    write_pdf(Disclosure("题目", DEPARTMENT, YEAR, "", "department", list(blocks), draft=draft), path)
    return "".join(texts(path)).replace("\n", "")


def body(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def grid(table: Table) -> list[list[str]]:
    """What a reader should find: a merged cell at its upper left, nothing in what it covers."""
    width = len(table.widths)
    rows = [[""] * width for _ in table.rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            rows[y][x] = cell.text
            taken.update(
                (y + down, x + right) for down in range(cell.rowspan) for right in range(cell.colspan)
            )
    return rows


# --- read back --------------------------------------------------------------------------


def test_every_table_is_read_back_cell_by_cell(sample: Disclosure, file: Path) -> None:
    pieces = [
        [[cell.text for cell in row] for row in table.rows] for table in read_source(str(file)).tables()
    ]
    for table in sample.tables():
        expected = grid(table)
        found = pieces.pop(0)
        while len(found) < len(expected):
            rest = pieces.pop(0)
            assert rest[: table.head_rows] == expected[: table.head_rows], "the head is repeated"
            found += rest[table.head_rows :]
        assert found == expected
    assert pieces == []


def test_statements_are_understood_with_unit_department_and_year(sample: Disclosure, file: Path) -> None:
    document = read_document(str(file))
    statements = [table for table in sample.tables() if table.kind == "statement"]
    assert [statement.title for statement in document.statements] == [table.title for table in statements]
    assert {statement.unit.value for statement in document.statements} == {"万元"}
    assert (document.department, document.year) == (DEPARTMENT, YEAR)


def test_figures_are_those_of_the_cells(sample: Disclosure, file: Path) -> None:
    statement = next(one for one in read_document(str(file)).statements if one.title.endswith("支出总表"))
    rows = {row.code: row for row in statement.rows if row.code}
    for address, cell in sample.cells.items():
        kind, code, column = address.split("/")
        if kind == "expenditure" and code in rows and cell.printed:
            assert rows[code].cells[column].value == cell.fen * 10


def test_the_performance_form_is_read_back(file: Path) -> None:
    (form,) = read_document(str(file)).forms
    assert form.project.text == "政务服务大厅综合窗口改造及配套设施设备购置安装项目（二期）"
    assert form.indicators[0].name.text == "改造综合窗口数量"
    assert len(form.indicators) == 5


def test_the_checker_breaks_nothing_in_it(file: Path) -> None:
    report = check_file(str(file))
    assert report.counts.broken == 0
    assert report.counts.holds > 100
    assert {finding.code for finding in report.findings} == {"OB003", "OB501"}, (
        "the sample has 4 statements and a form"
    )


def test_text_comes_in_the_order_of_the_blocks(sample: Disclosure, pages: list[str]) -> None:
    text = "".join(pages[2:]).replace("\n", "")
    at = 0
    for block in sample.blocks:
        if isinstance(block, Heading | Paragraph):
            at = text.index(block.text, at)
        elif isinstance(block, Table):
            at = text.index(block.title, at)


def test_charts_are_text_with_the_figures_as_published(sample: Disclosure, pages: list[str]) -> None:
    text = "".join(pages)
    for block in sample.blocks:
        if isinstance(block, Chart):
            assert block.title in text
            assert all(point.text in text for point in block.points)


# --- pages ------------------------------------------------------------------------------


def test_the_pages_returned_are_where_things_stand(sample: Disclosure, tmp_path: Path) -> None:
    where = write_pdf(sample, tmp_path / "a.pdf")
    pages = texts(tmp_path / "a.pdf")
    named = [block for block in sample.blocks if isinstance(block, Heading | Table)]
    assert set(where) == {block.id for block in named}
    for block in named:
        title = block.text if isinstance(block, Heading) else block.title
        assert title in pages[where[block.id] - 1].replace("\n", ""), block.id


def test_the_contents_name_the_printed_page(sample: Disclosure, file: Path, tmp_path: Path) -> None:
    where = write_pdf(sample, tmp_path / "a.pdf")
    contents = texts(tmp_path / "a.pdf")[1]
    for block in sample.blocks:
        if isinstance(block, Heading):
            assert re.search(rf"(?m)^{re.escape(block.text)}[ .]+{where[block.id]}$", contents), block.text


def test_page_numbers_count_from_the_cover_which_has_none(pages: list[str]) -> None:
    assert "—" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert page.rstrip().endswith(f"— {number} —")


def test_parts_begin_on_a_new_page(sample: Disclosure, pages: list[str]) -> None:
    for block in sample.blocks:
        if isinstance(block, Heading) and block.level == 1:
            assert any(page.startswith(block.text) for page in pages)


def test_wide_statements_lie_on_their_side(sample: Disclosure, tmp_path: Path) -> None:
    where = write_pdf(sample, tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        for table in sample.tables():
            width, height = pdf[where[table.id] - 1].get_size()
            assert (width > height) == table.landscape


def test_a_long_statement_repeats_its_head_on_every_page(sample: Disclosure, file: Path) -> None:
    table = next(table for table in sample.tables() if table.id == "expenditure")
    heads = [cell.text for cell in table.rows[1]]
    pieces = [raw for raw in read_source(str(file)).tables() if [cell.text for cell in raw.rows[1]] == heads]
    assert len({raw.page for raw in pieces}) >= 2


def test_no_figure_leaves_its_cell(file: Path) -> None:
    """The right ends of figures of a column are at one place, and all digits are as wide."""
    with pypdfium2.PdfDocument(file) as pdf:
        page = pdf[4].get_textpage()
        ends = []
        for index in range(page.count_rects()):
            left, bottom, right, top = page.get_rect(index)
            text = page.get_text_bounded(left, bottom, right, top)
            if re.fullmatch(r"[\d,]+\.\d\d", text.strip()):
                ends.append(right)
    columns = [list(group) for _, group in groupby(sorted(ends), key=lambda end: round(end / 20))]
    assert len(ends) > 50
    assert all(max(column) - min(column) < 1 for column in columns)


# --- what a file must have --------------------------------------------------------------


def test_only_our_fonts_are_in_it_and_embedded(file: Path) -> None:
    found = set()
    with pypdfium2.PdfDocument(file) as pdf:
        for page in pdf:
            for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=9):
                font = pdfium.FPDFTextObj_GetFont(item.raw)
                assert pdfium.FPDFFont_GetIsEmbedded(font) == 1
                buffer = ctypes.create_string_buffer(200)
                pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
                found.add(buffer.value.decode().partition("+")[2])
    assert {name.removesuffix("-Identity-H") for name in found} == {
        "NotoSerifCJKsc-Regular",
        "NotoSansCJKsc-Bold",
    }


def test_it_is_tagged_in_chinese_with_title_and_bookmarks(sample: Disclosure, file: Path) -> None:
    with pypdfium2.PdfDocument(file) as pdf:
        assert pdfium.FPDFCatalog_IsTagged(pdf.raw)
        assert pdf.get_metadata_dict()["Title"] == sample.title
        assert pdf.get_metadata_dict()["Author"] == DEPARTMENT
        marks = [mark.get_title() for mark in pdf.get_toc()]
    data = file.read_bytes()
    assert b"/Lang(zh-CN)" in data
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", data)
    assert b"/DisplayDocTitle true" in data
    for block in sample.blocks:
        if isinstance(block, Heading):
            assert block.text in marks
        elif isinstance(block, Table):
            assert block.title in marks


def test_it_says_that_it_is_accessible_and_archivable(file: Path) -> None:
    data = file.read_bytes()
    assert re.search(rb"pdfuaid:part[>=\"]+1", data)
    assert re.search(rb"pdfaid:part[>=\"]+2", data)
    assert re.search(rb"pdfaid:conformance[>=\"]+A", data)


def tags(page: pypdfium2.PdfPage) -> list[tuple[str, str]]:
    """The tags of a page with their alternative texts, in order."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    found: list[tuple[str, str]] = []

    def word(call: Any, element: Any) -> str:
        size = call(element, None, 0)
        buffer = ctypes.create_string_buffer(size + 2)
        call(element, buffer, size)
        return buffer.raw[:size].decode("utf-16-le").rstrip("\0")

    def walk(element: Any) -> None:
        found.append(
            (
                word(pdfium.FPDF_StructElement_GetType, element),
                word(pdfium.FPDF_StructElement_GetAltText, element),
            )
        )
        for index in range(max(pdfium.FPDF_StructElement_CountChildren(element), 0)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
                walk(child)

    for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index))
    pdfium.FPDF_StructTree_Close(tree)
    return found


def test_tables_headings_and_charts_are_marked_as_such(
    sample: Disclosure, file: Path, tmp_path: Path
) -> None:
    where = write_pdf(sample, tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        kinds = {kind for kind, _ in tags(pdf[where["summary"] - 1])}
        words = {alternative for _, alternative in tags(pdf[where["expenditure-text"] - 1])}
    assert {"H1", "H2", "Table", "THead", "TR", "TH", "TD"} <= kinds
    assert {block.alternative for block in sample.blocks if isinstance(block, Chart)} <= words


def test_the_same_disclosure_gives_the_same_bytes(sample: Disclosure, file: Path, tmp_path: Path) -> None:
    write_pdf(sample_disclosure(), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == file.read_bytes()


def test_only_a_draft_has_the_watermark(pages: list[str], tmp_path: Path) -> None:
    assert "内部审核" not in "".join(pages)
    write_pdf(sample_disclosure(draft=True), tmp_path / "draft.pdf")
    assert all("内部审核" in page for page in texts(tmp_path / "draft.pdf"))
    tables = [table.rows for table in read_source(str(tmp_path / "draft.pdf")).tables()]
    assert not any("审核" in cell.text for rows in tables for row in rows for cell in row)


# --- whatever people type ---------------------------------------------------------------

HOSTILE = [
    "#panic() #import \"x\" $x^2$ *粗* _斜_ `码` <label> @ref \\ // 注释 /* */ = 标题",
    "#{sys.inputs} [#set page(fill: red)] ~ --- ... 'a' \"b\" - + 1. / http://a.cn/?q=1",
    "{\"title\": \"\\u0000\"} \\n </svg> &amp; %s {0}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_as_it_is(text: str, tmp_path: Path) -> None:
    cells = [[GridCell(text)], [GridCell("后")]]
    table = Table("t", "list", text, cells, 0, (1,), (text, text), notes=(text,))
    made = written(
        tmp_path / "a.pdf", Cover(text, (text,)), Contents(), Heading(1, text, "a<b>"), body(text), table
    )
    squeezed = text.replace(" ", "")
    assert made.replace(" ", "").count(squeezed) >= 8


def test_controls_are_left_out(tmp_path: Path) -> None:
    assert "甲乙丙丁" in written(tmp_path / "a.pdf", body("甲\x00乙\x1b丙\u202e\ufeff\ud800丁"))


def test_a_very_long_word_stays_on_the_page(tmp_path: Path) -> None:
    word = "A1-" * 400
    narrow = Table(
        "t", "list", "表", [[GridCell(word), GridCell(word), GridCell("1.00", "right")]], 0, (1, 1, 1)
    )
    made = written(tmp_path / "a.pdf", body(word), narrow)
    assert made.count("A1-") >= 1200
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        for page in pdf:
            text = page.get_textpage()
            rights = [text.get_charbox(index)[2] for index in range(text.count_chars())]
            assert max(rights) < page.get_width() - 60


def test_a_cell_longer_than_a_page_goes_on(tmp_path: Path) -> None:
    text = "".join(f"第{number}项工作按计划推进；" for number in range(700))
    table = Table("t", "form", "表", [[GridCell("计划"), GridCell(text)]], 0, (1, 5))
    write_pdf(Disclosure("题目", DEPARTMENT, YEAR, "", "department", [table]), tmp_path / "a.pdf")
    pages = texts(tmp_path / "a.pdf")
    assert len(pages) > 1
    joined = "".join(page.rpartition("—")[0].rpartition("—")[0] for page in pages).replace("\n", "")
    assert all(f"第{number}项" in joined for number in range(700))


def test_line_ends_are_kept(tmp_path: Path) -> None:
    write_pdf(
        Disclosure("题目", DEPARTMENT, YEAR, "", "department", [body("第一行\n第二行")]), tmp_path / "a.pdf"
    )
    assert "第一行\n第二行" in texts(tmp_path / "a.pdf")[0]


def test_a_disclosure_without_anything_is_a_page(tmp_path: Path) -> None:
    assert write_pdf(Disclosure("题目", DEPARTMENT, YEAR, "", "department"), tmp_path / "a.pdf") == {}
    assert len(texts(tmp_path / "a.pdf")) == 1


def test_what_no_font_has_is_named_and_printed_as_a_full_square(tmp_path: Path) -> None:
    assert unprintable(f"预{NO_FONT}算{NO_FONT}") == NO_FONT
    points = (Point(f"甲{NO_FONT}", "1.00", 100, ""),)
    made = written(tmp_path / "a.pdf", body(f"预{NO_FONT}算"), Chart("c", "bar", "图", "万元", points))
    assert "预〓算" in made
    assert "甲〓" in made


def test_a_rare_character_is_taken_from_the_machine_if_it_has_it(tmp_path: Path) -> None:
    rare = "𠮷"
    assert fonts.missing(rare) == rare
    made = written(tmp_path / "a.pdf", body(f"姓{rare}名12"))
    assert f"姓{unprintable(rare) and '〓' or rare}名12" in made


def test_a_skipped_level_of_headings_does_not_break_the_outline(tmp_path: Path) -> None:
    assert "三级" in written(
        tmp_path / "a.pdf", Heading(3, "三级", "a"), Heading(1, "一级", "b"), Heading(3, "又三级", "c")
    )


# --- widths -----------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 8), st.integers(0, 30)), min_size=1, max_size=9))
def test_columns_fill_the_page_and_have_what_they_need(columns: list[tuple[int, int, int]]) -> None:
    needs = [Need(least, least + more / 3, least + more / 2, least + more) for _, least, more in columns]
    size, widths = fit(tuple(float(weight) for weight, _, _ in columns), needs, UPRIGHT.width)
    assert sum(widths) == pytest.approx(UPRIGHT.width)
    if size > SIZES[-1]:
        assert all(
            wide >= need.least * size + 2 * INSET - 0.01 for wide, need in zip(widths, needs, strict=True)
        )


@given(st.text(alphabet="预算ab12 -\n", max_size=120))
def test_pieces_lose_nothing_and_none_is_too_long(text: str) -> None:
    lines = words(text)
    assert "\n".join("".join(line) for line in lines) == fonts.plain(text)
    for line in lines:
        for piece in line:
            assert all(len(word) <= 2 * LONG for word in re.findall(r"[!-~]+", piece))


def test_the_layout_is_plain_values(sample: Disclosure) -> None:
    laid = lay_out(copy.deepcopy(sample))
    assert json.loads(json.dumps(laid)) == laid
    assert [section["landscape"] for section in laid["sections"]] == [False, True, False]


def test_a_table_of_one_page_is_not_torn(sample: Disclosure) -> None:
    tables = [
        block
        for section in lay_out(sample)["sections"]
        for block in section["blocks"]
        if block["kind"] == "table"
    ]
    assert {table["id"]: table["whole"] for table in tables} == {
        "summary": True, "expenditure": False, "fund_expenditure": True, "projects": True, "form-1": True,
    }  # fmt: skip
