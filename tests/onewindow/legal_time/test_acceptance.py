"""行政许可法 第三十二条第一款第（四）项: told within five days and once, or accepted on the day of receipt."""

from __future__ import annotations

import pytest

from onewindow.kernel.legal_time import (
    Acceptance,
    ClockError,
    Standing,
    accepted,
    bundled_calendar,
    reckon,
)
from tests.onewindow.legal_time.clocks import CORRECTION, DECISION, at, day

CALENDAR = bundled_calendar()
RECEIVED = "2026-02-11"  # 12 13 14(Sat, works) | 02-15 to 02-23 | 24 25: the fifth working day


def standing(notified: str | None, today: str) -> Acceptance:
    return accepted(at(RECEIVED), at(notified) if notified else None, CORRECTION, CALENDAR, day(today))


@pytest.mark.parametrize("today", ["2026-02-11", "2026-02-20", "2026-02-25"])
def test_until_the_fifth_working_day_the_notice_may_still_be_given(today: str) -> None:
    found = standing(None, today)
    assert (found.standing, found.latest, found.event) == (Standing.WAITING, day("2026-02-25"), None)


def test_a_notice_on_the_fifth_working_day_is_in_time() -> None:
    assert standing("2026-02-25 17:55", "2026-06-01").standing is Standing.NOTIFIED


@pytest.mark.parametrize("notified", [None, "2026-02-26"])
def test_after_it_the_application_counts_as_accepted_on_the_day_of_receipt(notified: str | None) -> None:
    found = standing(notified, "2026-02-26")
    assert found.standing is Standing.DEEMED
    assert found.event is not None
    assert found.event.at == at(RECEIVED)
    assert "即为受理（行政许可法第三十二条第一款第（四）项）" in found.reason


def test_the_term_of_the_decision_then_runs_from_the_day_of_receipt() -> None:
    event = standing(None, "2026-03-02").event
    assert event is not None
    reckoning = reckon([event], DECISION, CALENDAR, day("2026-03-02"))
    assert reckoning.due == day("2026-03-17"), "as in the worked example of 2026"
    assert reckoning.days[0].reason.startswith("收到材料当日不计入（逾期未一次告知")


def test_a_notice_before_the_receipt_is_refused() -> None:
    with pytest.raises(ClockError, match="早于收到材料的时间"):
        standing("2026-02-10", "2026-02-12")
    with pytest.raises(ClockError, match="没有时区"):
        accepted(at(RECEIVED).replace(tzinfo=None), None, CORRECTION, CALENDAR, day("2026-02-12"))
