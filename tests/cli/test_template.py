"""`openbook template`: the wording of a layout, ready to be edited."""

from __future__ import annotations

import pytest

from openbook.book.folder import write_folder
from openbook.book.load import load
from openbook.book.template import example
from openbook.composing.compose import compose
from openbook.composing.layout import build_of, buildable


@pytest.mark.parametrize("layout", buildable())
def test_the_template_printed_is_the_one_documents_are_made_of(layout, openbook):
    ran = openbook("template", layout)
    assert ran.status == 0
    assert ran.out == build_of(layout).document


def test_a_book_with_the_layouts_own_template_says_the_same(tmp_path, openbook):
    write_folder(example("shanxi-13-2024", 2025), tmp_path / "book")
    before = compose(load(tmp_path / "book")[0]).disclosure
    ran = openbook("template", "shanxi-13-2024", "-o", tmp_path / "book" / "explanation.md")
    assert ran.status == 0
    assert "explanation.md" in ran.out
    after = compose(load(tmp_path / "book")[0]).disclosure
    assert before is not None
    assert repr(before) == repr(after)  # cells are compared by identity


def test_a_template_that_was_edited_is_not_lost(tmp_path, openbook):
    edited = tmp_path / "explanation.md"
    edited.write_text("改过的", encoding="utf-8")
    ran = openbook("template", "hebei-9", "-o", edited)
    assert ran.status == 2
    assert "已经有了" in ran.err
    assert edited.read_text(encoding="utf-8") == "改过的"


def test_a_layout_that_is_mistyped_is_guessed(openbook):
    ran = openbook("template", "hebei9")
    assert ran.status == 2
    assert "是不是 hebei-9？" in ran.err
