"""A page of a PDF as pdfium delivers it: glyphs with boxes, ruling lines, shades, pictures.

Everything is fetched with bulk calls into preallocated buffers (a Python object per glyph
costs more than all of pdfium's work) and turned into points from the upper left corner of
the page as it is seen, whatever its rotation.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, repeat
from typing import Any, NamedTuple

from openbook.reading.pdf_font import replace_system_fonts

MAX_GLYPHS = 100_000  # of a page
MAX_OBJECTS = 200_000  # of a page
MAX_SEGMENTS = 100_000  # of the paths of a page
MAX_DEPTH = 6  # of form objects inside form objects
THIN = 3.5  # points: a filled box no thicker than this is a ruling line
SHORT = 2.0  # points: anything smaller is a dot

_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5
_LINE_TO, _MOVE_TO = 0, 2
_INVISIBLE_MODES = (3, 7)

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


class Glyphs(NamedTuple):
    """Characters in the order of the content stream; `text[i]` stands in box i."""

    text: str
    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]


@dataclass(slots=True)
class RawPage:
    """What stands on one page. Lines are (position, from, to)."""

    width: float
    height: float
    glyphs: Glyphs
    across: list[Box] = field(default_factory=list)  # boxes of horizontal ruling lines
    upright: list[Box] = field(default_factory=list)  # boxes of vertical ruling lines
    shades: list[Box] = field(default_factory=list)  # what white text is legible on
    images: int = 0
    paths: int = 0
    cut: bool = False  # some limit was reached: the page holds more than was read


class Api:
    """The functions of pdfium with pointers as plain integers, called without releasing the GIL."""

    def __init__(self) -> None:
        from pypdfium2 import raw

        self.fonts = replace_system_fonts()
        self.reals = (ctypes.c_float * 8)()
        self.numbers = (ctypes.c_uint * 8)()
        self.real_at = [ctypes.addressof(self.reals) + 4 * index for index in range(8)]
        self.number_at = [ctypes.addressof(self.numbers) + 4 * index for index in range(8)]

        def bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
            address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
            function: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address or 0)
            return function

        self._bind_document(bind, ctypes.c_void_p, ctypes.c_int)
        self._bind_text(bind, ctypes.c_void_p, ctypes.c_int)
        self._bind_objects(bind, ctypes.c_void_p, ctypes.c_int)
        self._bind_notes(bind, ctypes.c_void_p, ctypes.c_int)

    def _bind_document(self, bind: Callable[..., Any], pointer: Any, number: Any) -> None:
        self.open = bind("FPDF_LoadMemDocument64", pointer, pointer, ctypes.c_size_t, pointer)
        self.close = bind("FPDF_CloseDocument", None, pointer)
        self.last_error = bind("FPDF_GetLastError", ctypes.c_ulong)
        self.page_count = bind("FPDF_GetPageCount", number, pointer)
        self.meta = bind("FPDF_GetMetaText", ctypes.c_ulong, pointer, pointer, pointer, ctypes.c_ulong)
        self.load_page = bind("FPDF_LoadPage", pointer, pointer, number)
        self.close_page = bind("FPDF_ClosePage", None, pointer)
        self.page_box = bind("FPDF_GetPageBoundingBox", number, pointer, pointer)
        self.rotation = bind("FPDFPage_GetRotation", number, pointer)

    def _bind_text(self, bind: Callable[..., Any], pointer: Any, number: Any) -> None:
        self.load_text = bind("FPDFText_LoadPage", pointer, pointer)
        self.close_text = bind("FPDFText_ClosePage", None, pointer)
        self.count_glyphs = bind("FPDFText_CountChars", number, pointer)
        self.letter = bind("FPDFText_GetUnicode", ctypes.c_uint, pointer, number)
        self.text = bind("FPDFText_GetText", number, pointer, number, number, pointer)
        self.glyph_box = bind("FPDFText_GetLooseCharBox", number, pointer, number, pointer)
        self.glyph_angle = bind("FPDFText_GetCharAngle", ctypes.c_float, pointer, number)
        self.glyph_object = bind("FPDFText_GetTextObject", pointer, pointer, number)
        self.render_mode = bind("FPDFTextObj_GetTextRenderMode", number, pointer)

    def _bind_objects(self, bind: Callable[..., Any], pointer: Any, number: Any) -> None:
        self.count_objects = bind("FPDFPage_CountObjects", number, pointer)
        self.get_object = bind("FPDFPage_GetObject", pointer, pointer, number)
        self.count_form_objects = bind("FPDFFormObj_CountObjects", number, pointer)
        self.get_form_object = bind("FPDFFormObj_GetObject", pointer, pointer, ctypes.c_ulong)
        self.kind = bind("FPDFPageObj_GetType", number, pointer)
        self.bounds = bind("FPDFPageObj_GetBounds", number, pointer, *[pointer] * 4)
        self.matrix = bind("FPDFPageObj_GetMatrix", number, pointer, pointer)
        self.fill_color = bind("FPDFPageObj_GetFillColor", number, pointer, *[pointer] * 4)
        self.stroke_color = bind("FPDFPageObj_GetStrokeColor", number, pointer, *[pointer] * 4)
        self.draw_mode = bind("FPDFPath_GetDrawMode", number, pointer, pointer, pointer)
        self.count_segments = bind("FPDFPath_CountSegments", number, pointer)
        self.get_segment = bind("FPDFPath_GetPathSegment", pointer, pointer, number)
        self.segment_kind = bind("FPDFPathSegment_GetType", number, pointer)
        self.segment_point = bind("FPDFPathSegment_GetPoint", number, pointer, pointer, pointer)
        self.segment_closes = bind("FPDFPathSegment_GetClose", number, pointer)

    def _bind_notes(self, bind: Callable[..., Any], pointer: Any, number: Any) -> None:
        self.count_notes = bind("FPDFPage_GetAnnotCount", number, pointer)
        self.get_note = bind("FPDFPage_GetAnnot", pointer, pointer, number)
        self.note_kind = bind("FPDFAnnot_GetSubtype", number, pointer)
        self.note_text = bind(
            "FPDFAnnot_GetStringValue", ctypes.c_ulong, pointer, pointer, pointer, ctypes.c_ulong
        )
        self.close_note = bind("FPDFPage_CloseAnnot", None, pointer)
        self.count_attachments = bind("FPDFDoc_GetAttachmentCount", number, pointer)
        self.get_attachment = bind("FPDFDoc_GetAttachment", pointer, pointer, number)
        self.attachment_name = bind(
            "FPDFAttachment_GetName", ctypes.c_ulong, pointer, pointer, ctypes.c_ulong
        )

    def color(self, function: Callable[..., Any], item: int) -> tuple[int, int, int, int]:
        """Red, green, blue, alpha; black where pdfium cannot tell."""
        if not function(item, *self.number_at[:4]):
            return (0, 0, 0, 255)
        red, green, blue, alpha = self.numbers[:4]
        return (red, green, blue, alpha)

    def sees(self, function: Callable[..., Any], item: int) -> bool:
        """Whether the colour stands out from white paper."""
        red, green, blue, alpha = self.color(function, item)
        return alpha > 8 and min(red, green, blue) < 245

    def is_invisible(self, item: int) -> bool:
        return self.render_mode(item) in _INVISIBLE_MODES

    def object_matrix(self, item: int) -> Matrix:
        if not self.matrix(item, self.real_at[0]):
            return _IDENTITY
        a, b, c, d, e, f = self.reals[:6]
        return (a, b, c, d, e, f)


@cache
def api() -> Api:
    """Bind pdfium once; importing it costs more than reading a small file."""
    return Api()


_UNSURE = re.compile("[\ud800-\udfff\ufffe\ufeff]")  # halves of a character, marks of a parted word
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _compose(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


class View:
    """From the page's own coordinates to points from the upper left corner as seen."""

    def __init__(self, pdf: Api, page: int) -> None:
        pdf.page_box(page, pdf.real_at[0])
        self.left, self.top, self.right, self.bottom = pdf.reals[:4]
        self.turn = pdf.rotation(page) % 4
        wide, high = abs(self.right - self.left), abs(self.top - self.bottom)
        self.width, self.height = (high, wide) if self.turn % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return (x - self.left, self.top - y)
        if self.turn == 1:
            return (y - self.bottom, x - self.left)
        if self.turn == 2:
            return (self.right - x, y - self.bottom)
        return (self.top - y, self.right - x)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def boxes(self, values: array[float]) -> tuple[list[float], list[float], list[float], list[float]]:
        """Left, top, right, bottom of many boxes given as (left, top, right, bottom) of the page."""
        west, north, east, south = (values[index::4].tolist() for index in range(4))
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        if self.turn == 0:
            return (
                [x - left for x in west],
                [top - y for y in north],
                [x - left for x in east],
                [top - y for y in south],
            )
        if self.turn == 1:
            return (
                [y - bottom for y in south],
                [x - left for x in west],
                [y - bottom for y in north],
                [x - left for x in east],
            )
        if self.turn == 2:
            return (
                [right - x for x in east],
                [y - bottom for y in south],
                [right - x for x in west],
                [y - bottom for y in north],
            )
        return (
            [top - y for y in north],
            [right - x for x in east],
            [top - y for y in south],
            [right - x for x in west],
        )


