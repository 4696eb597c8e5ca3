from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from onewindow.kernel.legal_time import (
    Calendar,
    CalendarError,
    DayKind,
    OwnDay,
    YearNotLoaded,
    bundled_calendar,
    bundled_notices,
)
from tests.onewindow.legal_time.clocks import day

CALENDAR = bundled_calendar()


def own(
    text: str, kind: DayKind = DayKind.HOLIDAY, reason: str = "三月三", basis: str = "自治区放假办法"
) -> OwnDay:
    return OwnDay(day(text), kind, reason, basis)


def test_the_years_2004_to_2026_are_loaded() -> None:
    assert range(2004, 2027) == CALENDAR.years


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025-09-30", "工作日"),
        ("2025-10-01", "国庆节放假"),
        ("2025-10-06", "中秋节放假"),
        ("2025-09-28", "调休上班（国庆节）"),
        ("2025-10-12", "星期日"),
        ("2025-10-18", "星期六"),
        ("2015-09-03", "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日放假"),
        ("2018-12-29", "调休上班（元旦）"),
    ],
)
def test_a_day_says_why_it_is_worked_or_not(text: str, reason: str) -> None:
    assert CALENDAR.reason(day(text)) == reason
    assert CALENDAR.is_working(day(text)) == (reason.startswith(("工作日", "调休上班")))


def test_a_year_has_the_working_days_that_weekdays_and_notices_give_it() -> None:
    for year in CALENDAR.years:
        first, last = date(year, 1, 1), date(year, 12, 31)
        days = [first + timedelta(n) for n in range((last - first).days + 1)]
        named = {one.day: one.kind for notice in bundled_notices() for one in notice.days}
        works = [one for one in days if named.get(one, _by_weekday(one)) is DayKind.WORKDAY]
        assert CALENDAR.between(first, last) == len(works) - CALENDAR.is_working(first)
    assert CALENDAR.between(day("2025-12-31"), day("2026-12-31")) == 248
    assert CALENDAR.between(day("2024-12-31"), day("2025-12-31")) == 248
    assert CALENDAR.between(day("2023-12-31"), day("2024-12-31")) == 251


def _by_weekday(one: date) -> DayKind:
    return DayKind.WORKDAY if one.weekday() < 5 else DayKind.HOLIDAY


def test_counting_forward_and_back_is_the_same_way() -> None:
    for count in range(1, 300, 7):
        friday = day("2025-01-24")
        assert CALENDAR.before(CALENDAR.after(friday, count), count) == friday


@pytest.mark.parametrize("text", ["2027-01-04", "2003-12-31"])
def test_a_year_that_is_not_loaded_fails_loudly_and_says_how_to_load_it(text: str) -> None:
    with pytest.raises(
        YearNotLoaded, match=rf"{text[:4]}年的放假安排没有装载.*管理员导入.*{text[:4]}年"
    ) as caught:
        CALENDAR.is_working(day(text))
    assert caught.value.year == int(text[:4])
    with pytest.raises(YearNotLoaded):
        CALENDAR.reason(day(text))
    with pytest.raises(YearNotLoaded):
        CALENDAR.working_from(day(text).toordinal())


def test_a_term_that_runs_into_a_year_not_loaded_fails_instead_of_guessing() -> None:
    assert CALENDAR.after(day("2026-12-30"), 1) == day("2026-12-31")
    with pytest.raises(YearNotLoaded) as caught:
        CALENDAR.after(day("2026-12-30"), 2)
    assert caught.value.year == 2027
    with pytest.raises(YearNotLoaded) as caught:
        CALENDAR.before(day("2004-01-02"), 2)
    assert caught.value.year == 2003


def test_an_own_day_lies_over_the_notice_and_says_its_reason() -> None:
    closed = CALENDAR.with_own(own("2026-04-20"), own("2026-04-18", DayKind.WORKDAY, "补班"))
    assert not closed.is_working(day("2026-04-20"))
    assert closed.reason(day("2026-04-20")) == "局休日：三月三"
    assert closed.is_working(day("2026-04-18"))
    assert closed.reason(day("2026-04-18")) == "加班日：补班"
    assert CALENDAR.is_working(day("2026-04-20")), "the calendar it was made from stays as it was"
    assert CALENDAR.differences(closed) == [day("2026-04-18").toordinal(), day("2026-04-20").toordinal()]


def test_an_own_day_without_a_basis_cannot_stop_a_legal_term() -> None:
    with pytest.raises(CalendarError, match="须写明事由和依据"):
        CALENDAR.with_own(own("2026-04-20", basis=" "))


def test_an_own_day_is_set_once_and_within_the_years() -> None:
    with pytest.raises(CalendarError, match="设了两次"):
        CALENDAR.with_own(own("2026-04-20"), own("2026-04-20"))
    with pytest.raises(YearNotLoaded):
        CALENDAR.with_own(own("2027-04-20"))


def test_years_follow_each_other_and_are_loaded_once() -> None:
    notices = bundled_notices()
    with pytest.raises(CalendarError, match="缺2010年"):
        Calendar(one for one in notices if one.year != 2010)
    with pytest.raises(CalendarError, match="2026年已经装载"):
        CALENDAR.with_notice(notices[-1])
    with pytest.raises(CalendarError, match="请先导入2020年"):
        Calendar(one for one in notices if one.key == "2020-1")
    with pytest.raises(CalendarError, match="没有装载"):
        Calendar(())


def test_twenty_working_days_on_are_found_without_walking() -> None:
    """How fast is for the bench to say; here only that it is far from a walk over the days."""
    friday, count = day("2024-09-20"), 20_000
    began = time.perf_counter()
    for _ in range(count):
        CALENDAR.after(friday, 20)
    assert (time.perf_counter() - began) / count < 20e-6
