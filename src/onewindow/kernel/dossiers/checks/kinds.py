"""The kinds of files that a dossier takes, each by what it is, not by what it is called."""

from __future__ import annotations

from typing import NamedTuple


class FileKind(NamedTuple):
    """A kind of file: how people call it, the extensions of its names (the first is its own), its media type."""

    key: str
    title: str
    extensions: tuple[str, ...]
    media: str
    megabytes: int
    """Most it may have, where the bureau sets nothing else."""


_OFFICE = "application/vnd.openxmlformats-officedocument"

KINDS = {
    kind.key: kind
    for kind in (
        FileKind("pdf", "PDF 文件", ("pdf",), "application/pdf", 100),
        FileKind("ofd", "OFD 版式文件", ("ofd",), "application/ofd", 100),
        FileKind("docx", "Word 文档", ("docx",), f"{_OFFICE}.wordprocessingml.document", 50),
        FileKind("xlsx", "Excel 表格", ("xlsx",), f"{_OFFICE}.spreadsheetml.sheet", 50),
        FileKind("jpg", "JPG 图片", ("jpg", "jpeg", "jpe", "jfif"), "image/jpeg", 30),
        FileKind("png", "PNG 图片", ("png",), "image/png", 30),
        FileKind("tiff", "TIFF 图片", ("tif", "tiff"), "image/tiff", 100),
        FileKind("txt", "文本文件", ("txt",), "text/plain", 5),
    )
}
ALLOWED = "、".join(kind.title for kind in KINDS.values())
