"""Whatever people type, a PDF prints it as it is, within its page and its cell."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.disclosure import Block, Chart, Contents, Cover, Disclosure, GridCell, Heading, Point, Table
from openbook.writing import fonts
from openbook.writing.pdf import unprintable, write_pdf
from openbook.writing.pdf_layout import words
from openbook.writing.pdf_tables import INSET, LONG, SIZES, UPRIGHT, Need, fit
from tests.writing.pages import body, texts, written
from tests.writing.sample import DEPARTMENT, YEAR

NO_FONT = "\ue123"  # for private use: no font has anything for it
HOSTILE = [
    "#panic() #import \"x\" $x^2$ *粗* _斜_ `码` <label> @ref \\ // 注释 /* */ = 标题",
    "#{sys.inputs} [#set page(fill: red)] ~ --- ... 'a' \"b\" - + 1. / http://a.cn/?q=1",
    "{\"title\": \"\\u0000\"} \\n </svg> &amp; %s {0}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_as_it_is(text: str, tmp_path: Path) -> None:
    cells = [[GridCell(text)], [GridCell("后")]]
    table = Table("t", "list", text, cells, 0, (1,), (text, text), notes=(text,))
    made = written(
        tmp_path / "a.pdf", Cover(text, (text,)), Contents(), Heading(1, text, "a<b>"), body(text), table
    )
    squeezed = text.replace(" ", "")
    assert made.replace(" ", "").count(squeezed) >= 8


def test_controls_are_left_out(tmp_path: Path) -> None:
    assert "甲乙丙丁" in written(tmp_path / "a.pdf", body("甲\x00乙\x1b丙\u202e\ufeff\ud800丁"))


def test_a_very_long_word_stays_on_the_page(tmp_path: Path) -> None:
    word = "A1-" * 400
    narrow = Table(
        "t", "list", "表", [[GridCell(word), GridCell(word), GridCell("1.00", "right")]], 0, (1, 1, 1)
    )
    made = written(tmp_path / "a.pdf", body(word), narrow)
    assert made.count("A1-") >= 1200
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        for page in pdf:
            text = page.get_textpage()
            rights = [text.get_charbox(index)[2] for index in range(text.count_chars())]
            assert max(rights) < page.get_width() - 60


def test_a_cell_longer_than_a_page_goes_on(tmp_path: Path) -> None:
    text = "".join(f"第{number}项工作按计划推进；" for number in range(700))
    table = Table("t", "form", "表", [[GridCell("计划"), GridCell(text)]], 0, (1, 5))
    write_pdf(Disclosure("题目", DEPARTMENT, YEAR, "", "department", [table]), tmp_path / "a.pdf")
    pages = texts(tmp_path / "a.pdf")
    assert len(pages) > 1
    joined = "".join(page.rpartition("—")[0].rpartition("—")[0] for page in pages).replace("\n", "")
    assert all(f"第{number}项" in joined for number in range(700))


def test_line_ends_are_kept(tmp_path: Path) -> None:
    write_pdf(
        Disclosure("题目", DEPARTMENT, YEAR, "", "department", [body("第一行\n第二行")]), tmp_path / "a.pdf"
    )
    assert "第一行\n第二行" in texts(tmp_path / "a.pdf")[0]


def test_a_disclosure_without_anything_is_a_page(tmp_path: Path) -> None:
    assert write_pdf(Disclosure("题目", DEPARTMENT, YEAR, "", "department"), tmp_path / "a.pdf") == {}
    assert len(texts(tmp_path / "a.pdf")) == 1


def test_what_no_font_has_is_named_and_printed_as_a_full_square(tmp_path: Path) -> None:
    assert unprintable(f"预{NO_FONT}算{NO_FONT}") == NO_FONT
    points = (Point(f"甲{NO_FONT}", "1.00", 100, ""),)
    made = written(tmp_path / "a.pdf", body(f"预{NO_FONT}算"), Chart("c", "bar", "图", "万元", points))
    assert "预〓算" in made
    assert "甲〓" in made


def test_a_rare_character_is_taken_from_the_machine_if_it_has_it(tmp_path: Path) -> None:
    rare = "𠮷"
    assert fonts.missing(rare) == rare
    made = written(tmp_path / "a.pdf", body(f"姓{rare}名12"))
    assert f"姓{'〓' if unprintable(rare) else rare}名12" in made


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=15), min_size=6, max_size=6))
def test_any_text_at_all_makes_a_file(texts: list[str]) -> None:
    title, above, note, cell, label, unit = texts
    table = Table("t", "statement", title, [[GridCell(cell)]], 1, (1,), (above, unit), note, (note,))
    points = (Point(label, cell, 2, ""), Point(note, above, 1, ""))
    charts = (Chart("c", kind, title, unit, points) for kind in ("pie", "bar"))
    blocks: list[Block] = [
        Cover(title),
        Contents(label),
        Heading(1, above, "h"),
        body(note + cell),
        table,
        *charts,
    ]
    with TemporaryDirectory() as folder:
        pages = write_pdf(Disclosure(title, above, YEAR, "", "department", blocks), Path(folder) / "a.pdf")
    assert set(pages) == {"h", "t"}


def test_what_has_no_text_is_no_heading(tmp_path: Path) -> None:
    table = Table("t", "list", "", [[GridCell("甲")]], 0, (1,))
    path = tmp_path / "a.pdf"
    pages = write_pdf(
        Disclosure("", "", YEAR, "", "department", [Contents(""), Heading(1, " ", "h"), table]), path
    )
    assert set(pages) == {"h", "t"}
    with pypdfium2.PdfDocument(path) as pdf:
        assert list(pdf.get_toc()) == []
        assert pdf.get_metadata_dict()["Title"] == f"{YEAR}年部门预算"


def test_a_skipped_level_of_headings_does_not_break_the_outline(tmp_path: Path) -> None:
    assert "三级" in written(
        tmp_path / "a.pdf", Heading(3, "三级", "a"), Heading(1, "一级", "b"), Heading(3, "又三级", "c")
    )


# --- widths -----------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 8), st.integers(0, 30)), min_size=1, max_size=9))
def test_columns_fill_the_page_and_have_what_they_need(columns: list[tuple[int, int, int]]) -> None:
    needs = [Need(least, *(least + more * part for part in (0.3, 0.4, 0.5, 1))) for _, least, more in columns]
    size, widths = fit(tuple(float(weight) for weight, _, _ in columns), needs, UPRIGHT.width)
    assert sum(widths) == pytest.approx(UPRIGHT.width)
    if size > SIZES[-1]:
        assert all(
            wide >= need.least * size + 2 * INSET - 0.01 for wide, need in zip(widths, needs, strict=True)
        )


@given(st.text(alphabet="预算ab12 -\n", max_size=120))
def test_pieces_lose_nothing_and_none_is_too_long(text: str) -> None:
    lines = words(text)
    assert "\n".join("".join(line) for line in lines) == fonts.plain(text)
    for line in lines:
        for piece in line:
            assert all(len(word) <= 2 * LONG for word in re.findall(r"[!-~]+", piece))
