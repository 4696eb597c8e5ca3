"""Who may take a step: whoever holds the role in the unit of the matter, and he whose matter it is."""

import json
from datetime import date

import pytest

from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.errors import (
    ClockBehind,
    ClockRefused,
    FactsInvalid,
    Lapsed,
    NotAllowed,
    NotFound,
    NotPossible,
)
from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.moving import Subject, begin, move
from onewindow.kernel.procedure import Role
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER, one

pytestmark = pytest.mark.django_db

SUBJECT = Subject("bureau", "取水许可", "p-1")


def submitted(subject=SUBJECT):
    return begin("permit", "submit", APPLICANT, subject=subject).matter.id


def accepted(on, subject=SUBJECT):
    with on("2026-05-06 09:00"):
        matter = submitted(subject)
        move(matter, "accept", CLERK)
    return matter


def test_a_role_in_another_unit_is_none_here():
    with pytest.raises(NotAllowed, match="只能由窗口人员办理"):
        move(submitted(), "accept", one(Role.WINDOW, units={"elsewhere"}))


def test_another_role_is_not_enough():
    with pytest.raises(NotAllowed):
        move(submitted(), "accept", OFFICER)


def test_an_applicant_acts_in_his_own_matters_alone():
    stranger = Actor("a-2", "", parties=frozenset({"p-2"}))
    with pytest.raises(NotAllowed):
        move(submitted(), "withdraw", stranger)
    with pytest.raises(NotAllowed):
        begin("permit", "submit", stranger, subject=SUBJECT)


def test_who_authorised_him_is_whom_he_acts_for():
    agent = Actor("a-3", "", parties=frozenset({"p-3", "p-1"}))
    assert move(submitted(), "withdraw", agent).matter.state == "withdrawn"


def test_a_matter_of_nobody_is_no_applicants():
    matter = begin("permit", "submit", CLERK, subject=Subject("bureau", "取水许可")).matter.id
    with pytest.raises(NotAllowed):
        move(matter, "withdraw", Actor("a-4", "", parties=frozenset({""})))


def test_who_deputises_is_recorded_with_whom_he_stands_for():
    deputy = Actor("a-5", "", {Role.WINDOW: frozenset({"bureau"})}, {Role.WINDOW: {"bureau": "a-lender"}})
    entry = move(submitted(), "accept", deputy).entry
    assert (entry.actor_id, entry.facts["for"]) == ("a-5", "a-lender")


def test_nobody_takes_the_platforms_steps_for_it():
    with pytest.raises(NotAllowed):
        move(submitted(), "deem_accepted", CLERK)


def test_the_platform_takes_its_step_only_when_the_term_has_passed(on):
    with on("2026-05-06 09:00"):
        matter = submitted()
    with on("2026-05-12 23:59"), pytest.raises(Lapsed, match="2026-05-12之后"):
        move(matter, "deem_accepted", SYSTEM)
    with on("2026-05-13 00:00"):
        row = move(matter, "deem_accepted", SYSTEM).matter
    assert row.due == date(2026, 6, 2)  # counted from 6 May, the day of receipt


@pytest.mark.parametrize(("step", "facts"), [("accept", {}), ("refuse", {"reason": "不需许可"})])
def test_what_comes_too_late_is_refused_and_says_what_holds_instead(on, step, facts):
    with on("2026-05-06 09:00"):
        matter = submitted()
    with on("2026-05-13 09:00"), pytest.raises(Lapsed, match=r"2026-05-12.*视为受理"):
        move(matter, step, CLERK, facts)


def test_the_correction_notice_is_given_once(on):
    with on("2026-05-06 09:00"):
        matter = submitted()
        told = {"missing": [{"name": "章程", "problem": "缺"}]}
        move(matter, "correct", CLERK, told)
        move(matter, "resubmit", APPLICANT)
        with pytest.raises(NotPossible, match="只能办理一次"):
            move(matter, "correct", CLERK, told)


def test_an_extension_beyond_the_law_is_refused_and_leaves_no_trace(on):
    matter = accepted(on)
    with on("2026-05-08 09:00"):
        told = {"days": 11, "reason": "复杂"}
        move(matter, "ask_extension", OFFICER, told)
        with pytest.raises(ClockRefused, match="最多延长10"):
            move(matter, "extend", APPROVER, told)
        assert Matter.objects.get(pk=matter).state == "extending"
        extended = move(matter, "extend", APPROVER, {"days": 10, "reason": "复杂"}).matter
    assert extended.due == date(2026, 6, 16)


