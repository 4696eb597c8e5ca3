"""How a term starts, stands still, is extended and stops: the sentences of the law, one test each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from onewindow.kernel.legal_time import (
    Act,
    ClockError,
    Counts,
    Day,
    Event,
    Reckoning,
    State,
    Unit,
    YearNotLoaded,
    bundled_calendar,
    due_date,
    reckon,
)
from tests.onewindow.legal_time.clocks import DECISION, at, day, extend, pause, resume, start, stop, term

CALENDAR = bundled_calendar()


def on(today: str, *events: Event) -> Reckoning:
    return reckon(events, DECISION, CALENDAR, day(today))


def row(reckoning: Reckoning, text: str) -> Day:
    return next(one for one in reckoning.days if one.day == day(text))


# --- start ------------------------------------------------------------------------------


def test_a_term_that_has_not_started_has_all_its_days_and_no_end() -> None:
    reckoning = on("2026-03-02")
    assert (reckoning.state, reckoning.due, reckoning.left) == (State.NOT_STARTED, None, 20)
    assert reckoning.days == ()


def test_the_day_of_acceptance_is_not_counted() -> None:
    reckoning = on("2026-03-02", start("2026-03-02"))
    assert (reckoning.counted, reckoning.left) == (0, 20)
    assert reckoning.days[0] == Day(day("2026-03-02"), Counts.SKIPPED, 0, 0, "受理当日不计入")
    assert reckoning.days[1].number == 1


def test_what_comes_in_on_a_saturday_night_starts_on_monday() -> None:
    saturday = on("2026-03-09", start("2026-03-07 23:30"))
    friday = on("2026-03-09", start("2026-03-06"))
    assert saturday.counted == friday.counted == 1
    assert saturday.due == friday.due


def test_the_day_is_that_of_shanghai_whatever_the_zone_of_the_event() -> None:
    monday_in_shanghai = Event(Act.START, datetime(2026, 3, 1, 17, 0, tzinfo=UTC))
    assert due_date([monday_in_shanghai], DECISION, CALENDAR) == on("2026-03-02", start("2026-03-02")).due


def test_what_must_be_told_at_once_is_due_the_same_day_or_the_next_working_day() -> None:
    refusal = term("permit.refusal")
    assert reckon([start("2026-03-02")], refusal, CALENDAR, day("2026-03-02")).due == day("2026-03-02")
    assert reckon([start("2026-03-07")], refusal, CALENDAR, day("2026-03-07")).due == day("2026-03-09")


def test_a_day_is_told_in_one_line() -> None:
    told = [str(one) for one in on("2026-03-31", start("2026-03-02")).days]
    assert told[0] == "2026-03-02 星期一 不计（受理当日不计入）"
    assert told[1] == "2026-03-03 星期二 第1日（工作日）"
    assert told[-1] == "2026-03-31 星期二 逾期第1日（工作日）"


# --- running, due, overdue --------------------------------------------------------------


def test_the_last_day_is_not_overdue_and_the_day_after_is() -> None:
    due = "2026-03-30"  # 3 4 5 6 | 9-13 | 16-20 | 23-27 | 30
    accepted = start("2026-03-02")
    last = on(due, accepted)
    assert (last.due, last.left, last.overdue) == (day(due), 0, False)
    assert last.due_at == at("2026-03-31 00:00")
    after = on("2026-03-31", accepted)
    assert (after.left, after.overdue, after.counted) == (-1, True, 20)
    assert row(after, "2026-03-31").kind is Counts.OVERDUE


def test_a_weekend_after_the_last_day_is_overdue_by_no_working_day_yet() -> None:
    friday = on("2026-03-28", start("2026-02-27"))  # 28 | 2-6 | 9-13 | 16-20 | 23-26
    assert friday.due == day("2026-03-26")
    assert (friday.overdue, friday.left) == (True, -1)
    saturday = reckon([start("2026-03-06")], term("permit.inspectors"), CALENDAR, day("2026-03-14"))
    assert (saturday.due, saturday.overdue, saturday.left) == (day("2026-03-13"), True, 0)


def test_a_decision_ends_the_count() -> None:
    reckoning = on("2026-06-01", start("2026-03-02"), stop("2026-03-05"))
    assert (reckoning.state, reckoning.counted, reckoning.left, reckoning.overdue) == (
        State.STOPPED,
        3,
        17,
        False,
    )
    assert reckoning.days[-1].day == day("2026-03-05")


def test_a_late_decision_stays_late() -> None:
    reckoning = on("2026-06-01", start("2026-03-02"), stop("2026-04-01"))
    assert (reckoning.overdue, reckoning.left) == (True, -2)


# --- pauses (第四十五条) ------------------------------------------------------------------


def test_the_time_of_an_expert_review_is_not_counted() -> None:
    plain = on("2026-03-20", start("2026-03-02"))
    reviewed = on("2026-03-20", start("2026-03-02"), pause("2026-03-05"), resume("2026-03-12"))
    assert plain.due == day("2026-03-30")
    assert reviewed.due == day("2026-04-07")  # five working days more: 31, 04-01 to 03, [04-04 to 06], 07
    assert row(reviewed, "2026-03-05").kind is Counts.COUNTED, "the day of sending out counts"
    assert row(reviewed, "2026-03-05").reason == "工作日，当日转专家评审"
    assert row(reviewed, "2026-03-06").reason == "专家评审不计时"
    assert row(reviewed, "2026-03-12").reason == "专家评审不计时（当日恢复，次日起续计）"
    assert row(reviewed, "2026-03-13").number == 4


def test_while_a_pause_lasts_there_is_no_last_day_but_an_earliest_one() -> None:
    paused = on("2026-03-12", start("2026-03-02"), pause("2026-03-05"))
    assert (paused.state, paused.due, paused.due_at) == (State.PAUSED, None, None)
    assert paused.earliest == day("2026-04-07")
    assert (paused.counted, paused.left) == (3, 17)
    assert on("2026-05-12", start("2026-03-02"), pause("2026-03-05")).left == 17, "the clock is frozen"


def test_a_pause_of_less_than_a_day_takes_nothing_out() -> None:
    brief = on("2026-03-20", start("2026-03-02"), pause("2026-03-05 09:00"), resume("2026-03-05 17:00"))
    assert brief.due == day("2026-03-30")


def test_two_pauses_that_touch_equal_one() -> None:
    one = (start("2026-03-02"), pause("2026-03-05"), resume("2026-03-20"))
    two = (
        start("2026-03-02"), pause("2026-03-05"), resume("2026-03-12"), pause("2026-03-12", "testing"),
        resume("2026-03-20"),
    )  # fmt: skip
    assert on("2026-03-20", *two).due == on("2026-03-20", *one).due == day("2026-04-15")


def test_what_is_sent_out_on_the_last_day_may_be_decided_on_the_day_it_comes_back() -> None:
    events = (start("2026-03-02"), pause("2026-03-30"))
    assert on("2026-04-01", *events).due is None
    assert on("2026-04-09", *events, resume("2026-04-09")).due == day("2026-04-09")
    assert not on("2026-04-09", *events, resume("2026-04-09")).overdue
    assert on("2026-04-10", *events, resume("2026-04-09")).overdue
    back_on_sunday = on("2026-04-12", *events, resume("2026-04-12"))
    assert back_on_sunday.due == day("2026-04-13"), "a last day of rest gives way to the next working day"


def test_a_pause_after_the_last_day_heals_nothing() -> None:
    late = on("2026-04-20", start("2026-03-02"), pause("2026-04-02"))
    assert (late.state, late.due, late.overdue) == (State.PAUSED, day("2026-03-30"), True)
    assert late.left == -3, "but it does not grow worse while the pause lasts"


def test_a_withdrawal_during_a_pause_stops_the_clock() -> None:
    reckoning = on("2026-04-20", start("2026-03-02"), pause("2026-03-05"), stop("2026-03-20"))
    assert (reckoning.state, reckoning.counted, reckoning.overdue) == (State.STOPPED, 3, False)


@pytest.mark.parametrize(
    "reason",
    ["hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert-review"],
)
def test_each_of_the_eight_excluded_procedures_stops_the_clock(reason: str) -> None:
    assert on("2026-03-12", start("2026-03-02"), pause("2026-03-05", reason)).state is State.PAUSED


def test_only_what_its_own_law_excludes_stops_a_term() -> None:
    rule = term("information.reply")
    events = [start("2026-03-02"), pause("2026-03-05", "consultation"), resume("2026-03-12")]
    assert due_date(events, rule, CALENDAR) == day("2026-04-07")
    with pytest.raises(ClockError, match="征求第三方或者其他机关意见（consultation）"):
        due_date([start("2026-03-02"), pause("2026-03-05", "expert-review")], rule, CALENDAR)


def test_a_term_of_calendar_days_stands_still_for_calendar_days() -> None:
    rule = replace(DECISION, unit=Unit.CALENDAR)
    events = [start("2026-03-02"), pause("2026-03-05"), resume("2026-03-12")]
    assert due_date(events[:1], rule, CALENDAR) == day("2026-03-23")  # 03-22 is a Sunday
    assert due_date(events, rule, CALENDAR) == day("2026-03-30")  # seven days later, 03-29, is a Sunday
    reasons = {one.day: one.reason for one in reckon(events, rule, CALENDAR, day("2026-03-30")).days}
    assert reasons[day("2026-03-07")] == "专家评审不计时"
    assert reasons[day("2026-03-14")] == "自然日，星期六"
    assert reasons[day("2026-03-30")] == "期限末日顺延至此日（工作日）"


# --- extension (第四十二条) ---------------------------------------------------------------


def test_an_extension_adds_its_days() -> None:
    extended = on("2026-03-20", start("2026-03-02"), extend("2026-03-20"))
    assert (extended.total, extended.due) == (30, day("2026-04-14"))  # 31 | 1-3 | 7-10 | 13 14


def test_an_extension_on_the_last_day_is_in_time_and_the_day_after_it_is_not() -> None:
    assert on("2026-03-30", start("2026-03-02"), extend("2026-03-30")).total == 30
    with pytest.raises(ClockError, match="已于2026-03-30届满，2026-03-31不能再延长") as caught:
        on("2026-03-31", start("2026-03-02"), extend("2026-03-31"))
    assert caught.value.code == "extension-late"


def test_an_extension_during_a_pause_is_in_time() -> None:
    events = (start("2026-03-02"), pause("2026-03-30"), extend("2026-04-20"), resume("2026-04-21"))
    assert on("2026-04-21", *events).due == day("2026-05-08")  # 22 23 24 | 27-30 | (05-01 to 05) 6 7 8


def extension(**changes: object) -> Event:
    return extend("2026-03-20")._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "code", "message"),
    [
        (extension(amount=11), "extension-amount", "最多延长10个工作日，不能延长11"),
        (extension(amount=0), "extension-amount", "不能延长0"),
        (extension(reason=" "), "extension-reason", "须写明理由和批准人（本行政机关负责人）"),
        (extension(approved_by=""), "extension-reason", "须写明理由和批准人"),
    ],
)
def test_an_extension_needs_a_lawful_length_a_reason_and_an_approver(
    event: Event, code: str, message: str
) -> None:
    with pytest.raises(ClockError, match=message) as caught:
        on("2026-03-20", start("2026-03-02"), event)
    assert caught.value.code == code


def test_a_term_is_extended_once_and_only_where_the_law_allows_it() -> None:
    with pytest.raises(ClockError, match="最多延长1次"):
        on("2026-03-23", start("2026-03-02"), extend("2026-03-20"), extend("2026-03-23"))
    with pytest.raises(ClockError, match="依法不能延长"):
        reckon(
            [start("2026-03-02"), extend("2026-03-03")], term("permit.delivery"), CALENDAR, day("2026-03-03")
        )


# --- what cannot be ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([pause("2026-03-05")], "not-started"),
        ([stop("2026-03-05")], "not-started"),
        ([start("2026-03-02"), start("2026-03-03")], "started"),
        ([start("2026-03-05"), pause("2026-03-02")], "order"),
        ([start("2026-03-02"), resume("2026-03-05")], "not-paused"),
        ([start("2026-03-02"), pause("2026-03-05"), pause("2026-03-06")], "paused"),
        ([start("2026-03-02"), pause("2026-03-05", "lunch")], "reason"),
        ([start("2026-03-02"), stop("2026-03-05"), resume("2026-03-06")], "stopped"),
        ([start("2026-03-02"), stop("2026-03-05"), stop("2026-03-06")], "stopped"),
        ([Event(Act.START, datetime(2026, 3, 2, 10, 0))], "naive"),  # noqa: DTZ001 - what is refused
        ([start("2026-04-02")], "future"),
    ],
)
def test_events_that_cannot_be_are_refused(events: list[Event], code: str) -> None:
    with pytest.raises(ClockError) as caught:
        on("2026-03-20", *events)
    assert caught.value.code == code
    assert any("\u4e00" <= letter <= "\u9fff" for letter in str(caught.value))


def test_the_present_must_have_a_time_zone_too() -> None:
    with pytest.raises(ClockError) as caught:
        reckon([], DECISION, CALENDAR, datetime(2026, 3, 2, 10, 0))  # noqa: DTZ001 - what is refused
    assert caught.value.code == "naive"


def test_an_event_later_today_is_still_to_come() -> None:
    with pytest.raises(ClockError, match="之后"):
        reckon([start("2026-03-02 15:00")], DECISION, CALENDAR, at("2026-03-02 14:00"))
    assert reckon([start("2026-03-02 15:00")], DECISION, CALENDAR, day("2026-03-02")).due == day("2026-03-30")


def test_a_term_that_ends_in_a_year_not_loaded_fails_loudly() -> None:
    with pytest.raises(YearNotLoaded, match="2027年的放假安排没有装载"):
        on("2026-12-15", start("2026-12-15"))
