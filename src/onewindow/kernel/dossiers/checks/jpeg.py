"""JPEG (ISO/IEC 10918-1): every segment walked to the end of the image, then decoded by PDFium's own decoder.

Telephones write more behind the image (a film of some seconds, a second picture): that is allowed, as long as it
is no archive, page, PDF or program.
"""

from __future__ import annotations

import io
import mmap
import re
from typing import NamedTuple

import pypdfium2

from onewindow.kernel.dossiers.checks.images import broken, check_size
from onewindow.kernel.dossiers.checks.verdict import Limits

MAGIC = b"\xff\xd8\xff"
_SCAN, _END = 0xDA, 0xD9
_FRAMES = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended, progressive: what every program shows
_OTHER_FRAMES = frozenset((*range(0xC3, 0xD0),)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_MOST_SEGMENTS = 100_000
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")  # not a stuffed byte, not a restart
Data = bytes | mmap.mmap


class Frame(NamedTuple):
    """What the header of the image says, and where it ends."""

    width: int
    height: int
    end: int


def check(data: Data, limits: Limits) -> dict[str, str | int]:
    """Notes about a JPEG: width and height. Raises Unfit."""
    frame = walk(data, limits)
    _decode(data, frame)
    return {"width": frame.width, "height": frame.height}


def walk(data: Data, limits: Limits) -> Frame:
    """From segment to segment up to the end of the image. Raises Unfit."""
    at, size, scanned = 2, (0, 0), False
    for _number in range(_MOST_SEGMENTS):
        marker, at = _marker(data, at)
        if marker == _END:
            break
        if marker in _ALONE:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            raise broken()
        if marker in _FRAMES and not size[0]:
            size = _size(bytes(data[at + 2 : at + length]), limits)
        elif marker in _FRAMES or marker in _OTHER_FRAMES:
            raise broken()
        at += length
        if marker == _SCAN:
            scanned = True
            at = _behind_scan(data, at)
    else:
        raise broken()
    if not scanned or not size[0]:
        raise broken()
    return Frame(*size, at)


def _marker(data: Data, at: int) -> tuple[int, int]:
    """The marker that stands here, and where it ends."""
    if data[at : at + 1] != b"\xff":
        raise broken()
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data) or data[at] == 0:
        raise broken()
    return data[at], at + 1


def _size(frame: bytes, limits: Limits) -> tuple[int, int]:
    if len(frame) < 6 or len(frame) != 6 + 3 * frame[5] or frame[5] not in (1, 3, 4) or frame[0] != 8:
        raise broken()
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    check_size(width, height, limits)
    return width, height


def _behind_scan(data: Data, at: int) -> int:
    found = _NEXT_MARKER.search(data, at)
    if found is None:
        raise broken()  # it was cut off
    return found.start()


def _decode(data: Data, frame: Frame) -> None:
    document = pypdfium2.PdfDocument.new()
    try:
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(data[: frame.end]), inline=True)
        bitmap = image.get_bitmap()
        shown = (bitmap.width, bitmap.height)
    except pypdfium2.PdfiumError:
        raise broken() from None
    finally:
        document.close()
    if shown != (frame.width, frame.height):
        raise broken()
