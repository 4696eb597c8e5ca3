"""Pieces of WordprocessingML as text: runs, paragraphs, fields, bookmarks, sections.

Text is much faster than one element after another, and it is parsed once for each block. Whatever
comes from a book passes through `words`, so that it can never become markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from openbook.writing.printable import printable

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of A4 in twips: 30 mm above, 25 mm below, 26 mm at the sides of an upright page."""

    landscape: bool = False

    @property
    def size(self) -> tuple[int, int]:
        return (16838, 11906) if self.landscape else (11906, 16838)

    @property
    def margins(self) -> tuple[int, int, int, int]:
        """Above, right, below, left; a sheet lying on its side is bound at its top."""
        return (1474, 1417, 1474, 1701) if self.landscape else (1701, 1474, 1417, 1474)

    @property
    def width(self) -> int:
        """Of the text, in twips."""
        return self.size[0] - self.margins[1] - self.margins[3]

    @property
    def height(self) -> int:
        """Of the text, in twips."""
        return self.size[1] - self.margins[0] - self.margins[2]


def attribute(text: str) -> str:
    """The text as an attribute's value, with its quotation marks."""
    return f'"{escape(printable(text))}"'.replace("\n", " ")


def words(text: str) -> str:
    """The text as the inside of a run: line ends and tabs as Word has them."""
    lines = escape(printable(text), quote=False).split("\n")
    return "<w:br/>".join(
        "<w:tab/>".join(
            f'<w:t xml:space="preserve">{part}</w:t>' if part else "" for part in line.split("\t")
        )
        for line in lines
    )


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{words(text)}</w:r>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """`properties` follow the style in the paragraph's properties, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def bookmark(name: str, number: int, content: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str, shown: str) -> str:
    """A field with its result as last known. Where it is unknown, Word is asked to compute it on opening."""
    dirty = "" if shown else ' w:dirty="1"'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown) if shown else ""}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def section(page: Page, references: str = "") -> str:
    """The properties of a section, with the headers and footers it brings; it begins on a new page."""
    (width, height), (top, right, bottom, left) = page.size, page.margins
    orient = ' w:orient="landscape"' if page.landscape else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="851" w:footer="794" w:gutter="0"/><w:cols w:space="425"/></w:sectPr>'
    )


def tab(width: int, leader: str = "none") -> str:
    """A stop at the right edge of the text."""
    return f'<w:tabs><w:tab w:val="right" w:leader="{leader}" w:pos="{width}"/></w:tabs>'


def picture(relation: str, number: int, name: str, alternative: str, size: tuple[int, int]) -> str:
    """A picture in its line; `size` in EMU (914,400 to the inch), `number` unique in the document."""
    extent = f'cx="{size[0]}" cy="{size[1]}"'
    named = f'id="{number}" name={attribute(name)} descr={attribute(alternative)}'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr {named}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        "</wp:cNvGraphicFramePr><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
