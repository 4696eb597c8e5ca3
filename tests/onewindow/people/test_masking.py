"""What stays of a value where nobody gave a reason to see it whole."""

import pytest

from onewindow.people import masking


@pytest.mark.parametrize(
    ("value", "shown"),
    [("某", "*"), ("某甲", "某*"), ("某某甲", "某*甲"), ("某某某甲", "某*某甲"), ("某某某·某某某", "某*****某"),
     ("AB CDEF", "A*** C***"), ("", "")],
)  # fmt: skip
def test_names(value, shown):
    assert masking.name(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("990000199001010013", "990000********0013"), ("E00000078", "E******78"), ("AB123", "A**23")],
)
def test_numbers_of_documents(value, shown):
    assert masking.identity(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("13800001234", "138****1234"), ("037100001234", "037*******34"), ("00000000000", "000******00")],
)
def test_phones(value, shown):
    assert masking.phone(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("某省某市某区某街道某路1号院2单元", "某省某市某区某街道****"),
        ("某省某县某镇某村3组", "某省某县某镇****"),
        ("某省某市某区某路1号", "某省某市某区****"),
        ("某路12号院镇海小区3号楼", "****"),
        ("12号", "****"),
        ("", "****"),
    ],
)
def test_addresses(value, shown):
    assert masking.address(value) == shown
