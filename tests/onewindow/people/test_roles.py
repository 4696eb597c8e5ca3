"""Roles: granted to others, withdrawn, kept apart."""

import itertools

import pytest

from onewindow.kernel.api import SYSTEM, Entry, FactsInvalid, NotAllowed, NotFound, NotPossible
from onewindow.kernel.procedure import Role
from onewindow.people.api import (
    Account,
    actor_of,
    breaches,
    close_account,
    delegate,
    grant,
    open_account,
    rename_account,
    reopen_account,
    withdraw,
)
from onewindow.people.models import Assignment
from onewindow.people.rules import ADMINISTRATORS, BUSINESS
from tests.onewindow.people.bureau import acting, day, staff, units

pytestmark = pytest.mark.django_db
ROLES = (*ADMINISTRATORS, *BUSINESS)


@pytest.fixture(autouse=True)
def _units():
    units()


@pytest.fixture
def security():
    return acting("sec", Role.SECURITY_ADMIN)


def test_the_security_administrator_grants_and_withdraws_and_both_are_noted(security):
    clerk = staff("clerk")
    held = grant(clerk.reference, Role.WINDOW, "town", security)
    assert actor_of(clerk).grants[Role.WINDOW] == {"town", "village", "platform"}
    withdraw(held.pk, "调离窗口", security)
    assert actor_of(clerk).grants == {}
    entries = Entry.objects.filter(matter=f"J-{clerk.reference}", actor_id=security.id).order_by("seq")
    assert [entry.step for entry in entries] == ["role_granted", "role_withdrawn"]
    assert "窗口人员（某镇便民服务中心，town）" in entries[0].facts
    assert "调离窗口" in entries[1].facts


@pytest.mark.parametrize("role", [role for role in ROLES if role is not Role.SECURITY_ADMIN])
def test_nobody_else_grants_or_withdraws(role):
    other, clerk = acting("other", role), staff("clerk")
    with pytest.raises(NotAllowed):
        grant(clerk.reference, Role.WINDOW, "town", other)
    held = grant(clerk.reference, Role.WINDOW, "town", SYSTEM)
    with pytest.raises(NotAllowed):
        withdraw(held.pk, "理由", other)
    assert list(clerk.assignments.values_list("until", flat=True)) == [None]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_grants_himself_anything(security, role):
    with pytest.raises(NotAllowed, match="不能给自己"):
        grant(security.id, role, "bureau", security)


@pytest.mark.parametrize(("held", "wanted"), list(itertools.permutations(ROLES, 2)))
def test_three_administrators_are_three_people_and_do_no_business(held, wanted):
    account = staff("one", held)
    if held in BUSINESS and wanted in BUSINESS:
        grant(account.reference, wanted, "bureau", SYSTEM)
    else:
        with pytest.raises(NotPossible, match="三员分立"):
            grant(account.reference, wanted, "bureau", SYSTEM)
    assert breaches() == []


def test_an_applicants_name_is_kept_masked():
    account = open_account("somebody", "某某甲", SYSTEM, kind=Account.Kind.APPLICANT)
    rename_account(account.reference, "某某乙", acting("sys", Role.SYSTEM_ADMIN))
    account.refresh_from_db()
    assert account.name == "某*乙"


def test_what_the_database_holds_against_the_separation_is_found():
    account = staff("one", Role.SYSTEM_ADMIN)
    Assignment.objects.create(
        account=account, unit_id=account.assignments.get().unit_id, role="window", since=day("2026-01-01")
    )
    assert breaches() == [(account.reference, Role.SYSTEM_ADMIN, Role.WINDOW)]


def test_one_may_become_administrator_when_the_business_role_has_ended(on):
    with on("2026-05-06 09:00"):
        account = staff("one")
        grant(account.reference, Role.WINDOW, "bureau", SYSTEM, until=day("2026-05-31"))
        with pytest.raises(NotPossible, match="三员分立"):
            grant(account.reference, Role.AUDIT_ADMIN, "bureau", SYSTEM, since=day("2026-05-31"))
        grant(account.reference, Role.AUDIT_ADMIN, "bureau", SYSTEM, since=day("2026-06-01"))
        assert breaches() == []
    with on("2026-06-01 00:00"):
        assert list(actor_of(account).grants) == [Role.AUDIT_ADMIN]


def test_the_same_role_is_not_granted_twice(security):
    clerk = staff("clerk", Role.WINDOW)
    with pytest.raises(NotPossible, match="已有"):
        grant(clerk.reference, Role.WINDOW, "bureau", security)


def test_a_role_is_not_granted_backwards(security, on):
    clerk = staff("clerk")
    with on("2026-05-06 09:00"):
        with pytest.raises(FactsInvalid, match="不能补授权"):
            grant(clerk.reference, Role.WINDOW, "bureau", security, since=day("2026-05-05"))
        with pytest.raises(FactsInvalid, match="不能早于开始日期"):
            grant(clerk.reference, Role.WINDOW, "bureau", security, until=day("2026-05-05"))


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.SELF, Role.SYSTEM])
def test_some_roles_are_not_given_out(security, role):
    with pytest.raises(FactsInvalid, match="不是可以授予的角色"):
        grant(staff("clerk").reference, role, "bureau", security)


