"""TIFF 6.0: every page's directory, its size, and that all of its picture lies within the file.

The picture itself is not unpacked: none of our libraries reads its eight kinds of packing.
"""

from __future__ import annotations

import mmap
import struct
from typing import NamedTuple

from onewindow.kernel.dossiers.checks.images import broken, check_size
from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit

MAGIC = (b"II*\0", b"MM\0*")
_WIDTH, _HEIGHT, _BITS, _PACKING, _SAMPLES = 256, 257, 258, 259, 277
_STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES = 273, 279, 324, 325
_PACKINGS = frozenset((1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946))
_FORMS = {1: "B", 3: "H", 4: "I"}  # BYTE, SHORT, LONG: what these tags may be
_ASKED = frozenset((_WIDTH, _HEIGHT, _BITS, _PACKING, _SAMPLES, _STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES))
_MOST_TAGS = 1000
_MOST_VALUES = 3_000_000  # in the whole file: directories may overlap without end
_MOST_BITS = 64
Data = bytes | mmap.mmap


class _Page(NamedTuple):
    width: int
    height: int
    next: int


def check(data: Data, limits: Limits) -> dict[str, str | int]:
    """Notes about a TIFF: its pages, width and height of the first. Raises Unfit."""
    reader = _Reader(data, "<" if data[:2] == b"II" else ">")
    seen: set[int] = set()
    pages: list[_Page] = []
    try:
        at = reader.number("I", 4)
        while at:
            if at in seen or len(pages) >= limits.pages:
                raise broken()
            seen.add(at)
            pages.append(_page(reader, at, limits))
            at = pages[-1].next
    except struct.error:
        raise broken() from None
    if not pages:
        raise broken()
    return {"pages": len(pages), "width": pages[0].width, "height": pages[0].height}


class _Reader:
    """Reads numbers in the order of bytes that the file begins with, not more of them than is reasonable."""

    def __init__(self, data: Data, order: str) -> None:
        self.data = data
        self._order = order
        self._left = _MOST_VALUES

    def number(self, letter: str, at: int) -> int:
        """Raises struct.error beyond the end."""
        return int(struct.unpack_from(self._order + letter, self.data, at)[0])

    def tags(self, at: int, count: int) -> dict[int, tuple[int, ...]]:
        """The values of the tags that matter, each as it stands first."""
        found: dict[int, tuple[int, ...]] = {}
        for line in range(at, at + 12 * count, 12):
            tag = self.number("H", line)
            if tag in _ASKED and tag not in found:
                found[tag] = self._values(line)
        return found

    def _values(self, line: int) -> tuple[int, ...]:
        letter, count = _FORMS.get(self.number("H", line + 2)), self.number("I", line + 4)
        if letter is None:
            return ()
        self._left -= count
        if self._left < 0:
            raise broken()
        inside = count * struct.calcsize(letter) <= 4
        place = line + 8 if inside else self.number("I", line + 8)
        return struct.unpack_from(f"{self._order}{count}{letter}", self.data, place)


def _page(reader: _Reader, at: int, limits: Limits) -> _Page:
    count = reader.number("H", at)
    if not 0 < count <= _MOST_TAGS:
        raise broken()
    tags = reader.tags(at + 2, count)
    following = reader.number("I", at + 2 + 12 * count)
    width, height = _one(tags, _WIDTH), _one(tags, _HEIGHT)
    check_size(width, height, limits)
    if _one(tags, _PACKING, 1) not in _PACKINGS:
        raise Unfit(
            "image-broken", "这种 TIFF 的压缩方式不常见，别的软件打不开。请另存为 JPG 或 PDF 后再上传。"
        )
    samples, bits = _one(tags, _SAMPLES, 1), tags.get(_BITS, (1,))
    if not 1 <= samples <= 8 or not bits or max(bits) > _MOST_BITS:
        raise broken()
    _check_places(tags, len(reader.data))
    return _Page(width, height, following)


def _check_places(tags: dict[int, tuple[int, ...]], size: int) -> None:
    """The parts of the picture must lie in the file: a file that was cut off shows here."""
    places, lengths = tags.get(_STRIPS, ()), tags.get(_STRIP_BYTES, ())
    if not places:
        places, lengths = tags.get(_TILES, ()), tags.get(_TILE_BYTES, ())
    if not places or len(places) != len(lengths):
        raise broken()
    if any(at < 8 or at + length > size for at, length in zip(places, lengths, strict=True)):
        raise broken()
    if not any(lengths):
        raise broken()


def _one(tags: dict[int, tuple[int, ...]], tag: int, usual: int = 0) -> int:
    values = tags.get(tag, ())
    return values[0] if values else usual
