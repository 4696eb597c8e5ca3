"""行政许可法 第二十六条, 第四十二条第二款: handled jointly within 45 days."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onewindow.kernel.legal_time import TermError, bundled_calendar, due_date, joint_term, read, rulebook
from tests.onewindow.legal_time.clocks import DECISION, day, pause, resume, start, term

ON = day("2026-03-02")
SPECIAL = replace(DECISION, key="special", title="特别许可", amount=60)


def test_the_longest_of_the_permits_holds_for_the_whole() -> None:
    found = joint_term([DECISION, replace(DECISION, amount=30, title="较长许可")], rulebook(), ON)
    assert found.term.amount == 30
    assert found.limit.amount == 45
    assert "取最长的一项“较长许可”" in found.reason
    assert found.term.extension is not None
    assert (found.term.extension.amount, found.term.extension.approver) == (15, "本级人民政府负责人")


def test_the_whole_is_never_longer_than_forty_five_days() -> None:
    assert joint_term([DECISION, SPECIAL], rulebook(), ON).term.amount == 45


def test_a_bureau_may_choose_the_legal_limit_instead_of_the_longest() -> None:
    own = read(
        rulebook_text(),
        '[[joint]]\nkey = "permit.joint"\nlimit = "permit.joint"\ncombine = "limit"\nbasis = "本局规定"\nmark = "建议"\n',
    )
    found = joint_term([DECISION], own, ON)
    assert found.term.amount == 45
    assert found.reason == "取联合办理的法定上限：45个工作日（本局规定，建议）"


def rulebook_text() -> str:
    from onewindow.kernel.legal_time import terms_file

    return terms_file._FILE.read_text(encoding="utf-8")


def test_the_joint_term_runs_and_stands_still_like_any_other() -> None:
    found = joint_term([DECISION], rulebook(), ON).term
    events = [start("2026-03-02"), pause("2026-03-05"), resume("2026-03-12")]
    assert due_date(events, found, bundled_calendar()) == day("2026-04-07")


def test_permits_counted_otherwise_and_none_at_all_are_refused() -> None:
    with pytest.raises(TermError, match="须用同一种单位计算，公开部门预算、决算不是"):
        joint_term([DECISION, term("budget.publication")], rulebook(), ON)
    with pytest.raises(TermError, match="至少要有一个事项"):
        joint_term([], rulebook(), ON)
    with pytest.raises(TermError, match="这条联合办理规则"):
        joint_term([DECISION], rulebook(), ON, "permit.other")
