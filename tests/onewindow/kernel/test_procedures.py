"""Procedures are data, and a procedure that makes no sense does not start."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onewindow.kernel.diagram import page
from onewindow.kernel.procedure import (
    DAYS_KEY,
    EXCLUDED_KEY,
    REASON_KEY,
    START,
    Clock,
    Fact,
    Kind,
    NoSuchStep,
    Procedure,
    Role,
    State,
    Step,
)
from onewindow.kernel.soundness import flaws

SUBMITTED = State("submitted", "已提交", waits_for=Role.WINDOW)
REVIEWING = State("reviewing", "审查中", waits_for=Role.OFFICER)
OUTSIDE = State("outside", "专家评审中")
DONE = State("done", "办结", final=True)
WINDOW, OFFICER = (Role.WINDOW,), (Role.OFFICER,)

SUBMIT = Step("submit", "提交", START, SUBMITTED, (Role.APPLICANT,))
ACCEPT = Step("accept", "受理", SUBMITTED, REVIEWING, WINDOW, Clock.START)
EXCLUDED = (Fact(EXCLUDED_KEY, "特别程序"),)
SEND = Step("send_out", "送专家评审", REVIEWING, OUTSIDE, OFFICER, Clock.PAUSE, facts=EXCLUDED)
BACK = Step("back", "评审结束", OUTSIDE, REVIEWING, OFFICER, Clock.RESUME)
DECIDE = Step("decide", "决定", REVIEWING, DONE, OFFICER, Clock.STOP)
PLAIN = Procedure("plain", "最简单的许可", (SUBMIT, ACCEPT, SEND, BACK, DECIDE), term="permit.decide")


def codes(*steps: Step, term: str = "permit.decide") -> set[str]:
    return {flaw.code for flaw in flaws(Procedure("test", "试验", steps, term))}


def test_a_sound_procedure_has_no_flaw():
    assert flaws(PLAIN) == []


def test_states_are_those_that_steps_name():
    assert [state.key for state in PLAIN.states] == ["submitted", "reviewing", "outside", "done"]
    assert PLAIN.state("outside") is OUTSIDE
    assert [step.key for step in PLAIN.steps_from(REVIEWING)] == ["send_out", "decide"]


def test_a_step_that_is_not_declared_does_not_exist():
    with pytest.raises(NoSuchStep):
        PLAIN.step("bribe")


def test_a_step_nobody_may_take_is_a_flaw():
    assert "PR03" in codes(SUBMIT, replace(ACCEPT, by=()), DECIDE)


def test_a_state_nobody_can_reach_is_a_flaw():
    lost = State("lost", "无路可到")
    found = flaws(Procedure("test", "试验", (*PLAIN.steps, Step("x", "找回", lost, DONE, OFFICER)), "t"))
    assert [flaw.message for flaw in found] == ["状态“无路可到”到不了"]


def test_a_clock_that_never_stops_is_a_flaw():
    assert "PR09" in codes(SUBMIT, ACCEPT, replace(DECIDE, clock=Clock.NONE))


def test_one_path_without_a_stop_is_enough():
    withdrawn = State("withdrawn", "撤回", final=True)
    withdraw = Step("withdraw", "撤回", REVIEWING, withdrawn, (Role.APPLICANT,))
    assert "PR09" in codes(SUBMIT, ACCEPT, DECIDE, withdraw)
    assert codes(SUBMIT, ACCEPT, DECIDE, replace(withdraw, clock=Clock.STOP)) == set()


def test_a_clock_is_not_paused_before_it_runs():
    assert "PR06" in codes(SUBMIT, replace(ACCEPT, clock=Clock.PAUSE), DECIDE)


def test_a_clock_that_nobody_tells_why_it_stops_is_a_flaw():
    assert "PR11" in codes(SUBMIT, ACCEPT, replace(SEND, facts=()), BACK, DECIDE)
    days, reason = Fact(DAYS_KEY, "天数", Kind.DAYS), Fact(REASON_KEY, "理由")
    extend = Step("extend", "延期", REVIEWING, REVIEWING, OFFICER, Clock.EXTEND, facts=(days, reason))
    assert codes(SUBMIT, ACCEPT, extend, DECIDE) == set()
    assert "PR11" in codes(SUBMIT, ACCEPT, replace(extend, facts=(days,)), DECIDE)


def test_what_the_platform_does_by_itself_nobody_else_may_do():
    deem = Step(
        "deem", "视为受理", SUBMITTED, REVIEWING, (Role.SYSTEM,), Clock.DEEM, after="permit.correction"
    )
    assert codes(SUBMIT, ACCEPT, deem, DECIDE) == set()
    assert "PR12" in codes(SUBMIT, ACCEPT, replace(deem, by=WINDOW), DECIDE)
    assert "PR15" in codes(SUBMIT, ACCEPT, replace(deem, facts=(Fact("why", "原因"),)), DECIDE)


def test_a_step_lapses_only_with_a_term_and_is_deemed_only_after_something():
    assert "PR13" in codes(SUBMIT, replace(ACCEPT, lapses=True), DECIDE)
    assert "PR14" in codes(replace(SUBMIT, clock=Clock.DEEM), DECIDE)


def test_a_clock_is_not_resumed_that_was_not_paused():
    assert "PR06" in codes(SUBMIT, ACCEPT, replace(SEND, clock=Clock.NONE), BACK, DECIDE)


def test_a_matter_that_cannot_be_finished_is_a_flaw():
    assert "PR08" in codes(SUBMIT, ACCEPT, SEND, DECIDE)


def test_nothing_follows_an_end():
    again = Step("again", "再来一次", DONE, SUBMITTED, WINDOW)
    assert "PR04" in codes(SUBMIT, ACCEPT, DECIDE, again)


def test_a_step_is_declared_once_and_a_state_in_one_way():
    assert "PR01" in codes(SUBMIT, SUBMIT, ACCEPT, DECIDE)
    other = replace(REVIEWING, title="另一种审查")
    assert "PR02" in codes(SUBMIT, ACCEPT, replace(DECIDE, source=(REVIEWING, other)))


def test_a_procedure_begins_somewhere_and_its_clock_has_a_term():
    assert "PR05" in codes(ACCEPT, DECIDE)
    assert codes(SUBMIT, ACCEPT, DECIDE, term="") == {"PR10"}


def test_a_procedure_draws_itself():
    drawn = page(PLAIN)
    assert "[*] --> submitted: 提交" in drawn
    assert "reviewing --> outside: 送专家评审（暂停）" in drawn
    assert "done --> [*]" in drawn
    assert "| 受理 `accept` | 已提交 | 审查中 | 窗口人员 | 起算 |  |  |" in drawn
