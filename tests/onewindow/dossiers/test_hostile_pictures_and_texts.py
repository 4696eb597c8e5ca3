"""Pictures that do not show, are too large to show, or are something else as well; texts that are no texts."""

import struct
import zlib
from dataclasses import replace

import pytest

from onewindow.kernel.dossiers.checks.verdict import Limits
from tests.onewindow.dossiers import papers
from tests.onewindow.dossiers.papers import chunk, image, png

JPEG, PNG, TIFF = image("JPEG", (300, 200)), image("PNG"), image("TIFF", compression="tiff_lzw")
GREY = zlib.compress(b"".join(b"\0" + bytes(10) for _line in range(10)))  # ten by ten, depth 8


def test_the_picture_of_these_tests_is_good(check):
    assert check(png(10, 10, GREY)) == "png"
    assert check(png(10, 10, GREY, more=chunk(b"tEXt", b"a\0b"))) == "png"


WRONG_PNG = {
    "cut off": PNG[:-40],
    "without its end": png(10, 10, GREY)[:-12],
    "without a picture": png(10, 10, b""),
    "with a wrong checksum": PNG[:50] + bytes((PNG[50] ^ 1,)) + PNG[51:],
    "with less picture than it says": png(10, 11, GREY),
    "with more picture than it says": png(10, 9, GREY),
    "with another filter": png(10, 10, zlib.compress(b"\5" + bytes(109))),
    "with a depth that there is not": png(10, 10, GREY, depth=3),
    "with a colour that there is not": png(10, 10, GREY, colour=5),
    "of no size": png(0, 10, GREY),
    "that does not unpack": png(10, 10, b"\x78\x9c" + bytes(30)),
    "whose picture never ends": png(10, 10, GREY[:-6]),
    "with something behind": PNG + b"a",
    "with a bomb of text": png(10, 10, GREY, more=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(20_000_000)))),
    "with a bomb of international text": png(
        10, 10, GREY, more=chunk(b"iTXt", b"a\0\1\0\0\0" + zlib.compress(bytes(20_000_000)))
    ),
    "with a bomb of a profile": png(10, 10, GREY, more=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(20_000_000)))),
    "with text that does not unpack": png(10, 10, GREY, more=chunk(b"zTXt", b"a\0\0zzzz")),
    "with a chunk of no length": png(10, 10, GREY)[:33] + struct.pack(">I", 2**31) + b"IDAT",
}  # fmt: skip


@pytest.mark.parametrize("which", WRONG_PNG)
def test_png_that_do_not_show_are_refused(which, check):
    assert check(WRONG_PNG[which]) == "image-broken"


def test_a_bomb_of_pixels_is_refused_by_its_header_alone(check):
    lines = zlib.compress(bytes(100))
    assert check(png(60_000, 1, lines)) == "image-pixels"
    assert check(png(20_000, 20_000, lines)) == "image-pixels"
    assert check(png(2_000_000_000, 2_000_000_000, lines)) == "image-pixels"
    few = replace(Limits(), pixels=1000)
    assert check(JPEG, few) == check(PNG, few) == check(TIFF, few) == "image-pixels"


def test_a_picture_within_the_limits_that_unpacks_to_more_is_refused_in_time(check):
    assert check(png(10, 10, papers.zeros(500))) == "image-broken"


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def frame(content: bytes) -> tuple[int, int]:
    """Where the frame header of a JPEG stands and ends."""
    at = content.index(b"\xff\xc0")
    return at, at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")


