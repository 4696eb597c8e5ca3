"""PNG (ISO/IEC 15948): every chunk's checksum, and the picture unpacked line by line, without keeping it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from itertools import chain, repeat
from typing import BinaryIO, NamedTuple

from onewindow.kernel.dossiers.checks.images import broken, check_size
from onewindow.kernel.dossiers.checks.verdict import MEGABYTE, Limits

MAGIC = b"\x89PNG\r\n\x1a\n"
_CHUNK = struct.Struct(">I4s")
_HEADER = struct.Struct(">IIBBBBB")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_LONGEST_CHUNK = 1 << 31
_MOST_CHUNKS = 100_000
_AT_ONCE = 1 << 16
_PACKED = {b"zTXt": 1, b"iCCP": 1, b"iTXt": 0}  # chunks that may hold compressed text
_MOST_TEXT = 8 * MEGABYTE


class _Shape(NamedTuple):
    width: int
    height: int
    bits: int  # of one pixel
    interlaced: bool

    def lines(self) -> Iterator[tuple[int, int]]:
        """(bytes of a line with its filter, lines), one after the other as they are stored."""
        for x, y, dx, dy in _ADAM7 if self.interlaced else ((0, 0, 1, 1),):
            across, down = -(-(self.width - x) // dx), -(-(self.height - y) // dy)
            if across > 0 and down > 0:
                yield -(-across * self.bits // 8) + 1, down


def check(file: BinaryIO, limits: Limits) -> dict[str, str | int]:
    """Notes about a PNG: width and height. Raises Unfit."""
    size = file.seek(0, 2)
    file.seek(len(MAGIC))
    shape = _shape(file, limits)
    lines = _Lines(shape)
    for _number in range(_MOST_CHUNKS):
        length, kind = _head(file)
        if kind == b"IDAT":
            for piece in _body(file, length, kind):
                lines.feed(piece)
        else:
            _check_other(kind, _body(file, length, kind))
        if kind == b"IEND":
            break
    if kind != b"IEND" or not lines.complete or file.tell() != size:
        raise broken()
    return {"width": shape.width, "height": shape.height}


def _shape(file: BinaryIO, limits: Limits) -> _Shape:
    length, kind = _head(file)
    if kind != b"IHDR" or length != _HEADER.size:
        raise broken()
    header = b"".join(_body(file, length, kind))
    width, height, depth, colour, packing, filters, interlace = _HEADER.unpack(header)
    check_size(width, height, limits)
    if depth not in _DEPTHS.get(colour, ()) or packing or filters or interlace > 1:
        raise broken()
    return _Shape(width, height, depth * _CHANNELS[colour], bool(interlace))


def _head(file: BinaryIO) -> tuple[int, bytes]:
    head = file.read(_CHUNK.size)
    if len(head) < _CHUNK.size:
        raise broken()
    length, kind = _CHUNK.unpack(head)
    if length >= _LONGEST_CHUNK or not kind.isalpha():
        raise broken()
    return length, kind


def _body(file: BinaryIO, length: int, kind: bytes) -> Iterator[bytes]:
    """The content of a chunk; its checksum is verified at the end."""
    sum_, left = zlib.crc32(kind), length
    while left:
        piece = file.read(min(left, _AT_ONCE))
        if not piece:
            raise broken()
        left -= len(piece)
        sum_ = zlib.crc32(piece, sum_)
        yield piece
    if file.read(4) != sum_.to_bytes(4, "big"):
        raise broken()


def _check_other(kind: bytes, body: Iterator[bytes]) -> None:
    """A chunk that is not the picture. Compressed text is unpacked to see that it is no bomb."""
    content, length = [], 0
    for piece in body:
        length += len(piece)
        if kind in _PACKED and length > _MOST_TEXT:
            raise broken()
        if kind in _PACKED:
            content.append(piece)
    if kind in _PACKED:
        _check_text(kind, b"".join(content))


def _check_text(kind: bytes, content: bytes) -> None:
    _key, _zero, rest = content.partition(b"\0")
    if kind == b"iTXt":
        if rest[:1] != b"\x01":
            return
        rest = rest[2:].split(b"\0", 2)[-1]
    else:
        rest = rest[1:]
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(rest, _MOST_TEXT)
    except zlib.error:
        raise broken() from None
    if unpacker.unconsumed_tail:
        raise broken()


class _Lines:
    """Takes the packed picture and holds it to the lines that its header announces."""

    def __init__(self, shape: _Shape) -> None:
        self._unpacker = zlib.decompressobj()
        self._lengths = chain.from_iterable(repeat(length, count) for length, count in shape.lines())
        self._left = 0  # bytes of the current line still to come
        self._more = self._fresh = True

    @property
    def complete(self) -> bool:
        return not self._more and self._unpacker.eof

    def feed(self, packed: bytes) -> None:
        """Raises Unfit for what does not unpack, is too long, or has a filter that there is not."""
        if self._more and not self._left:
            self._next()
        while packed:
            try:
                unpacked = self._unpacker.decompress(packed, 16 * _AT_ONCE)
            except zlib.error:
                raise broken() from None
            packed = self._unpacker.unconsumed_tail
            self._take(unpacked)
            if self._unpacker.eof:
                return

    def _take(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            if not self._more:
                raise broken()
            if self._fresh and data[at] > 4:
                raise broken()
            took = min(self._left, len(data) - at)
            self._fresh = False
            at += took
            self._left -= took
            if not self._left:
                self._next()

    def _next(self) -> None:
        self._left = next(self._lengths, 0)
        self._more, self._fresh = bool(self._left), True
