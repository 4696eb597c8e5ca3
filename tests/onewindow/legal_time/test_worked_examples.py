"""Deadlines across National Day and Spring Festival, counted by hand day by day.

Each example gives the days that were counted with a wall calendar and the notice of the year in hand:
the month, then its counted days. Days in between that are missing are Saturdays, Sundays and holidays;
a Saturday or Sunday that is there is a 调休 working day of that year's notice.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from onewindow.kernel.legal_time import Calendar, Counts, bundled_calendar, bundled_notices, reckon
from tests.onewindow.legal_time.clocks import day, start, term


class Example(NamedTuple):
    what: str
    key: str
    accepted: str
    due: str
    counted: str  # month: days; month: days


EXAMPLES = [
    # 2019: rest 10-01 to 10-07; work on Sunday 09-29 and Saturday 10-12.
    Example(
        "国庆2019", "permit.decision", "2019-09-23", "2019-10-24",
        "9: 24 25 26 27 29 30; 10: 8 9 10 11 12 14 15 16 17 18 21 22 23 24",
    ),
    # 2019: rest 05-01 to 05-04 as adjusted; work on Sundays 04-28 and 05-05.
    Example(
        "劳动节2019（调整后）", "permit.delivery", "2019-04-25", "2019-05-10",
        "4: 26 28 29 30; 5: 5 6 7 8 9 10",
    ),
    # 2020: rest 01-24 to 02-02 as extended; work on Sunday 01-19; Saturday 02-01 no longer works.
    Example(
        "春节2020（延长后）", "permit.decision", "2020-01-17", "2020-02-21",
        "1: 19 20 21 22 23; 2: 3 4 5 6 7 10 11 12 13 14 17 18 19 20 21",
    ),
    # 2020: rest 10-01 to 10-08; work on Sunday 09-27 and Saturday 10-10.
    Example(
        "国庆中秋2020", "permit.delivery", "2020-09-24", "2020-10-14",
        "9: 25 27 28 29 30; 10: 9 10 12 13 14",
    ),
    # 2023: rest 01-21 to 01-27; work on Saturday 01-28 and Sunday 01-29.
    Example(
        "春节2023", "permit.delivery", "2023-01-16", "2023-02-02",
        "1: 17 18 19 20 28 29 30 31; 2: 1 2",
    ),
    # 2023: rest 09-29 to 10-06; work on Saturday 10-07 and Sunday 10-08.
    Example(
        "中秋国庆2023", "permit.decision", "2023-09-22", "2023-10-26",
        "9: 25 26 27 28; 10: 7 8 9 10 11 12 13 16 17 18 19 20 23 24 25 26",
    ),
    # 2024: rest 02-10 to 02-17; work on Sundays 02-04 and 02-18; Friday 02-09 is no holiday; 29 days.
    Example(
        "春节2024", "permit.decision", "2024-02-01", "2024-03-05",
        "2: 2 4 5 6 7 8 9 18 19 20 21 22 23 26 27 28 29; 3: 1 4 5",
    ),
    # 2024: rest 09-15 to 09-17 and 10-01 to 10-07; work on 09-14 (Sat), 09-29 (Sun), 10-12 (Sat).
    Example(
        "中秋国庆2024", "permit.decision", "2024-09-13", "2024-10-17",
        "9: 14 18 19 20 23 24 25 26 27 29 30; 10: 8 9 10 11 12 14 15 16 17",
    ),
    # 2025: rest 01-28 to 02-04; work on Sunday 01-26 and Saturday 02-08.
    Example(
        "春节2025", "permit.decision", "2025-01-24", "2025-02-27",
        "1: 26 27; 2: 5 6 7 8 10 11 12 13 14 17 18 19 20 21 24 25 26 27",
    ),
    # 2025: rest 10-01 to 10-08; work on Sunday 09-28 and Saturday 10-11. 45 days of joint handling.
    Example(
        "国庆2025，联合办理", "permit.joint", "2025-09-25", "2025-12-03",
        "9: 26 28 29 30; 10: 9 10 11 13 14 15 16 17 20 21 22 23 24 27 28 29 30 31;"
        "11: 3 4 5 6 7 10 11 12 13 14 17 18 19 20 21 24 25 26 27 28; 12: 1 2 3",
    ),
    # 2026: rest 02-15 to 02-23; work on Saturdays 02-14 and 02-28.
    Example(
        "春节2026", "permit.decision", "2026-02-11", "2026-03-17",
        "2: 12 13 14 24 25 26 27 28; 3: 2 3 4 5 6 9 10 11 12 13 16 17",
    ),
    # 2026: rest 09-25 to 09-27 and 10-01 to 10-07; work on Sunday 09-20 and Saturday 10-10.
    Example(
        "中秋国庆2026", "permit.decision", "2026-09-18", "2026-10-22",
        "9: 20 21 22 23 24 28 29 30; 10: 8 9 10 12 13 14 15 16 19 20 21 22",
    ),
]  # fmt: skip


def dates(example: Example) -> list[date]:
    year = int(example.accepted[:4])
    found = []
    for part in example.counted.split(";"):
        month, days = part.split(":")
        found += [date(year, int(month), int(one)) for one in days.split()]
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.what)
def test_the_deadline_and_every_counted_day_are_those_counted_by_hand(example: Example) -> None:
    by_hand = dates(example)
    rule = term(example.key)
    assert len(by_hand) == rule.amount, "the count by hand has as many days as the law"
    assert by_hand[-1] == day(example.due)
    reckoning = reckon([start(example.accepted)], rule, bundled_calendar(), day(example.accepted))
    assert reckoning.due == day(example.due)
    assert [one.day for one in reckoning.days if one.kind is Counts.COUNTED] == by_hand


def test_before_the_spring_festival_of_2020_was_extended_the_same_deadline_was_earlier() -> None:
    # As first announced: rest 01-24 to 01-30; work on Sunday 01-19 and Saturday 02-01.
    # 1: 19 20 21 22 23 31; 2: 1 3 4 5 6 7 10 11 12 13 14 17 18 19
    announced = Calendar(one for one in bundled_notices() if one.key != "2020-1")
    reckoning = reckon([start("2020-01-17")], term("permit.decision"), announced, day("2020-01-17"))
    assert reckoning.due == day("2020-02-19")


# --- calendar days: the last day moves out of a holiday (民法典 第二百零三条) ----------------

CALENDAR_DAYS = [
    # 01-27 + 20 days is 02-16, in the Spring Festival of 2026 (02-15 to 02-23): Tuesday 02-24.
    ("2026-01-27", "2026-02-24"),
    # 09-15 + 20 days is 10-05, in the National Day of 2025 (10-01 to 10-08): Thursday 10-09.
    ("2025-09-15", "2025-10-09"),
    # 09-21 + 20 days is Saturday 10-11, which works in 2025: it stays.
    ("2025-09-21", "2025-10-11"),
    # 03-02 + 20 days is Sunday 03-22: Monday 03-23.
    ("2026-03-02", "2026-03-23"),
    # 03-05 + 20 days is Wednesday 03-25: it stays.
    ("2026-03-05", "2026-03-25"),
]


@pytest.mark.parametrize(("replied", "due"), CALENDAR_DAYS)
def test_a_term_in_calendar_days_does_not_end_in_a_holiday(replied: str, due: str) -> None:
    reckoning = reckon([start(replied)], term("budget.publication"), bundled_calendar(), day(replied))
    assert reckoning.due == day(due)
    assert reckoning.total == sum(one.kind is Counts.COUNTED for one in reckoning.days) == 20
