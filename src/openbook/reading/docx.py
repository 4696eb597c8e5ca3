"""Word documents.

A docx has no lines: `Place.line` is the ordinal of the paragraph or table row in the document,
from 1. `Place.column` is the character in a paragraph and, in a table, the column of the cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openbook.reading.docx_text import WORD, Words, children, gather, is_on, is_strict, number, word
from openbook.reading.errors import Unreadable
from openbook.reading.package import Package
from openbook.reading.properties import metadata
from openbook.source import Block, Hidden, Paragraph, Piece, Place, RawCell, RawTable, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDEST = 200  # columns
_MOST_CELLS = 300_000
_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])\Z", re.IGNORECASE)
_BLOCKS_WITHIN = {
    WORD + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
}
_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
_STRICT_NOTE = "这是“严格 Open XML”格式的 Word 文档，请另存为普通的 .docx 后再检查。"


def read_docx(package: Package, path: str = "") -> Source:
    """Read an opened Word package."""
    try:
        return _Reader(package, path).read()
    except RecursionError as error:
        raise Unreadable("Word 文档的嵌套层次过深，不像正常文件，未予读取。") from error


class _Reader:
    def __init__(self, package: Package, path: str) -> None:
        self.package = package
        self.source = Source(path, "docx", [], metadata=metadata(package))
        self.line = 0
        self.cells = 0
        self.levels, self.hidden_styles = _styles(package)
        self.comments = _comments(package)

    def read(self) -> Source:
        root = self.package.xml("word/document.xml")
        if is_strict(root):
            raise Unreadable(_STRICT_NOTE)
        body = root.find(WORD + "body")
        if body is not None:
            self.blocks(body, self.source.blocks)
        self.watermarks()
        for comment in self.comments.values():
            self.source.hidden.append(Hidden("批注", comment))
        return self.source

    def blocks(self, parent: _Element, into: list[Block]) -> None:
        for child in children(parent):
            if child.tag == WORD + "p":
                self.line += 1
                self.paragraph(child, into)
            elif child.tag == WORD + "tbl":
                self.table(child, into)
            elif child.tag in _BLOCKS_WITHIN:
                self.blocks(child, into)

    def words(self, element: _Element, place: Place) -> Words:
        """The paragraph's words; what is not seen goes to the source's hidden content."""
        words = Words()
        gather(element, words, self.hidden_styles)
        for what, parts in (("隐藏文字", words.hidden), ("修订中删除的文字", words.deleted)):
            text = "".join(parts).strip()
            if text:
                self.source.hidden.append(Hidden(what, text, place))
        for identity in words.comments:
            comment = self.comments.pop(identity, None)
            if comment:
                self.source.hidden.append(Hidden("批注", comment, place))
        return words

    def paragraph(self, element: _Element, into: list[Block]) -> None:
        words = self.words(element, Place(self.line))
        column = 1
        level = self.level(element)
        for part in "".join(words.shown).split("\n"):
            text = part.strip()
            if text:
                first = column + len(part) - len(part.lstrip())
                place = Place(self.line, first, first + len(text))
                into.append(Paragraph(text, (Piece(0, place),), level))
            column += len(part) + 1
        for box in words.boxes:
            self.blocks(box, into)

    def level(self, element: _Element) -> int:
        properties = element.find(WORD + "pPr")
        if properties is None:
            return 0
        outline = properties.find(WORD + "outlineLvl")
        if outline is not None:
            return _heading(number(outline, 9))
        style = properties.find(WORD + "pStyle")
        return self.levels.get(word(style, "val") or "", 0) if style is not None else 0

    def table(self, element: _Element, into: list[Block]) -> None:
        within: list[Block] = []  # nested tables, text boxes
        rows: list[list[RawCell]] = []
        above: dict[int, tuple[int, int]] = {}  # column -> row and index of the merged cell over it
        for row in _descend(element, WORD + "tr"):
            properties = row.find(WORD + "trPr")
            if properties is not None and properties.find(WORD + "del") is not None:
                continue
            self.line += 1
            cells = self.row(row, rows, above, within)
            if properties is not None and is_on(properties.find(WORD + "hidden")):
                shown = " ".join(cell.text for cell in cells if cell.text)
                self.source.hidden.append(Hidden("隐藏的表格行", shown, Place(self.line)))
            else:
                rows.append(cells)
        if rows and (not within or any(cell.text for cells in rows for cell in cells)):
            into.append(RawTable(rows))
        into.extend(within)

    def row(
        self,
        row: _Element,
        rows: list[list[RawCell]],
        above: dict[int, tuple[int, int]],
        within: list[Block],
    ) -> list[RawCell]:
        line = self.line
        before = row.find(f"{WORD}trPr/{WORD}gridBefore")
        cells = [_blank(line, at) for at in range(min(number(before), _WIDEST))]
        for cell in _descend(row, WORD + "tc"):
            at = len(cells)
            if at >= _WIDEST:
                break
            span = max(1, min(number(cell.find(f"{WORD}tcPr/{WORD}gridSpan"), 1), _WIDEST - at))
            text = self.cell(cell, within)
            merge = cell.find(f"{WORD}tcPr/{WORD}vMerge")
            if merge is not None and word(merge, "val") != "restart" and at in above and not text:
                top, index = above[at]
                rows[top][index] = rows[top][index]._replace(down=len(rows) - top + 1)
            elif merge is not None:
                above[at] = (len(rows), at)
            else:
                above.pop(at, None)
            cells.append(RawCell(text, Place(line, at + 1, at + 2), span))
            cells.extend(_blank(line, at + more) for more in range(1, span))
        self.cells += len(cells)
        if self.cells > _MOST_CELLS:
            raise Unreadable(f"表格过大：单元格超过 {_MOST_CELLS} 个，不像预算公开文件，未予读取。")
        return cells

    def cell(self, cell: _Element, within: list[Block]) -> str:
        """The cell's text; tables nested in it go to `within`."""
        texts: list[str] = []
        self._cell_text(cell, texts, within)
        return " ".join(part for text in texts for part in text.split())

    def _cell_text(self, parent: _Element, texts: list[str], within: list[Block]) -> None:
        for child in children(parent):
            if child.tag == WORD + "p":
                words = self.words(child, Place(self.line))
                texts.append("".join(words.shown).replace("\t", " ").strip())
                for box in words.boxes:
                    self._cell_text(box, texts, within)
            elif child.tag == WORD + "tbl":
                self.table(child, within)
            elif child.tag in _BLOCKS_WITHIN:
                self._cell_text(child, texts, within)

    def watermarks(self) -> None:
        """Words printed across the pages, which stand in the headers."""
        seen: set[str] = set()
        for name in self.package.names():
            if not re.match(r"word/header\d*\.xml\Z", name):
                continue
            for path in self.package.xml(name).iter(_TEXTPATH):
                text = str(path.get("string") or "").strip()
                if text and text not in seen:
                    seen.add(text)
                    self.source.blocks.append(Paragraph(text, (Piece(0, Place()),)))


