"""Values of indicators as they are printed and as scanners misread them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.reading.forms_targets import understand


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥ 95 %", (">=", 950_000, "%")),
        ("≥95 百分比", (">=", 950_000, "%")),
        ("≪6 台", ("<=", 60_000, "台")),
        ("＜300 元/家", ("<", 3_000_000, "元/家")),
        ("=100.00(%)", ("=", 1_000_000, "%")),
        ("38,174元", (None, 381_740_000, "元")),
        ("23万元", (None, 230_000, "万元")),
        ("≥1200 ↑", (">=", 12_000_000, "个")),
        ("不少于5次", (">=", 50_000, "次")),
        ("至少达到90%", (">=", 900_000, "%")),
        ("居民参与率不低于 100%", (">=", 1_000_000, "%")),
        ("可控性100%", (None, 1_000_000, "%")),
        ("30天以内", ("<=", 300_000, "天")),
        ("188000", (None, 1_880_000_000, "")),
    ],
)
def test_values_with_a_number(text, expected):
    assert understand(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "及时", "2023 年底前", "12月底前完成", "2021年12月前完成", "提高100%", "提高12月", "5人,每人3次"],
)
def test_values_without_one_clear_number(text):
    assert understand(text)[1] is None


@given(st.text(max_size=90))
def test_any_text_is_understood_or_left(text):
    operator, number, _ = understand(text)
    assert operator in (None, ">=", "<=", "=", ">", "<")
    assert number is None or number >= 0