AT, END = frame(JPEG)
WRONG_JPEG = {
    "cut off": JPEG[: len(JPEG) // 2],
    "without its end": JPEG[:-2],
    "the head alone": JPEG[:20],
    "without a frame": JPEG[:AT] + JPEG[END:],
    "with two frames": JPEG[:END] + JPEG[AT:],
    "of no height": JPEG[: AT + 5] + b"\0\0" + JPEG[AT + 7 :],
    "without a loss": JPEG[: AT + 1] + b"\xc3" + JPEG[AT + 2 :],
    "of twelve bits": JPEG[: AT + 4] + b"\x0c" + JPEG[AT + 5 :],
    "of seven colours": JPEG[: AT + 9] + b"\7" + JPEG[AT + 10 :],
    "without a scan": JPEG[: JPEG.index(b"\xff\xda")] + b"\xff\xd9",
    "a segment beyond the end": b"\xff\xd8" + b"\xff\xe0\xff\xff" + bytes(99),
    "segments without end": b"\xff\xd8" + segment(0xFE, b"") * 200_000,
    "noise": b"\xff\xd8\xff" + bytes(range(256)) * 10,
}


@pytest.mark.parametrize("which", WRONG_JPEG)
def test_jpeg_that_do_not_show_are_refused(which, check):
    assert check(WRONG_JPEG[which]) == "image-broken"


def test_what_telephones_write_behind_a_picture_is_allowed(check):
    film = b"\0\0\0\x20ftypmp42" + bytes(5000)
    assert check(JPEG + film) == "jpg"
    assert check(JPEG + JPEG) == "jpg"
    assert check(JPEG[:2] + segment(0xE1, b"Exif\0\0") + JPEG[2:]) == "jpg"


TIFF_PAGE = struct.Struct("<HHII")


def tiff(*tags: tuple[int, int, int, int], following: int = 0, more: bytes = bytes(64)) -> bytes:
    """A TIFF of one directory: (tag, form, count, value)."""
    lines = b"".join(TIFF_PAGE.pack(*one) for one in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + lines + struct.pack("<I", following) + more


WIDTH, HEIGHT = (256, 3, 1, 10), (257, 3, 1, 10)
PLACE, LENGTH = (273, 4, 1, 100), (279, 4, 1, 10)
WRONG_TIFF = {
    "cut off": TIFF[: len(TIFF) // 3],
    "without a directory": b"II*\0\0\0\0\0",
    "a directory beyond the end": b"MM\0*\0\0\xff\0" + bytes(20),
    "a directory of nothing": tiff(),
    "of no width": tiff(HEIGHT, PLACE, LENGTH),
    "without a picture": tiff(WIDTH, HEIGHT),
    "a picture beyond the end": tiff(WIDTH, HEIGHT, PLACE, (279, 4, 1, 99_999)),
    "a picture in the head": tiff(WIDTH, HEIGHT, (273, 4, 1, 0), LENGTH),
    "places without lengths": tiff(WIDTH, HEIGHT, PLACE),
    "an odd packing": tiff(WIDTH, HEIGHT, (259, 3, 1, 34_712), PLACE, LENGTH),
    "odd colours": tiff(WIDTH, HEIGHT, (277, 3, 1, 99), PLACE, LENGTH),
    "directories in a circle": tiff(WIDTH, HEIGHT, PLACE, LENGTH, following=8),
    "values without end": tiff(WIDTH, HEIGHT, (273, 4, 4_000_000_000, 8), LENGTH),
    "a directory without end": b"II*\0\x08\0\0\0\xff\xff" + bytes(12 * 65_535 + 4),
}


@pytest.mark.parametrize("which", WRONG_TIFF)
def test_tiff_that_do_not_show_are_refused(which, check):
    assert check(tiff(WIDTH, HEIGHT, PLACE, LENGTH)) == "tiff"
    assert check(WRONG_TIFF[which]) == "image-broken"


TWO_KINDS = {
    "an archive behind a JPEG": JPEG + papers.archive({"a.exe": "MZ"}),
    "an archive behind a TIFF": TIFF + papers.archive({"a.exe": "MZ"}),
    "an archive behind a text": b"hello\n" * 3
    + papers.archive({"a": "b"}, stored=True).replace(b"\0", b"\0"),
    "a page in a JPEG": JPEG[:2] + segment(0xFE, b"<html><script>alert(1)</script>") + JPEG[2:],
    "a PDF in a JPEG": JPEG[:2] + segment(0xFE, b"\n%PDF-1.4\n") + JPEG[2:],
    "PHP in a PNG": png(10, 10, GREY, more=chunk(b"tEXt", b"a\0<?php system($_GET[0]);?>")),
    "a PDF in a PNG": png(10, 10, GREY, more=chunk(b"tEXt", b"a\0%PDF-1.4")),
}


@pytest.mark.parametrize("which", TWO_KINDS)
def test_a_second_file_in_a_picture_is_refused(which, check):
    assert check(TWO_KINDS[which]) in ("two-kinds", "type-refused")


ACTIVE = {
    "a page": "<!DOCTYPE html><p>",
    "a page in capitals": "\n\n <HTML>",
    "a page after words": "说明" * 5000 + "<script>alert(1)</script>",
    "a page in GB18030": "说明<iframe src=x>",
    "a drawing": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "XML": "<?xml version='1.0'?><a/>",
    "a script of the shell": "#!/bin/sh\nrm -rf /",
    "a batch file": "@echo off\r\nformat c:",
    "PHP": "<?php echo 1;",
    "JSP": "<%@ page import='java.io.*' %>",
    "RTF": "{\\rtf1\\ansi}",
    "PostScript": "%!PS-Adobe-3.0",
    "a saved mail": "MIME-Version: 1.0\nContent-Type: text/html",
}


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("which", ACTIVE)
def test_texts_that_a_program_would_run_are_refused(which, coding, check):
    assert check(ACTIVE[which].encode(coding)) == "text-active"


def test_a_page_that_lies_across_two_pieces_is_found(check):
    for before in range(65_525, 65_540):
        assert check(b"a" * before + b"<script>") == "text-active", before


def test_a_text_that_begins_a_pdf_is_refused(check):
    assert check(b"hello\n%PDF-1.4\n1 0 obj") == "two-kinds"


@pytest.mark.parametrize("byte", [*range(9), 11, *range(14, 32), 127])
def test_control_bytes_are_no_text(byte, check):
    assert check(b"hello" + bytes((byte,)) + b"world") == "type-refused"


def test_line_ends_tabs_and_new_pages_are_text(check):
    assert check(b"a\tb\r\nc\fd\n") == "txt"