def _blank(line: int, at: int) -> RawCell:
    return RawCell("", Place(line, at + 1, at + 2))


def _descend(parent: _Element, tag: str) -> list[_Element]:
    """Rows of a table or cells of a row, also those inside content controls and insertions."""
    found: list[_Element] = []
    for child in children(parent):
        if child.tag == tag:
            found.append(child)
        elif child.tag in _BLOCKS_WITHIN:
            found.extend(_descend(child, tag))
    return found


def _heading(outline: int) -> int:
    return outline + 1 if 0 <= outline < 6 else 0


def _styles(package: Package) -> tuple[dict[str, int], frozenset[str]]:
    """Heading levels by paragraph style, and the styles that hide text."""
    root = package.xml_or_none("word/styles.xml")
    levels: dict[str, int] = {}
    based: dict[str, str] = {}
    hidden: set[str] = set()
    for style in [] if root is None else root.iterfind(WORD + "style"):
        identity = word(style, "styleId") or ""
        name = style.find(WORD + "name")
        outline = style.find(f"{WORD}pPr/{WORD}outlineLvl")
        known = _HEADING.match(word(name, "val") or "") if name is not None else None
        if outline is not None:
            levels[identity] = _heading(number(outline, 9))
        elif known:
            levels[identity] = int(known[1])
        if is_on(style.find(f"{WORD}rPr/{WORD}vanish")):
            hidden.add(identity)
        parent = style.find(WORD + "basedOn")
        if parent is not None:
            based[identity] = word(parent, "val") or ""
    return {one: _inherited(one, levels, based) for one in {*levels, *based}}, frozenset(hidden)


def _inherited(identity: str, levels: dict[str, int], based: dict[str, str]) -> int:
    for _ in range(12):  # styles may be based on each other in a circle
        if identity in levels:
            return levels[identity]
        identity = based.get(identity, "")
    return 0


def _comments(package: Package) -> dict[str, str]:
    root = package.xml_or_none("word/comments.xml")
    comments: dict[str, str] = {}
    for comment in [] if root is None else root.iterfind(WORD + "comment"):
        words = Words()
        gather(comment, words, frozenset())
        author = word(comment, "author")
        text = "".join(words.shown).strip()
        comments[word(comment, "id") or ""] = f"{author}：{text}" if author else text
    return comments
