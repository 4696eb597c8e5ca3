"""The table of contents: a field that Word can update, filled in beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from openbook.disclosure import Block, Contents, Heading, Table
from openbook.writing.docx_parts import Page, field, paragraph, run, tab

_STATEMENT = 3  # the level of statements in the contents
_OPEN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
    ' TOC \\o "1-3" \\h \\z \\t "表题,3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_SHUT = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


class Entry(NamedTuple):
    """A line of the contents: a heading or the title of a statement."""

    level: int
    text: str
    id: str


def entries(blocks: Iterable[Block]) -> Iterator[Entry]:
    """What the contents list, in order."""
    for block in blocks:
        if isinstance(block, Heading):
            yield Entry(min(max(block.level, 1), 3), block.text, block.id)
        elif isinstance(block, Table) and block.in_contents and block.title:
            yield Entry(_STATEMENT, block.title, block.id)


def marks(blocks: Iterable[Block]) -> dict[str, str]:
    """The bookmark of each entry by its id."""
    return {entry.id: f"_Toc{number:08}" for number, entry in enumerate(entries(blocks), 1)}


def contents(
    block: Contents, blocks: Iterable[Block], marked: Mapping[str, str], pages: Mapping[str, int], start: str
) -> list[str]:
    """Title and lines, in the frame by which Word offers to update them."""
    lines = []
    for at, entry in enumerate(entries(blocks)):
        page = str(pages[entry.id]) if entry.id in pages else ""
        line = _line(entry, marked[entry.id], page)
        lines.append(paragraph(f"TOC{entry.level}", line if at else _OPEN + line, tab(Page().width, "dot")))
    title = paragraph("ContentsTitle", run(block.title), start)
    shut = paragraph("Spacer", _SHUT) if lines else ""
    frame = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{title}{''.join(lines)}{shut}</w:sdtContent></w:sdt>"
    )
    return [frame]


def _line(entry: Entry, mark: str, page: str) -> str:
    number = field(f"PAGEREF {mark} \\h", page)
    return (
        f'<w:hyperlink w:anchor="{mark}" w:history="1">{run(entry.text)}<w:r><w:tab/></w:r>'
        f"{number}</w:hyperlink>"
    )
