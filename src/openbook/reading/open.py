"""The one door to the readers: what a file is decides its content, then its suffix."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from openbook.reading.errors import Unreadable, in_words
from openbook.source import Source

LARGEST = 64 << 20  # bytes
_HEAD = 4096
_CONVERT = {
    ".doc": "旧版 Word 文档（.doc）不能直接读取，请用 Word 或 WPS 另存为 .docx 或 PDF 后再检查。",
    ".wps": "WPS 文字文档（.wps）不能直接读取，请用 WPS 另存为 .docx 或 PDF 后再检查。",
    ".xls": "旧版 Excel 工作簿（.xls）不能直接读取，请用 Excel 或 WPS 另存为 .xlsx 后再检查。",
    ".et": "WPS 表格（.et）不能直接读取，请用 WPS 另存为 .xlsx 后再检查。",
    ".ofd": "OFD 版式文件（.ofd）不能直接读取，请用 OFD 阅读器导出为 PDF 后再检查。",
    ".rtf": "RTF 文档（.rtf）不能直接读取，请用 Word 或 WPS 另存为 .docx 后再检查。",
    ".odt": "ODT 文档（.odt）不能直接读取，请另存为 .docx 后再检查。",
    ".ods": "ODS 表格（.ods）不能直接读取，请另存为 .xlsx 后再检查。",
    ".xlsb": "二进制工作簿（.xlsb）不能直接读取，请用 Excel 另存为 .xlsx 后再检查。",
    ".ceb": "CEB 版式文件（.ceb）不能直接读取，请导出为 PDF 后再检查。",
    ".caj": "CAJ 文件（.caj）不能直接读取，请导出为 PDF 后再检查。",
}
_IMAGE = "这是图片，不能直接检查。请先做文字识别（OCR），保存为文本（表格的列用制表符分隔）或 PDF 后再检查。"
_ARCHIVE = "这是压缩包，请先解压，再逐个检查其中的文件。"
_OLE = "旧版 Office 文件（.doc、.xls、.wps）或加密的 Office 文件不能直接读取，请去除密码并另存为 .docx、.xlsx 或 PDF 后再检查。"
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"\x89PNG\r\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"{\\rtf", _CONVERT[".rtf"]),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b\x08", _ARCHIVE),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".mht")


def read_source(path: str) -> Source:
    """Read a disclosure file of any kind; `Unreadable` says in Chinese why it cannot be read."""
    data = _content(Path(path))
    suffix = Path(path).suffix.lower()
    if b"%PDF-" in data[:1024]:
        from openbook.reading.pdf import read_pdf

        return read_pdf(path)
    for magic, message in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(_CONVERT.get(suffix, message))
    if data.startswith(_ZIP):
        return _read_zip(path, data, suffix)
    if data.startswith(b"BM") and suffix in (".bmp", ".dib"):
        raise Unreadable(_IMAGE)
    return _read_words(path, data, suffix)


def _content(path: Path) -> bytes:
    """The whole file, if it is one and not too large."""
    try:
        if path.is_dir():
            if not os.access(path, os.R_OK | os.X_OK):
                raise Unreadable("没有打开这个文件夹的权限，其中的文件都没有核对。请检查文件夹的访问权限。")
            raise Unreadable("这是文件夹，不是文件。请给出要检查的文件，或用批量检查命令检查整个文件夹。")
        if not path.is_file() and path.exists():
            raise Unreadable("这不是普通文件（可能是设备或管道），不能读取。")
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(
                f"文件过大：{size / (1 << 20):.0f} MB，超过上限 {LARGEST >> 20} MB。"
                "预算公开文件通常不足 10 MB，请核对是否给错了文件，或把扫描图片压缩、把文件拆分后再检查。"
            )
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(_reason(error)) from error
    except ValueError as error:
        raise Unreadable("文件名含有不能使用的字符，请改名后再检查。") from error
    if len(data) > LARGEST:
        raise Unreadable(f"文件过大，超过上限 {LARGEST >> 20} MB。")
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable("文件是空的，没有任何内容。请确认文件已完整下载或保存。")
    return data


def _reason(error: OSError) -> str:
    if error.errno == errno.ENOENT:
        if os.path.islink(error.filename or ""):  # noqa: PTH114
            return "这是一个链接，它指向的文件不存在。"
        return "文件不存在，请核对路径和文件名。"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "没有读取这个文件的权限，请检查文件的访问权限，或复制一份后再检查。"
    if error.errno == errno.ELOOP:
        return "这个链接指向自己，找不到真正的文件。"
    if error.errno == errno.ENAMETOOLONG:
        return "文件名过长，请改短后再检查。"
    return f"读取文件时出错：{in_words(error)}。"


def _read_zip(path: str, data: bytes, suffix: str) -> Source:
    from openbook.reading.package import Package

    with Package(data) as package:
        if package.has("word/document.xml"):
            from openbook.reading.docx import read_docx

            return read_docx(package, path)
        if package.has("xl/workbook.xml"):
            from openbook.reading.xlsx import read_xlsx

            return read_xlsx(package, path)
        if suffix in _CONVERT:
            raise Unreadable(_CONVERT[suffix])
        if package.has("OFD.xml"):
            raise Unreadable(_CONVERT[".ofd"])
        if package.has("xl/workbook.bin"):
            raise Unreadable(_CONVERT[".xlsb"])
        if package.has("content.xml"):
            raise Unreadable("OpenDocument 文件不能直接读取，请另存为 .docx 或 .xlsx 后再检查。")
    if suffix in (".docx", ".xlsx", ".docm", ".xlsm"):
        raise Unreadable("文件已损坏：压缩包内没有正文部分。请用 Word、Excel 或 WPS 打开并重新保存。")
    raise Unreadable(_ARCHIVE)


def _read_words(path: str, data: bytes, suffix: str) -> Source:
    from openbook.reading.decode import decode, looks_like_html

    if suffix in _HTML_SUFFIXES or looks_like_html(data):
        from openbook.reading.html import read_html

        return read_html(data, path)
    if suffix in _CONVERT:
        raise Unreadable(_CONVERT[suffix])
    if suffix in (".docx", ".xlsx", ".docm", ".xlsm", ".pdf"):
        raise Unreadable(f"文件扩展名是 {suffix}，内容却不是这种格式，可能已损坏或下载不完整，请重新获取。")
    from openbook.reading.text import read_text

    text, problems = decode(data)
    source = read_text(text, path, "md" if suffix in (".md", ".markdown") else "txt")
    source.problems.extend(problems)
    return source
