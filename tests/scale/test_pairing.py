"""Last year's document is found by whose it is, of which year and of which kind."""

import zipfile

import pytest

from openbook.scale.pairing import Head, head, pair


@pytest.fixture
def put(tmp_path):
    def write(name, text, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


def title(year, body="某市某区行政审批服务管理局", kind="预算"):
    return f"\n\n{body}\n\n{year}年度部门{kind}公开\n"


def test_two_years_of_one_body_are_a_pair(put):
    old, new = put("a.txt", title(2023)), put("b.txt", title(2024))
    assert pair([old, new]) == {new: old}


def test_another_body_another_kind_or_a_gap_make_no_pair(put):
    new = put("b.txt", title(2024))
    for text in (title(2023, "另一市另一区行政审批局"), title(2023, kind="决算"), title(2022)):
        assert pair([new, put("a.txt", text)]) == {}


def test_two_candidates_make_none(put):
    paths = [put("a.txt", title(2023)), put("b.txt", title(2023)), put("c.txt", title(2024))]
    assert pair(paths) == {}


def test_a_document_given_beside_is_only_compared_with(put):
    old, new = put("a.txt", title(2023)), put("b.txt", title(2024))
    assert pair([new], [old]) == {new: old}


def test_the_head_is_read_in_any_encoding_and_format(put, tmp_path):
    expected = Head("某市某区行政审批服务管理局", 2023, "budget")
    assert head(put("a.txt", title(2023), "gb18030")) == expected
    assert head(put("a.md", "# " + title(2023).strip())) == expected
    page = "<html><head><title></title></head><body><h1>某市某区行政审批服务管理局2023年部门预算</h1></body></html>"
    assert head(put("a.html", page)) == expected
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        lines = "".join(f"<w:p><w:t>{line}</w:t></w:p>" for line in title(2023).split())
        archive.writestr("word/document.xml", f"<w:document>{lines}</w:document>")
    assert head(str(tmp_path / "a.docx")) == expected


def test_a_name_wrapped_over_lines_and_watermarks_is_joined(put):
    text = "样稿\n\n样稿\n\n某某综合改革示范区某某开发区行政\n\n样稿\n\n审批局\n\n2024年度部门预算公开\n"
    assert head(put("a.txt", text)) == Head("某某综合改革示范区某某开发区行政审批局", 2024, "budget")


@pytest.mark.parametrize("name", ["broken.pdf", "broken.docx", "broken.xlsx", "broken.txt"])
def test_a_broken_file_has_no_head(name, put):
    assert head(put(name, "%PDF-1.4 \x00 nothing")) is None


def test_a_file_that_is_not_there_has_no_head():
    assert head("nowhere.txt") is None


@pytest.mark.parametrize("harm", ["import os; os.kill(os.getpid(), 9)", "import time; time.sleep(60)"])
def test_a_pdf_that_brings_its_library_down_costs_its_own_head_only(harm, put, monkeypatch):
    def first_words(path, count):
        if "bad" in path:
            exec(harm)
        return title(2023)

    monkeypatch.setattr("openbook.reading.pdf.first_words", first_words)
    monkeypatch.setattr("openbook.scale.pairing.SECONDS", 0.5)
    bad, old, new = put("bad.pdf", ""), put("a.pdf", ""), put("b.txt", title(2024))
    assert pair([bad, old, new]) == {new: old}
