"""Delegation during leave."""

import json

import pytest

from onewindow.kernel.api import (
    SYSTEM,
    Entry,
    FactsInvalid,
    NotAllowed,
    NotFound,
    NotPossible,
    Subject,
    begin,
    move,
)
from onewindow.kernel.procedure import Role
from onewindow.people.api import actor_of, close_account, delegate, end_delegation, grant, withdraw
from onewindow.people.models import Delegation
from onewindow.people.rules import ADMINISTRATORS
from tests.onewindow.people import APPLICANT
from tests.onewindow.people.bureau import acting, day, staff, units

pytestmark = pytest.mark.django_db
FIRST, LAST = day("2026-05-11"), day("2026-05-13")


@pytest.fixture
def before(on):
    units()
    with on("2026-05-06 09:00"):
        yield


@pytest.fixture
def lender(before):
    return staff("lender", Role.OFFICER, Role.APPROVER, unit="town")


@pytest.fixture
def deputy(before):
    return staff("deputy", Role.WINDOW, unit="section")


def lent(lender, deputy, actor=None, since=FIRST, until=LAST):
    return delegate(lender.reference, deputy.reference, since, until, "年休假", actor or actor_of(lender))


def test_the_deputy_holds_the_lenders_roles_in_his_units_on_those_days_only(lender, deputy, on):
    lent(lender, deputy)
    for moment, holds in (
        ("2026-05-10 23:59", False),
        ("2026-05-11 00:00", True),
        ("2026-05-13 23:59", True),
        ("2026-05-14 00:00", False),
    ):
        with on(moment):
            actor = actor_of(deputy)
            assert (Role.OFFICER in actor.grants) is holds, moment
            assert actor.grants[Role.WINDOW] == {"section", "platform"}
            if holds:
                assert actor.grants[Role.OFFICER] == {"town", "village", "platform"}
                assert actor.lender(Role.OFFICER, "village") == lender.reference
                assert actor.lender(Role.WINDOW, "section") == ""


def test_what_the_deputy_does_says_for_whom(lender, deputy, on):
    clerk = acting("clerk", Role.WINDOW)
    matter = begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=Subject("village", "许可", "p-1"))
    move(matter.matter.id, "accept", clerk)
    lent(lender, deputy)
    with on("2026-05-12 09:00"):
        move(matter.matter.id, "propose", actor_of(deputy), {"opinion": "grant", "grounds": "符合"})
    entry = Entry.objects.get(step="propose")
    assert (entry.actor_id, json.loads(entry.facts)["for"]) == (deputy.reference, lender.reference)


def test_what_he_holds_himself_he_does_in_his_own_name(lender, before, on):
    deputy = staff("deputy", Role.OFFICER, unit="village")
    lent(lender, deputy)
    with on("2026-05-12 09:00"):
        actor = actor_of(deputy)
        assert actor.lender(Role.OFFICER, "village") == ""
        assert actor.lender(Role.OFFICER, "town") == lender.reference


def test_a_delegation_costs_the_hot_path_no_further_query(lender, deputy, on, django_assert_num_queries):
    lent(lender, deputy)
    with on("2026-05-12 09:00"):
        actor_of(deputy)
        with django_assert_num_queries(1):
            actor_of(deputy)


def test_the_security_administrator_may_delegate_for_one_who_fell_ill(lender, deputy):
    assert len(lent(lender, deputy, acting("sec", Role.SECURITY_ADMIN))) == 2


def test_nobody_else_lends_somebodys_roles(lender, deputy):
    for other in (actor_of(deputy), acting("sys", Role.SYSTEM_ADMIN), acting("boss", Role.APPROVER)):
        with pytest.raises(NotAllowed):
            lent(lender, deputy, other)
    assert not Delegation.objects.exists()