def read_glyphs(pdf: Api, text_page: int, view: View) -> tuple[Glyphs, bool]:
    """All characters of the page, and whether there were too many."""
    total = max(pdf.count_glyphs(text_page), 0)
    count = min(total, MAX_GLYPHS)
    values = array("f", bytes(16 * count))
    start = values.buffer_info()[0]
    list(map(pdf.glyph_box, repeat(text_page), range(count), range(start, start + 16 * count, 16)))
    return Glyphs(_read_letters(pdf, text_page, count), *view.boxes(values)), total > count


def _read_letters(pdf: Api, text_page: int, count: int) -> str:
    """The character of each glyph: all at once where pdfium's text has one for each, else one by one."""
    units = array("H", bytes(2 * count + 2))
    if pdf.text(text_page, 0, count, units.buffer_info()[0]) == count + 1:
        text = units[:count].tobytes().decode("utf-16", "surrogatepass")
        if len(text) == count and not _UNSURE.search(text):
            return text
    letters = array("I", map(pdf.letter, repeat(text_page), range(count)))
    return letters.tobytes().decode("utf-32", "replace")


class PathReader:
    """Collects ruling lines, shades and pictures from the objects of a page."""

    def __init__(self, pdf: Api, page: RawPage, view: View) -> None:
        self.pdf, self.page, self.view = pdf, page, view
        self.objects = self.segments = 0

    def read(self, handle: int) -> None:
        pdf = self.pdf
        count = pdf.count_objects(handle)
        self._objects(pdf.get_object, handle, count, _IDENTITY, 0)

    def _objects(self, get: Callable[..., Any], owner: int, count: int, matrix: Matrix, depth: int) -> None:
        room = MAX_OBJECTS - self.objects
        if count > room:
            self.page.cut = True
            count = room
        self.objects += max(count, 0)
        items = list(map(get, repeat(owner), range(count)))
        for item, kind in zip(items, map(self.pdf.kind, items), strict=True):
            if kind == _TEXT:
                continue
            if kind == _PATH:
                self._path(item, matrix)
            elif kind == _FORM and depth < MAX_DEPTH:
                inner = _compose(self.pdf.object_matrix(item), matrix)
                self._objects(
                    self.pdf.get_form_object, item, self.pdf.count_form_objects(item), inner, depth + 1
                )
            elif kind in (_IMAGE, _SHADING):
                self._picture(item, matrix)

    def _bounds(self, item: int, matrix: Matrix) -> Box | None:
        if not self.pdf.bounds(item, *self.pdf.real_at[:4]):
            return None
        left, bottom, right, top = self.pdf.reals[:4]
        if matrix is not _IDENTITY:
            left, bottom = _apply(matrix, left, bottom)
            right, top = _apply(matrix, right, top)
        return self.view.box(left, bottom, right, top)

    def _picture(self, item: int, matrix: Matrix) -> None:
        box = self._bounds(item, matrix)
        if box is None:
            return
        if not self._ruling(box):
            self.page.shades.append(box)
            self.page.images += 1

    def _ruling(self, box: Box) -> bool:
        """Whether the box is thin; then it is taken as a ruling line, unless it is a mere dot."""
        width, height = box[2] - box[0], box[3] - box[1]
        if width > THIN and height > THIN:
            return False
        if max(width, height) >= SHORT:
            (self.page.across if width >= height else self.page.upright).append(box)
        return True

    def _path(self, item: int, matrix: Matrix) -> None:
        pdf = self.pdf
        self.page.paths += 1
        if not pdf.draw_mode(item, pdf.number_at[0], pdf.number_at[1]):
            return
        filled, stroked = pdf.numbers[0] != 0, pdf.numbers[1] != 0
        filled = filled and pdf.sees(pdf.fill_color, item)
        stroked = stroked and pdf.sees(pdf.stroke_color, item)
        box = self._bounds(item, matrix) if filled or stroked else None
        if box is None or self._ruling(box):
            return
        count = pdf.count_segments(item)
        if filled and not stroked and count <= 5:
            self.page.shades.append(box)
            return
        self.segments += count
        if self.segments > MAX_SEGMENTS:
            self.page.cut = True
            return
        self._subpaths(item, _compose(pdf.object_matrix(item), matrix), count, stroked)

    def _subpaths(self, item: int, matrix: Matrix, count: int, stroked: bool) -> None:
        """Split a path at its moves; stroked parts give their edges, filled ones their box."""
        part: list[tuple[float, float] | None] = []
        for index in range(count):
            segment = self.pdf.get_segment(item, index)
            kind = self.pdf.segment_kind(segment)
            if kind == _MOVE_TO:
                self._part(part, stroked)
                part = []
            if kind not in (_LINE_TO, _MOVE_TO):
                part.append(None)
            self.pdf.segment_point(segment, *self.pdf.real_at[:2])
            part.append(self.view.point(*_apply(matrix, self.pdf.reals[0], self.pdf.reals[1])))
            if stroked and self.pdf.segment_closes(segment):
                part.append(part[0])
        self._part(part, stroked)

    def _part(self, part: list[tuple[float, float] | None], stroked: bool) -> None:
        points = [point for point in part if point]
        if not points:
            return
        if stroked:
            for start, end in pairwise(part):
                if start and end:
                    self._edge(start, end)
            return
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if not self._ruling(box):
            self.page.shades.append(box)

    def _edge(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        box = (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= 0.5 and max(width, height) >= SHORT:
            self._ruling(box)


def read_page(pdf: Api, handle: int, text_page: int) -> RawPage:
    """Fetch one loaded page."""
    view = View(pdf, handle)
    glyphs, cut = read_glyphs(pdf, text_page, view)
    page = RawPage(view.width, view.height, glyphs, cut=cut)
    PathReader(pdf, page, view).read(handle)
    return page
