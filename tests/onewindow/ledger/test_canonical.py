"""The canonical form: one spelling for each value, another for any other."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.ledger import verify_receipt
from onewindow.kernel.ledger.canonical import DEEPEST, GREATEST_INTEGER, check_json, encode
from onewindow.kernel.ledger.errors import LedgerError

VECTORS = json.loads((Path(__file__).parent / "vectors" / "canonical.json").read_text(encoding="utf-8"))
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
NAMES = st.text(st.characters(max_codepoint=0xFFFF, codec="utf-8", exclude_characters="\0"), max_size=5)
INTEGERS = st.integers(-GREATEST_INTEGER, GREATEST_INTEGER)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def alike(one: Any, other: Any) -> bool:
    """Equality that tells true from 1, as JSON does."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)


@given(VALUES, VALUES)
def test_two_values_have_two_spellings(one: Any, other: Any) -> None:
    assert (encode(one) == encode(other)) == alike(one, other)


@given(VALUES)
def test_a_value_is_read_back_as_it_was_by_any_reader_of_json(value: Any) -> None:
    check_json(value, "值")
    assert alike(json.loads(encode(value)), value)
    assert encode(json.loads(encode(value))) == encode(value)
    assert verify_receipt.canonical(value) == encode(value).encode("utf-8")


@given(st.dictionaries(NAMES, INTEGERS, max_size=8))
def test_the_order_of_members_does_not_matter_and_is_that_of_rfc_8785(value: dict[str, int]) -> None:
    turned = dict(reversed(list(value.items())))
    assert encode(turned) == encode(value)
    by_utf16 = sorted(value, key=lambda name: name.encode("utf-16-be"))
    assert list(json.loads(encode(value))) == by_utf16


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["title"])
def test_the_kept_spellings_come_out(vector: dict[str, Any]) -> None:
    assert encode(vector["value"]).encode("utf-8").hex() == vector["canonical"]


@given(st.text(st.characters(min_codepoint=0xF900, max_codepoint=0xFA0D), min_size=1, max_size=3))
def test_rare_characters_of_names_keep_their_form(name: str) -> None:
    normal = unicodedata.normalize("NFC", name)
    assert normal != name
    assert encode(normal) != encode(name)


def nested(depth: int, empty: Any) -> Any:
    value = empty
    for _ in range(depth):
        value = [value] if isinstance(empty, list) else {"a": value}
    return value


@pytest.mark.parametrize("empty", [[], {}], ids=["lists", "objects"])
def test_nesting_has_a_limit(empty: Any) -> None:
    check_json(nested(DEEPEST, empty), "值")
    for depth in (DEEPEST + 1, 100_000):
        with pytest.raises(LedgerError, match="嵌套"):
            check_json(nested(depth, empty), "值")


@pytest.mark.parametrize("sign", [1, -1])
def test_integers_stop_where_other_readers_round(sign: int) -> None:
    check_json(sign * GREATEST_INTEGER, "值")
    for number in (GREATEST_INTEGER + 1, 10**5000):
        with pytest.raises(LedgerError, match="改用文字"):
            check_json(sign * number, "值")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.0, "float"),
        (float("nan"), "float"),
        ({"a": [{"b": 0.5}]}, r"值\.a 第 1 项\.b"),
        ("a\0b", "空字符"),
        ("\ud800", "代理"),
        ({"\udc00": 1}, "代理"),
        ({"\U0001f600": 1}, "扩展平面"),
        ({1: 2}, "应为文字"),
        (b"bytes", "bytes"),
        ((1, 2), "tuple"),
        ({"a": {1, 2}}, "set"),
        ("字" * 100_000, "太大"),
    ],
)
def test_what_has_no_spelling_is_refused(value: Any, said: str) -> None:
    with pytest.raises(LedgerError, match=said):
        check_json(value, "值")
