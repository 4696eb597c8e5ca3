"""The shared text of a document: words of all rules are found in one pass, as each alone would be."""

import re

import pytest

from openbook.rules import scan as module
from openbook.rules.scan import Scan, ask
from tests.rules.wording import document

WORDS = ("甲乙丙", "甲乙", "乙丙丁", "丙", "××", "某某")
ask(lambda: WORDS)


def _alone(text: str, word: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(word), text)]


@pytest.mark.parametrize(
    "text", ["甲乙丙丁甲乙", "乙丙丁丙", "×××××年", "某某某局\n某某\n甲乙\t丙", "没有", "甲乙甲乙丙甲"]
)
def test_words_that_overlap_are_all_found(text: str):
    scan = Scan(document(text))
    assert {word: list(scan.find(word)) for word in WORDS} == {
        word: _alone(scan.text, word) for word in WORDS
    }


def test_a_word_nobody_asked_for_is_found_too():
    scan = Scan(document("甲乙丙丁戊"))
    assert "丁戊" not in module._vocabulary(len(module._asked)).within
    assert list(scan.find("丁戊")) == [3]


def test_lines_with_a_word_come_once_and_in_order():
    scan = Scan(document("一某某二某某\n\n无\n\n某某三"))
    assert [line.text for line in scan.lines_with("某某", "三")] == ["一某某二某某", "某某三"]


def test_full_width_digits_are_searched_as_digits():
    scan = Scan(document("电话１０"))
    assert list(scan.find("10")) == [2]
    assert scan.locate(2, 4).value == "10"
