"""Printed numbers, and what is none."""

import pytest

from openbook.money import Unit, parse_amount, parse_decimal
from tests.narrative.samples import claims


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", (123450, 2)),
        ("２，８０４．３７", (280437, 2)),
        ("2，804.37", (280437, 2)),
        ("198. 30", (19830, 2)),
        ("(5.00)", (-500, 2)),
        ("1 12", None),
        ("5.1.2", None),
    ],
)
def test_numbers_as_printed(text, number):
    assert parse_decimal(text) == number


@pytest.mark.parametrize("text", ["1" * 5000, "0." + "1" * 5000, "1," * 5000 + "111", "(" + "1" * 5000 + ")"])
def test_runs_of_digits_without_end_are_no_number(text):
    assert parse_decimal(text) is None
    assert parse_amount(text, Unit.WAN) is None


def test_a_sentence_with_decimals_without_end_is_read():
    assert claims("operating", f"机关运行经费5.{'1' * 6000}万元，比上年增加1.00万元。", "amount") == []
