"""The Word document: read back as it was written, styled by real styles, the same bytes every time."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.api import check_file
from openbook.disclosure import (
    Contents,
    Cover,
    Disclosure,
    GridCell,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from openbook.writing.docx import write_docx
from openbook.writing.docx_fit import fit
from openbook.writing.docx_parts import Page
from openbook.writing.printable import printable
from tests.writing.readback import (
    CLEANED,
    amounts_read,
    amounts_written,
    hostile_disclosure,
    tables_read,
    understood,
    written,
)
from tests.writing.sample import DEPARTMENT, sample_disclosure

SAMPLE = sample_disclosure()
PAGES = {
    block.id: number
    for number, block in enumerate(
        (block for block in SAMPLE.blocks if isinstance(block, Heading | Table)), start=3
    )
}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    target = tmp_path_factory.mktemp("word") / "公开.docx"
    write_docx(SAMPLE, target, PAGES)
    return target


@pytest.fixture(scope="module")
def word(path):
    return docx.Document(str(path))


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def texts(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))


def styled(word, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == style]


def one(tmp_path: Path, *blocks) -> Path:
    target = tmp_path / "x.docx"
    write_docx(Disclosure("题", "某局", 2024, "x", "department", blocks=list(blocks)), target)
    return target


def simple(rows: int = 2, **more) -> Table:
    body = [[GridCell(str(number)), GridCell("1.00", "right")] for number in range(rows)]
    return Table("t", "statement", "表", [[GridCell("项目", head=True), GridCell("数", head=True)], *body], 1,
                 (2, 1), **more)  # fmt: skip


def test_every_cell_of_every_table_is_read_where_it_was_written(path):
    assert tables_read(path) == [written(table) for table in SAMPLE.tables()]


def test_statements_are_understood_with_title_unit_and_every_figure(path):
    document = understood(path)
    statements = [table for table in SAMPLE.tables() if table.kind == "statement"]
    assert [one.title for one in document.statements] == [table.title for table in statements]
    assert {one.unit.value for one in document.statements} == {"万元"}
    assert {one.entity for one in document.statements} == {DEPARTMENT}
    assert amounts_read(document) == amounts_written(SAMPLE)
    assert document.statements[2].note == "注：本表无数据"
    assert len(document.forms) == 1


def test_the_check_finds_nothing_that_writing_brought_in(path):
    report = check_file(str(path))
    assert report.counts.broken == 0
    assert report.counts.holds > 100
    # the sample is no known layout and has one form for its four projects
    assert {found.code for found in report.findings} <= {"OB003", "OB501"}


def test_headings_are_real_headings(word):
    assert styled(word, "Heading 1")[0] == "第一部分　概况"
    assert styled(word, "Heading 2")[:2] == ["一、本部门职责", "二、机构设置情况"]
    assert styled(word, "Heading 3") == ["（一）项目绩效目标表"]
    assert styled(word, "表题") == [table.title for table in SAMPLE.tables()]


def test_the_contents_are_a_field_that_is_filled_in_beforehand(path):
    body = part(path, "word/document.xml")
    assert 'TOC \\o "1-3" \\h \\z \\t "表题,3"' in body
    lines = re.findall(r'w:anchor="(\w+)".*?PAGEREF (\w+) .*?separate"/></w:r><w:r>(.*?)</w:r>', body)
    assert [re.sub(r"<.*?>", "", shown) for _, _, shown in lines] == [str(page) for page in PAGES.values()]
    assert {anchor for anchor, _, _ in lines} == set(re.findall(r'bookmarkStart [^>]*w:name="(\w+)"', body))
    assert all(anchor == pointed for anchor, pointed, _ in lines)
    assert "updateFields" not in part(path, "word/settings.xml")


def test_word_computes_a_page_that_is_not_known(tmp_path):
    path = one(tmp_path, Contents(), Heading(1, "第一部分", "a"))
    assert 'w:fldCharType="begin" w:dirty="1"' in part(path, "word/document.xml")


def test_contents_without_anything_to_list_are_a_title_alone(tmp_path):
    word = docx.Document(str(one(tmp_path, Contents(), Paragraph((Run("无"),)))))
    assert "instrText" not in word.element.xml


def test_head_rows_are_repeated_and_no_row_is_broken(word):
    for table, wanted in zip(word.tables, SAMPLE.tables(), strict=True):
        rows = table._tbl.tr_lst
        repeated = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert repeated == [at < wanted.head_rows for at in range(len(rows))]
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_every_row_of_a_table_is_as_wide_as_the_text_of_its_page(word):
    for table, wanted in zip(word.tables, SAMPLE.tables(), strict=True):
        for row in table._tbl.tr_lst:
            cells = [int(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w"))) for cell in row.tc_lst]
            assert sum(cells) == Page(wanted.landscape).width


def test_wide_statements_lie_on_their_side_and_the_cover_has_no_number(word):
    assert [section.orientation for section in word.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    assert {round(section.page_width.mm) for section in word.sections} == {210, 297}
    cover, body, *rest = word.sections
    assert cover.footer.is_linked_to_previous  # to nothing: it is the first
    assert "PAGE" in body.footer.part.element.xml
    assert all(section.footer.is_linked_to_previous for section in rest)


def test_page_breaks_do_not_pile_up(tmp_path):
    text = Paragraph((Run("文"),))
    path = one(
        tmp_path, PageBreak(), text, PageBreak(), PageBreak(), Heading(1, "部分", "a"), PageBreak(),
        simple(landscape=True), PageBreak(), text,
    )  # fmt: skip
    body = part(path, "word/document.xml")
    assert body.count("pageBreakBefore") == 1  # the heading; sections begin on new pages by themselves
    assert body.count("<w:sectPr>") == 3


def test_two_tables_without_titles_stay_two(tmp_path):
    bare = Table("t", "list", "", [[GridCell("甲")]], 0, (1,))
    assert len(docx.Document(str(one(tmp_path, bare, bare))).tables) == 2


def test_every_style_names_a_chinese_face(path):
    styles = part(path, "word/styles.xml")
    assert styles.count("<w:rFonts ") == styles.count("w:eastAsia=") - 1  # one is the language
    assert 'w:eastAsia="zh-CN"' in styles


def test_properties_name_the_department_and_no_person(word):
    about = word.core_properties
    assert (about.title, about.author, about.last_modified_by) == (SAMPLE.title, DEPARTMENT, DEPARTMENT)
    assert about.created.isoformat()[:10] == about.modified.isoformat()[:10] == "2024-01-01"
    assert about.language == "zh-CN"


def test_nothing_of_the_template_is_left(path):
    with zipfile.ZipFile(path) as package:
        assert not [
            name for name in package.namelist() if re.search("thumbnail|customXml|theme|app.xml", name)
        ]
    assert "python-docx" not in texts(path)


def test_charts_are_pictures_with_their_words(word):
    described = [each.get("descr") for each in word.element.iter(qn("wp:docPr"))]
    charts = [block for block in SAMPLE.blocks if hasattr(block, "alternative")]
    assert described == [chart.alternative for chart in charts]
    assert len({each.get("id") for each in word.element.iter(qn("wp:docPr"))}) == len(charts)


def test_only_a_draft_carries_the_mark(path, tmp_path):
    assert "内部审核" not in texts(path)
    target = tmp_path / "draft.docx"
    write_docx(sample_disclosure(draft=True), target)
    assert 'string="内部审核"' in texts(target)
    assert not docx.Document(str(target)).sections[0].header.is_linked_to_previous


def test_the_same_disclosure_gives_the_same_bytes(path, tmp_path):
    again = tmp_path / "again.docx"
    write_docx(sample_disclosure(), again, PAGES)
    assert again.read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_texts_stay_texts(tmp_path):
    path = tmp_path / "x.docx"
    write_docx(hostile_disclosure(), path)
    word = docx.Document(str(path))
    assert styled(word, "Heading 1") == styled(word, "居中正文") == [CLEANED]
    assert styled(word, "Body Text") == [CLEANED * 2]
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows][1] == [CLEANED, "@SUM(A1)"]
    assert understood(path).source.hidden == []


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60))
def test_any_text_comes_back_without_what_xml_forbids(text):
    with TemporaryDirectory() as folder:
        path = one(Path(folder), Paragraph((Run(text),), style="center"))
        [found] = docx.Document(str(path)).paragraphs
    assert found.text == printable(text)


def test_a_line_end_within_a_cell_is_kept(tmp_path):
    word = docx.Document(str(one(tmp_path, Table("t", "list", "表", [[GridCell("甲\n乙\t丙")]], 0, (1,)))))
    assert word.tables[0].cell(0, 0).text == "甲\n乙\t丙"


def test_columns_of_figures_are_wide_enough_for_them():
    rows = [[GridCell("一般公共服务支出"), GridCell("123,456,789.01", "right"), GridCell("1.00", "right")]]
    found = fit(Table("t", "statement", "表", rows, 0, (8, 1, 1)), Page(), led=False)
    letters = len("123,456,789.01")
    assert found.widths[1] >= letters * found.size * 5  # a digit is half as wide as it is high
    assert sum(found.widths) == Page().width
    assert found.widths[0] > found.widths[1] > found.widths[2]


def test_letters_shrink_to_bring_a_table_onto_one_page_but_not_further():
    short, longer, endless = (fit(simple(rows), Page(), led=False) for rows in (20, 46, 200))
    assert short.whole
    assert longer.whole
    assert longer.size < short.size
    assert not endless.whole
    assert endless.size == short.size


def test_a_long_statement_opens_a_page_unless_a_heading_leads_to_it(tmp_path):
    text = Paragraph((Run("文"),))
    alone = one(tmp_path, text, simple(200))
    assert part(alone, "word/document.xml").count("pageBreakBefore") == 1
    led = one(tmp_path, text, Heading(2, "一、表", "a"), simple(200))
    assert part(led, "word/document.xml").count("pageBreakBefore") == 0


def test_a_cover_is_a_section_of_its_own(tmp_path):
    word = docx.Document(str(one(tmp_path, Cover("预算", ("某局", "二月")), Paragraph((Run("文"),)))))
    assert styled(word, "Title") == ["预算"]
    assert styled(word, "Subtitle") == ["某局", "二月"]
    assert len(word.sections) == 2
