"""PDF files that run, launch, carry or hide something are refused, however it is written."""

import hashlib
import io
import zlib
from dataclasses import replace

import pypdfium2
import pytest

from onewindow.kernel.dossiers.checks.verdict import Limits
from tests.onewindow.dossiers import papers
from tests.onewindow.dossiers.papers import pdf, with_objects_packed

SCRIPT = b"<</Type/Action/S/JavaScript/JS(app.alert\\(1\\))>>"
OPENING = {1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>>"}


def page_with(annotation: bytes) -> dict[int, bytes]:
    return {3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[9 0 R]>>", 9: annotation}


LINK = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A %s>>"
HARMLESS = {
    "a page": pdf(),
    "a link to a website": pdf(page_with(LINK % b"<</S/URI/URI(https://www.example.gov.cn)>>")),
    "a page that opens first": pdf({1: b"<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>"}),
    "white space before": pdf(head=b"\xef\xbb\xbf\r\n%PDF-1.4\n"),
    "zeros behind": pdf() + bytes(512) + b"\r\n",
    "words of scripts in a text": pdf(
        {4: b"<</Length 30>>stream\nBT (no /JS and/XFA here) Tj ET\nendstream"}
    ),
    "a form": pdf({1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>"}),
    "a name with an escape": pdf({9: b"<</A#20B/C>>"}),
    "objects packed": with_objects_packed(b"<</S/GoTo/D[3 0 R/Fit]>>"),
    "changed and appended": pdf()[:-6] + b"%%EOF\n" + pdf()[-40:],
}
SCRIPTS = {
    "when it is opened": pdf({**OPENING, 9: SCRIPT}),
    "as a named script": pdf(
        {1: b"<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a) 9 0 R]>>>>>>", 9: SCRIPT}
    ),
    "behind a link": pdf(page_with(LINK % SCRIPT)),
    "with an escaped name": pdf({**OPENING, 9: b"<</S/J#61vaScript/#4AS(x)>>"}),
    "with every letter escaped": pdf(
        {**OPENING, 9: b"<</S/" + b"".join(b"#%02x" % one for one in b"JavaScript") + b"/JS(x)>>"}
    ),
    "by a name of its own": pdf({**OPENING, 9: b"<</S 10 0 R/JS(x)>>", 10: b"/JavaScript"}),
    "packed": with_objects_packed(SCRIPT),
    "packed, and escaped": with_objects_packed(b"<</S/Java#53cript/JS(x)>>"),
    "packed as it is": with_objects_packed(SCRIPT, words=b"", as_is=True),
    "in a form of XML": pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 9 0 R/Fields[]>>>>",
            9: b"<</Length 0>>stream\n\nendstream",
        }
    ),
    "in a rendition": pdf({**OPENING, 9: b"<</S/Rendition/OP 0>>"}),
    "after a comment": pdf({**OPENING, 9: b"%\n<<%x\n/S%\n/JavaScript%\n/JS(x)>>"}),
    "in an object that nothing names": pdf({9: SCRIPT}),
    "before the last change": pdf({**OPENING, 9: SCRIPT}) + pdf()[9:],
}
ACTIONS = {
    "launching a program": pdf(page_with(LINK % b"<</S/Launch/F(cmd.exe)>>")),
    "launching when it is opened": pdf({**OPENING, 9: b"<</S/Launch/Win<</F(cmd.exe)>>>>"}),
    "launching, packed": with_objects_packed(b"<</S/Launch/F(cmd.exe)>>"),
    "going to a file within": pdf(page_with(LINK % b"<</S/GoToE/T<</R/C>>>>")),
    "filling in from a file": pdf({**OPENING, 9: b"<</S/ImportData/F(a.fdf)>>"}),
    "playing a film": pdf(page_with(b"<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>")),
    "a screen": pdf(page_with(b"<</Type/Annot/Subtype/Screen/Rect[0 0 9 9]>>")),
    "a sound": pdf(page_with(b"<</Type/Annot/Subtype/Sound/Rect[0 0 9 9]>>")),
}
FILE = b"<</Type/EmbeddedFile/Length 2>>stream\nMZ\nendstream"
FILES = {
    "as an attachment": pdf(
        {1: b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a) 9 0 R]>>>>>>", 9: b"<</EF<</F 10 0 R>>>>", 10: FILE}
    ),
    "behind a note": pdf(page_with(b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]>>")),
    "with an escaped name": pdf({9: b"<</Type/Embedded#46ile/Length 2>>stream\nMZ\nendstream"}),
}  # fmt: skip


@pytest.mark.parametrize("which", HARMLESS)
def test_what_people_send_is_taken(which, check):
    assert check(HARMLESS[which]) == "pdf"


@pytest.mark.parametrize("which", SCRIPTS)
def test_scripts_are_found(which, check):
    assert check(SCRIPTS[which]) == "pdf-scripts"


@pytest.mark.parametrize("which", ACTIONS)
def test_actions_that_start_something_are_found(which, check):
    assert check(ACTIONS[which]) == "pdf-actions"


@pytest.mark.parametrize("which", FILES)
def test_files_within_are_found(which, check):
    assert check(FILES[which]) == "pdf-files"


def test_an_attachment_made_by_pdfium_itself_is_found(check):
    document = pypdfium2.PdfDocument(pdf())
    document.new_attachment("a.exe").set_data(b"MZ")
    into = io.BytesIO()
    document.save(into)
    document.close()
    assert check(into.getvalue()) == "pdf-files"


def test_an_object_hidden_in_another_stream_is_an_object_all_the_same(check):
    """The table of a PDF may point anywhere: here into a stream that looks like a picture."""
    hidden = b"9 0 obj\n<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>stream\n%s\nendstream"
    packed = zlib.compress(b"7 0 " + SCRIPT)
    inside = hidden % (len(packed), packed)
    assert check(pdf({8: b"<</Length %d>>stream\n%s\nendstream" % (len(inside), inside)})) == "pdf-scripts"


SPOILT = {
    "by a string in hexadecimal that is none": b"/A<4z>>",
    "by a byte that some take for white space": b"/A\xff/B",
    "by a comment": b"%>>stream\n",
    "by a string": b"/A(>>stream)",
    "by a string within a string": b"/A(()\\)>>)",
    "by marks that nothing opened": b")]}>",
    "by a dictionary that nothing ends": b"/A<<",
}


@pytest.mark.parametrize("which", SPOILT)
def test_a_dictionary_that_is_spoilt_hides_nothing(which, check):
    """Readers forgive much; whatever they make of such a dictionary, what is packed behind it was looked at."""
    content = with_objects_packed(SCRIPT, words=SPOILT[which] + b"/Filter/FlateDecode")
    assert check(content) in ("pdf-scripts", "pdf-broken", "pdf-hidden")
    clean = with_objects_packed(b"<</S/GoTo/D[3 0 R/Fit]>>", words=SPOILT[which] + b"/Filter/FlateDecode")
    assert check(clean) in ("pdf", "pdf-broken", "pdf-hidden")


def test_a_name_that_ends_at_a_byte_that_some_take_for_white_space_is_that_name(check):
    assert check(pdf({**OPENING, 9: b"<</S/JavaScript\x80/JS\xff(x)>>"})) == "pdf-scripts"
    assert check(with_objects_packed(b"<</S/JavaScript\xff/JS(x)>>")) == "pdf-scripts"
    assert check(with_objects_packed(SCRIPT, words=b"/F#69lter\x80/LZWDecode")) == "pdf-hidden"


def test_a_form_of_xml_that_is_packed_is_found(check):
    assert check(with_objects_packed(b"<</XFA 3 0 R/Fields[]>>")) == "pdf-scripts"


PACKED_ODDLY = {
    "twice": b"/Filter[/FlateDecode/FlateDecode]",
    "in hexadecimal": b"/Filter/ASCIIHexDecode",
    "in hexadecimal, escaped": b"/F#69lter/ASCIIHexDecode",
    "in LZW": b"/Filter[/LZWDecode]",
    "by a reference": b"/Filter 8 0 R",
    "said twice": b"/Filter/FlateDecode/Filter/LZWDecode",
    "with a predictor": b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>",
}


@pytest.mark.parametrize("which", PACKED_ODDLY)
def test_objects_that_cannot_be_looked_at_are_refused(which, check):
    assert check(with_objects_packed(SCRIPT, words=PACKED_ODDLY[which])) == "pdf-hidden"


def test_objects_that_do_not_unpack_are_refused(check):
    cut = with_objects_packed(SCRIPT)
    at = cut.index(b"stream\n", cut.index(b"/ObjStm")) + 9
    assert check(cut[:at] + b"\0" + cut[at + 1 :]) == "pdf-hidden"


def test_a_dictionary_without_measure_is_refused(check):
    assert check(pdf({9: b"<<" + b"/A 1 " * 400_000 + b">>"})) == "pdf-hidden"


PACKED_WITHOUT_MEASURE = (
    b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n%s\nendstream" % papers.zeros(300)
)


def test_objects_that_unpack_without_measure_are_refused(check):
    assert check(pdf({9: PACKED_WITHOUT_MEASURE})) == "archive-bomb"


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def rc4(key: bytes, content: bytes) -> bytes:
    box, j, i, out = list(range(256)), 0, 0, bytearray()
    for at in range(256):
        j = (j + box[at] + key[at % len(key)]) % 256
        box[at], box[j] = box[j], box[at]
    j = 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def encrypted(password: bytes) -> bytes:
    """Standard security, revision 2 (ISO 32000-1, 7.6.3), forbidding to print and to copy."""
    owner, permissions = bytes(32), (-64).to_bytes(4, "little", signed=True)
    key = hashlib.md5((password + PADDING)[:32] + owner + permissions + b"\0").digest()[:5]
    said = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -64>>/ID[<00><00>]"
    return pdf(trailer=said % (owner.hex().encode(), rc4(key, PADDING).hex().encode()))


def test_files_with_a_password_are_refused(check):
    assert check(encrypted(b"secret")) == "encrypted"


def test_files_that_open_but_may_not_be_printed_are_refused_too(check):
    content = encrypted(b"")
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    document.close()
    assert check(content) == "encrypted"


BROKEN = {
    "cut in half": pdf()[: len(pdf()) // 2],
    "without its end": pdf()[:-7],
    "the head alone": b"%PDF-1.7\n",
    "nothing but an end": b"%PDF-1.7\nstartxref\n0\n%%EOF",
    "without pages": pdf({2: b"<</Type/Pages/Kids[]/Count 0>>"}),
    "with a page that is none": pdf({3: b"null"}),
}


@pytest.mark.parametrize("which", BROKEN)
def test_broken_files_are_refused(which, check):
    assert check(BROKEN[which]) == "pdf-broken"


TWO_KINDS = {
    "a page behind it": pdf() + b"<html><script>alert(1)</script>",
    "an archive behind it": pdf() + papers.archive({"a.exe": "MZ"}),
    "an archive behind it, made to end well": pdf()
    + papers.archive({"a.exe": "MZ"})
    + b"\nstartxref\n0\n%%EOF",
    "a page within its head": pdf(head=b"%PDF-1.7\n%<html><script>\n"),
    "PHP within its head": pdf(head=b"%PDF-1.7\n%<?php system($_GET[0]); ?>\n"),
}


@pytest.mark.parametrize("which", TWO_KINDS)
def test_a_second_file_in_one_is_refused(which, check):
    assert check(TWO_KINDS[which]) == "two-kinds"


def test_too_many_pages_are_refused(check):
    kids = b" ".join(b"3 0 R" for _page in range(30))
    content = pdf({2: b"<</Type/Pages/Kids[%s]/Count 30>>" % kids})
    assert check(content) == "pdf"
    assert check(content, replace(Limits(), pages=20)) == "pdf-pages"
