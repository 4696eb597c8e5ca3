"""PDF: whole, readable without a password, and nothing in it that runs, launches, or carries another file.

Twice over: the bytes are searched for what must not be there, however it is written; and PDFium, which shows the
file to whoever decides, is asked what it has found.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from onewindow.kernel.dossiers.checks import pdf_streams
from onewindow.kernel.dossiers.checks.pdf_streams import NAME, Data, plain, spelled
from onewindow.kernel.dossiers.checks.verdict import MEGABYTE, Limits, Unfit

_START = re.compile(rb"(?:\xef\xbb\xbf)?[\0\t\n\f\r ]{0,16}%PDF-\d")
_END = b"%%EOF"
_BEHIND = re.compile(rb"[\0\t\n\f\r ]*\Z")
_REACH = 1024  # bytes before the end in which the place of the last table is said
_PAGES_WALKED = 2000  # for links and notes; the bytes of all pages are searched
_OBJECTS = 256 * MEGABYTE  # that object streams may unpack to, all together


def _scripts() -> Unfit:
    return Unfit("pdf-scripts", "PDF 里带有脚本或动态表单。请用阅读器“打印为 PDF”，再上传新文件。")


def _launches() -> Unfit:
    return Unfit(
        "pdf-actions", "PDF 里有会启动程序或打开其他文件的动作。请用阅读器“打印为 PDF”，再上传新文件。"
    )


def _files() -> Unfit:
    return Unfit(
        "pdf-files", "PDF 里夹带了其他文件。请把夹带的文件单独上传，PDF 用阅读器“打印为 PDF”后再上传。"
    )


def _broken() -> Unfit:
    return Unfit("pdf-broken", "PDF 不完整或已损坏，打不开。请重新导出或扫描后再上传。")


def _encrypted() -> Unfit:
    return Unfit(
        "encrypted",
        "PDF 设有密码或编辑、打印限制，无法长期保存。请取消限制，或用阅读器“打印为 PDF”后再上传。",
    )


_SCRIPTS = dict.fromkeys((b"JavaScript", b"Rendition"), _scripts)
_LAUNCHES = dict.fromkeys((b"Launch", b"GoToE", b"ImportData", b"RichMedia"), _launches)
_FILES = dict.fromkeys((b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment"), _files)
# Long names do not turn up in packed data by chance; short ones count where they are surely names.
_LONG = {**_SCRIPTS, **_LAUNCHES, **_FILES}
_PACKED = {**_LONG, b"XFA": _scripts}
_ALL = {**_PACKED, b"JS": _scripts}
_ANYWHERE = {name: re.compile(rb"/" + spelled(name) + rb"(?![A-Za-z0-9])") for name in _LONG}


def begins(head: bytes) -> bool:
    """Whether a file that begins so wants to be a PDF."""
    return bool(_START.match(head))


def check(path: Path, data: Data, limits: Limits) -> dict[str, str | int]:
    """Notes about a PDF: its pages. Raises Unfit."""
    _check_end(data)
    _check_bytes(data)
    return {"pages": _opened(path, limits)}


def _check_end(data: Data) -> None:
    """It must end as a PDF ends: what was cut off does not, and nothing may stand behind."""
    end = data.rfind(_END)
    if end < 0 or b"startxref" not in data[max(0, end - _REACH) : end]:
        raise _broken()
    if not _BEHIND.match(data, end + len(_END)):
        raise Unfit("two-kinds", "PDF 的末尾接有多余的内容。请用阅读器另存或“打印为 PDF”，再上传新文件。")


def _check_bytes(data: Data) -> None:
    for name, anywhere in _ANYWHERE.items():
        if anywhere.search(data):
            _refuse(name, _LONG)
    left = _OBJECTS
    for head in pdf_streams.heads(data):
        for name in sorted(head.names):
            _refuse(name, _ALL)
        left -= _check_objects(pdf_streams.packed_objects(data, head, left))
    for objects in pdf_streams.perhaps_packed(data, left):
        _check_objects(objects)


def _check_objects(objects: bytes) -> int:
    """Of an object stream: its length. Raises Unfit."""
    for found in NAME.finditer(objects):
        _refuse(plain(found[1]), _PACKED)
    return len(objects)


def _refuse(name: bytes, forbidden: Mapping[bytes, Callable[[], Unfit]]) -> None:
    if name in forbidden:
        refusal = forbidden[name]()
        raise refusal


# --- what PDFium finds ----------------------------------------------------------------------


def _opened(path: Path, limits: Limits) -> int:
    """How many pages PDFium finds. Raises Unfit."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        passwords = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise (_encrypted() if getattr(error, "err_code", None) in passwords else _broken()) from None
    try:
        _check_document(document)
        pages = len(document)
        if not pages:
            raise _broken()
        if pages > limits.pages:
            raise Unfit("pdf-pages", f"PDF 有 {pages} 页，超过 {limits.pages} 页。请拆分后再上传。")
        for number in range(min(pages, _PAGES_WALKED)):
            _check_page(document, number)
    finally:
        document.close()
    return pages


def _check_document(document: pypdfium2.PdfDocument) -> None:
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise _encrypted()
    if pdfium.FPDFDoc_GetAttachmentCount(document):
        raise _files()
    xfa = pdfium.FPDF_GetFormType(document) in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
    if xfa or pdfium.FPDFDoc_GetJavaScriptActionCount(document):
        raise _scripts()


_NOTES_WITH_FILES = (pdfium.FPDF_ANNOT_FILEATTACHMENT,)
_NOTES_THAT_PLAY = (
    pdfium.FPDF_ANNOT_SOUND,
    pdfium.FPDF_ANNOT_MOVIE,
    pdfium.FPDF_ANNOT_SCREEN,
    pdfium.FPDF_ANNOT_THREED,
    pdfium.FPDF_ANNOT_RICHMEDIA,
)


def _check_page(document: pypdfium2.PdfDocument, number: int) -> None:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        raise _broken() from None
    try:
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            note = pdfium.FPDFPage_GetAnnot(page, index)
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            pdfium.FPDFPage_CloseAnnot(note)
            if kind in _NOTES_WITH_FILES:
                raise _files()
            if kind in _NOTES_THAT_PLAY:
                raise _launches()
        _check_links(page)
    finally:
        page.close()


def _check_links(page: pypdfium2.PdfPage) -> None:
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, place, link):
        action = pdfium.FPDFLink_GetAction(link)
        if action and pdfium.FPDFAction_GetType(action) in (
            pdfium.PDFACTION_LAUNCH,
            pdfium.PDFACTION_EMBEDDEDGOTO,
        ):
            raise _launches()
