"""Permits from end to end, as sentences of the law; every date counted by hand on the calendar of 2026.

Spring Festival: free 15 (Sun) to 23 (Mon) February; worked Sat 14 and Sat 28 February.
Mid-Autumn: free 25 (Fri) to 27 September. National Day: free 1 (Thu) to 7 (Wed) October; worked Sun 20 September
and Sat 10 October.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onewindow.kernel.api import (
    ClockRefused,
    FactsInvalid,
    Lapsed,
    Matter,
    NotAllowed,
    NotPossible,
    Subject,
    begin,
    move,
)
from onewindow.kernel.deadlines import deadline
from onewindow.kernel.duties import take_overdue_steps
from onewindow.kernel.legal_time import Counts
from tests.onewindow.keeping.bureau import on
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER

pytestmark = pytest.mark.django_db

MISSING: dict[str, Any] = {"missing": [{"name": "场所证明", "problem": "缺"}]}
EIGHT = ["hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert-review"]


def submitted(day: str, at: str = "10:00") -> Matter:
    with on(day, at):
        return begin(
            "permit", "submit", APPLICANT, {}, subject=Subject("bureau", "许可", "p-1"), id="M"
        ).matter


def step(day: str, name: str, actor=CLERK, at: str = "10:00", **facts) -> Matter:
    with on(day, at):
        return move("M", name, actor, facts).matter


def accepted(day: str) -> Matter:
    submitted(day, "09:00")
    return step(day, "accept")


def counted(day: str) -> list[tuple[str, str]]:
    """Every day of the term as it is explained on a day: the day and why it counts or not."""
    with on(day, "23:00"):
        return [(f"{one.day:%m-%d}", one.reason) for one in deadline(Matter.objects.get()).promised.days]


# --- 第四十二条第一款：自受理行政许可申请之日起二十日内作出决定；第八十二条：以工作日计算 ---------------------


@pytest.mark.parametrize(
    ("day", "last"),
    [
        # 15–18 (4), Sun 20 (5), 21–24 (9), 28–30 (12), 8–9 (14), Sat 10 (15), 12–16 (20)
        ("2026-09-14", date(2026, 10, 16)),
        # 8–9 (2), Sat 10 (3), 12–16 (8), 19–23 (13), 26–30 (18), 2–3 November (20)
        ("2026-09-30", date(2026, 11, 3)),
        # accepted on a holiday: the first day is the first one worked
        ("2026-10-03", date(2026, 11, 3)),
        # accepted on a Saturday that is worked: that day itself does not count
        ("2026-10-10", date(2026, 11, 6)),
        # 9–13 (5), Sat 14 (6), 24–27 (10), Sat 28 (11), 2–6 March (16), 9–12 (20)
        ("2026-02-06", date(2026, 3, 12)),
        # 24–27 (4), Sat 28 (5), 2–6 March (10), 9–13 (15), 16–20 (20)
        ("2026-02-14", date(2026, 3, 20)),
        # on Sunday 4 January, which is worked: 5–9 (5), 12–16 (10), 19–23 (15), 26–30 (20)
        ("2026-01-04", date(2026, 1, 30)),
    ],
)
def test_a_decision_is_made_within_twenty_working_days_of_acceptance(day, last):
    matter = accepted(day)
    assert (matter.due, matter.legal_due) == (last, last)
    with on(day, "23:00"):
        told = deadline(matter).promised.days
    assert sum(one.kind is Counts.COUNTED for one in told) == 20
    assert told[-1].day == last


def test_every_day_that_does_not_count_says_why():
    accepted("2026-09-14")
    told = dict(counted("2026-09-14"))
    assert told["09-14"] == "受理当日不计入"
    assert told["09-19"] == "星期六"
    assert told["09-20"] == "调休上班（国庆节）"
    assert told["09-25"] == told["09-26"] == "中秋节放假"
    assert {told[f"10-0{n}"] for n in range(1, 8)} == {"国庆节放假"}
    assert told["10-10"] == "调休上班（国庆节）"
    assert len(told) == 33


def test_decided_on_the_last_day_is_in_time_and_the_day_after_is_late():
    accepted("2026-09-14")
    step("2026-10-16", "propose", OFFICER, opinion="grant", grounds="符合条件")
    assert step("2026-10-16", "decide", APPROVER, "23:59:59").late is False


def test_decided_on_the_saturday_after_the_last_day_is_late():
    accepted("2026-09-14")
    step("2026-10-16", "propose", OFFICER, opinion="deny", grounds="不符合条件")
    matter = step("2026-10-17", "deny", APPROVER, "00:00", reason="不符合条件", remedy="六十日内复议")
    assert (matter.late, matter.level) == (True, 3)


# --- 第四十四条：自作出决定之日起十日内向申请人颁发、送达 -------------------------------------------------


def test_what_is_granted_is_delivered_within_ten_working_days():
    accepted("2026-09-14")
    step("2026-09-30", "propose", OFFICER, opinion="grant", grounds="符合条件")
    matter = step("2026-09-30", "decide", APPROVER)
    # 8–9 (2), Sat 10 (3), 12–16 (8), 19–20 (10)
    assert (matter.step_due, matter.due) == (date(2026, 10, 20), date(2026, 10, 16))


# --- 第三十二条第一款第四项：当场或者在五日内一次告知；逾期不告知的，自收到申请材料之日起即为受理 ---------------


@pytest.mark.parametrize(
    ("received", "last", "following", "due"),
    [
        # Sun 20 (1), 21–24 (5); from the 18th: … 28–30 (8), 8–9 (10), Sat 10 (11), 12–16 (16), 19–22 (20)
        ("2026-09-18", "2026-09-24", "2026-09-25", date(2026, 10, 22)),
        # 13 (1), Sat 14 (2), 24–26 (5); from the 12th: 27 (6), Sat 28 (7), 2–6 March (12), 9–13 (17), 16–18 (20)
        ("2026-02-12", "2026-02-26", "2026-02-27", date(2026, 3, 18)),
        # 29–30 (2), 8–9 October (4), Sat 10 (5); from the 28th: 12–16 (10), 19–23 (15), 26–30 (20)
        ("2026-09-28", "2026-10-10", "2026-10-11", date(2026, 10, 30)),
    ],
)
class TestALateNotice:
    """What is missing is told once, within five working days, or the application is accepted by law."""

    def test_on_the_last_day_it_is_in_time(self, received, last, following, due):
        matter = submitted(received)
        assert str(matter.after_due) == str(matter.step_due) == last
        assert step(last, "correct", CLERK, "23:59:59", **MISSING).state == "correcting"

    def test_the_day_after_it_is_refused(self, received, last, following, due):
        submitted(received)
        with pytest.raises(
            Lapsed, match=f"“一次性告知补正”最迟应于{last}办理，已经逾期.*系统将按“视为受理”办理"
        ):
            step(following, "correct", CLERK, "00:00", **MISSING)
        assert Matter.objects.get().state == "submitted"

    def test_it_is_deemed_accepted_not_before_the_last_day_is_over(self, received, last, following, due):
        submitted(received)
        with on(last, "23:59:59"):
            assert take_overdue_steps() == 0
        with on(following, "00:00"):
            assert take_overdue_steps() == 1

    def test_the_term_of_the_decision_then_runs_from_the_day_of_receipt(self, received, last, following, due):
        submitted(received)
        with on(following, "00:01"):
            take_overdue_steps()
        matter = Matter.objects.get()
        assert (matter.state, matter.due) == ("reviewing", due)
        first = counted(following)[0]
        assert first == (received[5:], "收到材料当日不计入（逾期未一次告知，自收到之日起即为受理）")


def test_after_the_last_day_neither_acceptance_nor_refusal_puts_off_what_the_law_has_done():
    submitted("2026-09-18")
    with pytest.raises(Lapsed):
        step("2026-09-25", "accept")
    with pytest.raises(Lapsed):
        step("2026-09-25", "refuse", reason="不属于本机关职权")


def test_what_is_missing_is_told_once_and_the_five_days_begin_again_with_what_was_brought():
    submitted("2026-09-18")
    step("2026-09-24", "correct", **MISSING)
    matter = step("2026-09-29", "resubmit", APPLICANT)
    # 30 (1), 8–9 October (3), Sat 10 (4), Mon 12 (5)
    assert matter.after_due == date(2026, 10, 12)
    with pytest.raises(NotPossible, match="依法只能办理一次"):
        step("2026-09-30", "correct", **MISSING)
    with on("2026-10-13", "00:00"):
        assert take_overdue_steps() == 1
    # from the 29th: 30 (1), 8–10 (4), 12–16 (9), 19–23 (14), 26–30 (19), 2 November (20)
    assert Matter.objects.get().due == date(2026, 11, 2)


# --- 第四十五条：听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的所需时间不计算在内 ---------------------


@pytest.mark.parametrize("excluded", EIGHT)
def test_the_time_of_the_eight_procedures_is_not_counted(excluded):
    accepted("2026-09-14")
    paused = step("2026-09-21", "send_out", OFFICER, excluded=excluded)  # the sixth day, which counts
    assert (paused.due, paused.clock_state, paused.warn_us) == (None, "paused", None)
    # back on Mon 12 October, which does not count: 13–16 (10), 19–23 (15), 26–30 (20)
    assert step("2026-10-12", "take_back", OFFICER, result="完毕").due == date(2026, 10, 30)
    told = dict(counted("2026-10-12"))
    assert told["09-21"].startswith("工作日，当日转")
    assert told["10-10"].endswith("不计时")
    assert told["10-12"].endswith("不计时（当日恢复，次日起续计）")


@pytest.mark.parametrize("ground", ["consultation", "complaint-review", "overload", ""])
def test_no_other_ground_stops_the_clock(ground):
    accepted("2026-09-14")
    with pytest.raises(FactsInvalid, match="特别程序"):
        step("2026-09-21", "send_out", OFFICER, excluded=ground)


def test_out_and_back_on_one_day_wins_no_day():
    accepted("2026-09-14")
    step("2026-09-21", "send_out", OFFICER, "09:00", excluded="testing")
    assert step("2026-09-21", "take_back", OFFICER, "17:00", result="合格").due == date(2026, 10, 16)


def test_what_went_out_on_its_last_day_is_due_on_the_day_it_comes_back_or_the_first_worked_one_after():
    accepted("2026-09-14")
    step("2026-10-16", "send_out", OFFICER, excluded="appraisal")
    assert step("2026-10-24", "take_back", OFFICER, result="完毕").due == date(
        2026, 10, 26
    )  # 24 is a Saturday


def test_what_is_overdue_does_not_become_timely_by_being_sent_out():
    accepted("2026-09-14")
    paused = step("2026-10-19", "send_out", OFFICER, excluded="expert-review")
    assert paused.level == 3
    matter = step("2026-11-02", "take_back", OFFICER, result="通过")
    assert matter.due == date(2026, 10, 16)


def test_an_application_may_be_withdrawn_while_the_experts_have_it():
    accepted("2026-09-14")
    step("2026-09-21", "send_out", OFFICER, excluded="expert-review")
    matter = step("2026-10-20", "withdraw_accepted", APPLICANT)
    assert (matter.state, matter.clock_state, matter.late) == ("withdrawn", "stopped", False)


# --- 第四十二条第一款：二十日内不能作出决定的，经本行政机关负责人批准，可以延长十日，并应当将理由告知申请人 --------


def ask(day: str, days: int = 10) -> None:
    step(day, "ask_extension", OFFICER, days=days, reason="案情复杂")


def grant(day: str, days: int = 10, **more) -> Matter:
    return step(day, "extend", APPROVER, days=days, **{"reason": "案情复杂", **more})


def test_ten_working_days_may_be_added_once_by_the_head_with_a_reason():
    accepted("2026-09-14")
    ask("2026-10-15")
    assert grant("2026-10-16").due == date(2026, 10, 30)  # 19–23, 26–30
    ask("2026-10-29", 1)
    with pytest.raises(ClockRefused, match="最多延长1次，已经延长过"):
        grant("2026-10-29", 1)


def test_eleven_days_are_refused():
    accepted("2026-09-14")
    ask("2026-10-15", 11)
    with pytest.raises(ClockRefused, match="最多延长10个工作日，不能延长11"):
        grant("2026-10-15", 11)


def test_after_the_last_day_it_is_too_late():
    accepted("2026-09-14")
    ask("2026-10-16")
    with pytest.raises(ClockRefused, match="已于2026-10-16届满，2026-10-17不能再延长"):
        grant("2026-10-17")


def test_while_the_experts_have_it_the_term_has_not_ended_and_after_it_came_back_it_is_reckoned_anew():
    accepted("2026-09-14")
    step("2026-10-15", "send_out", OFFICER, excluded="expert-review")  # the nineteenth day
    step("2026-11-05", "take_back", OFFICER, result="通过")
    ask("2026-11-06")
    # 6 November (20), then 9–13 (25), 16–20 (30)
    assert grant("2026-11-06").due == date(2026, 11, 20)


def test_only_the_head_extends_and_never_without_a_reason():
    accepted("2026-09-14")
    ask("2026-10-15")
    with pytest.raises(NotAllowed):
        step("2026-10-15", "extend", OFFICER, days=10, reason="案情复杂")
    with pytest.raises(FactsInvalid, match="请填写“理由”"):
        grant("2026-10-15", reason="  ")
