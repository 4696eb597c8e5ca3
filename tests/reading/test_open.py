"""The one door: what a file is, and a clear word about each that cannot be read."""

import errno
import io
import time
import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openbook.reading.errors import Unreadable
from openbook.reading.open import LARGEST, read_source
from openbook.reading.package import Package

TEXT = "2024年预算收支总表\n\n项目\t金额\n合计\t206.00\n\n本部门收入预算比上年减少，主要是项目支出减少。\n"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write(tmp_path: Path, data: bytes, name: str = "公开.txt") -> str:
    path = tmp_path / name
    path.write_bytes(data)
    return str(path)


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return stream.getvalue()


def a_docx() -> bytes:
    document = docx.Document()
    document.add_heading("说明", 1)
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "合计"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "206.00"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def an_xlsx() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.merge_range("A1:B1", "收支总表", None)
    sheet.write_row("A2", ["合计", 206])
    sheet.write_comment("A2", "注")
    book.close()
    return stream.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_encodings(tmp_path, encoding):
    source = read_source(write(tmp_path, TEXT.encode(encoding)))
    assert next(source.paragraphs()).text == "2024年预算收支总表"
    assert not source.problems
    assert (source.format, source.scanned) == ("txt", True)


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("a.md", TEXT.encode(), "md"),
        ("a", TEXT.encode(), "txt"),
        ("a.txt", "<!DOCTYPE html><body>预算公开".encode(), "html"),
        ("a.htm", "预算公开说明".encode(), "html"),
        ("a.txt", a_docx(), "docx"),
        ("a.docx", an_xlsx(), "xlsx"),
    ],
)
def test_content_decides(tmp_path, name, data, format_):
    source = read_source(write(tmp_path, data, name))
    assert source.format == format_
    assert source.blocks


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "空的"),
        ("a.txt", b"  \n\t", "空的"),
        ("a.txt", bytes(range(256)) * 40, "二进制"),
        ("a.txt", b"\x01\x02\x03\x04" * 400, "控制字符"),
        ("a.txt", TEXT.encode("big5", "ignore") * 9, "乱码"),
        ("a.txt", TEXT.encode().decode("gb18030", "ignore").encode() * 9, "乱码"),
        ("a.txt", TEXT.encode().decode("latin-1").encode() * 9, "乱码"),
        ("a.txt", ("预算\ufffd" * 90).encode(), "编码"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "另存为 .docx"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "另存为 .docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "另存为 .xlsx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "密码"),
        ("a.ofd", packed({"OFD.xml": b"<a/>"}), "导出为 PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "文字识别"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "文字识别"),
        ("a.rtf", b"{\\rtf1}", "另存为"),
        ("a.zip", packed({"a.txt": b"x"}), "解压"),
        ("a.docx", packed({"a.txt": b"x"}), "损坏"),
        ("a.docx", a_docx()[:-200], "损坏"),
        ("a.xlsx", "预算公开说明".encode(), "内容却不是"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path, name, data, message):
    with pytest.raises(Unreadable, match=message):
        read_source(write(tmp_path, data, name))


def test_drawn_tables_are_no_gibberish(tmp_path):
    drawn = "┌────┬────┐\n│合计│1.00│\n└────┴────┘\n" * 40
    assert not read_source(write(tmp_path, drawn.encode("gb18030"))).problems


def test_a_few_lost_characters_are_a_problem(tmp_path):
    data = (TEXT * 20).encode().replace("合计".encode(), "合".encode() + b"\xe8\xae", 1)
    source = read_source(write(tmp_path, data))
    (problem,) = source.problems
    assert "不能解码" in problem.message
    assert problem.place[:2] == (4, 2)


def test_missing_directory_and_loop(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path, message in [
        (tmp_path / "无.txt", "不存在"),
        (tmp_path, "文件夹"),
        (loop, "链接"),
        (tmp_path / ("长" * 300), "过长"),
        (tmp_path / "a\0b", "文件名"),
        (Path("/dev/null"), "普通文件"),
    ]:
        with pytest.raises(Unreadable, match=message):
            read_source(str(path))


def test_no_permission(tmp_path, monkeypatch):
    path = write(tmp_path, TEXT.encode())

    def refuse(*_args, **_more):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Unreadable, match="权限"):
        read_source(path)


def test_a_huge_file_is_refused_at_once(tmp_path):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    begin = time.monotonic()
    with pytest.raises(Unreadable, match=f"200 MB，超过上限 {LARGEST >> 20} MB"):
        read_source(str(path))
    assert time.monotonic() - begin < 0.5


def test_text_of_tabs_alone_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="文本过大"):
        read_source(write(tmp_path, "合计".encode() + b"\t" * 1_100_000))


