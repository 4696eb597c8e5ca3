"""The words of layouts choose the right facts, and money carried forward is split between its years."""

from __future__ import annotations

import pytest

from openbook.book.checks.lines import balance
from openbook.book.model import APPROPRIATION, CATEGORIES, SOURCES
from openbook.composing.facts import (
    ROWS,
    UNIT_FUNDS,
    Fact,
    UnknownWord,
    check_words,
    chosen,
    column_words,
    facts_of,
)
from tests.composing.little import BUREAU, CENTRE, WAN, book

LINES = """
某局   2010301 30101 general         basic        current   1
某局   2010301 30302 general         basic        current   2
某局   2010301 30201 general         basic        carryover 4
某局   2010301 30212 general         basic        current   8
某局   2010301 30217 general         project:P1   current   16
某局   2010301 30231 capital         project:P2   current   32
某局   2010301 31013 fund            project:P1   carryover 64
某局   2010301 30913 general         project:P1   current   128
某中心 2080505 30108 special_account basic        current   256
某中心 2080505 30201 business        basic        current   512
某中心 2080505 30201 operations      operations   current   1024
某中心 2080505 30701 superior        superior     current   2048
某中心 2080505 30701 subordinate     subordinate  current   4096
某中心 2080505 30299 other           basic        carryover 8192
"""
FORWARD = "某局 2010302 general 16384"
REVENUE = "某局 general carryover 4"

# word -> 万元 of the facts it chooses: every line is another power of two
BY_WORD = {
    "current": 1 + 2 + 8 + 16 + 32 + 128 + 256 + 512 + 1024 + 2048 + 4096 + 16384,
    "carryover": 4 + 64 + 8192,
    "appropriation": 1 + 2 + 4 + 8 + 16 + 32 + 64 + 128 + 16384,
    "unit_funds": 512 + 1024 + 2048 + 4096 + 8192,
    "spent": 16383,
    "forward": 16384,
    "basic": 1 + 2 + 4 + 8 + 256 + 512 + 8192,
    "project": 16 + 32 + 64 + 128,
    "personnel": 1 + 2 + 256,
    "public": 16383 - 1 - 2 - 256,
    "agency": 1 + 2 + 4 + 8 + 16 + 32 + 64 + 128 + 16384,
    "three": 8 + 16 + 32 + 64 + 128,
    "abroad": 8,
    "reception": 16,
    "vehicle": 32 + 64 + 128,
    "purchase": 64 + 128,
    "running": 32,
    "general": 1 + 2 + 4 + 8 + 16 + 128 + 16384,
    "fund": 64,
    "capital": 32,
    "special_account": 256,
    "business": 512,
    "operations": 1024,
    "source:operations": 1024,
    "category:operations": 1024,
    "superior": 2048,
    "category:superior": 2048,
    "subordinate": 4096,
    "other": 8192,
    "project:P1": 16 + 64 + 128,
    "project:P9": 0,
    "unit:某中心": 256 + 512 + 1024 + 2048 + 4096 + 8192,
    "2010301": 255,
    "201": 255 + 16384,
    "20805": 256 + 512 + 1024 + 2048 + 4096 + 8192,
    "302": 4 + 8 + 16 + 32 + 512 + 1024 + 8192,
    "30201": 4 + 512 + 1024,
    "": 32767,
    "general current basic": 1 + 2 + 8,
    "agency spent fund": 64,
}


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    return facts_of(book(LINES, forward=FORWARD, revenue=REVENUE))


@pytest.mark.parametrize("words", BY_WORD)
def test_words_choose_the_right_facts(facts: list[Fact], words: str) -> None:
    check_words(words)
    assert sum(fact.amount for fact in chosen(facts, words)) == BY_WORD[words] * WAN


def test_every_source_is_a_word_and_they_part_the_money(facts: list[Fact]) -> None:
    for words in (SOURCES, ("appropriation", "special_account", "unit_funds")):
        found = [fact for word in words for fact in chosen(facts, word)]
        assert sorted(found) == sorted(facts)
    assert {*APPROPRIATION, "special_account", *UNIT_FUNDS} == set(SOURCES)


