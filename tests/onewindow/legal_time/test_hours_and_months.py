from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from onewindow.kernel.legal_time import (
    ClockError,
    Counts,
    Excluded,
    Extension,
    State,
    Term,
    bundled_calendar,
    due_date,
    reckon,
)
from tests.onewindow.legal_time.clocks import at, day, extend, pause, resume, start, stop, term

CALENDAR = bundled_calendar()


def test_a_term_of_hours_runs_from_the_moment_round_the_clock() -> None:
    rule = term("hotline.dispatch.ordinary")
    friday_night = at("2026-09-30 22:15")
    reckoning = reckon([start("2026-09-30 22:15")], rule, CALENDAR, friday_night + timedelta(hours=2))
    assert reckoning.due_at == at("2026-10-01 22:15")
    assert (reckoning.counted, reckoning.left, reckoning.overdue) == (2 * 3600, 22 * 3600, False)
    assert [(one.day, one.amount) for one in reckoning.days] == [
        (day("2026-09-30"), 6300),
        (day("2026-10-01"), 80100),
    ]
    assert reckoning.days[1].reason == "计22小时15分，国庆节放假"


def dispatch() -> Term:
    consultation = Excluded("consultation", "征求意见", "本地规定", "不确定")
    extension = Extension(2, "热线负责人", "本地规定")
    return replace(term("hotline.dispatch.utilities"), excluded=(consultation,), extension=extension)


def test_hours_stand_still_to_the_second() -> None:
    events = [start("2026-03-02 09:00"), pause("2026-03-02 10:00:00", "consultation")]
    paused = reckon(events, dispatch(), CALENDAR, at("2026-03-02 11:30"))
    assert (paused.state, paused.due_at, paused.left) == (State.PAUSED, None, 3600)
    assert paused.earliest == day("2026-03-02")
    events.append(resume("2026-03-02 23:30:30"))
    resumed = reckon(events, dispatch(), CALENDAR, at("2026-03-03 00:31"))
    assert resumed.due_at == at("2026-03-03 00:30:30")
    assert (resumed.overdue, resumed.left) == (True, -30)
    assert sum(one.amount for one in resumed.days if one.kind is Counts.COUNTED) == resumed.total
    assert sum(one.amount for one in resumed.days if one.kind is Counts.OVERDUE) == 30


def test_hours_are_extended_before_they_have_passed() -> None:
    events = [start("2026-03-02 09:00"), extend("2026-03-02 11:00", 2)]
    assert reckon(events, dispatch(), CALENDAR, at("2026-03-02 11:00")).due_at == at("2026-03-02 13:00")
    with pytest.raises(ClockError, match="届满"):
        reckon([events[0], extend("2026-03-02 11:01", 2)], dispatch(), CALENDAR, at("2026-03-02 12:00"))


def test_hours_that_ended_in_time_stay_in_time() -> None:
    events = [start("2026-03-02 09:00"), stop("2026-03-02 10:30")]
    reckoning = reckon(events, dispatch(), CALENDAR, at("2026-03-05 09:00"))
    assert (reckoning.state, reckoning.counted, reckoning.overdue) == (State.STOPPED, 5400, False)
    assert due_date(events, dispatch(), CALENDAR) == day("2026-03-02")


def test_a_term_of_hours_asks_for_a_moment() -> None:
    with pytest.raises(ClockError, match="须给出时刻"):
        reckon([start("2026-03-02")], dispatch(), CALENDAR, day("2026-03-02"))


@pytest.mark.parametrize(
    ("started", "due"),
    [
        ("2026-04-10", "2026-07-10"),
        ("2026-07-31", "2026-10-31"),
        ("2025-11-30", "2026-02-28"),  # there is no 30 February: the last of the month
    ],
)
def test_a_term_of_months_ends_on_the_same_date(started: str, due: str) -> None:
    rule = term("credit.minor")
    reckoning = reckon([start(started)], rule, CALENDAR, day(started))
    assert reckoning.due == day(due)
    counted = [one for one in reckoning.days if one.kind is Counts.COUNTED]
    assert len(counted) == reckoning.total == (day(due) - day(started)).days


def test_a_term_of_months_may_move_out_of_a_holiday() -> None:
    from onewindow.kernel.legal_time import End

    rule = replace(term("credit.minor"), end=End.ROLL)
    assert due_date([start("2026-07-03")], rule, CALENDAR) == day("2026-10-08")
