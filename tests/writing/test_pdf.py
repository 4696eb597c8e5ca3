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

from openbook.api import check_file, read_document
from openbook.disclosure import (
    Chart,
    Disclosure,
    Heading,
    Paragraph,
    Table,
)
from openbook.reading.open import read_source
from openbook.writing.pdf import write_pdf
from openbook.writing.pdf_layout import lay_out
from tests.writing.pages import texts
from tests.writing.sample import DEPARTMENT, YEAR, sample_disclosure


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


@pytest.mark.parametrize("length", range(20, 62, 3))
def test_a_statement_with_a_long_title_is_found_by_it(
    sample: Disclosure, tmp_path: Path, length: int
) -> None:
    changed = copy.deepcopy(sample)
    table = next(table for table in changed.tables() if table.id == "expenditure")
    table.title = f"{YEAR}年" + ("某部门" + "和其所属单位" * 12)[: length - 11] + "预算支出总表"
    write_pdf(changed, tmp_path / "a.pdf")
    assert table.title in [statement.title for statement in read_document(str(tmp_path / "a.pdf")).statements]


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


def test_the_contents_name_the_printed_page(sample: Disclosure, tmp_path: Path) -> None:
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


def test_tables_headings_and_charts_are_marked_as_such(sample: Disclosure, tmp_path: Path) -> None:
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


# --- layout -----------------------------------------------------------------------------


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
