"""Plain text: UTF-8 or GB18030, without control characters, and nothing that a program would run as a page or script."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from onewindow.kernel.dossiers.checks.foreign import has_active_text
from onewindow.kernel.dossiers.checks.verdict import Unfit

CODINGS = ("utf-8", "gb18030")
_CHUNK = 1 << 16
_OVERLAP = 64
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_OPENING = re.compile(
    r"\ufeff?\s*(?:#!|\{\\rtf|%!PS|mime-version:|<\?xml|<%|@echo\b|ISO-10303-21)", re.IGNORECASE
)
WIDE = (b"\xff\xfe", b"\xfe\xff")


def coding(file: BinaryIO) -> str:
    """The coding in which the whole file is text, "" where it is none."""
    for name in CODINGS:
        try:
            for text in _pieces(file, name):
                if _CONTROL.search(text):
                    return ""
        except UnicodeDecodeError:
            continue
        return name
    return ""


def check(file: BinaryIO) -> dict[str, str | int]:
    """Notes about a text: its coding. Raises Unfit."""
    file.seek(0)
    head = file.read(_CHUNK)
    if head.startswith(WIDE):
        raise Unfit("text-coding", "文本的编码是 UTF-16。请用记事本打开，另存为“UTF-8”编码后再上传。")
    found = coding(file)
    if not found:
        raise Unfit(
            "text-binary", "文件里有文本不应有的字符，可能不是文本文件。请另存为 UTF-8 文本或 PDF 后再上传。"
        )
    if _OPENING.match(head.decode(found, "ignore")) or _is_active(file):
        raise Unfit(
            "text-active", "这是网页、脚本或带标记的文件，不是纯文本。请在浏览器里打印为 PDF 后再上传。"
        )
    return {"coding": found}


def _is_active(file: BinaryIO) -> bool:
    file.seek(0)
    before = b""
    while chunk := file.read(_CHUNK):
        if has_active_text(before + chunk):
            return True
        before = chunk[-_OVERLAP:]
    return False


def _pieces(file: BinaryIO, name: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(name)("strict")
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
