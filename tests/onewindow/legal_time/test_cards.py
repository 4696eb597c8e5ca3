from __future__ import annotations

import pytest

from onewindow.kernel.legal_time import (
    Event,
    Level,
    ThresholdError,
    bundled_calendar,
    card,
    reckon,
    thresholds,
)
from onewindow.kernel.legal_time.cards import read_thresholds
from tests.onewindow.legal_time.clocks import CORRECTION, DECISION, at, day, pause, resume, start, stop, term

CALENDAR = bundled_calendar()
DEFAULT = thresholds(day("2026-03-02"))
ACCEPTED = start("2026-03-02")  # due 2026-03-30


def level(today: str, *events: Event, key: str = "default") -> Level:
    reckoning = reckon([ACCEPTED, *events], DECISION, CALENDAR, day(today))
    return card(reckoning, thresholds(day(today), key)).level


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-03-02", Level.NONE),
        ("2026-03-23", Level.NONE),  # 5 of 20 left
        ("2026-03-24", Level.WARNING),  # 4 of 20: a fifth
        ("2026-03-27", Level.WARNING),
        ("2026-03-29", Level.WARNING),  # Sunday before
        ("2026-03-30", Level.YELLOW),
        ("2026-03-31", Level.RED),
    ],
)
def test_a_warning_at_a_fifth_yellow_on_the_last_day_red_after_it(today: str, expected: Level) -> None:
    assert level(today) is expected


def test_one_working_day_left_is_a_warning_however_short_the_term() -> None:
    friday = reckon([start("2026-03-02")], term("rating.contact"), CALENDAR, day("2026-03-02"))
    found = card(friday, DEFAULT)
    assert (found.level, found.reason) == (Level.WARNING, "剩余1个工作日，不超过1个工作日")


def test_a_pause_freezes_the_card() -> None:
    assert level("2026-03-20", pause("2026-03-05")) is Level.NONE
    assert level("2026-06-20", pause("2026-03-05")) is Level.NONE
    assert level("2026-06-20", pause("2026-03-25")) is Level.WARNING
    assert level("2026-06-20", pause("2026-03-30")) is Level.YELLOW
    assert level("2026-06-20", pause("2026-04-01")) is Level.RED
    frozen = card(reckon([ACCEPTED, pause("2026-03-05")], DECISION, CALENDAR, day("2026-06-20")), DEFAULT)
    assert frozen.frozen
    assert frozen.reason == "剩余17个工作日；不计时期间，牌色不变"


def test_what_comes_back_on_its_last_day_is_yellow() -> None:
    assert level("2026-04-09", pause("2026-03-30"), resume("2026-04-09")) is Level.YELLOW


def test_what_was_done_in_time_has_no_card_and_what_was_late_keeps_the_red_one() -> None:
    assert level("2026-06-01", stop("2026-03-30")) is Level.NONE
    assert level("2026-06-01", stop("2026-03-31")) is Level.RED


def test_a_matter_that_has_not_started_has_no_card() -> None:
    assert card(reckon([], DECISION, CALENDAR, day("2026-03-02")), DEFAULT).reason == "期限还没有开始"


def test_a_least_time_is_never_overdue() -> None:
    shown = reckon([ACCEPTED], term("tender.candidates-shown"), CALENDAR, day("2026-06-02"))
    assert card(shown, DEFAULT).level is Level.NONE


def test_hours_are_warned_of_by_their_share() -> None:
    def found(now: str) -> Level:
        return card(
            reckon([start("2026-03-02 09:00")], term("hotline.dispatch.utilities"), CALENDAR, at(now)),
            DEFAULT,
        ).level

    assert found("2026-03-02 10:30") is Level.NONE
    assert found("2026-03-02 10:36") is Level.WARNING
    assert found("2026-03-02 11:00") is Level.WARNING
    assert found("2026-03-02 11:01") is Level.RED


def test_a_place_may_have_other_thresholds() -> None:
    assert level("2026-03-25", key="yulin") is Level.NONE  # 3 of 20
    assert level("2026-03-26", key="yulin") is Level.WARNING  # 2 of 20: nine tenths are gone
    assert level("2026-03-30", key="yulin") is Level.WARNING
    assert level("2026-03-26", key="one-day") is Level.NONE
    assert level("2026-03-27", key="one-day") is Level.WARNING


def test_the_cards_have_names() -> None:
    assert [one.title for one in Level] == ["正常", "预警", "黄牌", "红牌"]


def test_the_proposed_thresholds_show_that_they_are_a_proposal() -> None:
    assert DEFAULT.mark == "建议"


def test_thresholds_that_cannot_be_are_refused() -> None:
    with pytest.raises(ThresholdError, match="没有在2000-01-01有效的预警配置"):
        thresholds(day("2000-01-01"))
    with pytest.raises(ThresholdError, match="读不懂"):
        read_thresholds("[[thresholds]]\nkey = 'x'")
    body = "title='a'\nwarn_percent=%d\nwarn_left=1\nyellow_due=true\nsince=2020-01-01\nmark='%s'\nsource=''"
    with pytest.raises(ThresholdError, match="应为0至100"):
        read_thresholds("[[thresholds]]\nkey='x'\n" + body % (120, "建议"))
    with pytest.raises(ThresholdError, match="mark 应为"):
        read_thresholds("[[thresholds]]\nkey='x'\n" + body % (20, "大概"))


def test_the_five_days_for_a_correction_warn_on_the_fourth() -> None:
    assert [
        card(reckon([start("2026-03-02")], CORRECTION, CALENDAR, day(f"2026-03-{n:02}")), DEFAULT).level
        for n in (5, 6, 9, 10)
    ] == [Level.NONE, Level.WARNING, Level.YELLOW, Level.RED]
