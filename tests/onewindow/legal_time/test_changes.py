from __future__ import annotations

import random
import time
from datetime import datetime, timedelta

from onewindow.kernel.legal_time import (
    SHANGHAI,
    Act,
    Calendar,
    Clocked,
    DayKind,
    Event,
    OwnDay,
    bundled_calendar,
    bundled_notices,
    due_date,
    moved,
)
from tests.onewindow.legal_time.clocks import (
    CORRECTION,
    DECISION,
    day,
    extend,
    pause,
    resume,
    start,
    stop,
    term,
)

CALENDAR = bundled_calendar()
CLOSED = CALENDAR.with_own(OwnDay(day("2026-03-18"), DayKind.HOLIDAY, "州庆", "自治州放假办法"))


def matters(*events: tuple[str, tuple[Event, ...]]) -> list[Clocked]:
    return [Clocked(name, taken, DECISION) for name, taken in events]


def test_a_closing_day_moves_what_runs_over_it_and_says_so() -> None:
    found = list(
        moved(
            matters(
                ("over before", (start("2026-02-02"),)),
                ("over it", (start("2026-03-02"),)),
                ("sent out then", (start("2026-03-02"), pause("2026-03-17"), resume("2026-03-20"))),
                ("done, but due after it", (start("2026-03-02"), stop("2026-03-04"))),
                ("still paused", (start("2026-03-02"), pause("2026-03-17"))),
                ("starts after", (start("2026-03-18"),)),
            ),
            CALENDAR,
            CLOSED,
        )
    )
    assert [(one.id, one.old, one.new) for one in found] == [
        ("over it", day("2026-03-30"), day("2026-03-31")),
        ("done, but due after it", day("2026-03-30"), day("2026-03-31")),
    ]
    assert found[0].reason == "2026-03-18（星期三）由“工作日”改为“局休日：州庆”"


def test_the_extension_of_the_spring_festival_of_2020_moved_the_deadlines_that_ran_over_it() -> None:
    announced = Calendar(one for one in bundled_notices() if one.key != "2020-1")
    (one,) = moved(matters(("a", (start("2020-01-17"),)), ("b", (start("2019-12-20"),))), announced, CALENDAR)
    assert (one.id, one.old, one.new) == ("a", day("2020-02-19"), day("2020-02-21"))
    assert one.reason == (
        "2020-01-31（星期五）由“工作日”改为“春节放假”；2020-02-01（星期六）由“调休上班（春节）”改为“春节放假”"
    )


def test_the_notice_of_a_year_moves_the_last_days_of_the_year_before() -> None:
    """12-29 became a working Saturday and 12-31 a day of rest when the notice of 2019 came."""
    before = Calendar(one for one in bundled_notices() if one.year < 2019)
    after = Calendar(
        one for one in bundled_notices() if (one.year < 2020 and not one.amends) or one.year < 2019
    )
    (one,) = moved([Clocked("a", (start("2018-12-24"),), CORRECTION)], before, after)
    assert (one.old, one.new) == (day("2018-12-31"), day("2018-12-29"))


def test_a_matter_whose_end_lay_in_a_year_not_loaded_gets_its_end() -> None:
    before = Calendar(one for one in bundled_notices() if one.year < 2026)
    (one,) = moved(matters(("a", (start("2025-12-15"),))), before, CALENDAR)
    assert (one.old, one.new) == (None, day("2026-01-13"))
    assert "2026年的放假安排没有装载" in one.reason


def test_an_extension_that_is_too_late_under_the_new_calendar_is_told_not_hidden() -> None:
    opened = CALENDAR.with_own(OwnDay(day("2026-03-21"), DayKind.WORKDAY, "周六开放", "本局公告"))
    (one,) = moved(matters(("a", (start("2026-03-02"), extend("2026-03-30")))), CALENDAR, opened)
    assert one.new is None
    assert "已于2026-03-27届满" in one.reason


def test_calendar_days_move_only_at_their_end() -> None:
    rule = term("budget.publication")
    ends_on_it = Clocked("ends on it", (start("2026-02-26"),), rule)
    runs_over_it = Clocked("runs over it", (start("2026-03-02"),), rule)
    (one,) = moved([ends_on_it, runs_over_it], CALENDAR, CLOSED)
    assert (one.id, one.old, one.new) == ("ends on it", day("2026-03-18"), day("2026-03-19"))


def some_matters(count: int) -> list[Clocked]:
    chance = random.Random(7)
    first = datetime(2025, 1, 2, 9, tzinfo=SHANGHAI)
    found = []
    for number in range(count):
        began = first + timedelta(days=chance.randrange(600), hours=chance.randrange(9))
        events = [Event(Act.START, began)]
        if chance.random() < 0.3:
            sent = began + timedelta(days=chance.randrange(1, 10))
            events += [Event(Act.PAUSE, sent, "testing"), Event(Act.RESUME, sent + timedelta(days=9))]
        found.append(Clocked(str(number), tuple(events), DECISION))
    return found


def test_the_list_is_what_reckoning_every_matter_twice_would_give_and_is_made_fast() -> None:
    many = some_matters(20_000)
    began = time.perf_counter()
    found = {one.id: (one.old, one.new) for one in moved(many, CALENDAR, CLOSED)}
    took = time.perf_counter() - began
    expected = {}
    for one in many:
        due = due_date(one.events, one.term, CALENDAR), due_date(one.events, one.term, CLOSED)
        if due[0] != due[1]:
            expected[one.id] = due
    assert found == expected
    assert len(found) > 100
    assert took < 4, f"{len(many) / took:.0f} matters a second"
