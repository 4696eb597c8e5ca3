"""Fonts that a PDF names and does not carry: what is read does not depend on those of the machine."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from openbook.reading.pdf import read_pdf
from openbook.reading.pdf_font import box_font
from openbook.reading.pdf_raw import Box
from tests.reading.paper import FONT, Page, encode

SYSTEM = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 0>>"
DESCRIPTOR = (
    b"/FontDescriptor<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[0 -141 1000 859]"
    b"/ItalicAngle 0/Ascent 859/Descent -141/CapHeight 700/StemV 80>>"
)
WIDTHS = b"/FirstChar 32/LastChar 126/Widths[" + b"500 " * 95 + b"]"


def composite(name: bytes, encoding: bytes, ordering: bytes, kind: bytes = b"CIDFontType2") -> bytes:
    return b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/%s/DescendantFonts[<</Type/Font%s]>>" % (
        name,
        encoding,
        b"/Subtype/%s/BaseFont/%s/DW 1000%s%s>>" % (kind, name, SYSTEM % ordering, DESCRIPTOR % (name, 6)),
    )


def simple(name: bytes, rest: bytes) -> bytes:
    return b"<</Type/Font/Subtype/TrueType/BaseFont/%s%s>>" % (name, rest)


def boxes(folder: Path, font: bytes, *codes: str) -> list[tuple[str, Box]]:
    """What is read of strings that stand one below the other."""
    page = Page()
    for row, code in enumerate(codes):
        page.put(f"BT /F 12 Tf 1 0 0 1 50 {500 - 40 * row} Tm <{code}> Tj ET")
    path = folder / "字体.pdf"
    path.write_bytes(encode([page], font=font))
    return [(one.text, one.place().box or (0, 0, 0, 0)) for one in read_pdf(str(path)).paragraphs()]


@pytest.mark.parametrize(
    ("font", "code", "text", "width"),
    [
        (FONT, "9884", "预", 12),
        (composite(b"SimSun", b"GBK-EUC-H", b"GB1"), "d4a4", "预", 12),
        (composite(b"FangSong_GB2312", b"UniGB-UCS2-H", b"GB1"), "9884", "预", 12),
        (composite(b"MingLiU", b"UniCNS-UCS2-H", b"CNS1", b"CIDFontType0"), "9810", "預", 12),
        (composite(b"NoSuchFont", b"UniGB-UCS2-H", b"GB1"), "9884", "预", 12),
        (simple(b"SimSun", b"/Encoding/WinAnsiEncoding" + WIDTHS + DESCRIPTOR % (b"SimSun", 32)), "37", "7", 6),
        (simple(b"KaiTi", b"/Encoding/WinAnsiEncoding"), "37", "7", 6),
        (simple(b"Calibri", WIDTHS + DESCRIPTOR % (b"Calibri", 4)), "37", "7", 6),
        (simple(b"ABCDEF+Wingdings", WIDTHS + DESCRIPTOR % (b"Wingdings", 4)), "37", "7", 6),
        (simple(b"Helvetica", b""), "37", "7", 6),
    ],
)  # fmt: skip
def test_one_letter_alone_is_read(tmp_path, font, code, text, width):
    first, second = boxes(tmp_path, font, code, code * 2)
    assert (first[0], second[0]) == (text, text * 2)
    assert first[1][2] - first[1][0] == pytest.approx(width, abs=0.1)
    assert second[1][2] - second[1][0] == pytest.approx(2 * width, abs=0.1)
    assert 8 < first[1][3] - first[1][1] < 15


def test_the_font_is_sound():
    data = box_font()
    assert len(data) < 2_000
    assert sum(struct.unpack(f">{len(data) // 4}I", data)) % 2**32 == 0xB1B0AFBA
    count = struct.unpack_from(">H", data, 4)[0]
    ends = [sum(struct.unpack_from(">II", data, 12 + 16 * index + 8)) for index in range(count)]
    assert max(ends) <= len(data)
