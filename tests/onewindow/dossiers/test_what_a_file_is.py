"""A file is what its content says, and only certain kinds are taken."""

import gzip
import io
import json
import tarfile
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from onewindow.kernel.dossiers.checks.inspecting import inspect
from onewindow.kernel.dossiers.checks.kinds import KINDS
from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit
from tests.onewindow.dossiers import papers

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize("kind", KINDS)
def test_good_files_of_each_kind_are_known_by_their_content(kind, check):
    assert check(papers.good()[kind][1]) == kind


def test_pictures_in_all_their_forms_are_taken(check):
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        assert check(papers.image("PNG", mode=mode)) == "png", mode
    for mode in ("L", "RGB", "CMYK"):
        for progressive in (False, True):
            assert check(papers.image("JPEG", mode=mode, progressive=progressive)) == "jpg", mode
    for packing in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        assert check(papers.image("TIFF", compression=packing)) == "tiff", packing
    assert check(papers.image("TIFF", mode="1", compression="group4")) == "tiff"


def test_an_interlaced_picture_is_taken(check):
    """Pillow does not write them: this is one of eight times eight pixels, seven passes, made by hand."""
    import zlib

    passes = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)]
    lines = b"".join(b"\0" + bytes(width) for width, height in passes for _line in range(height))
    content = papers.png(8, 8, zlib.compress(lines)).replace(
        papers.chunk(b"IHDR", bytes.fromhex("00000008000000080800000000")),
        papers.chunk(b"IHDR", bytes.fromhex("00000008000000080800000001")),
    )
    assert Image.open(io.BytesIO(content)).size == (8, 8)
    assert check(content) == "png"


def test_a_tiff_of_many_pages_is_counted(tmp_path):
    pages = [Image.new("1", (100, 100)) for _page in range(7)]
    pages[0].save(tmp_path / "a", "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    assert inspect(tmp_path / "a", Limits()).notes == {"pages": 7, "width": 100, "height": 100}


def test_texts_in_both_codings_are_taken_others_not(check, tmp_path):
    for coding in ("utf-8", "utf-8-sig", "gb18030"):
        assert check("𠮷野家㐂 说明\n".encode(coding)) == "txt", coding
    assert check("说明".encode("utf-16")) == "text-coding"
    assert check("說明".encode("big5") + b"\xff") == "type-refused"
    (tmp_path / "a").write_bytes("说明".encode("gb18030"))
    assert inspect(tmp_path / "a", Limits()).notes == {"coding": "gb18030"}


def test_a_text_may_be_cut_anywhere_into_pieces(check):
    assert check(("一" * 50_000).encode("utf-8")) == "txt"
    assert check(("a" + "一" * 50_000).encode("gb18030")) == "txt"


OTHERS = {
    "压缩包": [
        papers.archive({"a.pdf": papers.pdf()}),
        b"Rar!\x1a\x07\x01\0" + bytes(99),
        b"7z\xbc\xaf\x27\x1c" + bytes(99),
        gzip.compress(b"a"),
    ],
    "旧格式": [OLE],
    "程序": [b"MZ\x90\0" + bytes(99), b"\x7fELF" + bytes(99), b"L\0\0\0\x01\x14\x02\0" + bytes(99)],
    "JPG 或 PNG": [
        b"GIF89a" + bytes(99),
        b"\0\0\0\x20ftypheic" + bytes(99),
        b"RIFF\0\0\0\0WEBPVP8 " + bytes(99),
    ],
    "音频、视频": [b"\0\0\0\x20ftypisom" + bytes(99), b"ID3\x03\0" + bytes(99)],
    "认不出": [bytes(range(256)) * 4],
}


@pytest.mark.parametrize(("told", "content"), [(told, one) for told, some in OTHERS.items() for one in some])
def test_other_files_are_refused_with_what_to_do_instead(told, content, tmp_path):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(Unfit, match=told) as refused:
        inspect(tmp_path / "a", Limits())
    assert refused.value.code == "type-refused"


def test_a_tar_is_an_archive(check):
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w") as made:
        made.addfile(tarfile.TarInfo("a"))
    assert check(into.getvalue()) == "type-refused"


def test_office_files_with_a_password_are_told_so(check):
    assert check(OLE + "EncryptedPackage".encode("utf-16-le")) == "encrypted"


def test_presentations_are_better_sent_as_pdf(tmp_path):
    into = papers.archive({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"})
    (tmp_path / "a").write_bytes(into)
    with pytest.raises(Unfit, match="演示文稿请另存为 PDF"):
        inspect(tmp_path / "a", Limits())


def test_an_empty_file_is_refused(check):
    assert check(b"") == "empty"


def test_each_kind_has_its_own_limit_and_it_is_told(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(papers.pdf())
    usual = Limits()
    small = replace(usual, size={**usual.size, "pdf": 100})
    with pytest.raises(Unfit, match="PDF 文件不能超过 100 字节") as refused:
        inspect(path, small)
    assert refused.value.code == "too-big"
    path.write_bytes(b"a" * 1_048_577)
    with pytest.raises(Unfit, match="不能超过 1 MB"):
        inspect(path, replace(usual, size=dict.fromkeys(usual.size, 1_048_576)))


def test_what_was_found_can_be_kept_as_json(tmp_path):
    for name, content in papers.good().values():
        (tmp_path / "a").write_bytes(content)
        assert json.loads(json.dumps(inspect(tmp_path / "a", Limits()).notes)), name


def test_a_zip_of_good_parts_is_no_kind_of_ours(check):
    assert check(papers.archive({"说明.txt": "无"})) == "type-refused"
    with zipfile.ZipFile(io.BytesIO(papers.word())) as word:
        assert "[Content_Types].xml" in word.namelist()