def test_an_applicants_account_gets_no_role(security):
    account = open_account("somebody", "某*", SYSTEM, kind=Account.Kind.APPLICANT)
    with pytest.raises(NotPossible, match="另开账户"):
        grant(account.reference, Role.WINDOW, "bureau", security)


def test_another_system_may_do_business_but_administers_nothing(security):
    account = open_account("exchange", "前置机", SYSTEM, kind=Account.Kind.CLIENT)
    grant(account.reference, Role.WINDOW, "bureau", security)
    with pytest.raises(NotPossible, match="系统账户"):
        grant(account.reference, Role.AUDIT_ADMIN, "bureau", security)


def test_the_last_security_administrator_stays(security):
    account = Account.objects.get(reference=security.id)
    with pytest.raises(NotPossible, match="最后一名"):
        withdraw(account.assignments.get().pk, "退休", security)
    with pytest.raises(NotPossible, match="最后一名"):
        close_account(account.reference, "退休", acting("sys", Role.SYSTEM_ADMIN))
    second = staff("sec2", Role.SECURITY_ADMIN)
    withdraw(account.assignments.get().pk, "退休", actor_of(second))
    assert actor_of(account).grants == {}


def test_one_who_stands_in_for_some_days_does_not_let_the_last_go(security):
    second = staff("sec2")
    grant(second.reference, Role.SECURITY_ADMIN, "bureau", security, until=day("2099-01-01"))
    with pytest.raises(NotPossible, match="最后一名长期的"):
        withdraw(Assignment.objects.get(account__reference=security.id).pk, "退休", actor_of(second))


def test_a_reason_is_asked_for(security):
    held = staff("clerk", Role.WINDOW).assignments.get()
    with pytest.raises(FactsInvalid, match="理由"):
        withdraw(held.pk, " ", security)
    assert Assignment.objects.get(pk=held.pk).until is None


def test_a_role_that_has_ended_is_not_withdrawn_again(security):
    held = staff("clerk", Role.WINDOW).assignments.get()
    withdraw(held.pk, "调离", security)
    with pytest.raises(NotFound):
        withdraw(held.pk, "调离", security)


# --- accounts -----------------------------------------------------------------------------------


def test_an_account_is_opened_without_role_and_password():
    account = open_account(" Clerk ", "某甲", acting("sys", Role.SYSTEM_ADMIN))
    assert (account.login, account.has_usable_password(), actor_of(account).grants) == ("clerk", False, {})
    assert account.reference not in account.login


@pytest.mark.parametrize("role", [role for role in ROLES if role is not Role.SYSTEM_ADMIN])
def test_accounts_are_the_system_administrators_alone(role):
    other, clerk = acting("other", role), staff("clerk")
    for act in (
        lambda: open_account("another", "某乙", other),
        lambda: rename_account(clerk.reference, "某乙", other),
        lambda: close_account(clerk.reference, "离职", other),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not Account.objects.filter(login="another").exists()
    clerk.refresh_from_db()
    assert (clerk.name, clerk.is_active) == ("职员clerk", True)


def test_who_comes_back_gets_his_roles_from_the_security_administrator(security):
    admin, clerk = acting("sys", Role.SYSTEM_ADMIN), staff("clerk", Role.WINDOW)
    close_account(clerk.reference, "借调", admin)
    with pytest.raises(NotPossible, match="已经停用"):
        grant(clerk.reference, Role.WINDOW, "bureau", security)
    reopen_account(clerk.reference, "回局", admin)
    clerk.refresh_from_db()
    assert actor_of(clerk).grants == {}
    grant(clerk.reference, Role.WINDOW, "bureau", security)
    assert Role.WINDOW in actor_of(clerk).grants


def test_nobody_closes_his_own_account():
    admin = acting("sys", Role.SYSTEM_ADMIN)
    with pytest.raises(NotAllowed, match="自己的账户"):
        close_account(admin.id, "离职", admin)


def test_a_deputy_whose_account_is_closed_stands_in_no_more():
    lender, deputy = staff("lender", Role.WINDOW), staff("deputy")
    delegate(
        lender.reference, deputy.reference, day("2099-05-06"), day("2099-05-08"), "休假", actor_of(lender)
    )
    admin = acting("sys", Role.SYSTEM_ADMIN)
    close_account(deputy.reference, "离职", admin)
    reopen_account(deputy.reference, "回来", admin)
    assert not deputy.deputising.filter(ended__isnull=True).exists()


@pytest.mark.parametrize("login", ["ab", "有 空格", "-clerk", "a" * 61])
def test_a_log_in_name_has_a_shape(login):
    with pytest.raises(FactsInvalid, match="登录名应为"):
        open_account(login, "某甲", SYSTEM)


def test_a_log_in_name_is_used_once():
    staff("clerk")
    with pytest.raises(FactsInvalid, match="已被使用"):
        open_account("CLERK", "某甲", SYSTEM)
