"""No text may keep a reader busy: time grows with its length, whatever stands in it."""

import time

import pytest

from openbook.reading.repair import repair
from openbook.reading.text import read_text

SIZE = 40_000
SHAPES = {
    "bold": "**a" * SIZE,
    "stars": "*" * SIZE,
    "tags": "<b " * SIZE,
    "comments": "<!--" * SIZE,
    "images": "![a](" * SIZE,
    "entities": "&#" * SIZE,
    "pipes": "|a\n" * SIZE,
    "heading": "# a" + " " * SIZE + "b",
    "delimiter": "a|b\n-|-" + " " * SIZE + "x",
    "rule": "- " * SIZE + "x",
    "digits": "1" + " " * SIZE + "x",
    "points": "1. " * SIZE,
    "brackets": "(" * SIZE,
    "cut": ("预算，" * 12 + "\n") * (SIZE // 10),
    "watermarks": ("水印\n" * 3 + "预算，" * 12 + "，\n") * (SIZE // 30),
    "tables": "<table><tr><td>1\n" * (SIZE // 2),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_bounded(shape):
    begin = time.monotonic()
    read_text(SHAPES[shape], format="md")
    repair(SHAPES[shape])
    assert time.monotonic() - begin < 3