def test_categories_part_what_is_spent(facts: list[Fact]) -> None:
    found = [fact for key in CATEGORIES for fact in chosen(facts, f"category:{key}")]
    assert sorted(found) == sorted(chosen(facts, "spent"))


@pytest.mark.parametrize("words", ["nonsense", "current nonsense", "source", "２01x", "General"])
def test_an_unknown_word_is_told(facts: list[Fact], words: str) -> None:
    with pytest.raises(UnknownWord):
        check_words(words)
    with pytest.raises(UnknownWord):
        chosen(facts, words)


def test_every_fixed_line_chooses_by_known_words() -> None:
    for words in ROWS.values():
        check_words(words)


def test_a_revenue_column_leaves_out_what_was_carried_over(facts: list[Fact]) -> None:
    assert column_words("revenue", "appropriation") == "appropriation current"
    assert column_words("appropriation", "general") == "source:general"
    assert column_words("expenditure", "operations") == "category:operations"
    assert column_words("projects", "operations") == "source:operations"
    with pytest.raises(KeyError):
        column_words("expenditure", "nonsense")


# --- carried forward ------------------------------------------------------------------------


def _forward(lines: str, forward: str, revenue: str) -> list[tuple[str, str, int]]:
    facts = facts_of(book(lines, forward=forward, revenue=revenue))
    return [(fact.unit, fact.period, fact.amount) for fact in facts if not fact.category]


def test_what_was_carried_over_and_not_spent_is_carried_forward_first() -> None:
    found = _forward(
        "某局 2010302 30201 general project:P1 carryover 60",
        "某局 2010302 general 50",
        "某局 general carryover 100\n某局 general current 10",
    )
    assert found == [(BUREAU, "carryover", 40 * WAN), (BUREAU, "current", 10 * WAN)]


def test_money_of_this_year_is_carried_forward_whole_where_nothing_was_left_over() -> None:
    found = _forward(
        "某局 2010302 30201 general project:P1 current 60",
        "某局 2010302 general 40",
        "某局 general current 100",
    )
    assert found == [(BUREAU, "current", 40 * WAN)]


def test_several_lines_share_what_was_left_over_in_their_order() -> None:
    found = _forward(
        "某局 2010302 30201 general project:P1 current 60",
        "某局 2010302 general 15\n某局 2010301 general 30",
        "某局 general carryover 20\n某局 general current 85",
    )
    assert found == [
        (BUREAU, "carryover", 15 * WAN),
        (BUREAU, "carryover", 5 * WAN),
        (BUREAU, "current", 25 * WAN),
    ]


def test_each_unit_carries_its_own_money_forward() -> None:
    found = _forward(
        "某局 2010302 30201 general project:P1 carryover 100\n某中心 2010302 30201 general project:P2 carryover 30",
        "某局 2010302 general 10\n某中心 2010302 general 20",
        "某局 general carryover 100\n某局 general current 10\n某中心 general carryover 50",
    )
    assert found == [(BUREAU, "current", 10 * WAN), (CENTRE, "carryover", 20 * WAN)]


def test_sources_do_not_mix_when_they_are_carried_forward() -> None:
    found = _forward(
        "某局 2010302 30201 fund project:P1 current 5",
        "某局 2010302 general 10\n某局 2120899 fund 20",
        "某局 general current 10\n某局 fund carryover 20\n某局 fund current 5",
    )
    assert found == [(BUREAU, "current", 10 * WAN), (BUREAU, "carryover", 20 * WAN)]


def test_a_unit_that_the_book_does_not_list_is_taken_for_an_agency() -> None:
    made = book("别局 2010301 30201 general basic current 1")
    assert [fact.agency for fact in facts_of(made)] == [True]


def test_money_carried_over_cannot_be_spent_twice_behind_money_carried_forward() -> None:
    """Both sides balance in sum, but statements would say that more was carried over than was."""
    made = book(
        "某局 2010302 30201 general project:P1 carryover 120\n某局 2010302 30201 general project:P1 current 20",
        forward="某局 2010302 general 10",
        revenue="某局 general carryover 100\n某局 general current 50",
    )
    assert [fault.code for fault in balance(made)] == ["BK321"]
