"""The deadline of a matter in words: what holds, what would hold, and why for each day."""

from datetime import date

import pytest

from onewindow.kernel.api import move
from onewindow.kernel.deadlines import deadline, stretches, turns
from onewindow.kernel.legal_time import State
from onewindow.kernel.procedure import Role
from onewindow.kernel.queries import entries_of
from onewindow.main.web.explaining import Square, explained
from tests.onewindow.pages import cases

pytestmark = pytest.mark.django_db


def told(matter, own=False):
    return explained(deadline(matter), matter.promised, own)


def squares(explanation):
    return {
        one.day: one
        for month in (*explanation.earlier, *explanation.months)
        for week in month.weeks
        for one in week
        if isinstance(one, Square)
    }


def test_before_acceptance_it_says_from_when_it_will_run(on):
    with on("2026-05-06 09:00"):
        found = told(cases.submitted(promised=15))
    assert found.sentence == "期限还没有开始：受理之后才起算。"
    assert found.more == "受理之后15个工作日内办结。"
    assert [side.title for side in found.sides] == ["承诺时限", "法定时限"]
    assert found.sides[1].basis == "行政许可法 第四十二条第一款"


def test_while_it_runs_the_last_day_and_what_is_left(on):
    with on("2026-05-07 09:00"):
        matter = cases.accepted(promised=15)
    with on("2026-05-14 09:00"):
        found = told(matter)
    assert found.sentence == "最迟2026年5月27日（星期三）办结。"  # Saturday 9 May is worked
    assert found.more == "今天以后还有9个工作日。"
    assert [(side.last, side.words) for side in found.sides] == [
        (date(2026, 5, 27), "受理后15个工作日内"),
        (date(2026, 6, 3), "受理后20个工作日内"),
    ]
    assert (found.counted, found.total) == (6, 15)


def test_every_day_has_its_reason_in_list_and_calendar(on):
    with on("2026-05-07 09:00"):
        matter = cases.accepted()
        found = told(matter)
    shown = squares(found)
    assert shown[date(2026, 5, 7)].mark == "起"
    assert shown[date(2026, 5, 9)].mark == "2"
    assert "调休上班" in shown[date(2026, 5, 9)].reason
    assert shown[date(2026, 5, 10)].mark == "休"
    assert shown[date(2026, 6, 3)].last
    assert [day.day for day in found.days] == sorted(shown)
    assert sum(one.kind == "counted" for one in shown.values()) == 20


def test_while_it_is_paused_what_would_be_if_it_went_on_today(on):
    with on("2026-05-07 09:00"):
        matter = cases.accepted()
    with on("2026-05-20 09:00"):
        matter = move(matter.pk, "send_out", cases.OFFICER, {"excluded": "expert-review"}).matter
    with on("2026-05-27 09:00"):
        found = told(matter)
        again = move(matter.pk, "take_back", cases.OFFICER, {"result": "通过"}).matter
    assert found.sentence == "正在“专家评审”，这段时间依法不计入期限，现在没有最后一日。"
    assert found.more == "如果今天结束、恢复计时，最后一日将是2026年6月10日（星期三）。"
    assert again.due == date(2026, 6, 10)
    assert squares(found)[date(2026, 5, 26)].mark == "停"
    assert [(one.title, one.end) for one in found.pauses] == [("专家评审", None)]


def test_an_extension_is_told_with_its_reason_and_basis(on):
    with on("2026-05-07 09:00"):
        matter = cases.accepted()
        said = {"days": 5, "reason": "须向原发证机关核实。"}
        move(matter.pk, "ask_extension", cases.OFFICER, said)
        matter = move(matter.pk, "extend", cases.APPROVER, said).matter
        found = told(matter)
    (one,) = found.extensions
    assert (one.words, one.reason) == ("5个工作日", "须向原发证机关核实。")
    assert found.total == 25


def test_when_it_is_late_by_how_much(on):
    with on("2026-04-20 09:00"):
        matter = cases.accepted(promised=15)
    with on("2026-06-02 09:00"):
        found = told(matter)
    assert found.more == "已逾期14个工作日。"
    assert squares(found)[date(2026, 6, 2)].mark == "逾14"


