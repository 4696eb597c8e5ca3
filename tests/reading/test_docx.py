"""Word documents: headings, merged and nested tables, what is hidden or was deleted."""

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from openbook.reading.open import read_source
from openbook.source import Paragraph, RawTable, Source


def save(document, tmp_path: Path) -> Source:
    path = tmp_path / "公开.docx"
    document.save(str(path))
    return read_source(str(path))


def texts(table: RawTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_headings_and_ordinals(tmp_path):
    document = docx.Document()
    document.add_heading("第三部分 情况说明", 1)
    document.add_paragraph("  预算收入 206.00 万元。")
    outlined = document.add_paragraph("一、收入")
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    outlined._p.get_or_add_pPr().append(level)
    source = save(document, tmp_path)
    assert [(one.text, one.heading, one.place().line) for one in source.paragraphs()] == [
        ("第三部分 情况说明", 1, 1),
        ("预算收入 206.00 万元。", 0, 2),
        ("一、收入", 2, 3),
    ]
    assert next(iter(list(source.paragraphs())[1].pieces)).place.column == 3
    assert source.format == "docx"
    assert not source.scanned


def test_soft_breaks_make_paragraphs(tmp_path):
    document = docx.Document()
    document.add_paragraph().add_run("某某局\n2024年部门预算")
    assert [one.text for one in save(document, tmp_path).paragraphs()] == ["某某局", "2024年部门预算"]


def test_merged_cells(tmp_path):
    document = docx.Document()
    table = document.add_table(3, 4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "预算数"
    for column, label in enumerate(("合计", "基本", "项目"), 1):
        table.cell(1, column).text = label
    for column, label in enumerate(("合计", "206.00", "18.37", "187.62")):
        table.cell(2, column).text = label
    (found,) = save(document, tmp_path).tables()
    assert texts(found) == [
        ["项目", "预算数", "", ""],
        ["", "合计", "基本", "项目"],
        ["合计", "206.00", "18.37", "187.62"],
    ]
    assert (found.rows[0][0].down, found.rows[0][1].span) == (2, 3)
    assert [row[0].place.line for row in found.rows] == [1, 2, 3]
    assert found.rows[2][3].place.column == 4


def test_nested_tables_follow_their_outer_table(tmp_path):
    document = docx.Document()
    outer = document.add_table(1, 1)
    inner = outer.cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "合计", "3.00"
    assert [texts(one) for one in save(document, tmp_path).tables()] == [[["合计", "3.00"]]]


def test_hidden_deleted_and_commented(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("公开的话")
    secret = paragraph.add_run("不公开的话")
    secret.font.hidden = True
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删掉的话</w:delText></w:r></w:del>")
    )
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>，加上的话</w:t></w:r></w:ins>"))
    document.add_comment(paragraph.runs[0], text="此处待核", author="甲")
    source = save(document, tmp_path)
    assert [one.text for one in source.paragraphs()] == ["公开的话，加上的话"]
    assert {(one.what, one.text) for one in source.hidden} == {
        ("隐藏文字", "不公开的话"),
        ("修订中删除的文字", "删掉的话"),
        ("批注", "甲：此处待核"),
    }
    assert all(one.place.line == 1 for one in source.hidden)


def test_text_boxes_and_controls(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("正文")
    box = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(parse_xml(box))
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件内</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, parse_xml(control))
    assert [one.text for one in save(document, tmp_path).paragraphs()] == ["正文", "框内", "控件内"]


def test_metadata(tmp_path):
    document = docx.Document()
    document.core_properties.author = "甲"
    document.core_properties.last_modified_by = "乙"
    metadata = save(document, tmp_path).metadata
    assert metadata["author"] == "甲"
    assert metadata["last_modified_by"] == "乙"


def test_order_of_blocks(tmp_path):
    document = docx.Document()
    document.add_paragraph("收支总表")
    document.add_table(1, 2).cell(0, 0).text = "合计"
    document.add_paragraph("注：说明").runs[0].font.size = Pt(9)
    kinds = [type(block) for block in save(document, tmp_path).blocks]
    assert kinds == [Paragraph, RawTable, Paragraph]


@pytest.mark.parametrize("rows", [1, 40])
def test_empty_tables_are_kept(tmp_path, rows):
    document = docx.Document()
    document.add_table(rows, 3)
    assert len(next(iter(save(document, tmp_path).tables())).rows) == rows


def test_not_a_docx_at_all(tmp_path):
    stream = io.BytesIO()
    docx.Document().save(stream)
    path = tmp_path / "断.docx"
    path.write_bytes(stream.getvalue()[:2000])
    with pytest.raises(Exception, match="损坏"):
        read_source(str(path))
