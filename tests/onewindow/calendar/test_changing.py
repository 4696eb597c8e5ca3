"""The calendar changes: what would move is shown first, then every open matter follows."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from onewindow.kernel import law
from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.api import Entry, Matter, Subject, begin, move
from onewindow.kernel.calendars import (
    CalendarRefused,
    commit,
    findings,
    propose_notice,
    propose_own_day,
    propose_taking_back,
    shifts,
)
from onewindow.kernel.errors import NotAllowed
from onewindow.kernel.keeping import sweeping
from onewindow.kernel.keeping.rebuilding import Tally, differences, rebuild
from onewindow.kernel.keeping.sweeping import sweep
from onewindow.kernel.legal_time import DayKind
from onewindow.kernel.models import CalendarChange, KeptNotice, KeptOwnDay
from onewindow.kernel.procedure import Role
from tests.onewindow.calendar.notices import AMENDMENT_2027, CSV_2027, NOTICE_2027
from tests.onewindow.keeping.bureau import on
from tests.onewindow.keeping.raw import run
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER

pytestmark = pytest.mark.django_db

ADMINISTRATOR = Actor("a-admin", "系统管理员", {Role.SYSTEM_ADMIN: frozenset({"platform"})})
CLOSED, OPENED = DayKind.HOLIDAY, DayKind.WORKDAY


@pytest.fixture(autouse=True)
def _fresh_process():
    sweeping._tried.clear()


def accepted(matter: str, day: str) -> Matter:
    with on(day):
        begin("permit", "submit", APPLICANT, {}, subject=Subject("bureau", f"许可{matter}", "p-1"), id=matter)
        return move(matter, "accept", CLERK).matter


def due(matter: str) -> date | None:
    return Matter.objects.get(pk=matter).due


def imported(text: str = NOTICE_2027, **more) -> CalendarChange:
    return commit(propose_notice(text, 2027, **more), ADMINISTRATOR)


def own(day: str, kind: DayKind = CLOSED) -> CalendarChange:
    return commit(
        propose_own_day(date.fromisoformat(day), kind, "全市停电检修", "某府发〔2026〕1号"), ADMINISTRATOR
    )


# --- across the end of the year -----------------------------------------------------------------------


def test_across_the_end_of_a_year_whose_successor_is_not_loaded_nothing_is_guessed():
    matter = accepted("A", "2026-12-04")  # 19 working days to 31 December
    assert (matter.due, matter.clock_state) == (None, "running")
    assert "2027年的放假安排没有装载" in matter.trouble
    assert matter.due_order == date(9999, 12, 31)
    with on("2026-12-07"):
        told = [one for one in findings() if one.urgent]
        assert len(told) == 1
        assert "有1件事务推算不出期限，例如 A：2027年" in told[0].told


def test_a_notice_shows_what_would_move_before_it_is_imported():
    accepted("A", "2026-12-04")
    accepted("B", "2026-12-03")
    accepted("C", "2026-11-20")  # ends on 18 December, before anything changes
    assert due("B") == date(2026, 12, 31)
    a, b = shifts(propose_notice(NOTICE_2027, 2027))
    assert (a.matter, a.title, a.old, a.new) == ("A", "许可A", None, date(2027, 1, 4))
    assert "没有装载" in a.reason
    # Saturday 26 December is worked and Thursday 31 is free: the twentieth day is the 30th
    assert (b.matter, b.old, b.new) == ("B", date(2026, 12, 31), date(2026, 12, 30))
    assert b.reason == (
        "2026-12-26（星期六）由“星期六”改为“调休上班（元旦）”；2026-12-31（星期四）由“工作日”改为“元旦放假”"
    )
    assert b.what == "作出行政许可决定"
    assert (CalendarChange.objects.count(), due("A"), due("B")) == (0, None, date(2026, 12, 31))


def test_after_the_import_every_open_matter_follows_and_trouble_is_over():
    accepted("A", "2026-12-04")
    accepted("B", "2026-12-03")
    change = imported(number="国办发明电〔2026〕99号")
    assert due("A") is None  # until it is swept, or moves
    swept = sweep()
    assert (swept.reckoned, swept.changed) == (2, 2)
    assert (due("A"), due("B")) == (date(2027, 1, 4), date(2026, 12, 30))
    assert set(Matter.objects.exclude(kind="journal").values_list("calendar", "trouble")) == {(change.id, "")}
    assert CalendarChange.objects.get().swept
    assert sweep().reckoned == 0
    assert list(differences(Tally())) == []
    with on("2026-12-07"):
        assert list(findings()) == []


def test_a_matter_that_moves_before_the_sweep_is_reckoned_with_the_new_calendar():
    accepted("A", "2026-12-04")
    change = imported()
    with on("2026-12-07"):
        matter = move("A", "send_out", OFFICER, {"excluded": "hearing"}).matter
        assert (matter.calendar, matter.trouble) == (change.id, "")
        assert move("A", "take_back", OFFICER, {"result": "完毕"}).matter.due == date(2027, 1, 4)


def test_a_matter_begun_under_the_old_calendar_and_committed_after_the_sweep_is_found():
    imported()
    sweep()
    accepted("A", "2026-12-04")
    run("UPDATE kernel_matter SET calendar = 0, due = NULL, trouble = 'x' WHERE id = 'A'")
    assert sweep().changed == 1
    assert due("A") == date(2027, 1, 4)


def test_what_ended_in_a_year_that_was_not_loaded_gets_its_verdict_later():
    """Decided in time, surely; but whether it was, nobody could say before the notice came."""
    accepted("A", "2026-12-04")
    with on("2026-12-10"):
        move("A", "propose", OFFICER, {"opinion": "deny", "grounds": "不符合条件"})
        matter = move("A", "deny", APPROVER, {"reason": "不符合条件", "remedy": "可以申请复议"}).matter
    assert (matter.state, matter.late, bool(matter.trouble)) == ("denied", None, True)
    imported()
    sweep()
    matter.refresh_from_db()
    assert (matter.late, matter.trouble) == (False, "")


def test_what_is_over_stays_as_it_was_whatever_notice_comes_later():
    accepted("B", "2026-12-03")
    with on("2026-12-31"):
        move("B", "propose", OFFICER, {"opinion": "deny", "grounds": "不符合条件"})
        assert (
            move("B", "deny", APPROVER, {"reason": "不符合条件", "remedy": "可以申请复议"}).matter.late
            is False
        )
    imported()  # by which the last day would have been the 30th
    sweep()
    assert (due("B"), Matter.objects.get(pk="B").late) == (date(2026, 12, 31), False)
    assert list(rebuild(Tally())) == []
    assert Matter.objects.get(pk="B").late is False


def test_terms_of_the_next_step_move_too():
    with on("2026-12-29"):
        begin("permit", "submit", APPLICANT, {}, subject=Subject("bureau", "许可", "p-1"), id="D")
    assert Matter.objects.get(pk="D").trouble
    (shift,) = shifts(propose_notice(NOTICE_2027, 2027))
    assert (shift.what, shift.old, shift.new) == ("一次告知补正", None, date(2027, 1, 7))
    imported()
    sweep()
    assert Matter.objects.get(pk="D").after_due == date(2027, 1, 7)


def test_a_new_edition_of_the_program_that_brings_the_year_along_mends_trouble_too(monkeypatch):
    accepted("A", "2026-12-04")
    sweep()
    assert due("A") is None
    from onewindow.kernel import legal_time
    from onewindow.kernel.legal_time import Calendar, bundled_notices, read_text

    more = (*bundled_notices(), read_text(NOTICE_2027, 2027))
    monkeypatch.setattr(legal_time, "bundled_notices", lambda: more)
    monkeypatch.setattr(legal_time, "bundled_calendar", lambda: Calendar(more))
    law._law.cache_clear()
    sweeping._tried.clear()  # a new process
    sweep()
    assert due("A") == date(2027, 1, 4)


def test_what_was_imported_and_is_then_brought_along_by_the_program_is_no_trouble(monkeypatch):
    imported()
    imported(AMENDMENT_2027, amends=True)
    from onewindow.kernel import legal_time
    from onewindow.kernel.legal_time import bundled_notices, read_text

    before = law.law().calendar
    more = (*bundled_notices(), read_text(NOTICE_2027, 2027))
    monkeypatch.setattr(legal_time, "bundled_notices", lambda: more)
    law._law.cache_clear()
    assert law.law().calendar.differences(before) == []
    assert not law.law().calendar.is_working(date(2027, 6, 10))


# --- what is given ------------------------------------------------------------------------------------


def test_text_and_csv_of_a_notice_make_the_same_calendar():
    assert (
        propose_notice(NOTICE_2027, 2027).calendar.differences(propose_notice(CSV_2027, 2027).calendar) == []
    )
    imported(CSV_2027)
    assert KeptNotice.objects.get().form == "csv"
    assert law.law().calendar.reason(date(2027, 1, 1)) == "元旦放假"


def test_an_amendment_follows_its_notice():
    with pytest.raises(CalendarRefused, match="是调整通知，请先导入2027年的放假通知"):
        propose_notice(AMENDMENT_2027, 2027, amends=True)
    first = imported()
    imported(AMENDMENT_2027, amends=True)
    assert not law.law().calendar.is_working(date(2027, 6, 10))
    assert law.law(first.id).calendar.is_working(date(2027, 6, 10))


@pytest.mark.parametrize(
    ("text", "year", "told"),
    [
        (NOTICE_2027, 2028, "通知写的是2027年，导入时选的是2028年"),
        (
            NOTICE_2027.replace("（周四）至2027", "（周五）至2027"),
            2027,
            "2026-12-31写成“周五”，日历上是星期四",
        ),
        (NOTICE_2027.replace("五、端午节：6月9日（周三）放假，共1天。\n", ""), 2027, "缺少端午节的安排"),
        ("今天天气很好", 2027, "没有读到任何日期"),
        ("date,kind,name\n2027-13-01,放假,元旦", 2027, "第2行：日期“2027-13-01”应写成"),
        (CSV_2027.replace("2026", "2025").replace("2027", "2026"), 2026, "2026年已经装载"),
        (CSV_2027.replace("2027", "2029").replace("2026", "2028"), 2029, "年份不连续，缺2027、2028年"),
        ("x" * 200_000, 2027, "文件过大"),
    ],
)
def test_what_makes_no_calendar_is_refused_with_the_place(text, year, told):
    if "date" in text and year in (
        2026,
        2029,
    ):  # other days of the week: only whether it fits the years is asked
        text = "\n".join(line for line in text.splitlines() if "上班" not in line)
    with pytest.raises(CalendarRefused, match=told):
        propose_notice(text, year)
    assert CalendarChange.objects.count() == 0


def test_a_day_of_the_bureaus_own_moves_terms_and_moves_them_back():
    accepted("M", "2026-05-11")
    assert due("M") == date(2026, 6, 8)
    (shift,) = shifts(propose_own_day(date(2026, 5, 20), CLOSED, "全市停电检修", "某府发〔2026〕1号"))
    assert (shift.old, shift.new) == (date(2026, 6, 8), date(2026, 6, 9))
    assert shift.reason == "2026-05-20（星期三）由“工作日”改为“局休日：全市停电检修”"
    own("2026-05-20")
    sweep()
    assert due("M") == date(2026, 6, 9)
    back = commit(propose_taking_back(date(2026, 5, 20)), ADMINISTRATOR)
    sweep()
    assert due("M") == date(2026, 6, 8)
    own("2026-05-20")  # and once more: only one of them stands
    assert KeptOwnDay.objects.filter(withdrawn__isnull=True).count() == 1
    assert law.law(back.id).calendar.own == ()
    with on("2026-05-12"):
        assert list(findings()) == [finding for finding in findings() if not finding.urgent]


@pytest.mark.parametrize(
    ("day", "reason", "basis", "told"),
    [
        ("2026-05-20", " ", "某府发〔2026〕1号", "须写明事由和依据"),
        ("2026-05-20", "停电", "", "没有依据的休息日不能让法定期限停下"),
        ("2027-05-20", "停电", "某府发〔2026〕1号", "2027年的放假安排没有装载"),
    ],
)
def test_an_own_day_needs_a_reason_a_basis_and_a_year(day, reason, basis, told):
    with pytest.raises(CalendarRefused, match=told):
        propose_own_day(date.fromisoformat(day), CLOSED, reason, basis)


def test_an_own_day_is_set_once_and_only_what_was_set_is_taken_back():
    own("2026-05-20")
    with pytest.raises(CalendarRefused, match="2026-05-20被设了两次"):
        propose_own_day(date(2026, 5, 20), OPENED, "加班", "某府发〔2026〕2号")
    with pytest.raises(CalendarRefused, match="2026-05-21不是本局自己设的日子"):
        propose_taking_back(date(2026, 5, 21))


# --- who, and what is noted ---------------------------------------------------------------------------


def test_a_change_is_noted_in_the_platforms_journal_with_the_digest_of_what_was_imported():
    change = imported(number="国办发明电〔2026〕99号")
    entry = Entry.objects.get(matter="J-platform", step="calendar_changed")
    assert (entry.actor_id, change.told in entry.facts) == ("a-admin", True)
    assert change.told.startswith(
        "导入《国务院办公厅关于2027年部分节假日安排的通知》（国办发明电〔2026〕99号），原文摘要 "
    )


def test_only_the_administrator_and_the_platform_change_the_calendar():
    proposal = propose_notice(NOTICE_2027, 2027)
    for actor in (CLERK, APPROVER, APPLICANT):
        with pytest.raises(NotAllowed), transaction.atomic():
            commit(proposal, actor)
    assert (CalendarChange.objects.count(), KeptNotice.objects.count()) == (0, 0)
    commit(proposal, SYSTEM)


def test_what_was_previewed_before_somebody_elses_change_is_not_committed():
    proposal = propose_notice(NOTICE_2027, 2027)
    own("2026-05-20")
    with pytest.raises(CalendarRefused, match="日历在您预览之后已有变更"):
        commit(proposal, ADMINISTRATOR)


def test_a_calendar_changed_past_the_platform_is_told():
    imported()
    own("2026-05-20")
    run("UPDATE kernel_keptnotice SET text = text || ' '")
    run("UPDATE kernel_keptownday SET day = '2026-05-21'")
    run("INSERT INTO kernel_calendarchange (at, actor_id, told, swept) VALUES (1, 'x', '悄悄改动', %s)", True)
    with on("2026-05-12"):
        told = "\n".join(one.told for one in findings() if one.urgent)
    assert "“悄悄改动”没有记入平台日志" in told
    assert "通知》保存的原文与导入时的摘要不同" in told
    assert "本局自设的2026-05-21与设置时所记不同" in told


def test_towards_the_end_of_a_year_the_next_one_is_asked_for():
    with on("2026-10-31"):
        assert list(findings()) == []
    with on("2026-11-01"):
        (finding,) = findings()
        assert (finding.urgent, finding.told) == (
            False,
            "明年（2027年）的放假安排还没有装载；通知公布后请尽快导入。",
        )
    with on("2027-01-01"):
        assert [finding.urgent for finding in findings()] == [True]


# --- the sweep ----------------------------------------------------------------------------------------


def test_a_sweep_that_is_killed_goes_on_where_it_stopped(monkeypatch):
    for number in range(7):
        accepted(f"K{number}", "2026-05-11")
    own("2026-05-20")
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)

    def killed(done: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(progress=killed)
    assert Matter.objects.filter(due=date(2026, 6, 9)).count() == 4
    assert not CalendarChange.objects.get().swept
    assert sweep().reckoned == 3
    assert Matter.objects.filter(due=date(2026, 6, 9)).count() == 7
    assert CalendarChange.objects.get().swept


def test_a_sweep_in_pieces_comes_to_its_end(monkeypatch):
    for number in range(5):
        accepted(f"K{number}", "2026-05-11")
    own("2026-05-20")
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    assert [sweep(most=2).reckoned for _each in range(4)] == [2, 2, 1, 0]
    assert CalendarChange.objects.get().swept


def test_journals_and_what_is_over_are_left_alone():
    accepted("M", "2026-05-11")
    with on("2026-05-12"):
        move("M", "withdraw_accepted", APPLICANT)
    own("2026-05-20")
    assert sweep().reckoned == 0
    assert set(Matter.objects.values_list("id", "calendar")) == {("M", 0), ("J-platform", 0)}


def test_a_row_that_is_none_does_not_stop_the_sweep():
    accepted("K1", "2026-05-11")
    accepted("K2", "2026-05-11")
    run("UPDATE kernel_matter SET state = 'nowhere' WHERE id = 'K1'")
    own("2026-05-20")
    assert sweep().reckoned == 1
    assert due("K2") == date(2026, 6, 9)
    assert not CalendarChange.objects.get().swept