DOCUMENT = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + DOCUMENT % "&b;", "实体"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd">' + DOCUMENT % "", "实体"),
        (DOCUMENT % "&b;", "XML"),
        ("<w:document", "XML"),
        ("", "XML"),
        ("<a>" * 500 + "</a>" * 500, "XML"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_hostile_xml(tmp_path, document, message, encoding):
    data = packed({"word/document.xml": document.encode(encoding)})
    with pytest.raises(Unreadable, match=message):
        read_source(write(tmp_path, data, "a.docx"))


def test_bombs(tmp_path):
    for parts in (
        {"word/document.xml": b" " * (40 << 20)},
        {"word/document.xml": b"<a/>", **{f"{one}.xml": b"" for one in range(10_001)}},
    ):
        with pytest.raises(Unreadable, match="压缩炸弹"):
            read_source(write(tmp_path, packed(parts), "a.docx"))


def test_a_size_that_lies_is_noticed():
    data = bytearray(packed({"word/document.xml": b" " * (2 << 20)}))
    for at in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = (10).to_bytes(4, "little")
    with Package(bytes(data)) as package:
        try:
            assert len(package.read("word/document.xml")) <= 10
        except Unreadable as error:
            assert "损坏" in str(error)  # noqa: PT017  either way will do


def test_a_locked_package(tmp_path):
    data = bytearray(packed({"word/document.xml": b"<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="密码"):
        read_source(write(tmp_path, bytes(data), "a.docx"))


def survives(path: Path, data: bytes) -> None:
    """Reading gives a source or a clear word, and nothing else."""
    path.write_bytes(data)
    try:
        source = read_source(str(path))
    except Unreadable as error:
        assert len(str(error)) > 5  # noqa: PT017  both ends are right
    else:
        assert source.blocks is not None


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.xlsx"]))
def test_any_bytes(tmp_path, data, name):
    survives(tmp_path / name, data)


@FUZZ
@given(
    st.sampled_from([TEXT.encode(), TEXT.encode("gb18030"), a_docx(), an_xlsx(), b"<html><table><tr><td>1"]),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=12),
    st.integers(0, 40),
)
def test_damaged_bytes(tmp_path, data, changes, cut):
    damaged = bytearray(data)
    for at, byte in changes:
        damaged[at % len(damaged)] = byte
    survives(tmp_path / "a.txt", bytes(damaged[: len(damaged) - cut]))


XML = st.text("<>/=\"' :wrtcpsvhiddnmg0123456789A一&;", max_size=120)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


@FUZZ
@given(
    st.sampled_from([a_docx(), an_xlsx()]).map(parts_of),
    st.data(),
    st.one_of(st.binary(max_size=20), XML.map(str.encode)),
)
def test_damaged_parts(tmp_path, parts, draw, put):
    """Sound packages whose XML is not: half an element, attributes from elsewhere, odd numbers."""
    name = draw.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    begin = draw.draw(st.integers(0, len(part)))
    end = draw.draw(st.integers(begin, min(len(part), begin + 30)))
    survives(tmp_path / "a.zip", packed({**parts, name: part[:begin] + put + part[end:]}))


@FUZZ
@given(
    st.sampled_from([a_docx(), an_xlsx()]).map(parts_of),
    st.data(),
    st.sampled_from(
        ["", "-1", "0", "999999999999", "1.5", "A0", "ZZZ9999999", "XFD1048576:A1", "x", "\u0663"]
    ),
)
def test_odd_attributes(tmp_path, parts, draw, value):
    name = draw.draw(st.sampled_from(sorted(one for one in parts if one.endswith(".xml"))))
    pieces = parts[name].split(b'"')
    at = draw.draw(st.integers(0, max(0, len(pieces) // 2 - 1))) * 2 + 1
    if at < len(pieces):
        pieces[at] = value.encode()
    survives(tmp_path / "a.zip", packed({**parts, name: b'"'.join(pieces)}))
