"""A term that the bureau promised below the legal one (承诺时限)."""

from datetime import date

import pytest

from onewindow.kernel.api import ClockRefused, Matter, Subject, begin, move
from onewindow.kernel.deadlines import deadline
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER

pytestmark = pytest.mark.django_db


def accepted(on, promised: int) -> Matter:
    """Accepted on Monday 11 May 2026: the legal term ends on 8 June."""
    subject = Subject("bureau", "食品经营许可", "p-1", promised)
    with on("2026-05-11 09:00"):
        matter = begin("permit", "submit", APPLICANT, {}, subject=subject).matter
        return move(matter.id, "accept", CLERK).matter


def extended(on, matter: Matter, asked: str, days: int = 10) -> Matter:
    with on(asked):
        told = {"days": days, "reason": "案情复杂"}
        move(matter.id, "ask_extension", OFFICER, told)
        return move(matter.id, "extend", APPROVER, told).matter


def test_it_is_what_the_card_goes_by_and_the_legal_one_stands_beside_it(on):
    matter = accepted(on, promised=5)
    assert (matter.due, matter.legal_due) == (date(2026, 5, 18), date(2026, 6, 8))
    with on("2026-05-19 09:00"):
        told = deadline(matter)
        assert (told.card.level.title, told.legal.overdue) == ("红牌", False)


def test_a_promise_above_the_legal_term_promises_nothing(on):
    matter = accepted(on, promised=60)
    assert matter.due == matter.legal_due == date(2026, 6, 8)


def test_an_extension_lengthens_promise_and_legal_term(on):
    matter = extended(on, accepted(on, promised=5), "2026-05-18 10:00")
    assert (matter.due, matter.legal_due) == (date(2026, 6, 1), date(2026, 6, 23))  # 19 June is Dragon Boat


def test_an_extension_after_the_promise_was_broken_does_not_mend_it(on):
    matter = extended(on, accepted(on, promised=5), "2026-05-19 10:00")
    assert (matter.due, matter.legal_due) == (date(2026, 5, 18), date(2026, 6, 23))
    with on("2026-05-20 09:00"):
        told = deadline(matter)
        assert (told.promised.due, told.promised.overdue) == (date(2026, 5, 18), True)
        assert (told.legal.due, told.trouble) == (date(2026, 6, 23), "")
    with on("2026-05-21 09:00"):
        move(matter.id, "propose", OFFICER, {"opinion": "grant", "grounds": "符合条件"})
        assert move(matter.id, "decide", APPROVER).matter.late is True


def test_after_the_legal_term_nothing_can_be_extended(on):
    matter = accepted(on, promised=5)
    with pytest.raises(ClockRefused, match="已于2026-06-08届满，2026-06-09不能再延长"):
        extended(on, matter, "2026-06-09 09:00")
    assert Matter.objects.get(pk=matter.id).state == "extending"