def test_a_lent_role_is_not_passed_on(lender, before, on):
    deputy, third = staff("deputy"), staff("third")
    lent(lender, deputy)
    with on("2026-05-11 09:00"), pytest.raises(NotPossible, match="不能再转委托"):
        lent(deputy, third)


def test_who_passes_on_his_own_roles_does_not_pass_on_lent_ones(lender, deputy, on):
    third = staff("third")
    lent(lender, deputy)
    with on("2026-05-11 09:00"):
        lent(deputy, third)
        assert list(actor_of(third).grants) == [Role.WINDOW]


def test_nobody_is_his_own_deputy(lender):
    with pytest.raises(FactsInvalid, match="不能委托给自己"):
        lent(lender, lender)


def test_one_role_has_one_deputy_on_a_day(lender, deputy):
    lent(lender, deputy)
    with pytest.raises(NotPossible, match="已经委托给"):
        lent(lender, staff("third"), since=LAST, until=LAST)
    lent(lender, staff("fourth"), since=day("2026-05-14"), until=day("2026-05-14"))


def test_what_is_lent_never_outlives_what_is_held(before, on):
    lender, deputy = staff("lender"), staff("deputy")
    grant(lender.reference, Role.OFFICER, "town", SYSTEM, until=day("2026-05-12"))
    lent(lender, deputy)
    with on("2026-05-12 23:59"):
        assert Role.OFFICER in actor_of(deputy).grants
    with on("2026-05-13 00:00"):
        assert actor_of(deputy).grants == {}


def test_it_ends_with_the_role(lender, deputy, on):
    lent(lender, deputy)
    with on("2026-05-12 09:00"):
        withdraw(lender.assignments.get(role="officer").pk, "调离", acting("sec", Role.SECURITY_ADMIN))
        assert set(actor_of(deputy).grants) == {Role.WINDOW, Role.APPROVER}


def test_it_ends_with_the_lenders_account(lender, deputy, on):
    lent(lender, deputy)
    with on("2026-05-12 09:00"):
        close_account(lender.reference, "离职", acting("sys", Role.SYSTEM_ADMIN))
        assert set(actor_of(deputy).grants) == {Role.WINDOW}


def test_it_may_be_ended_before_its_time_with_an_entry(lender, deputy, on):
    made = lent(lender, deputy)
    with on("2026-05-12 09:00"):
        with pytest.raises(NotAllowed):
            end_delegation(made[0].pk, actor_of(deputy))
        for one in made:
            end_delegation(one.pk, actor_of(lender))
        assert set(actor_of(deputy).grants) == {Role.WINDOW}
        with pytest.raises(NotFound):
            end_delegation(made[0].pk, actor_of(lender))
    steps = (
        Entry.objects.filter(matter=f"J-{lender.reference}").order_by("seq").values_list("step", flat=True)
    )
    assert list(steps)[-3:] == ["delegated", "delegation_ended", "delegation_ended"]


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_an_administrators_role_is_not_lent_and_he_stands_in_for_nobody(lender, role):
    administrator, other = staff("administrator", role), staff("other")
    with pytest.raises(NotPossible, match="管理员角色不能委托"):
        lent(administrator, other)
    with pytest.raises(NotPossible, match="三员分立"):
        lent(lender, administrator)


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_a_deputy_does_not_become_administrator_meanwhile(lender, role):
    deputy = staff("deputy")
    lent(lender, deputy)
    with pytest.raises(NotPossible, match="三员分立"):
        grant(deputy.reference, role, "bureau", SYSTEM, until=FIRST)
    grant(deputy.reference, role, "bureau", SYSTEM, since=day("2026-05-14"))


def test_everything_that_is_wrong_is_told_at_once(lender):
    with pytest.raises(FactsInvalid) as caught:
        delegate(
            lender.reference, lender.reference, day("2026-05-05"), day("2026-05-04"), "", actor_of(lender)
        )
    assert [fault.key for fault in caught.value.faults] == ["deputy", "since", "until", "reason"]
