"""Office files and OFD stand alone: no macros, nothing embedded, nothing fetched, nothing that explodes."""

import io
import struct
import zipfile
from dataclasses import replace

import pytest

from onewindow.kernel.dossiers.checks.verdict import Limits
from tests.onewindow.dossiers import papers
from tests.onewindow.dossiers.papers import RELS, archive, changed, excel, ofd, related, with_text, word

SETTINGS = "word/_rels/settings.xml.rels"
TYPES = "[Content_Types].xml"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"


def typed(content: bytes, old: str, new: str) -> bytes:
    said = papers.members(content)[TYPES].decode()
    assert old in said
    return changed(content, {TYPES: said.replace(old, new)})


def field(*runs: str) -> bytes:
    """A field whose instruction is spread over runs."""
    told = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    return with_text(f"<w:p>{begin}{told}{end}</w:p>")


CHART = "word/charts/chart1.xml"
CHART_RELS = "word/charts/_rels/chart1.xml.rels"


def with_chart(workbook: bytes, target: str = "../embeddings/Workbook1.xlsx") -> bytes:
    content = changed(
        word(), {CHART: "<c:chartSpace xmlns:c='c'/>", "word/embeddings/Workbook1.xlsx": workbook}
    )
    return related(content, CHART_RELS, "package", target)


