"""One file, one decision: what it is by its content, and whether it may become part of a dossier.

Nothing here asks the name, the time or the machine: the same bytes are always judged alike.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from onewindow.kernel.dossiers.checks import foreign, jpeg, ofd, office, pdf, png, text, tiff
from onewindow.kernel.dossiers.checks.archives import Archive, Budget
from onewindow.kernel.dossiers.checks.kinds import KINDS
from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit, Verdict, too_big

Notes = dict[str, str | int]
_ARCHIVES = ("ofd", "docx", "xlsx")


def inspect(path: Path, limits: Limits) -> Verdict:
    """What the file is. Raises Unfit where it may not become part of a dossier, and OSError."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if not size:
            raise Unfit("empty", "文件是空的（0 字节）。请确认已保存完毕，再重新选择上传。")
        if size > limits.largest:
            raise too_big("文件", limits.largest)
        head, tail = _ends(file, size)
        kind = _kind(file, head, tail, limits)
        if size > limits.size[kind]:
            raise too_big(KINDS[kind].title, limits.size[kind])
        notes = _CHECKS[kind](path, file, limits)
        foreign.check_one_kind(head, b"" if kind in _ARCHIVES else tail)
        return Verdict(kind, notes)


def _ends(file: BinaryIO, size: int) -> tuple[bytes, bytes]:
    file.seek(0)
    head = file.read(foreign.HEAD)
    file.seek(max(0, size - foreign.ZIP_REACH))
    return head, file.read(foreign.ZIP_REACH)


def _kind(file: BinaryIO, head: bytes, tail: bytes, limits: Limits) -> str:
    """The kind by content. Raises Unfit for none of ours."""
    if head.startswith(png.MAGIC):
        return "png"
    if head.startswith(jpeg.MAGIC):
        return "jpg"
    if head.startswith(tiff.MAGIC):
        return "tiff"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(file, head, limits)
    if pdf.begins(head):
        return "pdf"
    if head.startswith(text.WIDE) or text.coding(file):
        return "txt"
    raise foreign.refused(head, tail)


def _kind_of_archive(file: BinaryIO, head: bytes, limits: Limits) -> str:
    names = Archive(file, limits, Budget(limits.unpacked)).names
    if ofd.ROOT in names:
        return "ofd"
    if office.TYPES in names:
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx")):
            if any(name.startswith(folder) for name in names):
                return kind
        if any(name.startswith("ppt/") for name in names):
            raise Unfit("type-refused", "演示文稿请另存为 PDF 后再上传。")
    raise foreign.refused(head)


def _with_data(check: Callable[[mmap.mmap, Limits], Notes]) -> Callable[[Path, BinaryIO, Limits], Notes]:
    def checked(_path: Path, file: BinaryIO, limits: Limits) -> Notes:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return check(data, limits)

    return checked


def _pdf(path: Path, file: BinaryIO, limits: Limits) -> Notes:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return pdf.check(path, data, limits)


_CHECKS: dict[str, Callable[[Path, BinaryIO, Limits], Notes]] = {
    "pdf": _pdf,
    "ofd": lambda _path, file, limits: ofd.check(file, limits),
    "docx": lambda _path, file, limits: office.check(file, "docx", limits),
    "xlsx": lambda _path, file, limits: office.check(file, "xlsx", limits),
    "jpg": _with_data(jpeg.check),
    "png": lambda _path, file, limits: png.check(file, limits),
    "tiff": _with_data(tiff.check),
    "txt": lambda _path, file, _limits: text.check(file),
}
