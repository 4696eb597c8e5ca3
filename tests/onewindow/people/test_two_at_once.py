"""Two administrators at once: what each may do alone, they may not do together."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from onewindow.kernel.api import SYSTEM, Entry, NotPossible, Refused
from onewindow.kernel.ledger.chain import check_chain
from onewindow.kernel.procedure import Role
from onewindow.kernel.rows import stored
from onewindow.people.api import (
    PersonDetails,
    actor_of,
    add_unit,
    breaches,
    grant,
    move_unit,
    open_account,
    register_person,
    tree,
    withdraw,
)
from onewindow.people.models import Account, Assignment, Person
from tests.onewindow.people.bureau import acting, identity, staff, units

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _units():
    units()


def at_once(*acts):
    """Results of acts that start together; refusals are results."""
    barrier = Barrier(len(acts))

    def one(act):
        barrier.wait()
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def refusals(results):
    return [one for one in results if isinstance(one, Refused)]


def test_they_cannot_make_one_person_two_administrators():
    one, two = acting("sec1", Role.SECURITY_ADMIN), acting("sec2", Role.SECURITY_ADMIN)
    account = staff("new").reference
    results = at_once(
        lambda: grant(account, Role.SYSTEM_ADMIN, "bureau", one),
        lambda: grant(account, Role.AUDIT_ADMIN, "bureau", two),
    )
    (refused,) = refusals(results)
    assert isinstance(refused, NotPossible)
    assert "三员分立" in refused.message
    assert breaches() == []


def test_they_cannot_remove_each_other_so_that_nobody_is_left():
    accounts = [staff("sec1", Role.SECURITY_ADMIN), staff("sec2", Role.SECURITY_ADMIN)]
    held = [account.assignments.get().pk for account in accounts]
    one, two = (actor_of(account) for account in accounts)
    results = at_once(lambda: withdraw(held[1], "调离", one), lambda: withdraw(held[0], "调离", two))
    assert len(refusals(results)) == 1
    assert sum(bool(actor_of(account).grants) for account in accounts) == 1


def test_they_cannot_move_two_units_under_each_other():
    add_unit("other", "别处", "section", "bureau", SYSTEM)
    one, two = acting("sys1", Role.SYSTEM_ADMIN), acting("sys2", Role.SYSTEM_ADMIN)
    results = at_once(lambda: move_unit("town", "other", one), lambda: move_unit("other", "town", two))
    assert len(refusals(results)) == 1
    assert set(tree().units) == {"bureau", "section", "town", "village", "other"}


def test_they_grant_the_same_role_once():
    one, two = acting("sec1", Role.SECURITY_ADMIN), acting("sec2", Role.SECURITY_ADMIN)
    account = staff("clerk").reference
    results = at_once(*(lambda by=by: grant(account, Role.WINDOW, "town", by) for by in (one, two, one, two)))
    assert len(refusals(results)) == 3
    assert Assignment.objects.filter(account__reference=account).count() == 1


def test_two_windows_register_one_person_once():
    clerks = [acting("clerk1", Role.WINDOW), acting("clerk2", Role.WINDOW)]
    details = PersonDetails("某甲", identity("1990-01-01"))
    results = at_once(*(lambda by=by: register_person(details, by) for by in clerks * 2))
    assert Counter(one.known for one in results) == {False: 1, True: 3}
    assert len({one.reference for one in results}) == 1
    assert Person.objects.count() == 1


def test_a_log_in_name_is_given_once():
    results = at_once(*(lambda: open_account("same", "某甲", SYSTEM) for _each in range(4)))
    assert len(refusals(results)) == 3
    assert Account.objects.filter(login="same").count() == 1


def test_the_journal_of_the_platform_takes_them_all_in_order():
    by = acting("sys1", Role.SYSTEM_ADMIN)
    results = at_once(
        *(lambda number=number: add_unit(f"u{number}", "处", "section", "bureau", by) for number in range(6))
    )
    assert refusals(results) == []
    entries = [stored(entry) for entry in Entry.objects.filter(matter="J-platform").order_by("seq")]
    assert check_chain(entries).faults == []
    assert sum(entry.value.step == "unit_changed" for entry in entries) == 10
