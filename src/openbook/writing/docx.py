"""The disclosure as a Word document (Office Open XML).

Words, headings and tables are written as a careful person would have them: real heading styles, a
table of contents that Word can update, head rows that repeat, wide statements on pages that lie on
their side.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from openbook.disclosure import (
    Block,
    Chart,
    Contents,
    Cover,
    Disclosure,
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from openbook.writing.columns import reach
from openbook.writing.docx_contents import contents, marks
from openbook.writing.docx_fit import Fit, fit
from openbook.writing.docx_parts import Page, bookmark, paragraph, picture, run, section, tab
from openbook.writing.docx_table import table_xml

if TYPE_CHECKING:
    from docx.document import Document

_STYLES = {"body": "BodyText", "note": "TableNote", "center": "CenterText", "right": "RightText"}
_BOLD = "<w:b/><w:bCs/>"
_LINE, _BELOW_TITLE = 480, 7_600  # twips: a line of the cover, what is left of it below its title
_TITLE_SIZES = (32, 30, 28, 26)  # of a table, in half points; as its style has it, and smaller
_EMU_PER_MM = 36_000
_CHART_WIDTH, _CHART_HEIGHT = 127, 160  # millimetres; as wide as the first unless higher than the second


def write_docx(disclosure: Disclosure, path: Path, pages: Mapping[str, int] | None = None) -> None:
    """Write the disclosure to `path`; the same disclosure gives the same bytes.

    `pages` gives the page of each heading and statement by its id, as the PDF has them: shown until
    Word counts its own, from 1 with the cover. Raises OSError where the path cannot be written.
    """
    from openbook.writing.docx_package import new_document, package_bytes

    document = new_document(disclosure)
    body = _Body(document, disclosure, pages or {})
    for block in disclosure.blocks:
        body.add(block)
    path.write_bytes(package_bytes(document, body.finish()))


class _Body:
    """The body as it grows: the pieces so far, and how the next one begins."""

    def __init__(self, document: Document, disclosure: Disclosure, pages: Mapping[str, int]) -> None:
        from openbook.writing.docx_package import footer_reference, mark_reference

        self.document = document
        self.footer = footer_reference(document)
        self.header = mark_reference(document) if disclosure.draft else ""
        self.blocks = disclosure.blocks
        self.pages = pages
        self.marks = marks(disclosure.blocks)
        self.pieces: list[str] = []
        self.page = Page()
        self.sections = 0  # closed ones
        self.covered = False  # whether the first section is the cover, which has no number
        self.begun = False  # whether anything stands in this section
        self.fit = Fit(0, [], 0, False)  # of the table being written
        self.led = False  # whether a heading stands right above
        self.new_page = False  # whether the next piece begins on a new page
        self.pictures = 0

    def add(self, block: Block) -> None:
        if isinstance(block, PageBreak):
            self.new_page = self.begun
            return
        page = Page(landscape=isinstance(block, Table) and block.landscape)
        if isinstance(block, Table):
            self.fit = fit(block, page, led=self.led)
        self.new_page = self.new_page or (self.begun and self._opens(block))
        if page != self.page:
            self._close()
            self.page = page
        self.pieces += self._written(block)
        self.begun, self.led = True, isinstance(block, Heading)
        if isinstance(block, Cover):
            self.covered = self.covered or not self.sections
            self._close()
        self.new_page = isinstance(block, Contents)

    def finish(self) -> str:
        """All pieces with the properties of the last section."""
        return "".join([*self.pieces, self._section()])

    def _opens(self, block: Block) -> bool:
        """Whether it begins a page by itself: a part, and a table of several pages without a heading above."""
        if isinstance(block, Heading):
            return block.level == 1
        return isinstance(block, Table) and not self.fit.whole and not self.led

    def _close(self) -> None:
        """End the section, if anything stands in it; the next begins on a new page."""
        if self.begun:
            self.pieces.append(paragraph("Spacer", "", self._section()))
            self.sections += 1
        self.begun = self.new_page = False

    def _section(self) -> str:
        """Later sections go on with the header and the footer of the first that has them."""
        header = self.header if not self.sections else ""
        footer = self.footer if self.sections == int(self.covered) else ""
        return section(self.page, header + footer)

    def _start(self) -> str:
        return "<w:pageBreakBefore/>" if self.new_page else ""

    def _marked(self, id_: str, text: str) -> str:
        """The text of a heading, which the contents point to."""
        mark = self.marks.get(id_)
        return bookmark(mark, int(mark.removeprefix("_Toc")), text) if mark else text

    def _written(self, block: Block) -> list[str]:
        match block:
            case Cover():
                return self._cover(block)
            case Contents():
                return contents(block, self.blocks, self.marks, self.pages, self._start())
            case Heading():
                style = f"Heading{min(max(block.level, 1), 3)}"
                return [paragraph(style, self._marked(block.id, run(block.text)), self._start())]
            case Paragraph():
                runs = "".join(run(part.text, _BOLD if part.bold else "") for part in block.runs)
                return [paragraph(_STYLES[block.style], runs, self._start())]
            case Table():
                return self._table(block)
            case Chart():
                kept = self._start() + "<w:keepNext/>"
                return [
                    paragraph("Picture", self._picture(block), kept),
                    paragraph("Caption", run(block.title)),
                ]
        return []

    def _cover(self, cover: Cover) -> list[str]:
        """The title above the middle, the department and the date at the foot of the page."""
        blank = max(_LINE, _BELOW_TITLE - 2 * _LINE * len(cover.lines))
        lines = [
            paragraph("Subtitle", run(line), f'<w:spacing w:before="{240 if at else blank}"/>')
            for at, line in enumerate(cover.lines)
        ]
        return [paragraph("Title", run(cover.title), self._start()), *lines]

    def _table(self, table: Table) -> list[str]:
        """Number, title, department and unit, the table, its notes."""
        out: list[tuple[str, str, str]] = []  # style, content, properties
        if table.number:
            out.append(("StatementNumber", run(table.number), ""))
        if table.title:
            style = "StatementTitle" if table.in_contents else "UnlistedTitle"
            out.append(
                (style, self._marked(table.id, run(table.title, _title_letters(table.title, self.page))), "")
            )
        if any(table.above):
            left, right = table.above
            out.append(("StatementAbove", run(f"{left}\t{right}"), tab(self.page.width)))
        if not out:
            out.append(("Spacer", "", ""))  # two tables without anything between them would be one
        out[0] = (*out[0][:2], self._start() + out[0][2])
        below = [paragraph("TableNote", run(note)) for note in table.notes]
        return [
            *(paragraph(*piece) for piece in out),
            table_xml(table, self.fit),
            *(below or [paragraph("Spacer", "")]),
        ]

    def _picture(self, chart: Chart) -> str:
        """The chart as a picture in its line, with the chart in words for those who do not see it."""
        from openbook.writing.charts import png

        relation, image = self.document.part.get_or_add_image(BytesIO(png(chart)))
        self.pictures += 1
        width = _CHART_WIDTH * _EMU_PER_MM
        height = width * image.px_height // image.px_width
        if height > _CHART_HEIGHT * _EMU_PER_MM:
            height = _CHART_HEIGHT * _EMU_PER_MM
            width = height * image.px_width // image.px_height
        return picture(relation, self.pictures, chart.title, chart.alternative, (width, height))


def _title_letters(title: str, page: Page) -> str:
    """Nothing, or smaller letters for a title that is a little too long for its line."""
    longest = max(map(reach, title.split("\n")), default=0)
    for size in _TITLE_SIZES:
        if longest * size * 5 <= page.width:
            return "" if size == _TITLE_SIZES[0] else f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return ""