HARMLESS = {
    "a link to a website": related(word(), RELS, "hyperlink", "https://www.example.gov.cn/a?b=1", "External"),
    "a link to write to": related(word(), RELS, "hyperlink", "mailto:a@example.gov.cn", "External"),
    "a link beside it": related(word(), RELS, "hyperlink", "附件1.docx", "External"),
    "a page number": field(" PAGE  \\* MERGEFORMAT "),
    "a table of contents": field(' TOC \\o "1-3" \\h \\z \\u '),
    "a picture that was on a disk": field(' INCLUDEPICTURE "C:\\\\Users\\\\a\\\\图.png" \\* MERGEFORMAT '),
    "a chart with its figures": with_chart(excel()),
    "words about dde": with_text("<w:p><w:r><w:t>DDEAUTO cmd</w:t></w:r></w:p>"),
    "a deleted field": with_text("<w:p><w:r><w:delInstrText>PAGE</w:delInstrText></w:r></w:p>"),
}
HOSTILE = {
    "macros": (changed(word(), {"word/vbaProject.bin": "x"}), "office-macros"),
    "macros, related": (related(word(), RELS, f"{MICROSOFT}/vbaProject", "vbaProject.bin"), "office-macros"),
    "macros, by type": (
        typed(word(), "wordprocessingml.document.main+xml", "wordprocessingml.document.macroEnabled.main+xml"),
        "office-macros",
    ),
    "macros of Excel 4": (
        changed(excel(), {"xl/macrosheets/sheet1.xml": "<xm:macrosheet xmlns:xm='a'/>"}),
        "office-macros",
    ),
    "macros of Excel 4, related": (
        related(excel(), "xl/_rels/workbook.xml.rels", f"{MICROSOFT}/xlMacrosheet", "worksheets/s.xml"),
        "office-macros",
    ),
    "a template of another": (
        typed(word(), "wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml"),
        "type-refused",
    ),
    "an object": (changed(word(), {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}), "office-objects"),
    "an object, related": (related(word(), RELS, "oleObject", "media/a.bin"), "office-objects"),
    "a file within": (related(word(), RELS, "package", "embeddings/a.xlsx"), "office-objects"),
    "a control": (related(word(), RELS, "control", "activeX/activeX1.xml"), "office-objects"),
    "a page of HTML": (related(word(), RELS, "aFChunk", "afchunk.htm"), "office-objects"),
    "a program as a picture": (changed(word(), {"word/media/image1.png": b"MZ\x90\0"}), "office-objects"),
    "an archive as a picture": (changed(word(), {"word/media/a.png": archive({"a": "b"})}), "office-objects"),
    "an add-in": (related(word(), "_rels/.rels", "webextensiontaskpanes", "a.xml"), "office-objects"),
    "a script in a drawing": (
        changed(word(), {"word/media/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"}),
        "office-objects",
    ),
    "a handler in a drawing": (changed(word(), {"word/media/a.svg": "<svg onload='x()'/>"}), "office-objects"),
    "a template elsewhere": (
        related(word(), SETTINGS, "attachedTemplate", "https://a.example/t.dotm", "External"),
        "office-links",
    ),
    "a picture elsewhere": (related(word(), RELS, "image", "https://a.example/t.png", "External"), "office-links"),
    "an object elsewhere": (related(word(), RELS, "oleObject", "https://a.example/t", "External"), "office-objects"),
    "a frame": (related(word(), RELS, "frame", "https://a.example/t", "External"), "office-links"),
    "another workbook": (
        related(excel(), "xl/_rels/workbook.xml.rels", "externalLink", "externalLinks/externalLink1.xml"),
        "office-links",
    ),
    "a query": (related(excel(), "xl/_rels/workbook.xml.rels", "connections", "connections.xml"), "office-links"),
    "a picture in a drawing, elsewhere": (
        changed(word(), {"word/a.vml": "<v:imagedata xmlns:v='v' src='https://a.example/b.png'/>"}),
        "office-links",
    ),
    "a link to a share": (related(word(), RELS, "hyperlink", "\\\\a\\b", "External"), "office-links"),
    "a link to a file": (related(word(), RELS, "hyperlink", "file:///c:/a.exe", "External"), "office-links"),
    "a link to a handler": (related(word(), RELS, "hyperlink", "ms-msdt:/id", "external"), "office-links"),
    "a link without a scheme": (related(word(), RELS, "hyperlink", "//a.example/b", "External"), "office-links"),
    "a field that runs": (field(" DDEAUTO c:\\\\windows\\\\cmd.exe "), "office-fields"),
    "a field that runs, in pieces": (field(" DD", "E", "AUTO c:\\\\a"), "office-fields"),
    "a field that runs, never ended": (
        with_text(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE a b</w:instrText></w:r></w:p>'
        ),
        "office-fields",
    ),
    "a simple field that runs": (with_text('<w:p><w:fldSimple w:instr=" dde a b "/></w:p>'), "office-fields"),
    "a field that fetches": (field(' INCLUDEPICTURE "http://a.example/b.png" \\d '), "office-links"),
    "a field that fetches from a share": (field(' INCLUDETEXT "\\\\\\\\a\\\\b.docx" '), "office-links"),
    "entities": (
        changed(word(), {"word/settings.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "xml-entities",
    ),
    "entities from elsewhere": (
        changed(word(), {"docProps/core.xml": '<!DOCTYPE a SYSTEM "http://a.example/b"><a/>'}),
        "xml-entities",
    ),
    "entities in UTF-16": (
        changed(word(), {"docProps/core.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")}),
        "xml-entities",
    ),
    "broken XML": (changed(word(), {"word/styles.xml": "<a><b></a>"}), "xml-broken"),
    "no XML": (changed(word(), {"word/styles.xml": b"\x01\x02"}), "xml-broken"),
    "empty XML": (changed(word(), {"word/styles.xml": b""}), "xml-broken"),
    "a chart with macros": (with_chart(changed(excel(), {"xl/vbaProject.bin": "x"})), "office-macros"),
    "a chart in a chart": (
        with_chart(
            related(changed(excel(), {"xl/a.xlsx": excel()}), "xl/charts/_rels/c.xml.rels", "package", "../a.xlsx")
        ),
        "office-objects",
    ),
    "a chart with a program": (with_chart(b"MZ", "../embeddings/a.bin"), "office-objects"),
    "a chart with something else": (with_chart(archive({"a": "b"})), "office-objects"),
}  # fmt: skip


@pytest.mark.parametrize("which", HARMLESS)
def test_what_people_send_is_taken(which, check):
    assert check(HARMLESS[which]) == "docx"


@pytest.mark.parametrize("which", HOSTILE)
def test_hostile_office_files_are_refused(which, check):
    content, code = HOSTILE[which]
    assert check(content) == code


def test_a_billion_laughs_are_not_laughed(check):
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    assert check(
        changed(word(), {"word/styles.xml": f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]><a>&a19;</a>'})
    ) == ("xml-entities")


# --- the archive itself ------------------------------------------------------------------------


def raw(name: str, content: bytes = b"a") -> bytes:
    return changed(word(), {name: content})


PATHS = {
    "upward": raw("../../etc/cron.d/a"),
    "from the root": raw("/etc/passwd"),
    "upward, as Windows writes it": raw("..\\..\\a.exe"),
    "to a drive": raw("C:/a.exe"),
    "with a control character": raw("word/a\nb"),
    "with writing turned round": raw("word/a\u202egnp.exe"),
    "without a name": raw("word//a"),
}


@pytest.mark.parametrize("which", PATHS)
def test_names_that_lead_elsewhere_are_refused(which, check):
    assert check(PATHS[which]) == "archive-paths"


def test_a_name_that_stops_early_for_some_is_refused(check):
    assert check(raw("word/aXb.png").replace(b"word/aXb.png", b"word/a\0b.png")) == "archive-paths"


def test_bombs_are_refused_before_they_are_unpacked(check):
    small = replace(Limits(), members=20)
    assert check(raw("word/media/a.emf", bytes(30_000_000))) == "archive-bomb"
    assert (
        check(changed(word(), {f"word/media/{n}.emf": bytes(900_000) for n in range(30)})) == "archive-bomb"
    )
    assert check(changed(word(), {f"word/media/{n}.emf": b"a" for n in range(30)}), small) == "archive-bomb"


def test_a_bomb_that_lies_about_its_size_is_refused(check):
    content = bytearray(raw("word/media/a.emf", bytes(5_000_000)))
    for magic, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = (
            content.rindex(magic, 0, content.rindex(b"word/media/a.emf") + 1)
            if magic == b"PK\x01\x02"
            else (content.index(b"word/media/a.emf") - 30)
        )
        content[place + at : place + at + 4] = struct.pack("<I", 10)
    assert check(bytes(content)) == "archive-broken"


def test_members_that_share_their_bytes_are_refused(check):
    """The bomb without nesting: many names in the directory for one and the same packed content."""
    content = raw("word/media/a.emf", bytes(1_000_000))
    end = content.rindex(b"PK\x05\x06")
    at = content.rindex(b"PK\x01\x02", 0, end)
    line = content[at:end]
    copies = b"".join(line.replace(b"media/a.emf", b"media/%d.emf" % n) for n in range(1, 9))
    fields = list(struct.unpack("<4sHHHHIIH", content[end:]))
    fields[3], fields[4], fields[5] = fields[3] + 8, fields[4] + 8, fields[5] + len(copies)
    assert check(content[:end] + copies + struct.pack("<4sHHHHIIH", *fields)) == "archive-broken"


def test_what_is_put_before_between_or_behind_is_refused(check):
    content = word()
    assert check(content + b"<html>") == "archive-broken"
    assert check(content + papers.pdf()) == "archive-broken"
    assert check(content[:-2] + struct.pack("<H", 6) + b"<html>") == "archive-broken"
    with_space = io.BytesIO(content)
    with zipfile.ZipFile(with_space, "a") as made:
        made.start_dir += 100  # a hole before the directory, in which anything might stand
        made.writestr("word/media/a.emf", "a")
    assert check(with_space.getvalue()) == "archive-broken"
    assert check(b"PK\x03\x04" + content) == "archive-broken"


def test_a_pdf_in_the_first_bytes_of_an_archive_is_refused(check):
    first = {"word/media/a.emf": b"x" + papers.pdf(), **papers.members(word())}
    assert check(archive(first, stored=True)) == "two-kinds"


def test_the_same_name_twice_is_refused(check):
    content = raw("word/documenX.xml", b"<a/>").replace(b"word/documenX.xml", b"word/document.xml")
    assert check(content) == "archive-broken"
    assert check(raw("WORD/Document.XML", b"<a/>")) == "archive-broken"


def test_a_member_with_a_password_is_refused(check):
    content = bytearray(word())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(magic) + at] |= 1
    assert check(bytes(content)) == "encrypted"


def test_content_that_does_not_match_its_checksum_is_refused(check):
    content = archive(papers.members(word()), stored=True)
    at = content.index(b"<w:body>")
    assert check(content[:at] + b"<w:bodY>" + content[at + 8 :]) in ("archive-broken", "xml-broken")


def test_a_link_in_the_file_system_is_refused(check):
    into = io.BytesIO(word())
    info = zipfile.ZipInfo("word/media/a.emf")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(into, "a") as made:
        made.writestr(info, "/etc/passwd")
    assert check(into.getvalue()) == "archive-broken"


def test_other_ways_of_packing_are_refused(check):
    into = io.BytesIO(word())
    with zipfile.ZipFile(into, "a", zipfile.ZIP_LZMA) as made:
        made.writestr("word/media/a.emf", "a")
    assert check(into.getvalue()) == "archive-broken"


# --- OFD -----------------------------------------------------------------------------------------

HOSTILE_OFD = {
    "a program": (ofd({"Doc_0/Attachs/a.exe": "MZ"}), "ofd-attached"),
    "a program under another name": (ofd({"Doc_0/Attachs/a.xml": b"MZ"}), "xml-broken"),
    "a program as a picture": (ofd({"Doc_0/Res/a.png": b"MZ\x90"}), "ofd-attached"),
    "an archive as a seal": (ofd({"Doc_0/Signs/a.esl": archive({"a": "b"})}), "ofd-attached"),
    "a page of HTML": (ofd({"Doc_0/a.xml": "<html><body/></html>"}), "ofd-attached"),
    "a script": (ofd({"Doc_0/a.svg": "<svg><script/></svg>"}), "ofd-attached"),
    "a PDF": (ofd({"Doc_0/a.dat": papers.pdf()}), "ofd-attached"),
    "encrypted": (ofd({"Encryptions.xml": "<a/>"}), "encrypted"),
    "entities": (ofd({"Doc_0/a.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}), "xml-entities"),
    "another root": (ofd({"OFD.xml": "<OFD><DocBody/></OFD>"}), "ofd-broken"),
    "without a document": (ofd({"OFD.xml": "<o:OFD xmlns:o='http://www.ofdspec.org/2016'/>"}), "ofd-broken"),
}  # fmt: skip


@pytest.mark.parametrize("which", HOSTILE_OFD)
def test_hostile_ofd_are_refused(which, check):
    content, code = HOSTILE_OFD[which]
    assert check(content) == code


def test_an_electronic_invoice_with_its_data_and_seal_is_taken(check):
    seal = {
        "Doc_0/Signs/Sign_0/Seal.esl": b"\x30\x82\x01\x02",
        "Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x82",
    }
    data: dict[str, bytes | str] = {
        "Doc_0/Attachs/original_invoice.xml": "<eInvoice/>",
        "Doc_0/Res/a.ttf": b"\0\x01\0\0",
    }
    assert check(ofd({**seal, **data})) == "ofd"
