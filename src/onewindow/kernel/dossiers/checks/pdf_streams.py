"""What stands in a PDF, found without trusting its tables: every object anywhere, and the streams that hold objects.

A reader finds objects by a table, or by looking for "obj" itself; so whatever could be an object is one here, also
where it seems to lie inside another stream. Objects may be packed into streams (ISO 32000-1, 7.5.7): these are
unpacked, and where that cannot be done plainly the file is refused.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from onewindow.kernel.dossiers.checks.verdict import Unfit

Data = bytes | mmap.mmap
# PDFium takes the bytes 80 and FF for white space, others do not: here a name ends at them.
SPACE = rb"\0\t\n\f\r \x80\xff"
_REGULAR = rb"[^" + SPACE + rb"()<>\[\]{}/%]"
NAME = re.compile(rb"/(" + _REGULAR + rb"+)")
_TOKEN = re.compile(
    rb"["
    + SPACE
    + rb"]+|%[^\r\n]*|(<<|>>|[\[\]{})])|(/"
    + _REGULAR
    + rb"*)|(\()|<[^>]*>?|("
    + _REGULAR
    + rb"+)|>"
)
_OBJECT = re.compile(rb"(?<!end)obj")
_GAP = re.compile(rb"(?:[" + SPACE + rb"]|%[^\r\n]*[\r\n])*")
_STREAM = re.compile(rb"stream(?:\r\n|\n|\r|[\t ]+\r?\n)?")
_STRING_PART = re.compile(rb"[^()\\]+|\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_TOKENS = 300_000  # of one dictionary: a page tree of a hundred thousand pages has so many
_MOST_OBJECTS = 2_000_000
_AT_ONCE = 1 << 16
_REACH = 1 << 16  # bytes in which a stream begins whose dictionary names its /First


def hidden() -> Unfit:
    """Of a PDF whose objects cannot be looked at."""
    return Unfit(
        "pdf-hidden",
        "PDF 的内部结构不常见，无法检查其中的内容。请用浏览器或阅读器“打印为 PDF”，再上传新文件。",
    )


class Head(NamedTuple):
    """A dictionary that an object begins with: its names, what its /Filter says, where it ends."""

    names: frozenset[bytes]
    filters: tuple[bytes, ...] | None  # None: said in a way that is not followed here
    end: int


def plain(name: bytes) -> bytes:
    """A name without its escapes: /J#53 is /JS."""
    if b"#" not in name:
        return name
    return _ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), name)


def heads(data: Data) -> Iterator[Head]:
    """The dictionaries that objects begin with, wherever they stand. Raises Unfit beyond all measure."""
    for number, found in enumerate(_OBJECT.finditer(data)):
        if number > _MOST_OBJECTS:
            raise hidden()
        start = _gap(data, found.end())
        if data[start : start + 2] == b"<<" and (head := _head(data, start)) is not None:
            yield head


def spelled(name: bytes) -> bytes:
    """A pattern of a name in all its spellings: each letter may be escaped."""
    return b"".join(b"(?:%c|#%02x|#%02X)" % (letter, letter, letter) for letter in name)


_OF_OBJECTS = re.compile(rb"/(?:" + spelled(b"First") + rb"|" + spelled(b"ObjStm") + rb")")


def perhaps_packed(data: Data, most: int) -> Iterator[bytes]:
    """What streams unpack to that stand near to the names of an object stream, whatever their dictionaries seem to be.

    Beside `packed_objects`: for dictionaries that a reader makes out although `heads` does not. What does not
    unpack is passed over; at most so many bytes altogether. Raises Unfit.
    """
    seen = set[int]()
    for found in _OF_OBJECTS.finditer(data):
        at = data.find(b"stream", found.end(), found.end() + _REACH)
        if at >= 0 and at not in seen and (start := _STREAM.match(data, at)) is not None:
            seen.add(at)
            try:
                objects = _unpacked(data, start.end(), most)
            except _Packed:
                continue
            most -= len(objects)
            yield objects


def packed_objects(data: Data, head: Head, most: int) -> bytes:
    """What an object stream unpacks to, at most so many bytes; nothing where the object is none. Raises Unfit."""
    if b"First" not in head.names and b"ObjStm" not in head.names:
        return b""
    start = _STREAM.match(data, _gap(data, head.end))
    if start is None:
        return b""
    if head.filters is None or head.filters not in ((), (b"FlateDecode",), (b"Fl",)):
        raise hidden()
    if b"Predictor" in head.names:
        raise hidden()
    if not head.filters:
        return b""  # it was seen as it stands
    try:
        return _unpacked(data, start.end(), most)
    except _Packed:
        raise hidden() from None


class _Packed(Exception):
    """What does not unpack."""


def _unpacked(data: Data, at: int, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    parts, length = [], 0
    try:
        while not unpacker.eof:
            piece = unpacker.unconsumed_tail or data[at : at + _AT_ONCE]
            if not unpacker.unconsumed_tail:
                at += len(piece)
            if not piece:
                raise _Packed
            parts.append(unpacker.decompress(piece, most + 1 - length))
            length += len(parts[-1])
            if length > most:
                raise Unfit("archive-bomb", "PDF 解开后大得不合常理。请重新导出或拆分后再上传。")
    except zlib.error:
        raise _Packed from None
    return b"".join(parts)


def _gap(data: Data, at: int) -> int:
    found = _GAP.match(data, at)
    return found.end() if found else at


def _head(data: Data, start: int) -> Head | None:
    """The dictionary that begins here; None where it does not end. Raises Unfit for a monstrous one."""
    depth, at, names, filters = 0, start, set[bytes](), _Filters()
    for _number in range(_MOST_TOKENS):
        found = _TOKEN.match(data, at)
        if found is None:
            return None
        at = found.end()
        mark, name, string, word = found.groups()
        if string:
            at = _behind_string(data, at)
        elif mark in (b"<<", b">>"):
            depth += 1 if mark == b"<<" else -1
        if name is not None:
            names.add(plain(name[1:]))
        if mark or name is not None or word:
            filters.hear(depth, mark, None if name is None else plain(name[1:]))
        if not depth:
            return Head(frozenset(names), filters.found(), at)
    raise hidden()


class _Filters:
    """Listens for /Filter at the top of a dictionary."""

    def __init__(self) -> None:
        self._said: list[bytes] = []
        self._times = 0
        self._state = ""  # "": not here, "value": it comes next, "list": within its brackets
        self._odd = False

    def hear(self, depth: int, mark: bytes | None, name: bytes | None) -> None:
        """The next token: a mark, a name, or (neither) a word."""
        if self._state == "value":
            self._state = ""
            if name is not None:
                self._said.append(name)
            elif mark == b"[":
                self._state = "list"
            else:
                self._odd = True  # a reference, or nothing that a filter could be
        elif self._state == "list":
            if mark == b"]":
                self._state = ""
            elif name is not None:
                self._said.append(name)
            else:
                self._odd = True
        elif name == b"Filter" and depth == 1:
            self._times += 1
            self._state = "value"

    def found(self) -> tuple[bytes, ...] | None:
        return None if self._odd or self._times > 1 else tuple(self._said)


def _behind_string(data: Data, at: int) -> int:
    """Where a string ends whose bracket was just opened: brackets nest, a backslash escapes."""
    depth = 1
    while depth and (found := _STRING_PART.match(data, at)) is not None:
        at = found.end()
        if found[0] == b"(":
            depth += 1
        elif found[0] == b")":
            depth -= 1
    return at
