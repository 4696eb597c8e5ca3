"""Read a PDF with a text layer: paragraphs and tables in reading order."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path
from threading import Lock

from openbook.reading.errors import Unreadable, in_words
from openbook.reading.pdf_aligned import Aligned, find_aligned
from openbook.reading.pdf_grid import Grid, find_grids
from openbook.reading.pdf_guard import is_bomb
from openbook.reading.pdf_hidden import attachments, notes, sort_words
from openbook.reading.pdf_raw import Api, RawPage, api, read_page
from openbook.reading.pdf_split import split_rows
from openbook.reading.pdf_table import Content, fill_grids, make_table
from openbook.reading.pdf_text import MARGIN, ParagraphMaker, Words, is_page_number, make_rows
from openbook.source import Paragraph, Piece, Place, Problem, RawTable, Source

MAX_BYTES = 200_000_000
MAX_PAGES = 2_000
MAX_LETTERS = 3_000_000  # of the whole file
_META = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
_LINEAR = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})")
_ERROR_PASSWORD, _ERROR_SECURITY = 4, 5
_FOREIGN = re.compile("[\ufffd\ue000-\uf8ff]")  # no character of any language
Laid = tuple[Grid, Content] | Aligned
_lock = Lock()  # pdfium must not be entered by two threads


def read_pdf(path: str) -> Source:
    """Read the file; `Unreadable` where there is nothing to be had from it."""
    data = _load(path)
    source = Source(path, "pdf", [])
    with _lock:
        pdf = api()
        document = pdf.open(data, len(data), None)
        if not document:
            raise Unreadable(_why(pdf))
        try:
            _Reader(pdf, document, source).read()
        finally:
            pdf.close(document)
    return source


def first_words(path: str, count: int) -> str:
    """The first letters of the first page, as pdfium orders them: enough to tell whose document it is."""
    with _lock:
        api()
        import pypdfium2

        document = pypdfium2.PdfDocument(path)
        try:
            text: str = document[0].get_textpage().get_text_range(count=count)
        finally:
            document.close()
    return text


def _load(path: str) -> bytes:
    file = Path(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise Unreadable(
                f"文件大于 {MAX_BYTES // 1_000_000} MB，不是通常的公开文本；请压缩图片或拆分后再检查。"
            )
        data = file.read_bytes()
    except OSError as error:
        raise Unreadable(f"文件打不开：{in_words(error)}。") from error
    if not data.strip():
        raise Unreadable("文件是空的，请重新导出或重新下载。")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("文件扩展名是 PDF，内容却不是 PDF；请确认文件格式后重新导出。")
    linear = _LINEAR.search(data[:2048])
    if b"%%EOF" not in data or (linear and int(linear[1]) > len(data)):
        raise Unreadable("PDF 文件不完整（没有结束标记），可能是下载或上传中断；请重新取得完整的文件。")
    if is_bomb(data):
        raise Unreadable("PDF 中的图形层层嵌套、反复引用，展开后过于庞大，没有读取；请重新导出为普通的 PDF。")
    return data


def _why(pdf: Api) -> str:
    if pdf.last_error() in (_ERROR_PASSWORD, _ERROR_SECURITY):
        return "PDF 文件已加密，需要密码才能打开；请提供未加密的文件。"
    return "PDF 文件已损坏，打不开；请重新导出或重新下载。"


class _Reader:
    """Walks through the pages of an open document and fills a `Source`."""

    def __init__(self, pdf: Api, document: int, source: Source) -> None:
        self.pdf, self.document, self.source = pdf, document, source
        self.maker = ParagraphMaker()
        self.letters = 0
        self.marks: dict[str, Place] = {}  # watermarks with the first place of each
        self.columns: list[float] = []  # of the table that nothing stands after yet
        self.last: Aligned | None = None  # that table, where it has no lines
        self.chain: list[RawTable] = []  # its parts on each page

    def read(self) -> None:
        pages = self.pdf.page_count(self.document)
        if pages <= 0:
            raise Unreadable("PDF 文件中没有可读的页面；请重新导出。")
        self.source.pages = pages
        self._metadata()
        self.source.hidden += attachments(self.pdf, self.document)
        if pages > MAX_PAGES:
            self._problem(f"文件有 {pages} 页，只读了前 {MAX_PAGES} 页；请拆分后分别检查。", MAX_PAGES)
        for number in range(1, min(pages, MAX_PAGES) + 1):
            if self.letters > MAX_LETTERS:
                self._problem(
                    f"文件超过 {MAX_LETTERS // 10_000} 万字，第 {number} 页起没有读取；请拆分后分别检查。",
                    number,
                )
                break
            self._page(number)
        self._paragraph(self.maker.finish())
        self.source.blocks += [Paragraph(text, (Piece(0, place),)) for text, place in self.marks.items()]

    def _problem(self, message: str, page: int) -> None:
        self.source.problems.append(Problem("OB006", message, Place(page=page)))

    def _paragraph(self, paragraph: Paragraph | None) -> None:
        if paragraph is not None:
            self.source.blocks.append(paragraph)

    def _metadata(self) -> None:
        for key in _META:
            name = key.encode()
            size = min(self.pdf.meta(self.document, name, None, 0), 65_536)
            if size <= 2:
                continue
            buffer = ctypes.create_string_buffer(size)
            self.pdf.meta(self.document, name, buffer, size)
            value = buffer.raw.decode("utf-16-le", "replace").split("\0", 1)[0].strip()
            if value:
                self.source.metadata[key] = value

    def _page(self, number: int) -> None:
        pdf = self.pdf
        handle = pdf.load_page(self.document, number - 1)
        text_page = pdf.load_text(handle) if handle else None
        try:
            if not handle or not text_page:
                self._problem(f"第 {number} 页已损坏，读不出来；请重新导出。", number)
                return
            page = read_page(pdf, handle, text_page)
            words = sort_words(pdf, text_page, page, number)
            self.source.hidden += words.hidden
            self.source.hidden += notes(pdf, handle, number)
        finally:
            if text_page:
                pdf.close_text(text_page)
            if handle:
                pdf.close_page(handle)
        self._check(page, words.seen, number)
        self._lay_out(page, words.seen, number)
        if words.marks:
            place = Place(page=number)
            self.marks.setdefault("".join(word.text for word in words.marks), place)

    def _check(self, page: RawPage, words: list[Words], number: int) -> None:
        """What cannot be read from the page."""
        if page.cut:
            self._problem(f"第 {number} 页的内容异常多，没有全部读取；请拆分或重新导出该页。", number)
        letters = sum(len(word.text) for word in words)
        if not letters and (page.images or page.paths > 300):
            self._problem(
                f"第 {number} 页只有图片，没有可读的文字，无法检查；请改用可复制文字的 PDF 或 Word、Excel 原稿。",
                number,
            )
        self.letters += len(page.glyphs.text)
        foreign = sum(len(_FOREIGN.findall(word.text)) for word in words)
        if foreign * 5 > letters > 0:
            self._problem(
                f"第 {number} 页的文字编码无法识别（共 {letters} 字，{foreign} 字读不出），复制出来是乱码；"
                "请嵌入字体后重新导出。",
                number,
            )

    def _lay_out(self, page: RawPage, words: list[Words], number: int) -> None:
        grids = find_grids(page.across, page.upright)
        if grids is None:
            self._problem(f"第 {number} 页的线条异常多，表格无法识别；请重新导出该页。", number)
            grids = []
        contents, outside = fill_grids(grids, words, page.glyphs)
        found = find_aligned(outside, page.width, page.height, self.last)
        self._mend(found.broken, number)
        tables: list[Laid] = [pair for pair in zip(grids, contents, strict=True) if pair[1]]
        tables += found.tables
        tables.sort(key=lambda table: (table[0].ys[0], table[0].xs[0]), reverse=True)
        rows = [row for row in make_rows(found.rest) if not is_page_number(row, page.height)]
        self.maker.start_page(number, rows, page.width)
        for row in rows:
            while tables and tables[-1][0].ys[0] <= (row.top + row.bottom) / 2:
                self._table(tables.pop(), number)
            self._paragraph(self.maker.add(row))
            self.columns = []
            if MARGIN < row.top / page.height < 1 - MARGIN:  # else what stands at the foot of each page
                self.last, self.chain = None, []
        while tables:
            self._table(tables.pop(), number)

    def _mend(self, broken: bool, number: int) -> None:
        """Give up a table without lines of which a later page cannot be read: half of it would mislead."""
        if broken and self.chain:
            parts = set(map(id, self.chain))
            self.source.blocks = [block for block in self.source.blocks if id(block) not in parts]
            self._problem(
                f"第 {self.chain[0].page} 页起的表格没有框线，接到第 {number} 页后列对不齐，没有读取，未参加核对；"
                "请给表格加上框线后重新导出，或改用 Word、Excel 原稿。",
                number,
            )
        if broken:
            self.chain, self.last = [], None

    def _table(self, table: Laid, number: int) -> None:
        self._paragraph(self.maker.finish())
        grid, content = split_rows(table[0].adopt(self.columns), table[1])
        self.columns = grid.xs
        made = make_table(grid, content, number)
        self.source.blocks.append(made)
        if isinstance(table, Aligned):
            self.chain = [*self.chain, made] if table.goes_on else [made]
            self.last = table
        else:
            self.chain, self.last = [], None
