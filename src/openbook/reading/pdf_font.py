"""One font for every font that a PDF names and does not carry.

pdfium looks for such fonts on the machine. Where it finds none, it takes a glyph for a box
without width and drops short texts altogether: what is read would depend on the machine.
Here every character has a box, and Latin letters are half an em wide, all others an em where the
PDF does not say. The font is made in memory; nothing is ever drawn with it.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from functools import cache
from typing import Any

_EM, _ASCENT, _DESCENT = 1024, 880, -144
_HIGH = 768  # of the boxes: well within what a PDF says of its fonts, which then prevails
_LATIN = ((0x20, 0x7E), (0xA0, 0xFF), (0xF020, 0xF07E))  # the last: where symbol fonts keep their letters
_NARROW, _WIDE = 1, 2  # glyphs
_END = 0x110000
_NAME = "OpenBook Box"
_WHOLE = 0x10000
_CHECKED = 0xB1B0AFBA  # what all words of a font add up to
_HANDLE = 1  # any pointer but none


@cache
def box_font() -> bytes:
    """A TrueType font whose glyphs are boxes."""
    glyphs = [_box(_EM // 2), _box(_EM // 4), _box(_EM // 2)]
    size = len(glyphs[0]) // 2
    version = struct.pack(">I", _WHOLE)
    tables = {
        b"OS/2": struct.pack(">HhHHH", 0, _EM, 400, 5, 0) + bytes(68),
        b"cmap": _characters(),
        b"glyf": b"".join(glyphs),
        b"head": version
        + struct.pack(">IIIHH", _WHOLE, 0, 0x5F0F3CF5, 3, _EM)
        + bytes(16)
        + struct.pack(">hhhhHHhhh", 0, 0, _EM // 2, _HIGH, 0, 8, 2, 0, 0),
        b"hhea": version + struct.pack(">hhhH", _ASCENT, _DESCENT, 0, _EM) + bytes(22) + struct.pack(">H", 3),
        b"hmtx": struct.pack(">HhHhHh", _EM, 0, _EM // 2, 0, _EM, 0),
        b"loca": struct.pack(">4H", 0, size, 2 * size, 3 * size),
        b"maxp": version + struct.pack(">3H", 3, 4, 1) + bytes(22),
        b"name": _names(),
        b"post": struct.pack(">I", 3 * _WHOLE) + bytes(28),
    }
    return _file(tables)


def _box(width: int) -> bytes:
    """A glyph: a rectangle that stands on the line."""
    head = struct.pack(">5h2H", 1, 0, 0, width, _HIGH, 3, 0)
    across = struct.pack(">4h", 0, 0, width, 0)
    up = struct.pack(">4h", 0, _HIGH, 0, -_HIGH)
    return head + b"\1\1\1\1" + across + up + b"\0\0"


def _characters() -> bytes:
    """Which glyph stands for which character, in the form where many share one."""
    groups = []
    start = 0
    for first, last in (*_LATIN, (_END, _END)):
        groups.append((start, first - 1, _WIDE))
        if first < _END:
            groups.append((first, last, _NARROW))
        start = last + 1
    body = b"".join(struct.pack(">III", *group) for group in groups)
    encodings = ((0, 4), (1, 0), (3, 1), (3, 10))
    head = struct.pack(">HH", 0, len(encodings))
    for encoding in encodings:
        head += struct.pack(">HHI", *encoding, 4 + 8 * len(encodings))
    return head + struct.pack(">HHIII", 13, 0, 16 + len(body), 0, len(groups)) + body


def _names() -> bytes:
    name = _NAME.encode("utf-16-be")
    records = [struct.pack(">6H", 3, 1, 0x409, number, len(name), 0) for number in (1, 2, 4, 6)]
    return struct.pack(">HHH", 0, len(records), 6 + 12 * len(records)) + b"".join(records) + name


def _file(tables: dict[bytes, bytes]) -> bytes:
    head = struct.pack(">IHHHH", _WHOLE, len(tables), 128, 3, 16 * len(tables) - 128)
    place = len(head) + 16 * len(tables)
    body = b""
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        head += tag + struct.pack(">III", _sum(padded), place + len(body), len(table))
        body += padded
    whole = head + body
    at = whole.index(struct.pack(">III", _WHOLE, 0, 0x5F0F3CF5)) + 4
    return whole[:at] + struct.pack(">I", (_CHECKED - _sum(whole)) % 2**32) + whole[at + 4 :]


def _sum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) % 2**32


def _map_font(*_: object) -> int:
    """The boxes even for Helvetica: pdfium's own has none for what is not Latin."""
    return _HANDLE


def _get_data(_info: object, _font: object, table: int, buffer: int | None, size: int) -> int:
    """The whole font for table 0; any other table is asked for by its tag."""
    data = box_font() if table == 0 else b""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


def _get_name(_info: object, _font: object, buffer: int | None, size: int) -> int:
    name = _NAME.encode() + b"\0"
    if buffer and size >= len(name):
        ctypes.memmove(buffer, name, len(name))
    return len(name)


def _nothing(*_: object) -> None:
    """Called where pdfium gives something back or asks for fonts to be listed."""


class _FontInfo(ctypes.Structure):
    """What pdfium asks about fonts; every pointer as a plain number."""

    _pointer, _int, _long = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
    _fields_ = (
        ("version", ctypes.c_int),
        ("release", ctypes.CFUNCTYPE(None, _pointer)),
        ("list_fonts", ctypes.CFUNCTYPE(None, _pointer, _pointer)),
        ("map_font", ctypes.CFUNCTYPE(_pointer, _pointer, _int, _int, _int, _int, _pointer, _pointer)),
        ("get_font", ctypes.CFUNCTYPE(_pointer, _pointer, _pointer)),
        ("get_data", ctypes.CFUNCTYPE(_long, _pointer, _pointer, ctypes.c_uint, _pointer, _long)),
        ("get_name", ctypes.CFUNCTYPE(_long, _pointer, _pointer, _pointer, _long)),
        ("get_charset", ctypes.CFUNCTYPE(_int, _pointer, _pointer)),
        ("delete", ctypes.CFUNCTYPE(None, _pointer, _pointer)),
    )


def replace_system_fonts() -> Any:
    """Make pdfium take the boxes for all fonts of the machine; the answer has to be kept alive."""
    from pypdfium2 import raw

    kinds: dict[str, Any] = dict(_FontInfo._fields_)
    answers: dict[str, Callable[..., Any]] = {
        "release": _nothing,
        "list_fonts": _nothing,
        "map_font": _map_font,
        "get_font": _map_font,
        "get_data": _get_data,
        "get_name": _get_name,
        "get_charset": lambda *_: 1,
        "delete": _nothing,
    }
    info = _FontInfo(1, *[kinds[name](answer) for name, answer in answers.items()])
    pointer = ctypes.cast(ctypes.pointer(info), ctypes.POINTER(raw.FPDF_SYSFONTINFO))
    raw.FPDF_SetSystemFontInfo(pointer)
    return info
