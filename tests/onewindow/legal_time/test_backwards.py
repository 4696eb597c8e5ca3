from __future__ import annotations

from dataclasses import replace

import pytest

from onewindow.kernel.legal_time import (
    ClockError,
    Counts,
    End,
    Sense,
    Unit,
    bundled_calendar,
    latest_before,
    reckon,
)
from tests.onewindow.legal_time.clocks import DECISION, day, start, term

CALENDAR = bundled_calendar()


def test_a_hearing_is_announced_seven_working_days_before() -> None:
    # Hearing on 2026-10-14: back over 13 12 10(Sat, works) 9 8, over the National Day, 09-30 29.
    found = latest_before(day("2026-10-14"), term("hearing.notice"), CALENDAR, day("2026-09-28"))
    assert found.latest == day("2026-09-29")
    assert (found.left, found.late) == (1, False)
    counted = [one.day.day for one in found.days if one.kind is Counts.COUNTED]
    assert counted == [29, 30, 8, 9, 10, 12, 13]
    assert [one.number for one in found.days if one.kind is Counts.COUNTED] == [7, 6, 5, 4, 3, 2, 1]
    assert found.days[-1].reason == "举行听证当日不计入"


def test_a_notice_on_the_last_day_is_in_time_and_a_day_later_it_is_not() -> None:
    rule, hearing = term("hearing.notice"), day("2026-10-14")
    assert not latest_before(hearing, rule, CALENDAR, day("2026-12-01"), done=day("2026-09-29")).late
    late = latest_before(hearing, rule, CALENDAR, day("2026-12-01"), done=day("2026-09-30"))
    assert (late.late, late.left) == (True, -1)
    assert latest_before(hearing, rule, CALENDAR, day("2026-09-30")).late, "not done, and too late by now"


def test_renewal_is_asked_for_thirty_days_before_and_decided_before_the_licence_ends() -> None:
    ends = day("2026-06-30")
    # 29-22 (6; rest 19-21), 18-15 (4), 12-8 (5), 5-1 (5), May 29-25 (5), 22-18 (5): thirty.
    assert latest_before(ends, term("renewal.application"), CALENDAR, day("2026-05-01")).latest == day(
        "2026-05-18"
    )
    decision = term("renewal.decision")
    assert decision.missed == "视为准予延续"
    assert not latest_before(ends, decision, CALENDAR, ends).late
    assert latest_before(ends, decision, CALENDAR, day("2026-07-01")).late


def test_calendar_days_are_counted_back_over_weekends_and_holidays() -> None:
    found = latest_before(day("2026-10-20"), term("tender.clarification"), CALENDAR, day("2026-10-01"))
    assert found.latest == day("2026-10-05")
    earlier = replace(term("tender.clarification"), end=End.EARLIER)
    found = latest_before(day("2026-10-20"), earlier, CALENDAR, day("2026-10-01"))
    assert found.latest == day("2026-09-30")
    assert found.days[0].reason == "倒推之日是休息日，提前到之前的工作日"
    assert sum(one.kind is Counts.COUNTED for one in found.days) == 15


def test_months_are_counted_back_to_the_same_date() -> None:
    rule = replace(term("tender.clarification"), unit=Unit.MONTHS, amount=6)
    assert latest_before(day("2026-08-31"), rule, CALENDAR, day("2026-01-01")).latest == day("2026-02-28")


def test_a_term_is_counted_in_its_own_direction_only() -> None:
    with pytest.raises(ClockError, match="不是倒推的期限"):
        latest_before(day("2026-10-14"), DECISION, CALENDAR, day("2026-09-28"))
    with pytest.raises(ClockError, match="倒推的期限，请用 latest_before"):
        reckon([start("2026-03-02")], term("hearing.notice"), CALENDAR, day("2026-03-02"))
    hours = replace(term("hotline.dispatch.ordinary"), sense=Sense.BEFORE)
    with pytest.raises(ClockError, match="不能倒推"):
        latest_before(day("2026-10-14"), hours, CALENDAR, day("2026-09-28"))
