"""Zip archives as office files and OFD are: read with bounds, and refused where two readers could read two things.

A zip says everything twice, in its directory and before each member; it may have holes, overlaps, a second
directory. Whatever is not plain is refused: saving the file anew with any program makes it plain.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit

_END = struct.Struct("<4sHHHHIIH")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_DESCRIPTOR = 24  # the longest data descriptor behind a member
_DIRECTORY_LINE = 1000  # bytes in the directory for one member, at most
_CHUNK = 1 << 16
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    RuntimeError,
)


def _broken() -> Unfit:
    return Unfit(
        "archive-broken", "文件结构不完整或不规范。请用 Word、WPS 或版式软件打开后另存，再上传新存的文件。"
    )


def _bomb() -> Unfit:
    return Unfit(
        "archive-bomb", "文件解开后大得不合常理，可能是恶意构造的。请另存或拆分为较小的文件后再上传。"
    )


class Budget:
    """Bytes that may still be unpacked: shared by an archive and those within it."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, count: int) -> None:
        """Raises Unfit when nothing is left."""
        self.left -= count
        if self.left < 0:
            raise _bomb()


class Archive:
    """A zip whose structure was checked. `names`: of its members, in the order of the file."""

    def __init__(self, file: BinaryIO, limits: Limits, budget: Budget) -> None:
        """Raises Unfit."""
        self._limits, self._budget = limits, budget
        size = _check_end(file, limits)
        try:
            self._zip = zipfile.ZipFile(file)
            infos = [info for info in self._zip.infolist() if not info.is_dir()]
            self._check(file, infos, size)
        except _UNREADABLE as error:
            raise _broken() from error
        self._infos = {info.filename: info for info in infos}

    @property
    def names(self) -> list[str]:
        return list(self._infos)

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a member piece by piece; its checksum is verified. Raises Unfit."""
        try:
            with self._zip.open(self._infos[name]) as member:
                while chunk := member.read(_CHUNK):
                    self._budget.spend(len(chunk))
                    yield chunk
        except _UNREADABLE as error:
            raise _broken() from error

    def read(self, name: str, most: int) -> bytes:
        """The whole content of a member of at most so many bytes. Raises Unfit."""
        if self._infos[name].file_size > most:
            raise _bomb()
        return b"".join(self.chunks(name))

    def size(self, name: str) -> int:
        return self._infos[name].file_size

    def _check(self, file: BinaryIO, infos: list[zipfile.ZipInfo], size: int) -> None:
        seen: set[str] = set()
        for info in self._zip.infolist():
            _check_name(info, seen)
            _check_member(info, self._limits)
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        if unpacked > self._limits.unpacked or unpacked > max(
            self._limits.slack, packed * self._limits.ratio
        ):
            raise _bomb()
        _check_places(file, self._zip.infolist(), size)


def _check_end(file: BinaryIO, limits: Limits) -> int:
    """Where the directory begins. It must end where the file ends, and begin where its end record says."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size))
    record = file.read(_END.size)
    if len(record) < _END.size or not record.startswith(b"PK\x05\x06"):
        raise _broken()  # something behind the archive, or a comment: no office program writes one
    _magic, disk, first, here, members, length, offset, _comment = _END.unpack(record)
    if disk or first or here != members or not members or offset + length != size - _END.size:
        raise _broken()
    if members > limits.members or length > limits.members * _DIRECTORY_LINE:
        raise _bomb()
    return int(offset)


def _check_name(info: zipfile.ZipInfo, seen: set[str]) -> None:
    name = info.orig_filename
    parts = name.rstrip("/").split("/")
    plain = all(part not in ("", ".", "..") for part in parts) and "\\" not in name and ":" not in name
    if not plain or not name.isprintable() or len(name) > 500:
        raise Unfit(
            "archive-paths", "文件里有不规范的内部路径，可能是恶意构造的。请用 Word、WPS 另存后再上传。"
        )
    if stat.S_ISLNK(info.external_attr >> 16) or name.lower() in seen:
        raise _broken()
    seen.add(name.lower())


def _check_member(info: zipfile.ZipInfo, limits: Limits) -> None:
    if info.flag_bits & 0x2041:  # encrypted, strongly encrypted, directory encrypted
        raise Unfit("encrypted", "文件设有打开密码，无法审阅。请取消密码后再上传。")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _broken()
    if info.file_size > limits.member:
        raise _bomb()
    if info.file_size > max(limits.slack, info.compress_size * limits.ratio):
        raise _bomb()
    if info.compress_type == zipfile.ZIP_STORED and info.file_size != info.compress_size:
        raise _broken()


def _check_places(file: BinaryIO, infos: list[zipfile.ZipInfo], directory: int) -> None:
    """Members must follow on each other from the first byte to the directory: no overlaps, nothing in between."""
    end = slack = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if not end <= info.header_offset <= end + slack:
            raise _broken()
        file.seek(info.header_offset)
        header = file.read(_LOCAL.size)
        if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
            raise _broken()
        name_length, extra_length = _LOCAL.unpack(header)[-2:]
        end = info.header_offset + _LOCAL.size + name_length + extra_length + info.compress_size
        slack = _DESCRIPTOR if info.flag_bits & 0x08 else 0
    if not end <= directory <= end + slack:
        raise _broken()