def test_a_promise_counts_and_the_law_stays_beside_it(on):
    matter = Matter.objects.get(pk=accepted(on, Subject("bureau", "取水许可", "p-1", 7)))
    assert (matter.due, matter.legal_due) == (date(2026, 5, 14), date(2026, 6, 2))


def test_a_promise_is_never_longer_than_the_law(on):
    matter = Matter.objects.get(pk=accepted(on, Subject("bureau", "取水许可", "p-1", 60)))
    assert matter.due == matter.legal_due


def test_a_year_that_is_not_loaded_leaves_the_day_open_and_says_so(on):
    with on("2026-12-25 09:00"):
        matter = submitted()
        row = move(matter, "accept", CLERK).matter
    assert row.due is None
    assert "2027年的放假安排没有装载" in row.trouble


def test_personal_facts_stand_in_the_ledger_as_commitments_alone():
    begin("permit", "submit", APPLICANT, {"contact": "00000000000"}, subject=SUBJECT)
    facts = json.loads(Entry.objects.get().facts)
    assert facts["contact"].keys() == {"commitment"}


def test_what_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        move("260506-AAAAAAAAAA", "accept", CLERK)
    with pytest.raises(NotFound):
        begin("bribe", "pay", CLERK, subject=SUBJECT)
    with pytest.raises(NotFound):
        move(submitted(), "bribe", CLERK)
    with pytest.raises(NotPossible):
        begin("permit", "accept", CLERK, subject=SUBJECT)


def test_an_extension_after_the_end_is_refused(on):
    matter = accepted(on)
    with on("2026-06-02 09:00"):
        told = {"days": 5, "reason": "复杂"}
        move(matter, "ask_extension", OFFICER, told)
    with on("2026-06-03 09:00"), pytest.raises(ClockRefused, match="不能再延长"):
        move(matter, "extend", APPROVER, told)


def test_in_a_year_that_is_not_loaded_nobody_can_tell_what_is_too_late(on):
    with on("2026-12-28 09:00"):
        matter = submitted()
    with on("2027-01-04 09:00"), pytest.raises(ClockRefused, match="2027年的放假安排没有装载"):
        move(matter, "accept", CLERK)


def test_nobody_handles_his_own_matter():
    clerk = Actor("a-6", "", {Role.WINDOW: frozenset({"bureau"})}, parties=frozenset({"p-1"}))
    with pytest.raises(NotAllowed, match="回避"):
        move(submitted(), "accept", clerk)
    assert begin("permit", "submit", clerk, subject=SUBJECT).entry.actor_kind == "applicant"


def test_an_agent_of_the_applicant_handles_it_neither():
    clients = frozenset({"p-1"})
    agent = Actor("a-7", "", {Role.WINDOW: frozenset({"bureau"})}, parties=clients, agent_of={"": clients})
    with pytest.raises(NotAllowed, match="回避"):
        move(submitted(), "accept", agent)


def test_an_applicant_is_told_that_something_was_done_but_not_what_was_deliberated(on):
    matter = accepted(on)
    with on("2026-05-07 09:00"):
        move(matter, "propose", OFFICER, {"opinion": "deny", "grounds": "面积不足"})
        with pytest.raises(NotPossible) as caught:
            move(matter, "resubmit", APPLICANT)
        assert "内部办理" in caught.value.message
        assert "审查意见" not in caught.value.message


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        (Subject("", "取水许可", "p-1"), "unit"),
        (Subject("bureau", "", "p-1"), "title"),
        (Subject("bureau", "长" * 201, "p-1"), "title"),
        (Subject("bureau", "取水许可", "p-1", 0), "promised"),
        (Subject("bureau", "取水许可", "p-1", -5), "promised"),
    ],
)
def test_a_matter_is_about_something_that_can_be(subject, key):
    with pytest.raises(FactsInvalid) as caught:
        begin("permit", "submit", APPLICANT, subject=subject)
    assert [fault.key for fault in caught.value.faults] == [key]


def test_a_clock_behind_a_closed_day_is_told_as_what_it_is(on):
    with on("2026-05-06 09:00"):
        submitted()
    with on("2026-05-08 09:00"):
        close_days()
    with on("2026-05-06 10:00"), pytest.raises(ClockBehind, match="校准时钟"):
        submitted()
