"""Text of a PDF that the reader of the page does not see, and the one that he sees."""

from __future__ import annotations

import ctypes
from math import sin
from typing import NamedTuple

from openbook.reading.pdf_raw import Api, Box, RawPage
from openbook.reading.pdf_text import Run, Words, find_runs, plain
from openbook.source import Hidden, Place

SLANT = 0.1  # sine of twice the angle to the page's sides from which text is laid across the page
TINY = 1.0  # points
_OCR, _WHITE, _OFF, _TINY = "不可见文字", "白色文字", "页面以外的文字", "极小的文字"
MAX_NOTES = 1_000
MAX_TEXT = 20_000  # bytes of a note
_NOTE_KINDS = {1: "批注", 9: "批注", 10: "批注", 11: "批注", 12: "批注", 16: "批注", 17: "附件批注"}


class Sorted(NamedTuple):
    """The words of a page: those that are read, those laid across it, those that cannot be seen."""

    seen: list[Words]
    marks: list[Words]
    hidden: list[Hidden]


def sort_words(pdf: Api, text_page: int, page: RawPage, number: int) -> Sorted:
    """Part what is read from watermarks, which would end up in the cells under them."""
    text = plain(page.glyphs.text)
    seen: list[Words] = []
    marks: list[Words] = []
    unseen: dict[str, list[Words]] = {}
    for run, blank in find_runs(page.glyphs):
        first, last, left, top, right, bottom = run
        words = Words(text[first:last], left, top, right, bottom, blank, first)
        reason = _hidden(pdf, text_page, page, run)
        if reason:
            unseen.setdefault(reason, []).append(words)
        elif abs(sin(2 * pdf.glyph_angle(text_page, first))) > SLANT:
            marks.append(words)
        else:
            seen.append(words)
    layer = unseen.get(_OCR, [])
    if layer and page.images and len(layer) > len(seen):
        del unseen[_OCR]  # the recognised text under a scanned picture is what the reader sees
        seen += layer
    return Sorted(seen, marks, [_report(what, words, number) for what, words in unseen.items()])


def _hidden(pdf: Api, text_page: int, page: RawPage, run: Run) -> str | None:
    """Why the run cannot be seen; None where it can."""
    x, y = (run.left + run.right) / 2, (run.top + run.bottom) / 2
    if not (-1 <= x <= page.width + 1 and -1 <= y <= page.height + 1):
        return _OFF
    if run.bottom - run.top < TINY and run.right - run.left < TINY:
        return _TINY
    item = pdf.glyph_object(text_page, run.first)
    if not item:
        return None
    if pdf.is_invisible(item):
        return _OCR
    if not pdf.sees(pdf.fill_color, item) and not any(_inside(x, y, box) for box in page.shades):
        return _WHITE
    return None


def _inside(x: float, y: float, box: Box) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _report(what: str, words: list[Words], number: int) -> Hidden:
    box = (
        round(min(word.left for word in words), 1),
        round(min(word.top for word in words), 1),
        round(max(word.right for word in words), 1),
        round(max(word.bottom for word in words), 1),
    )
    return Hidden(what, " ".join(word.text for word in words)[:MAX_TEXT], Place(page=number, box=box))


def notes(pdf: Api, page: int, number: int) -> list[Hidden]:
    """Comments on the page: they are published with it."""
    found = []
    for index in range(min(pdf.count_notes(page), MAX_NOTES)):
        note = pdf.get_note(page, index)
        if not note:
            continue
        kind = _NOTE_KINDS.get(pdf.note_kind(note))
        text = _note_text(pdf, note) if kind else ""
        pdf.close_note(note)
        if kind and text:
            found.append(Hidden(kind, text, Place(page=number)))
    return found


def _note_text(pdf: Api, note: int) -> str:
    size = min(pdf.note_text(note, b"Contents", None, 0), MAX_TEXT)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size + 2)
    pdf.note_text(note, b"Contents", buffer, size)
    return _wide(buffer.raw)


def attachments(pdf: Api, document: int) -> list[Hidden]:
    """Files carried inside the PDF."""
    found = []
    for index in range(min(pdf.count_attachments(document), MAX_NOTES)):
        item = pdf.get_attachment(document, index)
        if not item:
            continue
        size = min(pdf.attachment_name(item, None, 0), MAX_TEXT)
        buffer = ctypes.create_string_buffer(size + 2)
        pdf.attachment_name(item, buffer, size)
        found.append(Hidden("内嵌附件", _wide(buffer.raw)))
    return found


def _wide(raw: bytes) -> str:
    return raw.decode("utf-16-le", "replace").split("\0", 1)[0].strip()
