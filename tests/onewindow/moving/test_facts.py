"""What is told with a step is checked against what the step declares; every fault is told at once."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.errors import FactsInvalid
from onewindow.kernel.facts import checked
from onewindow.kernel.ledger.canonical import check_json
from onewindow.kernel.procedure import START, Fact, Kind, Role, State, Step

ALL = Step(
    "all",
    "全部",
    START,
    State("x", "x"),
    (Role.WINDOW,),
    facts=(
        Fact("text", "意见", longest=10),
        Fact("day", "日期", Kind.DAY),
        Fact("days", "天数", Kind.DAYS),
        Fact("yes", "是否", Kind.YES),
        Fact("choice", "选项", Kind.CHOICE, choices=(("a", "甲"), ("b", "乙"))),
        Fact("materials", "材料", Kind.MATERIALS),
        Fact("more", "备注", required=False),
    ),
)
GOOD = {
    "text": "同意",
    "day": "2026-05-08",
    "days": 5,
    "yes": True,
    "choice": "a",
    "materials": [{"name": "章程", "problem": "缺页"}],
}


def faults(**told):
    with pytest.raises(FactsInvalid) as caught:
        checked(ALL, {**GOOD, **told})
    return {(fault.key, fault.code) for fault in caught.value.faults}


def test_what_is_right_goes_into_the_ledger_as_it_is():
    assert checked(ALL, GOOD) == GOOD


def test_what_a_form_sends_is_understood():
    told = {**GOOD, "days": "5", "yes": "on", "text": "  同意 ", "more": "  "}
    assert checked(ALL, told) == GOOD


def test_all_faults_are_told_at_once():
    with pytest.raises(FactsInvalid) as caught:
        checked(ALL, {"else": 1})
    assert [fault.key for fault in caught.value.faults] == [
        "else",
        "text",
        "day",
        "days",
        "yes",
        "choice",
        "materials",
    ]
    assert "请填写“意见”" in caught.value.message


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("text", 7, "type"),
        ("text", "字" * 11, "too-long"),
        ("text", "a\0b", "characters"),
        ("text", "\ud800", "characters"),
        ("day", "2026-02-30", "day"),
        ("day", "明天", "day"),
        ("day", 20260508, "day"),
        ("days", 0, "days"),
        ("days", "5.5", "days"),
        ("days", True, "days"),
        ("days", "９", "days"),
        ("days", 10**9, "days"),
        ("yes", "perhaps", "yes"),
        ("choice", "丙", "choice"),
        ("choice", ["a"], "choice"),
        ("materials", "章程", "materials"),
        ("materials", [{"name": "章程"}], "materials"),
        ("materials", [{"name": "", "problem": "缺"}], "missing"),
        ("materials", [{"name": "章", "problem": "缺"}] * 201, "materials"),
    ],
)
def test_what_is_wrong_is_named_with_its_code(key, value, code):
    assert faults(**{key: value}) == {(key, code)}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([fact.key for fact in ALL.facts]) | st.text(max_size=4), ANYTHING))
def test_whatever_is_told_is_refused_or_fit_for_the_ledger(told):
    with suppress(FactsInvalid):
        check_json(checked(ALL, told), "facts")
