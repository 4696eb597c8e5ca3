"""A measure is counted from what was done, and can show the matters behind it."""

from datetime import date
from decimal import Decimal

import pytest

from onewindow.approval.cases.measures import MEASURES
from onewindow.kernel.api import SYSTEM, Subject, begin, move
from onewindow.kernel.measures import Figure, Measure, Period, Taken
from onewindow.kernel.measuring import matters_behind, measured
from onewindow.kernel.procedure import Role
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER, one

ACCEPTED, DECIDED, ON_TIME, DEEMED = MEASURES
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
YEAR = Period.year(2026)


def permit(on, accepted, decided, *, unit="bureau", promised=None):
    """A permit accepted and decided at these moments."""
    subject = Subject(unit, "许可", "p-1", promised)
    people = [one(role, units={unit}) for role in (Role.WINDOW, Role.OFFICER, Role.APPROVER)]
    with on(accepted):
        matter = begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=subject).matter.id
        move(matter, "accept", people[0])
    if decided:
        with on(decided):
            move(matter, "propose", people[1], {"opinion": "grant", "grounds": "符合"})
            move(matter, "decide", people[2])
    return matter


@pytest.mark.django_db
def test_a_share_is_counted_in_matters_and_shows_which_they_are(on):
    quick = permit(on, "2026-05-06 09:00", "2026-05-08 09:00")
    late = permit(on, "2026-05-06 09:00", "2026-06-15 09:00")
    figure = measured(ON_TIME, YEAR)
    assert (figure.numerator, figure.denominator, figure.value) == (1, 2, Decimal("50.00"))
    assert list(matters_behind(ON_TIME.numerator, YEAR)) == [quick]
    assert set(matters_behind(DECIDED.numerator, YEAR)) == {quick, late}


@pytest.mark.django_db
def test_the_promise_is_what_on_time_means(on):
    permit(on, "2026-05-06 09:00", "2026-05-20 09:00", promised=5)
    assert measured(ON_TIME, YEAR).value == 0


@pytest.mark.django_db
def test_a_period_has_its_days_in_shanghai_the_last_one_included(on):
    permit(on, "2026-05-06 09:00", "2026-05-31 23:59")
    permit(on, "2026-05-06 09:00", "2026-06-01 00:00")
    assert measured(DECIDED, MAY).value == 1
    assert measured(DECIDED, Period(date(2026, 6, 1), date(2026, 6, 1))).value == 1


@pytest.mark.django_db
def test_nothing_to_compare_with_is_no_figure_rather_than_zero():
    figure = measured(ON_TIME, MAY)
    assert (figure.numerator, figure.denominator, figure.value) == (0, 0, None)
    assert measured(DECIDED, MAY).value == 0


@pytest.mark.django_db
def test_a_unit_is_measured_by_its_own_matters(on):
    permit(on, "2026-05-06 09:00", "2026-05-08 09:00", unit="west")
    permit(on, "2026-05-06 09:00", "2026-05-08 09:00", unit="east")
    assert measured(DECIDED, YEAR, {"west"}).value == 1
    assert measured(DECIDED, YEAR, {"west", "east"}).value == 2
    assert measured(DECIDED, YEAR, set()).value == 0


@pytest.mark.django_db
def test_a_matter_counts_once_however_often_the_step_was_taken(on):
    with on("2026-05-06 09:00"):
        subject = Subject("bureau", "许可", "p-1")
        matter = begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=subject).matter.id
        move(matter, "accept", CLERK)
        for _round in range(3):
            move(matter, "propose", OFFICER, {"opinion": "grant", "grounds": "符合"})
            move(matter, "send_back", APPROVER, {"reason": "再核"})
    assert measured(Measure("x", "退回", "件", Taken("permit", ("send_back",))), YEAR).value == 1


@pytest.mark.django_db
def test_what_the_platform_deems_accepted_counts_as_accepted(on):
    with on("2026-05-06 09:00"):
        subject = Subject("bureau", "许可", "p-1")
        matter = begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=subject).matter.id
    with on("2026-05-14 09:00"):
        move(matter, "deem_accepted", SYSTEM)
    assert measured(ACCEPTED, MAY).value == 1
    assert measured(DEEMED, MAY).value == 100


@pytest.mark.parametrize(("part", "whole", "value"), [(2, 3, "66.67"), (1, 8, "12.50"), (1, 800, "0.13")])
def test_a_share_is_rounded_half_up_to_two_decimals(part, whole, value):
    assert Figure(ON_TIME, YEAR, part, whole).value == Decimal(value)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="早于"):
        Period(date(2026, 2, 1), date(2026, 1, 1))
