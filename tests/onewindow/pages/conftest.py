"""Somebody before a page: signed in, with roles in a bureau of four units."""

from __future__ import annotations

import time
from datetime import datetime

import pytest
from django.test import Client

from onewindow.kernel import moment
from onewindow.kernel.api import SYSTEM
from onewindow.kernel.legal_time import SHANGHAI
from onewindow.people.api import Account, actor_of, open_account
from tests.onewindow.people.bureau import somebody, staff, units


class Reader(Client):
    """A browser in which somebody is signed in."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account = account
        self.force_login(account)
        session = self.session
        # What the log-in leaves in a session that has passed every factor.
        session["opened_us"] = session["fresh_us"] = moment.now_us()
        session["factor"] = "totp"
        session.save()

    @property
    def actor(self):
        return actor_of(self.account)

    def text(self, address: str, **query: str) -> str:
        answer = self.get(address, query)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()


@pytest.fixture
def bureau(db):
    units()


@pytest.fixture
def signed_in(bureau):
    """`signed_in(Role.WINDOW)`: a clerk of the bureau; `unit`: where he holds his roles."""

    def sign_in(*roles, unit="bureau", login="") -> Reader:
        name = login or "-".join(["s", *(role.value for role in roles), unit])
        account = Account.objects.filter(login=name).first() or staff(name, *roles, unit=unit)
        return Reader(account)

    return sign_in


@pytest.fixture
def applicant(bureau):
    """`applicant("a")`: somebody who asks for something."""

    def sign_in(login="applicant", order="001") -> Reader:
        account = Account.objects.filter(login=login).first()
        if account is None:
            account = open_account(login, "某甲", SYSTEM, Account.Kind.APPLICANT)
            account.party = somebody(order=order)
            account.save()
        return Reader(account)

    return sign_in


@pytest.fixture
def it_is(monkeypatch):
    """`it_is("2026-06-02 10:00")` for every thread, so for a server in the background; `moment.set_to` goes before."""

    plain = moment.now_us

    def set_to(text: str) -> None:
        fixed = moment.microseconds(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))

        def now_us() -> int:
            inside = plain()
            return inside if abs(inside - time.time_ns() // 1000) > 60_000_000 else fixed

        monkeypatch.setattr(moment, "now_us", now_us)

    return set_to
