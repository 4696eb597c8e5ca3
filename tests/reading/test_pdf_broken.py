"""Whatever bytes a file holds: a `Source` or `Unreadable`, nothing else, and soon."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.reading import pdf, pdf_grid, pdf_raw
from openbook.reading.errors import Unreadable
from openbook.reading.pdf import read_pdf
from openbook.source import Source
from tests.reading.paper import PICTURE, Page, encode, save

WHOLE = encode(
    [
        Page().table([50, 90, 130, 400], [100, 120, 140], [["类", "款", "合计"], ["201", "03", "1.00"]]),
        Page().text(50, 50, "说明").put(PICTURE),
    ],
    {"Title": "预算"},
)


def unreadable(folder: Path, data: bytes) -> str:
    path = folder / "坏.pdf"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read_pdf(str(path))
    return str(caught.value)


def test_empty(tmp_path):
    assert "空" in unreadable(tmp_path, b"")
    assert "空" in unreadable(tmp_path, b"\n \n")


def test_garbage(tmp_path):
    assert "不是 PDF" in unreadable(tmp_path, b"<html>404</html>")
    assert "损坏" in unreadable(tmp_path, b"%PDF-1.7\n" + bytes(range(256)) + b"\n%%EOF\n")


def test_cut_off(tmp_path):
    assert "不完整" in unreadable(tmp_path, WHOLE[: len(WHOLE) // 2])
    linear = b"%PDF-1.7\n1 0 obj\n<</Linearized 1/L 99999/O 4>>\nendobj\n%%EOF\n"
    assert "不完整" in unreadable(tmp_path, linear)


def test_no_pages(tmp_path):
    assert "页" in unreadable(tmp_path, encode([]))


def test_missing(tmp_path):
    with pytest.raises(Unreadable, match="打不开"):
        read_pdf(str(tmp_path / "没有.pdf"))


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_BYTES", 100)
    assert "大于" in unreadable(tmp_path, WHOLE)


def test_encrypted(tmp_path):
    secret = b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"11" * 32,
        b"22" * 32,
    )
    assert "已加密" in unreadable(tmp_path, WHOLE.replace(b"/Root 1 0 R", b"/Root 1 0 R" + secret))


def nested(depth: int, times: int, packed: bool) -> bytes:
    """Form objects that each show the next one several times."""
    whole = encode([Page().text(50, 50, "文").as_form("1 0 0 1 0 0")])
    forms = b""
    for number in range(100, 100 + depth):
        body = b"/X Do " * times if number < 99 + depth else b"0 0 m 9 9 l S"
        body = zlib.compress(body) if packed else body
        forms += b"%d 0 obj<</Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>%s/Length %d>>stream\n" % (
            number, number + 1, b"/Filter/FlateDecode" if packed else b"", len(body),
        ) + body + b"\nendstream endobj\n"  # fmt: skip
    return whole.replace(b"xref", forms + b"xref", 1)


@pytest.mark.parametrize("packed", [False, True])
def test_forms_within_forms_without_end(tmp_path, packed):
    assert "层层嵌套" in unreadable(tmp_path, nested(30, 2, packed))
    assert "层层嵌套" in unreadable(tmp_path, nested(4, 1000, packed))
    path = tmp_path / "好.pdf"
    path.write_bytes(nested(3, 5, packed))
    assert [one.text for one in read_pdf(str(path)).paragraphs()] == ["文"]


def test_a_lost_page_is_said(tmp_path):
    path = tmp_path / "缺页.pdf"
    path.write_bytes(
        encode([Page().text(50, 50, "前"), Page().text(50, 50, "后")]).replace(
            b"/Type/Page/P", b"/Tipe/Page/P", 1
        )
    )
    source = read_pdf(str(path))
    assert [one.text for one in source.paragraphs()][-1] == "后"


def test_limits_are_said(tmp_path, monkeypatch):
    pages = [Page().table([50, 90, 130], [100, 120], [["甲", "乙"]]) for _ in range(3)]
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    monkeypatch.setattr(pdf_raw, "MAX_OBJECTS", 4)
    monkeypatch.setattr(pdf_raw, "MAX_GLYPHS", 1)
    source = read_pdf(save(tmp_path, *pages))
    assert source.pages == 3
    assert [problem.place.page for problem in source.problems] == [2, 1, 2]
    assert {problem.code for problem in source.problems} == {"OB006"}


def test_too_much_text_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_LETTERS", 10)
    source = read_pdf(save(tmp_path, *[Page().text(50, 50, "正文有八个字呢。") for _ in range(4)]))
    assert [(one.code, one.place.page) for one in source.problems] == [("OB006", 3)]
    assert len(list(source.paragraphs())) == 2


def test_too_many_lines_are_said(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_grid, "MAX_PAIRS", 3)
    source = read_pdf(save(tmp_path, Page().table([50, 90, 130], [100, 120], [["甲", "乙"]])))
    assert "线条异常多" in source.problems[0].message
    assert [one.text for one in source.paragraphs()] == ["甲 乙"]


@settings(max_examples=150, deadline=5_000)
@given(st.data())
def test_any_damage_is_bearable(tmp_path_factory, data):
    body = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(0, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, len(body)))
    gone = data.draw(st.integers(0, 60))
    del body[start : start + gone]
    path = tmp_path_factory.mktemp("damage") / "坏.pdf"
    path.write_bytes(
        bytes(body[: data.draw(st.integers(0, len(body)))]) + data.draw(st.sampled_from([b"", b"\n%%EOF"]))
    )
    outcome: object
    try:
        outcome = read_pdf(str(path))
    except Unreadable as error:
        outcome = str(error)
    assert isinstance(outcome, Source) or outcome


@settings(max_examples=80, deadline=5_000)
@given(st.lists(st.tuples(*[st.floats(-50, 900)] * 4), max_size=40))
def test_any_lines_make_even_tables(boxes):
    across = [(min(a, c), b, max(a, c), b) for a, b, c, _ in boxes]
    upright = [(a, min(b, d), a, max(b, d)) for a, b, _, d in boxes]
    for grid in pdf_grid.find_grids(across, upright) or []:
        assert len(grid.owner) == len(grid.ys) - 1
        assert {len(row) for row in grid.owner} == {len(grid.xs) - 1}
        covered = sum(slot.span * slot.down for slot in grid.slots)
        assert covered == len(grid.owner) * len(grid.owner[0])
        assert all(index >= 0 for row in grid.owner for index in row)
