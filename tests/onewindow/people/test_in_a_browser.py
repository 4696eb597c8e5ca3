"""Every page of people in a real browser: readable for everybody, quiet in the console, never wider than the screen."""

import pytest
from django.test import Client

from onewindow.kernel.api import SYSTEM
from onewindow.kernel.procedure import Role
from onewindow.people.api import (
    Account,
    OrganisationDetails,
    Power,
    actor_of,
    authorise,
    delegate,
    open_account,
    register_organisation,
    reveal,
)
from tests.onewindow.pages.browser import NARROW, WIDE
from tests.onewindow.people.bureau import acting, day, somebody, staff, units

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def reader(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def everybody():
    """Who reads, and his pages by name."""
    units()
    people = {
        role: staff(role.value, role) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    }
    clerk = staff("clerk", Role.WINDOW)
    deputy = staff("deputy", Role.OFFICER)
    principal, agent = somebody("某某甲"), somebody("某某乙", "2020-02-02")
    by = acting("another", Role.WINDOW)
    company = register_organisation(
        OrganisationDetails("某某有限公司", "91350100M000100Y43", "某甲"), by
    ).reference
    authorise(Power(principal, agent, day("2026-01-01"), day("2099-12-31"), "ab" * 32), by)
    delegate(
        clerk.reference, deputy.reference, day("2099-05-11"), day("2099-05-13"), "年休假", actor_of(clerk)
    )
    for number in range(60):
        reveal(principal, "phone", by, f"第{number}次核对")
    own = open_account("own", "某某甲", SYSTEM, kind=Account.Kind.APPLICANT)
    own.party = principal
    own.save()
    of_clerk = f"/people/staff/of/{clerk.reference}/"
    return [
        (people[Role.SYSTEM_ADMIN], {
            "units": "/people/units/", "unit-add": "/people/units/add/", "unit": "/people/units/of/village/",
            "staff": "/people/staff/", "account-open": "/people/staff/open/", "account-system": of_clerk,
        }),
        (people[Role.SECURITY_ADMIN], {
            "account-security": of_clerk, "leave-all": "/people/leave/", "erase": "/people/erasing/",
        }),
        (people[Role.AUDIT_ADMIN], {"journals": "/people/journals/", "journals-step": "/people/journals/?step=value_read"}),
        (clerk, {
            "leave": "/people/leave/", "persons": "/people/persons/", "register": "/people/persons/register/",
            "register-organisation": "/people/persons/register/organisation/",
            "person": f"/people/persons/of/{principal}/", "child": f"/people/persons/of/{agent}/",
            "organisation": f"/people/persons/of/{company}/", "value": f"/people/persons/of/{principal}/read/phone/",
        }),
        (own, {"own-data": "/own/data/"}),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page(everybody, window, size):
    wrong = []
    for account, pages in everybody:
        opened = window(reader(account), size)
        for name, address in pages.items():
            opened.open(address)
            wrong += opened.wrong(f"people-{name}-{size[0]}")
        opened.close()
    assert wrong == []


def test_a_refused_form_is_readable_too(everybody, window):
    opened = window(reader(Account.objects.get(login="clerk")))
    page = opened.open("/people/persons/register/")
    page.get_by_label("证件号码").fill("990000199001010012")
    page.get_by_role("button", name="登记").click()
    page.get_by_role("alert").get_by_text("校验位不符").wait_for()
    assert page.get_by_label("证件号码").input_value() == "990000199001010012"
    assert opened.wrong("people-register-refused") == []
