"""Somebody before a browser, who logs in as people do; and the clock on the wall."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import datetime, timedelta

import pyotp
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from onewindow.kernel import moment
from onewindow.kernel.api import SYSTEM, Entry
from onewindow.kernel.legal_time import SHANGHAI
from onewindow.people.api import Account, open_account
from onewindow.people.login.api import enrol, fresh_secret, keep_password

PASSWORD = "Green-Tea-2026"
OTHER = "Black-Ink-2027"


class QuickHasher(Argon2PasswordHasher):
    """The same hashing at a cost that hundreds of tests can bear; `test_guessing` uses the real one."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


class Clock:
    """What time it is."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.set("2026-05-06 09:00:00")

    def set(self, text: str) -> None:
        self._show(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))

    def forward(self, **time: float) -> None:
        self._show(moment.now() + timedelta(**time))

    def _show(self, when: datetime) -> None:
        self._stack.enter_context(moment.set_to(when))


class Browser(Client):
    """A browser at an address."""

    def __init__(self, address: str = "203.0.113.7", **options) -> None:
        super().__init__(
            REMOTE_ADDR=address, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140", **options
        )

    def enter(self, login: str, password: str = PASSWORD, **more: str):
        return self.post("/login/", {"login": login, "password": password, **more})

    def code(self, code: str):
        return self.post("/login/second/", {"factor": "totp", "code": code})

    def whole(self, somebody: Somebody, **more: str):
        """Name, password and the code of the moment."""
        first = self.enter(somebody.login, somebody.password, **more)
        return self.code(somebody.code()) if somebody.secret else first

    @property
    def key(self) -> str:
        return self.cookies["session"].value if "session" in self.cookies else ""

    def is_in(self) -> bool:
        return self.get("/account/").status_code == 200


class Somebody:
    """Who has an account, knows his password, and holds an authenticator."""

    def __init__(self, account: Account, password: str, secret: str) -> None:
        self.account, self.password, self.secret = account, password, secret

    @property
    def login(self) -> str:
        return self.account.login

    def code(self, shift: int = 0) -> str:
        return pyotp.TOTP(self.secret).generate_otp(moment.now_us() // 30_000_000 + shift)

    def journal(self) -> list[str]:
        return list(Entry.objects.filter(matter=f"J-{self.account.reference}").values_list("step", flat=True))


def staff(login: str = "clerk", *, initial: bool = False, factor: bool = True) -> Somebody:
    account = open_account(login, "职员甲", SYSTEM)
    return _equipped(account, initial, factor)


def applicant(login: str = "citizen", *, factor: bool = False) -> Somebody:
    return _equipped(open_account(login, "某甲", SYSTEM, Account.Kind.APPLICANT), False, factor)


def _equipped(account: Account, initial: bool, factor: bool) -> Somebody:
    keep_password(account, PASSWORD, initial=initial)
    secret = fresh_secret() if factor else ""
    if factor:
        enrol(account, secret, 0)
    return Somebody(account, PASSWORD, secret)


def told(answer) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.content.decode()))
