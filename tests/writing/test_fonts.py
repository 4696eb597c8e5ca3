"""The fonts that OpenBook carries have what published budgets are written with, and say what they lack."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from openbook.writing import fonts

ROOT = Path(__file__).parent.parent.parent


def test_both_fonts_are_there_with_their_licence() -> None:
    names = {path.name for path in fonts.folder().iterdir()}
    assert {"NotoSerifCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf", "OFL.txt"} <= names
    assert "SIL OPEN FONT LICENSE" in (fonts.folder() / "OFL.txt").read_text(encoding="utf-8")
    assert fonts.for_typst().families() == [fonts.SANS, fonts.SERIF]


def test_a_font_is_small_enough_to_be_carried() -> None:
    assert all(path.stat().st_size < 4_000_000 for path in fonts.folder().glob("*.otf"))


def test_every_character_of_gb_2312_is_covered() -> None:
    hanzi = [
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    ]
    text = "".join(hanzi)
    assert len(text) == 6763
    assert fonts.missing(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "“三公”经费（万元）：≥95% ≤15 ±0.5‰",
        "①②⑩ ⅠⅣⅫ ℃ ㎡ ㎥ × ÷ ° § № ¥￥ — …… · 《》〈〉【】〔〕",
        "珺喆瑄玥㛃𬭚",
        "√→■□●○▲★〓",
    ],
)
def test_signs_and_rare_names_are_covered(text: str) -> None:
    assert fonts.missing(text) == ""


@pytest.mark.parametrize("folder", ["src/openbook/accounts", "src/openbook/statements", "samples"])
def test_accounts_layouts_and_samples_are_covered(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in (".csv", ".toml", ".txt", ".md")]
    assert files
    for path in files:
        assert fonts.missing(path.read_text(encoding="utf-8")) == "", path


def test_what_is_missing_is_named_once_in_order() -> None:
    assert fonts.missing("预\ue123算𪚥\ue123表𠮷𪚥") == "\ue123𪚥𠮷"


def test_what_leaves_no_mark_is_never_missing() -> None:
    assert fonts.missing("a\nb\u200b\u202e\x00\t") == ""


def test_the_list_of_characters_is_what_the_fonts_have() -> None:
    """Every character of the list is drawn by both fonts: an archivable PDF refuses an empty box."""
    listed = "".join(sorted(letter for letter in fonts.covered() if letter.strip()))
    for family, weight in ((fonts.SERIF, "regular"), (fonts.SANS, "bold")):
        page = f'#set document(title: [x])\n#set text(font: "{family}", weight: "{weight}", fallback: false)\n#sys.inputs.text'
        pdf = typst.compile(
            page.encode(),
            font_paths=fonts.for_typst(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["a-2b"],
            sys_inputs={"text": listed},
        )
        assert pdf.startswith(b"%PDF-")


def test_digits_are_all_as_wide() -> None:
    widths = set()
    for digit in "0123456789":
        page = f'#set text(font: "{fonts.SERIF}", size: 100pt)\n#context [#metadata(measure("{digit}").width.pt())<wide>]'
        compiler = typst.Compiler(page.encode(), font_paths=fonts.for_typst(), ignore_system_fonts=True)
        widths.add(compiler.query("<wide>", field="value", one=True))
    assert len(widths) == 1


@given(st.text())
def test_plain_text_has_nothing_that_cannot_be_seen(text: str) -> None:
    plain = fonts.plain(text)
    assert fonts.plain(plain) == plain
    plain.encode("utf-8")
    assert not any(letter < " " and letter != "\n" for letter in plain)


@given(st.text())
def test_plain_text_loses_nothing_that_can_be_seen(text: str) -> None:
    seen = [letter for letter in text if letter.isprintable()]
    assert [letter for letter in fonts.plain(text) if letter.isprintable() and letter != " "] == [
        letter for letter in seen if letter != " "
    ]
