"""How figures compare with last year is said truly, and what the book lacks to say it is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.book.model import Prior, Words
from openbook.composing.figures import Amount, LastYear
from openbook.composing.saying import Said, composition
from openbook.composing.telling import (
    CLOSE,
    MARKS,
    OPEN,
    Teller,
    growth,
    hundredths,
    inline,
    runs_of,
    unchanged,
)
from tests.book.books import BUREAU, small_book

STEP = 10_000  # fen in 0.01 万元


def teller(prior: dict[str, int], reasons: dict[str, str] | None = None, unit: str = "") -> Teller:
    book = small_book()
    book.prior = [Prior(item, fen, unit) for item, fen in prior.items()]
    book.reasons = {item: Words(text) for item, text in (reasons or {}).items()}
    return Teller(book, LastYear(book, unit), {"2010301": "行政运行"}, unit)


def said(now: int, then: int, reason: str = "人员调入") -> tuple[str, Teller]:
    """``比上年`` of an amount; both in fen."""
    telling = teller({"basic": then}, {"basic": reason} if reason else {})
    amount = Amount("基本支出", (now + STEP // 2) // STEP, now, "expenditure/total/basic", "basic")
    words = str(Said(telling, amount)["比上年"])
    return "".join(run.text for run in runs_of(words, telling.claims)), telling


def wan(text: str) -> int:
    return int(text.replace(".", "")) * STEP


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ("120.00", "100.00", "比上年增加20.00万元，增长20.00%，主要原因是人员调入"),
        ("80.00", "100.00", "比上年减少20.00万元，下降20.00%，主要原因是人员调入"),
        ("100.00", "100.00", "与上年持平"),
        ("100.00", "0.00", "比上年增加100.00万元，主要原因是人员调入"),
        ("0.00", "100.00", "比上年减少100.00万元，下降100.00%，主要原因是人员调入"),
        ("0.00", "0.00", "与上年持平"),
        ("100000.01", "100000.00", "比上年增加0.01万元，主要原因是人员调入"),  # 0.00 % is not said
        ("99999.99", "100000.00", "比上年减少0.01万元，主要原因是人员调入"),
        ("30.01", "30.00", "比上年增加0.01万元，增长0.03%，主要原因是人员调入"),
        ("1.00", "3.00", "比上年减少2.00万元，下降66.67%，主要原因是人员调入"),
        ("300.00", "1.00", "比上年增加299.00万元，增长29900.00%，主要原因是人员调入"),
    ],
)
def test_a_change_is_said(now: str, then: str, words: str) -> None:
    text, telling = said(wan(now), wan(then))
    assert text == words
    assert telling.faults == []


def test_what_differs_by_less_than_is_printed_is_almost_the_same() -> None:
    text, telling = said(wan("100.00") + 3, wan("100.00"))
    assert text == "与上年基本持平"
    assert telling.claims[-1].kind == "flat"


def test_claims_carry_values_with_their_sign() -> None:
    _, telling = said(wan("80.00"), wan("100.00"))
    change, rate = telling.claims
    assert (change.kind, change.text, change.value) == ("change", "20.00万元", -wan("20.00"))
    assert (rate.kind, rate.text, rate.value) == ("growth", "20.00%", -200_000)
    assert change.cells == rate.cells == ("expenditure/total/basic", "prior/basic")
    assert telling.cells["prior/basic"].text == "100.00"


@pytest.mark.parametrize(
    ("now", "then", "rate"),
    [
        (3, 2, 5000),
        (10_000, 9_999, 1),
        (20_001, 20_000, 1),
        (20_002, 20_001, None),
        (1, 0, None),
        (5, 5, None),
    ],
)
def test_growth_is_rounded_half_up(now: int, then: int, rate: int | None) -> None:
    assert growth(now, then) == rate


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_growth_is_the_nearest_hundredth_of_a_percent(now: int, then: int) -> None:
    rate = growth(now, then) or 0
    assert abs(rate * then - abs(now - then) * 10_000) * 2 <= then


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any))
def test_shares_of_a_complete_whole_add_up_to_a_hundred_percent(parts: list[int]) -> None:
    amounts = [Amount(f"项{n}", part, part * STEP, f"a/{n}/b") for n, part in enumerate(parts)]
    whole = Amount("合计", sum(parts), sum(parts) * STEP, "a/total/b")
    shares = hundredths(amounts, whole)
    assert sum(shares) == 10_000
    for part, share in zip(parts, shares, strict=True):
        assert abs(share * whole.steps - part * 10_000) < whole.steps


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=9), st.integers(1, 10**6))
def test_shares_of_some_parts_are_rounded_each_for_itself(parts: list[int], rest: int) -> None:
    whole = sum(parts) + rest
    amounts = [Amount(f"项{n}", part, part, f"a/{n}/b") for n, part in enumerate(parts)]
    for part, share in zip(parts, hundredths(amounts, Amount("合计", whole, whole, "w")), strict=True):
        assert abs(share * whole - part * 10_000) * 2 <= whole


def test_shares_of_nothing_are_nothing() -> None:
    nothing = Amount("无", 0, 0, "a/b/c")
    assert hundredths([nothing, nothing], nothing) == [0, 0]


def test_parts_say_their_share() -> None:
    telling = teller({})
    whole = Said(telling, Amount("合计", 300, 3_000_000, "w"))
    parts = [Said(telling, Amount(f"项{n}", 100, 1_000_000, f"p{n}")) for n in range(3)]
    shares = [str(part["占比"]) for part in composition(telling, whole, parts)]
    assert ["".join(run.text for run in runs_of(share, telling.claims)) for share in shares] == [
        "33.34%", "33.33%", "33.33%",
    ]  # fmt: skip
    assert telling.claims[0].cells == ("p0", "w")
    assert telling.claims[0].value == 333_400


# --- what the book lacks ------------------------------------------------------------------------


def test_a_change_without_a_reason_is_a_fault_that_names_topic_and_table() -> None:
    text, telling = said(wan("2.00"), wan("1.00"), reason="")
    assert text == "比上年增加1.00万元，增长100.00%"
    (fault,) = telling.faults
    assert (fault.code, fault.spot.file) == ("BK502", "reasons.csv")
    assert "基本支出" in fault.message
    assert "变动原因" in fault.mend
    assert "变动原因" in fault.mend


def test_no_change_wants_no_reason() -> None:
    assert said(wan("1.00"), wan("1.00"), reason="")[1].faults == []


def test_a_blank_reason_is_none() -> None:
    assert [fault.code for fault in said(wan("2.00"), wan("1.00"), reason=" \n")[1].faults] == ["BK502"]


def test_a_figure_without_last_year_is_a_fault_that_names_topic_and_table() -> None:
    telling = teller({})
    amount = Amount("行政运行", 1, STEP, "a/b/c", "2010301")
    for _ in range(3):
        assert str(Said(telling, amount)["比上年"]) == ""
    (fault,) = telling.faults
    assert (fault.code, fault.spot.file) == ("BK501", "prior.csv")
    assert "2010301 行政运行" in fault.message
    assert "没有写 0" in fault.mend


def test_a_sum_without_last_year_asks_for_its_parts() -> None:
    telling = teller({"abroad": 0, "reception": 0})
    assert telling.before(Amount("“三公”经费", 0, 0, "a"), "three_public") is None
    assert len(telling.faults) == 2
    assert "公务用车购置费" in telling.faults[0].message
    assert "公务用车运行维护费" in telling.faults[1].message


def test_what_a_unit_lacks_is_asked_for_by_its_name() -> None:
    telling = teller({}, unit=BUREAU)
    telling.before(Amount("基本支出", 0, 0, "a"), "basic")
    assert f"（单位：{BUREAU}）" in telling.faults[0].mend


def test_a_reason_is_that_of_the_unit() -> None:
    telling = teller({"basic": 0}, {"basic": "全部门的", f"basic {BUREAU}": "本单位的。"}, unit=BUREAU)
    amount = Amount("基本支出", 1, STEP, "a", "basic")
    assert str(Said(telling, amount)["原因"]) == "本单位的"


# --- words of a value -----------------------------------------------------------------------------


def test_every_word_of_a_figure_says_something() -> None:
    telling = teller({"basic": wan("2.00")}, {"basic": "调入"})
    figure = Said(telling, Amount("基本支出", 300, wan("3.00"), "a", "basic"))
    texts = {
        word: "".join(run.text for run in runs_of(str(figure[word]), telling.claims)) for word in Said.words
    }
    assert texts == {
        "名称": "基本支出",
        "上年数": "2.00万元",
        "增减": "增加1.00万元，增长50.00%",
        "增减幅度": "增加50.00%",
        "原因": "调入",
        "变了": "True",
        "比上年": "比上年增加1.00万元，增长50.00%，主要原因是调入",
        "比上年预算": "比2023年预算增加1.00万元，增长50.00%，主要原因是调入",
    }
    with pytest.raises(KeyError):
        figure["没有这个词"]


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [(1, 0, "增加0.01万元"), (2, 2, "持平"), (1, 2, "减少50.00%"), (0, 1, "减少100.00%")],
)
def test_the_rate_alone(now: int, then: int, words: str) -> None:
    telling = teller({"basic": then * STEP})
    rate = Said(telling, Amount("基本支出", now, now * STEP, "a", "basic"))["增减幅度"]
    assert "".join(run.text for run in runs_of(rate, telling.claims)) == words


def test_a_figure_is_true_where_there_is_money_however_little() -> None:
    telling = teller({})
    assert Said(telling, Amount("甲", 0, 1, "a"))
    assert not Said(telling, Amount("甲", 0, 0, "a"))


def test_a_figure_without_a_topic_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="没有上年数可比"):
        str(Said(teller({}), Amount("本年收入", 1, STEP, "a"))["比上年"])


def test_amounts_of_the_prose_keep_their_sign() -> None:
    assert Amount("甲", -5, -1, "a").text == "-0.05万元"
    assert Amount("甲", 123_456, 1, "a").text == "1234.56万元"


# --- marks ------------------------------------------------------------------------------------------


def test_marks_become_runs_that_remember_their_claim() -> None:
    telling = teller({})
    text = f"共{telling.amount(Amount('甲', 100, STEP * 100, 'a'))}，**其中{telling.count(3, '个')}**。"
    assert [tuple(run) for run in runs_of(text, telling.claims)] == [
        ("共", False, ""), ("1.00万元", False, "claim-1"), ("，", False, ""),
        ("其中", True, ""), ("3个", True, "claim-2"), ("。", False, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hostile", [OPEN, CLOSE, f"{OPEN}{CLOSE}", f"{OPEN}x{CLOSE}", f"{OPEN}99{CLOSE}", f"{OPEN}0", f"0{CLOSE}"]
)
def test_marks_that_no_claim_stands_behind_vanish(hostile: str) -> None:
    runs = runs_of(f"前{hostile}后", ())
    assert "".join(run.text for run in runs).translate(MARKS) == "".join(run.text for run in runs)
    assert not any(run.claim for run in runs)


@given(st.text())
def test_words_of_the_book_in_a_sentence_are_one_line_without_signs(text: str) -> None:
    plain = inline(text)
    assert not set(plain) & {OPEN, CLOSE, "\n", "\r", "\u2028"}
    assert "**" not in plain
    assert inline(plain) == plain


def test_what_prints_more_but_is_less_stands_still() -> None:
    """Each year is rounded so that its own figures add up: 0.381 may print as 0.39, 0.3814 as 0.38."""
    now, before = Amount("收入总计", 39, 381_080, "a"), Amount("上年", 38, 381_361, "b")
    assert unchanged(now, before)
    assert not unchanged(Amount("收入总计", 39, 390_000, "a"), before)
    assert not unchanged(Amount("收入总计", 37, 370_000, "a"), before)
