"""Office packages (zip files of XML), opened so that a hostile one does no harm.

Sizes are checked before anything is unpacked and counted again while unpacking, since the
sizes that a zip file states may be false. XML is parsed without entities and without a DTD.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType
from typing import TYPE_CHECKING

from openbook.reading.errors import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_ENTRIES = 10_000
_LARGEST_PART = 64 << 20
_LARGEST_WHOLE = 256 << 20
_HIGHEST_RATIO = 400
_RATIO_MATTERS = 4 << 20  # a small part may well shrink a thousandfold
_DAMAGED = "文件已损坏，不能解压。请用 Word、Excel 或 WPS 打开并重新保存，或重新下载。"
_BOMB = "文件异常：解压后的大小远超正常文件（可能是压缩炸弹），为安全起见不予读取。"


class Package:
    """Parts of an office file by name."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            NotImplementedError,
            EOFError,
            OverflowError,
        ) as error:
            raise Unreadable(_DAMAGED) from error
        self._left = _LARGEST_WHOLE
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._refuse_bomb(len(data))

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def _refuse_bomb(self, size: int) -> None:
        entries = self._zip.infolist()
        whole = sum(entry.file_size for entry in entries)
        if len(entries) > _MOST_ENTRIES or whole > _LARGEST_WHOLE:
            raise Unreadable(_BOMB)
        if whole > _RATIO_MATTERS and whole > size * _HIGHEST_RATIO:
            raise Unreadable(_BOMB)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("文件已加密，不能读取。请去除密码后再检查。")

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._entries

    def names(self) -> list[str]:
        """Names of all parts."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """A part's bytes, no more than allowed whatever the zip file states."""
        limit = min(_LARGEST_PART, self._left)
        if self._entries[name].file_size > limit:
            raise Unreadable(_BOMB)
        try:
            with self._zip.open(self._entries[name]) as part:
                data = part.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OSError,
            NotImplementedError,
            EOFError,
            RuntimeError,
        ) as error:
            raise Unreadable(_DAMAGED) from error
        if len(data) > limit:
            raise Unreadable(_BOMB)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> _Element:
        """A part's XML root."""
        return parse_xml(self.read(name))

    def xml_or_none(self, name: str) -> _Element | None:
        """A part's XML root, or None where there is no such part."""
        return self.xml(name) if self.has(name) else None


def parse_xml(data: bytes) -> _Element:
    """Parse XML that nobody vouches for."""
    from lxml import etree

    refuse_declarations(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("文件已损坏：其中的 XML 不完整。请用 Word、Excel 或 WPS 打开并重新保存。") from error


def refuse_declarations(data: bytes) -> None:
    """Refuse XML that declares entities or a DTD: no office program writes any."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or _wide_doctype(data):
        raise Unreadable("文件内含 DTD 或实体声明，正常的 Office 文件不会有，为安全起见不予读取。")


def _wide_doctype(data: bytes) -> bool:
    head = data[:2]
    return head in (b"\xff\xfe", b"\xfe\xff") and b"<!" in data.replace(b"\x00", b"")