def test_when_it_is_over_whether_it_was_in_time(on):
    with on("2026-05-07 09:00"):
        matter = cases.reviewed()
    with on("2026-05-08 09:00"):
        matter = move(matter.pk, "decide", cases.APPROVER).matter
    with on("2026-08-08 09:00"):
        found = told(matter)
    assert found.sentence == "期限已于2026年5月8日（星期五）停止计算。"
    assert "没有逾期" in found.more


def test_a_promise_longer_than_the_law_is_not_shown(on):
    with on("2026-05-07 09:00"):
        found = told(cases.accepted(promised=30))
    assert [side.title for side in found.sides] == ["法定时限"]


def test_a_year_that_is_not_loaded_is_said_with_what_to_do(on, applicant):
    with on("2026-12-25 09:00"):
        asking = applicant()
        matter = cases.accepted(owner=asking.account.party)
        found = told(matter)
        page = asking.text(f"/matters/{matter.pk}/")
    assert found.state == "trouble"
    assert "2027年的放假安排没有装载" in page


def test_thresholds_that_are_no_law_are_marked_for_staff(on, signed_in):
    with on("2026-05-07 09:00"):
        matter = cases.accepted()
        page = signed_in(Role.OFFICER).text(f"/matters/{matter.pk}/")
        assert '<span class="mark">建议</span>' in page
        assert told(matter, own=True).doubts == ()


def test_what_may_follow_by_whom_and_until_when(on, applicant):
    with on("2026-05-06 09:00"):
        asking = applicant()
        matter = cases.submitted(owner=asking.account.party)
        page = asking.text(f"/matters/{matter.pk}/")
    assert {turn.step.key for turn in turns(matter)} == {
        "correct",
        "accept",
        "deem_accepted",
        "refuse",
        "withdraw",
    }
    assert "这一步最迟 2026-05-12。" in page
    assert "系统依法自动“视为受理”" in page


def test_whoever_is_to_correct_sees_at_once_what(on, applicant):
    with on("2026-05-06 09:00"):
        asking = applicant()
        matter = cases.submitted(owner=asking.account.party)
        move(matter.pk, "correct", cases.CLERK, cases.MISSING)
        page = asking.text(f"/matters/{matter.pk}/")
    assert page.index("健康证明") < page.index("办理期限")


def test_where_the_days_of_a_matter_have_gone(on):
    with on("2026-05-07 09:00"):
        matter = cases.accepted()
    with on("2026-05-20 09:00"):
        move(matter.pk, "send_out", cases.OFFICER, {"excluded": "testing"})
    with on("2026-05-27 09:00"):
        move(matter.pk, "take_back", cases.OFFICER, {"result": "合格"})
    with on("2026-06-02 09:00"):
        matter.refresh_from_db()
        found = stretches(matter, entries_of([matter.pk])[matter.pk])
    assert [(one.state.title, one.days, one.clock) for one in found] == [
        ("已提交", 0, State.NOT_STARTED),
        ("审查中", 10, State.RUNNING),
        ("特别程序中", 5, State.PAUSED),
        ("审查中", 4, State.RUNNING),
    ]
    assert found[-1].until is None


def test_a_step_that_took_too_long_is_named(on):
    with on("2026-05-06 09:00"):
        matter = cases.submitted()
    with on("2026-05-20 09:00"):
        (found,) = stretches(matter, entries_of([matter.pk])[matter.pk])
    assert found.over == date(2026, 5, 12)


def test_whose_matter_it_is_reads_of_time_and_not_of_cards(on, applicant, signed_in):
    with on("2026-04-20 09:00"):
        asking = applicant()
        matter = cases.accepted(owner=asking.account.party, promised=15)
    with on("2026-06-02 09:00"):
        asking = applicant()
        for page in (asking.text("/matters/"), asking.text(f"/matters/{matter.pk}/")):
            assert '<span class="card red">已逾期</span>' in page
            assert "红牌" not in page
