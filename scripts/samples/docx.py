"""Samples as a Word document: written part by part, so that no library adds an author or a date."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from scripts.samples.plain import ABOVE, LEFT, Heading, Sheet, Table, Text

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/></Types>'
)


def docx(sheets: list[Sheet]) -> bytes:
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relation("officeDocument", "word/document.xml"),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{_body(sheets)}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{"".join(map(_style, range(1, 7)))}</w:styles>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name)  # dated 1980-01-01: the same source makes the same bytes
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, _XML + part)
    return file.getvalue()


def _relation(kind: str, target: str) -> str:
    inner = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _style(level: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    )


def _body(sheets: list[Sheet]) -> str:
    pages = ["".join(map(_block, sheet.blocks)) for sheet in sheets]
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'.join(pages)


def _block(block: Heading | Text | Table) -> str:
    if isinstance(block, Heading):
        return _paragraph(block.text, f'<w:pPr><w:pStyle w:val="Heading{block.level}"/></w:pPr>')
    if isinstance(block, Text):
        return _paragraph(block.text)
    return _table(block)


def _paragraph(text: str, properties: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{properties}{run}</w:p>"


def _table(table: Table) -> str:
    across = {
        (cell.row + down, cell.column): cell.across for cell in table.cells() for down in range(cell.down)
    }
    rows = []
    for row in range(len(table.rows)):
        cells = []
        for column in range(table.width):
            mark = table.mark(row, column)
            if mark == LEFT or (row, column) not in across:
                continue
            merged = ""
            if mark == ABOVE:
                merged = "<w:vMerge/>"
            elif table.mark(row + 1, column) == ABOVE:
                merged = '<w:vMerge w:val="restart"/>'
            span = f'<w:gridSpan w:val="{across[row, column]}"/>' if across[row, column] > 1 else ""
            text = "" if mark == ABOVE else mark
            cells.append(f"<w:tc><w:tcPr>{span}{merged}</w:tcPr>{_paragraph(text)}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = "<w:gridCol/>" * table.width
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{head}{''.join(rows)}</w:tbl>"
