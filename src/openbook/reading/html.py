"""Web pages. Lines are those of the page's source; columns are not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openbook.reading.decode import decode
from openbook.reading.errors import Unreadable
from openbook.reading.grid import Grid
from openbook.source import Block, Hidden, Paragraph, Piece, Place, RawCell, RawTable, Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DROPPED = frozenset({
    "script", "style", "head", "noscript", "template", "iframe", "object", "svg", "select", "button", "textarea",
    "input", "nav",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "o:p", "nobr",
})  # fmt: skip
_TRANSPARENT = frozenset({"thead", "tbody", "tfoot", "form"})
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|\Z)", re.I
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WRAP = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef])[ \t]*\r?\n\s*(?=[\u3001-\u9fff\uff00-\uffef])")
_LARGEST = 16 << 20
_MOST_CELLS = 300_000


def read_html(data: bytes, path: str = "") -> Source:
    """Read a page from its bytes."""
    if len(data) > _LARGEST:
        raise Unreadable(f"网页过大：超过 {_LARGEST >> 20} MB，不像预算公开文件，未予读取。")
    from lxml import etree, html

    text, problems = decode(_reencoded(data))
    # A declaration of the encoding would contradict the text, which is decoded already.
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True, remove_comments=False
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Unreadable("网页是空的或已损坏，没有可读的内容。") from error
    reader = _Reader(Source(path, "html", [], problems=problems))
    try:
        reader.read(root)
    except RecursionError as error:
        raise Unreadable("网页的嵌套层次过深，不像正常文件，未予读取。") from error
    return reader.source


def _reencoded(data: bytes) -> bytes:
    """The page as UTF-8 where it declares another encoding and keeps to it."""
    match = _CHARSET.search(data[:4096])
    if not match or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data
    name = match[1].decode("ascii", "replace").lower()
    if name in ("gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk"):
        name = "gb18030"
    try:
        return data.decode("utf-8").encode("utf-8")  # many a page is UTF-8 whatever it declares
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(name).encode("utf-8")
    except (LookupError, UnicodeError, ValueError):
        return data


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.parts: list[str] = []  # the paragraph so far
        self.line = 1
        self.cells = 0

    def read(self, root: HtmlElement) -> None:
        title = root.findtext(".//title")
        if title and title.strip():
            self.source.metadata["title"] = " ".join(title.split())
        for meta in root.iter("meta"):
            name, content = (meta.get("name") or "").lower(), (meta.get("content") or "").strip()
            if name in ("author", "generator", "description", "keywords") and content:
                self.source.metadata["application" if name == "generator" else name] = content[:500]
        self.flow(root, self.source.blocks, 0)
        self.end(self.source.blocks, 0)

    def flow(self, parent: HtmlElement, into: list[Block], heading: int) -> None:
        """Paragraphs and tables below `parent`, in order."""
        self.add(parent.text, parent)
        for child in parent:
            tag = child.tag if isinstance(child.tag, str) else ""
            if self.dropped(child, tag):
                pass
            elif tag == "table":
                self.end(into, heading)
                self.table(child, into)
            elif tag == "br":
                self.end(into, heading)
            elif tag in _INLINE:
                self.flow(child, into, heading)
            else:
                self.end(into, heading)
                level = _HEADINGS.get(tag, heading)
                self.flow(child, into, level)
                self.end(into, level)
            self.add(child.tail, child)

    def dropped(self, element: HtmlElement, tag: str) -> bool:
        """Whether the element is not seen; its text is then kept as hidden content."""
        if not tag:
            return True
        if tag in _DROPPED:
            return True
        style = element.get("style")
        if element.get("hidden") is None and not (style and _HIDING.search(style)):
            return False
        text = _BLANKS.sub(" ", "".join(str(part) for part in element.itertext())).strip()
        if text:
            self.source.hidden.append(Hidden("网页中隐藏的文字", text, Place(_line(element))))
        return True

    def add(self, text: str | None, element: HtmlElement) -> None:
        if not text:
            return
        if not self.parts:
            if text.isspace():
                return
            self.line = _line(element)
        self.parts.append(text)

    def end(self, into: list[Block], heading: int) -> None:
        if not self.parts:
            return
        text = _BLANKS.sub(" ", _WRAP.sub("", "".join(self.parts))).strip()
        self.parts = []
        if text:
            into.append(Paragraph(text, (Piece(0, Place(self.line)),), heading))

    def table(self, element: HtmlElement, into: list[Block]) -> None:
        grid = Grid()
        within: list[Block] = []
        self.rows(element, grid, into, within)
        rows = grid.finish()
        self.cells += grid.size
        if self.cells > _MOST_CELLS:
            raise Unreadable(f"网页的表格过大：单元格超过 {_MOST_CELLS} 个，不像预算公开文件，未予读取。")
        if any(cell.text for row in rows for cell in row):
            into.append(RawTable(rows))
        into.extend(within)

    def rows(self, parent: HtmlElement, grid: Grid, into: list[Block], within: list[Block]) -> None:
        for child in parent:
            tag = child.tag if isinstance(child.tag, str) else ""
            if self.dropped(child, tag):
                continue
            if tag in _TRANSPARENT:
                self.rows(child, grid, into, within)
            elif tag == "caption":
                self.flow(child, into, 0)
                self.end(into, 0)
            elif tag == "tr":
                grid.new_row()
                for cell in child:
                    name = cell.tag if isinstance(cell.tag, str) else ""
                    if name in ("td", "th") and not self.dropped(cell, name):
                        self.cell(cell, grid, within)

    def cell(self, cell: HtmlElement, grid: Grid, within: list[Block]) -> None:
        """Put a cell into the grid; a cell that holds a table gives what it holds to `within`."""
        content: list[Block] = []
        self.flow(cell, content, 0)
        self.end(content, 0)
        text = ""
        if any(isinstance(block, RawTable) for block in content) or (len(content) > 1 and _alone(cell)):
            within.extend(content)
        else:
            text = " ".join(block.text for block in content if isinstance(block, Paragraph))
        place = Place(_line(cell))
        grid.put(RawCell(text, place), _span(cell.get("colspan")), _span(cell.get("rowspan")))


def _alone(cell: HtmlElement) -> bool:
    """Whether the cell is the only one of its table, which then only frames a text."""
    row = cell.getparent()
    if row is None or len(row) != 1:
        return False
    above = row.getparent()
    return above is not None and len(above) == 1


def _line(element: HtmlElement) -> int:
    return element.sourceline or 1


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 1
