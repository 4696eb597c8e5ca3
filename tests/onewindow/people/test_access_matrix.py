"""Every address × every role, held to the table below: closed unless opened.

A page is added: put a line into `TABLE`, its route as `urls.py` spells it (with the prefix of what includes it) and
who may enter it. A view that nobody marked, a route that is not in the table, and a line without a route all fail.
What is entered is asked of the running platform: somebody of each role asks for each address, and is either let in
(whatever the page then says: 200, 404, 405 …) or turned away by the gate, with an entry in his journal.

Endpoints under api/ know their callers by tokens and not by sessions: the gate lets everybody through to them, and
tests/onewindow/api holds each endpoint × each scope.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from onewindow.kernel.api import SYSTEM, Entry
from onewindow.kernel.procedure import Role
from onewindow.people.access import marks_of
from onewindow.people.api import Account, open_account
from onewindow.people.rules import ADMINISTRATORS, BUSINESS
from tests.onewindow.people.bureau import somebody, staff, units

pytestmark = pytest.mark.django_db

# --- who there is -----------------------------------------------------------------------------

STRANGER = "somebody who is not signed in"
APPLICANT = "an applicant"
IDLE = "staff without a role"
ROLES = frozenset(role.value for role in (*ADMINISTRATORS, *BUSINESS))
EVERYBODY = frozenset({STRANGER, APPLICANT, IDLE}) | ROLES
SIGNED_IN = EVERYBODY - {STRANGER}
OWN = frozenset({APPLICANT})
WORK = frozenset(role.value for role in BUSINESS)
WINDOW = frozenset({Role.WINDOW.value})
SUPERVISOR = frozenset({Role.SUPERVISOR.value})
SYSTEM_ADMIN = frozenset({Role.SYSTEM_ADMIN.value})
SECURITY_ADMIN = frozenset({Role.SECURITY_ADMIN.value})
AUDIT_ADMIN = frozenset({Role.AUDIT_ADMIN.value})

# --- who may enter what -----------------------------------------------------------------------

TABLE = {
    # the platform
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "metrics": EVERYBODY,  # asks for its own token
    "": EVERYBODY,
    "problems/<code>": EVERYBODY,
    # the API: by token
    "api/v1/": EVERYBODY,
    "api/v1/openapi.json": EVERYBODY,
    "api/v1/matters": EVERYBODY,
    "api/v1/matters/<matter>": EVERYBODY,
    "api/v1/matters/<matter>/steps/<step>": EVERYBODY,
    "api/v1/matters/<matter>/entries": EVERYBODY,
    "api/v1/matters/<matter>/deadline": EVERYBODY,
    "api/v1/matters/<matter>/documents": EVERYBODY,
    "api/v1/matters/<matter>/documents/<digest>": EVERYBODY,
    "api/v1/matters/<matter>/receipt": EVERYBODY,
    "api/v1/dossiers": EVERYBODY,
    "api/v1/feed": EVERYBODY,
    "api/v1/measures": EVERYBODY,
    "api/v1/procedures": EVERYBODY,
    "api/v1/procedures/<kind>": EVERYBODY,
    "^api(?:/.*)?$": EVERYBODY,
    # log-in and one's own account
    "login/": EVERYBODY,
    "login/second/": EVERYBODY,
    "login/password/": EVERYBODY,
    "login/left/": EVERYBODY,
    "login/set-up/": EVERYBODY,
    "login/set-up/app/": EVERYBODY,
    "login/set-up/passkey/": EVERYBODY,
    "login/province/": EVERYBODY,
    "login/province/back/": EVERYBODY,
    "login/again/": SIGNED_IN,
    "login/kept/": SIGNED_IN,
    "login/end/": SIGNED_IN,
    "account/": SIGNED_IN,
    "account/password/": SIGNED_IN,
    "account/sessions/end/": SIGNED_IN,
    "account/authenticator/remove/": SIGNED_IN,
    "account/passkeys/<int:number>/remove/": SIGNED_IN,
    "account/codes/": SIGNED_IN,
    # units, staff, roles
    "people/units/": SYSTEM_ADMIN,
    "people/units/add/": SYSTEM_ADMIN,
    "people/units/of/<str:code>/": SYSTEM_ADMIN,
    "people/staff/": SYSTEM_ADMIN | SECURITY_ADMIN,
    "people/staff/open/": SYSTEM_ADMIN,
    "people/staff/of/<str:reference>/": SYSTEM_ADMIN | SECURITY_ADMIN,
    "people/staff/of/<str:reference>/change/": SYSTEM_ADMIN,
    "people/staff/of/<str:reference>/roles/": SECURITY_ADMIN,
    "people/leave/": WORK | SECURITY_ADMIN,
    "people/leave/<int:number>/end/": WORK | SECURITY_ADMIN,
    "people/tokens/": SECURITY_ADMIN,
    "people/tokens/<slug:prefix>/revoke/": SECURITY_ADMIN,
    # journals
    "people/journals/": AUDIT_ADMIN,
    "people/journals/export/": AUDIT_ADMIN,
    "own/data/": OWN,
    "own/data/read/<str:field>/": OWN,
    # persons
    "people/persons/": WORK,
    "people/persons/register/": WINDOW,
    "people/persons/register/organisation/": WINDOW,
    "people/persons/of/<str:reference>/": WORK,
    "people/persons/of/<str:reference>/change/": WINDOW,
    "people/persons/of/<str:reference>/agents/": WINDOW,
    "people/persons/of/<str:reference>/agents/<int:number>/end/": WINDOW,
    "people/persons/of/<str:reference>/read/<str:field>/": WORK,
    "people/erasing/": SECURITY_ADMIN,
    # matters: which of them somebody sees is `kernel.sight`'s to say
    "matters/": OWN,
    "matters/<str:matter_id>/": SIGNED_IN,
    "matters/<str:matter_id>/steps/<slug:step_key>/": SIGNED_IN,
    "matters/<str:matter_id>/entries/<int:seq>/<slug:fact_key>/": SIGNED_IN,
    "matters/<str:matter_id>/receipt/": SIGNED_IN,
    "receipts/": EVERYBODY,
    "receipts/verify_receipt.py": EVERYBODY,
    "receipts/keys/<slug:fingerprint>.pem": EVERYBODY,
    "matters/<str:matter_id>/documents/": SIGNED_IN,
    "matters/<str:matter_id>/documents/<int:version_id>/": SIGNED_IN,
    "matters/<str:matter_id>/documents/<int:version_id>/withdraw/": SIGNED_IN,
    "queue/": WORK,
    "start/": OWN | WORK,
    "start/<slug:kind>/<slug:step_key>/<slug:who>/": OWN | WORK,
    "board/": SUPERVISOR,
    "board/fragment/": SUPERVISOR,
    "board/<slug:what>/": SUPERVISOR,
    # what leaves the platform
    "outbox/": SYSTEM_ADMIN,
    "outbox/local/sms/": SYSTEM_ADMIN,
    "outbox/local/mail/": SYSTEM_ADMIN,
    "outbox/local/province/": SYSTEM_ADMIN,
    "outbox/channels/<slug:channel>/retry/": SYSTEM_ADMIN,
    "outbox/<slug:reference>/": SYSTEM_ADMIN,
    "outbox/<slug:reference>/retry/": SYSTEM_ADMIN,
    "outbox/<slug:reference>/drop/": SYSTEM_ADMIN,
    "outbox/<slug:reference>/read/": SYSTEM_ADMIN,
}

# --- every address ----------------------------------------------------------------------------


def _walk(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            assert isinstance(pattern, URLPattern)
            yield route, pattern.callback


ROUTES = dict(_walk(get_resolver()))


def address(route):
    """An address that the route takes, of nothing that exists."""
    if route.startswith("^"):
        return "/" + route.strip("^$").replace("(?:/.*)?", "/none")
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: "999" if found[1] == "int" else "none", route)


def test_every_route_is_in_the_table_and_nothing_else():
    assert set(TABLE) == set(ROUTES)


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_every_view_says_to_whom_it_is_open(route):
    assert marks_of(ROUTES[route]), f"mark the view of {route!r} with people.access.opened_to"


# --- every role -------------------------------------------------------------------------------


def _account(who):
    if who == STRANGER:
        return None
    if who == APPLICANT:
        account = open_account("applicant", "某甲", SYSTEM, kind=Account.Kind.APPLICANT)
        account.party = somebody()
        account.save()
        return account
    return staff("one") if who == IDLE else staff("one", Role(who))


def _entered(client, account, route):
    """Whether the gate let him in."""
    before = Entry.objects.filter(step="refused").count()
    answer = client.get(address(route))
    if account is None:
        return not (answer.status_code == 302 and answer["Location"].startswith("/login/?next="))
    turned_away = Entry.objects.filter(step="refused").count() > before
    assert not turned_away or answer.status_code == 403
    return not turned_away


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_each_enters_what_the_table_says_and_nothing_else(who):
    units()
    account = _account(who)
    differing = []
    for route, allowed in TABLE.items():
        if route not in ROUTES:
            continue  # told by the test above
        client = Client()  # some pages end a session
        if account is not None:
            client.force_login(account)
        if _entered(client, account, route) is not (who in allowed):
            differing.append(route)
    assert differing == []


@pytest.mark.parametrize("who", sorted(SIGNED_IN))
def test_posting_is_no_way_around(who):
    units()
    account = _account(who)
    client = Client()
    client.force_login(account)
    for route, allowed in TABLE.items():
        if route in ROUTES and who not in allowed:
            assert client.post(address(route)).status_code == 403, route
