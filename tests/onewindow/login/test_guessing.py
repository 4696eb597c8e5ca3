"""Who guesses learns nothing, and not for long."""

import statistics
import time
from itertools import zip_longest

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.kernel.api import Entry, NotAllowed
from onewindow.kernel.procedure import Role
from onewindow.people.api import actor_of
from onewindow.people.login.api import locked_until, unlock
from onewindow.people.models import Account
from tests.onewindow.login.people import Browser, applicant, staff, told
from tests.onewindow.people.bureau import acting, units

pytestmark = pytest.mark.django_db


def pages_of_guesses(login: str, count: int) -> list[tuple[int, str]]:
    browser = Browser(address=f"203.0.113.{len(login)}")
    answers = [browser.enter(login, f"Wrong-Guess-{number}") for number in range(count)]
    return [(one.status_code, told(one).replace(login, "NAME")) for one in answers]


def test_a_name_that_exists_one_that_is_closed_and_one_that_does_not_are_answered_alike(clock):
    staff("clerk-known")
    closed = staff("clerk-closed")
    Account.objects.filter(pk=closed.account.pk).update(is_active=False)
    known, shut, unknown = (
        pages_of_guesses(name, 7) for name in ("clerk-known", "clerk-closed", "clerk-nobody")
    )
    assert known == shut == unknown
    assert "登录名或口令不对" in known[0][1]
    assert "已经锁定，请在 09:15:00 以后再试" in known[4][1]


def test_both_cost_one_hashing_and_as_many_statements(clock, monkeypatch):
    staff("known")
    hashed = []

    def counted(name):
        plain = getattr(hashers.Argon2PasswordHasher, name)

        def method(self, *given):
            hashed.append(name)
            return plain(self, *given)

        monkeypatch.setattr(hashers.Argon2PasswordHasher, name, method)

    for name in ("encode", "verify"):
        counted(name)
    for login in ("known", "nobody"):  # their journals are opened by the first failure
        pages_of_guesses(login, 1)
    counts = []
    for login in ("known", "nobody"):
        hashed.clear()
        with CaptureQueriesContext(connection) as statements:
            pages_of_guesses(login, 1)
        counts.append((len(hashed), len(statements)))
    assert counts[0] == counts[1]
    assert counts[0][0] == 1


def test_both_take_the_same_time(clock, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    people = [staff(f"known-{number}", factor=False).login for number in range(9)]
    times: dict[bool, list[float]] = {True: [], False: []}
    strangers = [f"nobody-{number}" for number in range(9)]
    for login in (one for pair in zip_longest(people, strangers) for one in pair):
        browser = Browser()
        began = time.perf_counter()
        browser.enter(login, "Wrong-Guess-1")
        times[login in people].append(time.perf_counter() - began)
    known, unknown = (statistics.median(times[one]) for one in (True, False))
    began = time.perf_counter()
    hashers.make_password("Wrong-Guess-1")
    hashing = time.perf_counter() - began
    assert abs(known - unknown) < max(0.5 * hashing, 0.02), (known, unknown, hashing)


def test_the_right_password_after_the_lock_is_answered_like_a_wrong_one(clock, browser):
    clerk = staff(factor=False)
    for _each in range(5):
        browser.enter("clerk", "Wrong-Guess-1")
    right, wrong = browser.enter("clerk"), browser.enter("clerk", "Wrong-Guess-2")
    assert told(right) == told(wrong)
    assert "已经锁定" in told(right)
    assert not browser.is_in()
    assert clerk.journal().count("log_in_failed") == 5
    assert clerk.journal().count("locked") == 1
    clock.forward(minutes=14, seconds=59)
    assert browser.enter("clerk").status_code == 422
    clock.forward(seconds=1)
    assert browser.enter("clerk").status_code == 302


def test_four_failures_do_not_lock_and_a_whole_log_in_forgets_them(clock):
    clerk = staff()
    for _round in range(3):
        for _each in range(4):
            Browser().enter("clerk", "Wrong-Guess-1")
        clock.forward(seconds=30)
        browser = Browser()
        browser.whole(clerk)
        assert browser.is_in()


def test_who_has_the_password_does_not_guess_codes_for_ever(clock):
    """The password between two guesses of a code wins back no attempts."""
    clerk = staff()
    for _each in range(5):
        browser = Browser()
        browser.enter("clerk")
        answer = browser.code("000000")
    assert "已经锁定" in told(answer)
    assert Browser().enter("clerk").status_code == 422
    assert clerk.journal().count("log_in_failed") == 5


def test_a_name_that_does_not_exist_is_noted_in_the_journal_of_the_platform_without_the_name(clock):
    typed = "My-Secret-Password"  # typed into the wrong box
    for _each in range(5):
        Browser().enter(typed, "x")
    entries = list(Entry.objects.filter(matter="J-platform"))
    assert [one.step for one in entries] == ["open", *["log_in_failed"] * 5, "locked"]
    assert not any(typed.lower() in f"{one.facts}{one.matter_id}".lower() for one in Entry.objects.all())
    assert "登录名不存在" in entries[1].facts


def test_the_security_administrator_lifts_a_lock(clock):
    units()
    clerk = staff(factor=False)
    for _each in range(5):
        Browser().enter("clerk", "Wrong-Guess-1")
    assert locked_until(clerk.account) > 0
    with pytest.raises(NotAllowed):
        unlock(clerk.account, acting("admin", Role.SYSTEM_ADMIN), "本人来电")
    with pytest.raises(NotAllowed):
        unlock(clerk.account, actor_of(clerk.account), "我自己")
    assert locked_until(clerk.account) > 0
    unlock(clerk.account, acting("security", Role.SECURITY_ADMIN), "本人来电，已核实")
    assert locked_until(clerk.account) == 0
    assert Browser().enter("clerk").status_code == 302
    assert "unlocked" in clerk.journal()


def fail_from(address: str, times: int) -> None:
    browser = Browser(address=address)
    for number in range(times):
        browser.enter(f"nobody-{number}", "Wrong-Guess-1")


def test_an_address_that_tries_many_names_must_wait(clock):
    applicant()
    fail_from("203.0.113.9", 50)
    answer = Browser(address="203.0.113.9").enter("citizen")
    assert answer.status_code == 422
    assert "这个网络地址登录失败次数太多" in told(answer)
    assert Browser(address="203.0.113.10").enter("citizen").status_code == 302
    clock.forward(minutes=15)
    assert Browser(address="203.0.113.9").enter("citizen").status_code == 302


def test_nobody_shuts_out_from_one_address_those_who_work_there(clock):
    """The hall has one address: who entered from his own device before, enters still."""
    clerk, other = staff(), staff("other")
    browser = Browser(address="203.0.113.9")
    browser.whole(clerk)
    browser.post("/login/end/")
    clock.forward(minutes=1)
    fail_from("203.0.113.9", 60)
    browser.whole(clerk)
    assert browser.is_in()
    # the device is known for him alone, and what it keeps cannot be made up
    assert "这个网络地址" in told(browser.enter(other.login))
    stranger = Browser(address="203.0.113.9")
    stranger.cookies["known-here"] = browser.cookies["known-here"].value[:-2] + "xx"
    assert "这个网络地址" in told(stranger.enter("clerk"))


def test_a_device_that_is_known_does_not_help_to_guess(clock, browser):
    clerk = staff(factor=False)
    browser.enter("clerk")
    for _each in range(5):
        browser.enter("clerk", "Wrong-Guess-1")
    assert "已经锁定" in told(browser.enter("clerk"))
    assert clerk.journal().count("locked") == 1
