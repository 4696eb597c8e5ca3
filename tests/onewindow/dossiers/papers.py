"""Files for tests, made here: good ones of each kind, and the parts of which hostile ones are made."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import docx
import xlsxwriter
from PIL import Image

# The test file of the anti-virus makers, put together here so that no scanner takes this file for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# --- PDF --------------------------------------------------------------------------------------

PAGES = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>",
    4: b"<</Length 8>>stream\n0 0 m 9 \nendstream",
}


def pdf(objects: Mapping[int, bytes] = {}, trailer: bytes = b"", head: bytes = b"%PDF-1.7\n") -> bytes:
    """A PDF of one page, with these objects besides, or instead."""
    body, places = bytearray(head), {}
    everything = {**PAGES, **objects}
    for number, content in sorted(everything.items()):
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, count = len(body), max(everything) + 1
    body += b"xref\n0 %d\n" % count
    for number in range(count):
        body += b"%010d %05d %s \n" % ((places[number], 0, b"n") if number in places else (0, 65535, b"f"))
    body += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, start)
    return bytes(body)


def with_objects_packed(
    packed: bytes, *, words: bytes = b"/Filter/FlateDecode", as_is: bool = False
) -> bytes:
    """A PDF that holds object 9 within an object stream, as PDF 1.5 and later do."""
    inside = b"9 0 " + packed
    content = inside if as_is else zlib.compress(inside)
    stream = b"<</Type/ObjStm/N 1/First 4/Length %d%s>>stream\n%s\nendstream" % (len(content), words, content)
    body, places = bytearray(b"%PDF-1.7\n"), {}
    catalog = {1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>>"}
    for number, one in sorted({**PAGES, **catalog, 5: stream}.items()):
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(body)
    rows = bytearray(struct.pack(">BIH", 0, 0, 65535))
    for number in range(1, 10):
        if number in places:
            rows += struct.pack(">BIH", 1, places[number], 0)
        elif number == 9:
            rows += struct.pack(">BIH", 2, 5, 0)
        else:
            rows += struct.pack(">BIH", 1, start, 0) if number == 6 else struct.pack(">BIH", 0, 0, 0)
    table = zlib.compress(bytes(rows))
    body += (
        b"6 0 obj\n<</Type/XRef/Size 10/W[1 4 2]/Root 1 0 R/Length %d/Filter/FlateDecode>>stream\n%s\nendstream\nendobj\n"
        % (len(table), table)
    )
    body += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(body)


def zeros(megabytes: int) -> bytes:
    """Many megabytes of nothing, packed by zlib, without packing them: one block said again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = ((megabytes << 20) % 65521 << 16) | 1
    return b"\x78\x9c" + block * megabytes + b"\x03\x00" + checksum.to_bytes(4, "big")


# --- archives ---------------------------------------------------------------------------------


def archive(members: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    """A zip."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name), content, made.compression)
    return into.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """What is in a zip, to change it."""
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        return {name: read.read(name) for name in read.namelist()}


def changed(content: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """A zip with parts added or replaced."""
    return archive({**members(content), **parts})


def word() -> bytes:
    """A Word document."""
    into = io.BytesIO()
    made = docx.Document()
    made.add_heading("食品经营许可申请", 1)
    made.add_paragraph("申请人：某某商行")
    made.save(into)
    return into.getvalue()


def excel() -> bytes:
    """A workbook, with a link to a website as people write them."""
    into = io.BytesIO()
    with xlsxwriter.Workbook(into, {"in_memory": True}) as made:
        sheet = made.add_worksheet("人员")
        sheet.write(0, 0, "岗位")
        sheet.write_url(1, 0, "https://www.example.gov.cn/guide")
    return into.getvalue()


def related(content: bytes, source: str, kind: str, target: str, mode: str = "") -> bytes:
    """An office file with one relationship more; `source`: the .rels part."""
    parts = members(content)
    mode = f' TargetMode="{mode}"' if mode else ""
    kind = kind if "://" in kind else f"{REL}/{kind}"
    new = f'<Relationship Id="rX1" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    said = parts.get(source, empty).decode().replace("</Relationships>", new)
    return changed(content, {source: said})


DOCUMENT = "word/document.xml"
RELS = "word/_rels/document.xml.rels"


def with_text(xml: str) -> bytes:
    """A Word document with this XML in its body."""
    content = word()
    said = members(content)[DOCUMENT].decode().replace("<w:body>", f"<w:body>{xml}", 1)
    return changed(content, {DOCUMENT: said})


OFD_XML = (
    '<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1" '
    'DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
)


def ofd(more: Mapping[str, bytes | str] = {}) -> bytes:
    """An OFD of one page, with these members besides."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    pages = '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
    return archive(
        {
            "OFD.xml": OFD_XML,
            "Doc_0/Document.xml": f"<ofd:Document {space}>{pages}</ofd:Document>",
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}/>",
            **more,
        }
    )


# --- images -----------------------------------------------------------------------------------


def image(form: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: object) -> bytes:
    """A picture with something to see on it, in a form that Pillow writes."""
    into = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(into, form, **how)
    return into.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(
    width: int, height: int, picture: bytes, *, depth: int = 8, colour: int = 0, more: bytes = b""
) -> bytes:
    """A PNG out of its parts."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + more + chunk(b"IDAT", picture) + chunk(b"IEND", b"")


def good() -> dict[str, tuple[str, bytes]]:
    """Name and content of a good file of each kind."""
    return {
        "pdf": ("申请书.pdf", pdf()),
        "ofd": ("电子发票.ofd", ofd({"Doc_0/Attachs/original_invoice.xml": "<invoice/>"})),
        "docx": ("申请书.docx", word()),
        "xlsx": ("人员表.xlsx", excel()),
        "jpg": ("营业执照.jpg", image("JPEG")),
        "png": ("截图.png", image("PNG")),
        "tiff": ("扫描件.tif", image("TIFF", compression="tiff_lzw")),
        "txt": ("说明.txt", "情况说明：\r\n\t无。\r\n".encode("gb18030")),
    }
