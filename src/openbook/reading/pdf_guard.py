"""Refuse a PDF whose pictures inside pictures would be drawn millions of times.

pdfium takes a page apart without a limit and cannot be stopped: thirty form objects that each
show the next one twice keep it busy for hours. Form objects always stand in the open, so the
number of times each is shown can be told beforehand.
"""

from __future__ import annotations

import re
import zlib

MAX_SHOWN = 200_000
MAX_STREAM = 1_000_000  # bytes of an unpacked form that are looked at
MAX_UNPACKED = 100_000_000  # bytes of all forms
MAX_HEAD = 20_000  # bytes of an object's dictionary
MAX_DEPTH = 40
MAX_REFERENCES = 1_000_000  # that are followed

_FORM = re.compile(rb"/Form(?![A-Za-z])|/\w*#[0-9A-Fa-f]{2}")
_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+R\b")
_SHORT_FLATE = re.compile(rb"/Fl(?![A-Za-z])")
_SHOW = re.compile(rb"(?<![A-Za-z])Do(?![A-Za-z])")


def is_bomb(data: bytes) -> bool:
    """Whether form objects shown by form objects come to more than a reader can bear."""
    if len(_FORM.findall(data)) < 2:
        return False
    heads: dict[bytes, bytes] = {}
    shows: dict[bytes, int] = {}
    room = MAX_UNPACKED
    objects = list(_OBJECT.finditer(data))
    ends = [match.start() for match in objects[1:]] + [len(data)]
    for match, end in zip(objects, ends, strict=True):
        part = data[match.end() : min(end, match.end() + MAX_HEAD)]
        head, stream, _ = part.partition(b"stream")
        heads[match[1]] = head
        if stream and _FORM.search(head):
            body = _unpack(data[match.end() + len(head) + len(stream) : end], head)
            room -= len(body)
            if room < 0:
                return True
            shows[match[1]] = len(_SHOW.findall(body))
    return _Counter(heads, shows).most() > MAX_SHOWN


def _unpack(body: bytes, head: bytes) -> bytes:
    """The first part of a form's stream, up to where the next object begins."""
    body = body.lstrip(b"\r\n")
    if b"/FlateDecode" not in head and not _SHORT_FLATE.search(head):
        return body[:MAX_STREAM]
    try:
        return zlib.decompressobj().decompress(body, MAX_STREAM)
    except zlib.error:
        return b""


class _Counter:
    """How many times forms are shown for one that a page shows."""

    def __init__(self, heads: dict[bytes, bytes], shows: dict[bytes, int]) -> None:
        self.heads, self.shows = heads, shows
        self.known: dict[bytes, int] = {}
        self.room = MAX_REFERENCES

    def most(self) -> int:
        most = max((self.count(name, 0) for name in self.shows), default=0)
        return most if self.room > 0 else MAX_SHOWN + 1

    def count(self, name: bytes, depth: int) -> int:
        if name not in self.known:
            self.known[name] = 1  # a form that shows itself is shown once: pdfium sees to that
            inner = [other for other in self._inside(name) if other != name]
            if inner and depth < MAX_DEPTH:
                deepest = max(self.count(other, depth + 1) for other in inner)
                self.known[name] = 1 + self.shows[name] * deepest
        return self.known[name]

    def _inside(self, name: bytes) -> set[bytes]:
        """Forms that may be shown: named in the dictionary, or in the resources it refers to."""
        found: set[bytes] = set()
        names = {name}
        for _ in range(3):  # the form, its resources, their table of objects
            self.room -= len(names)
            if self.room < 0:
                break
            names = {inner for outer in names for inner in _REFERENCE.findall(self.heads.get(outer, b""))}
            found.update(inner for inner in names if inner in self.shows)
            names = {inner for inner in names if inner not in self.shows}
        return found
