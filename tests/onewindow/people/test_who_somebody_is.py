"""`actor_of`: roles with units and dates, in one query."""

import pytest

from onewindow.kernel.api import SYSTEM, move
from onewindow.kernel.procedure import Role
from onewindow.people.api import Account, Power, actor_of, authorise, close_account, grant
from tests.onewindow.people.bureau import acting, day, somebody, staff, units

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _units():
    units()


def test_it_costs_one_query(django_assert_num_queries):
    officer = staff("officer", Role.OFFICER, Role.APPROVER, unit="section")
    actor_of(officer)  # the tree is read once
    with django_assert_num_queries(1):
        actor = actor_of(officer)
    assert actor.grants == {
        Role.OFFICER: {"section", "platform"},
        Role.APPROVER: {"section", "platform"},
    }
    assert (actor.id, actor.name) == (officer.reference, "职员officer")
    assert actor.parties == {officer.reference}


def test_it_costs_one_query_for_an_applicant_and_none_for_a_closed_account(django_assert_num_queries):
    account = Account(reference="A1", login="a1", name="某*", kind="applicant", party="P1")
    with django_assert_num_queries(1):
        actor = actor_of(account)
    assert actor.grants == {}
    assert actor.parties == {"A1", "P1"}
    account.is_active = False
    with django_assert_num_queries(0):
        assert actor_of(account).parties == frozenset()


def test_a_role_covers_its_unit_and_all_below():
    grants = acting("clerk", Role.WINDOW, unit="town").grants
    assert grants == {Role.WINDOW: {"town", "village", "platform"}}


def test_a_role_holds_from_its_first_day_to_its_last(on):
    with on("2026-05-06 09:00"):
        clerk = staff("clerk")
        grant(clerk.reference, Role.WINDOW, "town", SYSTEM, since=day("2026-05-08"), until=day("2026-05-09"))
    for moment, holds in (
        ("2026-05-07 23:59", False),
        ("2026-05-08 00:00", True),
        ("2026-05-09 23:59", True),
        ("2026-05-10 00:00", False),
    ):
        with on(moment):
            assert bool(actor_of(clerk).grants) is holds, moment


def test_a_closed_account_may_do_nothing(on):
    clerk = staff("clerk", Role.WINDOW)
    close_account(clerk.reference, "离职", acting("sys", Role.SYSTEM_ADMIN))
    clerk.refresh_from_db()
    actor = actor_of(clerk)
    assert (actor.grants, actor.parties) == ({}, frozenset())


def test_an_agent_acts_for_whom_he_is_authorised_by_and_on_those_days_only(on):
    with on("2026-05-06 09:00"):
        principal, agent = somebody(), somebody("某乙", "1985-02-02")
        power = Power(principal, agent, day("2026-05-08"), day("2026-05-09"), "ab" * 32)
        authorise(power, acting("clerk", Role.WINDOW))
    account = Account.objects.create(reference="A1", login="a1", name="某*", kind="applicant", party=agent)
    for moment, holds in (
        ("2026-05-07 23:59", False),
        ("2026-05-08 00:00", True),
        ("2026-05-09 23:59", True),
        ("2026-05-10 00:00", False),
    ):
        with on(moment):
            actor = actor_of(account)
            assert (principal in actor.parties) is holds, moment
            assert not actor.is_himself(principal)
            assert actor.is_himself(agent)


def test_an_agent_for_one_kind_of_matter_acts_in_no_other(on):
    from onewindow.kernel.api import NotAllowed, Subject, begin

    principal, agent = somebody(), somebody("某乙", "1985-02-02")
    with on("2026-05-06 09:00"):
        authorise(
            Power(principal, agent, day("2026-05-06"), day("2026-05-09"), "ab" * 32, kind="permit"),
            acting("clerk", Role.WINDOW),
        )
        account = Account.objects.create(
            reference="A1", login="a1", name="某*", kind="applicant", party=agent
        )
        actor = actor_of(account)
        assert principal not in actor.parties
        taken = begin(
            "permit", "submit", actor, {"contact": "0"}, subject=Subject("bureau", "许可", principal)
        )
        assert taken.entry.actor_id == "A1"
        with pytest.raises(NotAllowed):
            move(f"J-{principal}", "personal_read", actor, {"what": "姓名"})
