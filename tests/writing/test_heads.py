"""Where the words of a head part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.writing.heads import height, parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("政府性基金预算", ["政府性", "基金", "预算"]),
        ("2024年合计", ["2024年", "合计"]),
        ("一般公共预算", ["一般", "公共", "预算"]),
        ("总支出", ["总支出"]),
        ("", []),
    ],
)
def test_a_head_parts_between_its_words(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@given(st.text(alphabet="预算收入支出基金一般公共总计2024年（）", max_size=30))
def test_the_parts_are_the_text_and_none_is_empty(text: str) -> None:
    assert "".join(parts(text)) == text
    assert all(parts(text))


def test_a_line_ends_between_words_only() -> None:
    assert height("政府性基金预算", 5.0) == 2
    assert height("政府性基金预算", 4.0) == 2
    assert height("政府性基金预算", 7.0) == 1
    assert height("", 3.0) == 1


@given(st.text(alphabet="预算收入支出基金一般公共", max_size=30), st.floats(1.0, 20.0))
def test_no_fewer_lines_than_the_text_needs(text: str, room: float) -> None:
    assert height(text, room) >= -(-len(text) // room)
