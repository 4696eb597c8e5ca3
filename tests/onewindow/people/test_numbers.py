"""Numbers of persons and organisations, and telephones."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.people import numbers
from tests.onewindow.people.bureau import identity

TODAY = date(2026, 5, 6)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(100000, 999999))
def test_every_number_that_follows_the_standard_is_taken_with_its_day_of_birth(born, order, region):
    number = identity(born.isoformat(), f"{order:03}", str(region))
    told = numbers.resident(number, TODAY)
    assert (told.number, told.born) == (number, born)


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_digit_written_wrong_is_found(where, digit):
    right = identity("1990-01-01")
    wrong = right[:where] + digit + right[where + 1 :]
    if wrong != right:
        with pytest.raises(numbers.Wrong):
            numbers.resident(wrong, TODAY)


@given(st.integers(0, 16))
def test_two_neighbours_exchanged_are_found(where):
    right = identity("1987-12-30", "461", "990321")
    wrong = right[:where] + right[where + 1] + right[where] + right[where + 2 :]
    if wrong != right:
        with pytest.raises(numbers.Wrong):
            numbers.resident(wrong, TODAY)


@pytest.mark.parametrize(
    "written", ["{n}", " {n} ", "{s}", "{w}", "{l}"], ids=["plain", "blanks", "parted", "wide", "small"]
)
def test_a_number_has_one_form_however_it_is_written(written):
    number = next(one for one in (identity("1990-01-01", f"{k:03}") for k in range(99)) if one.endswith("X"))
    wide = number.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789X"})
    shown = written.format(n=number, s=f"{number[:6]} {number[6:14]} {number[14:]}", w=wide, l=number.lower())
    assert numbers.resident(shown, TODAY).number == number


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("", "应为18位"),
        ("990000900101001", "15位"),
        ("99000019900101001", "现有17位"),
        ("99000019900230001X", "出生日期"),
        (identity("2026-05-07"), "不可能"),
        (identity("1880-01-01"), "不可能"),
        ("ABCDEF199001010011", "应为18位"),
    ],
)
def test_what_is_wrong_is_said(number, told):
    with pytest.raises(numbers.Wrong, match=told):
        numbers.resident(number, TODAY)


def test_a_region_that_is_not_known_is_a_warning():
    assert "不在行政区划表" in numbers.resident(identity("1990-01-01"), TODAY).warnings[0]


def test_a_region_that_was_renamed_before_his_birth_is_none():
    # 中原区 has its code since 1983; a number of 1960 with it is right all the same
    assert numbers.resident(identity("1960-01-01", "001", "410102"), TODAY).warnings == ()


@pytest.mark.parametrize(
    ("code", "warned"),
    [
        ("91350100M000100Y43", False),  # the example of GB 32100-2015
        ("91350100m000100y43", False),
        ("N2990000MF0000001K", True),
    ],
)
def test_credit_codes(code, warned):
    if code.startswith("N2"):
        from stdnum.cn import uscc

        code = code[:17] + uscc.calc_check_digit(code)
    told = numbers.credit_code(code)
    assert told.number == code.upper()
    assert bool(told.warnings) is warned


@pytest.mark.parametrize("code", ["", "91350100M000100Y44", "91350100M000100Y4", "91350100I000100Y43"])
def test_a_wrong_credit_code_is_refused(code):
    with pytest.raises(numbers.Wrong, match="统一社会信用代码"):
        numbers.credit_code(code)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13800000000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("(0371) 00000000", "037100000000"),
        ("010-00000000", "01000000000"),
        ("００００００００００００"[:11], "00000000000"),
    ],
)
def test_phones(written, kept):
    assert numbers.phone(written) == kept


@pytest.mark.parametrize("written", ["", "123", "12345678901", "138000000000", "电话", "110"])
def test_what_is_no_phone(written):
    with pytest.raises(numbers.Wrong, match="联系电话应为"):
        numbers.phone(written)


@pytest.mark.parametrize(
    ("born", "today", "under"),
    [
        (date(2012, 5, 6), date(2026, 5, 5), True),
        (date(2012, 5, 6), date(2026, 5, 6), True),  # the year is full on the day after
        (date(2012, 5, 6), date(2026, 5, 7), False),
        (date(2012, 2, 29), date(2026, 3, 1), True),
        (date(2012, 2, 29), date(2026, 3, 2), False),
    ],
)
def test_fourteen_years(born, today, under):
    assert numbers.under_fourteen(born, today) is under
