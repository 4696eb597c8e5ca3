"""Sessions end, are seen by their owner, and cannot be foisted on anybody or read out of the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.kernel.procedure import Role
from onewindow.people.api import close_account, reopen_account
from onewindow.people.login.policy import policy
from onewindow.people.login.sessions import Accounts, why_over
from onewindow.people.login.store import digest_of
from onewindow.people.login.tending import tidy
from onewindow.people.models import Session, Tries
from tests.onewindow.login.people import OTHER, Browser, applicant, staff, told
from tests.onewindow.people.bureau import acting, units

pytestmark = pytest.mark.django_db
MINUTE = 60_000_000


@pytest.mark.parametrize(
    ("kind", "opened", "seen", "why"),
    [
        ("staff", 20, 14.9, ""),
        ("staff", 20, 15, "idle"),
        ("applicant", 40, 29.9, ""),
        ("applicant", 40, 30, "idle"),
        ("staff", 479, 1, ""),
        ("staff", 480, 1, "long"),
        ("applicant", 480, 0, "long"),
    ],
)
def test_when_a_session_is_over(kind, opened, seen, why):
    now = 10**15
    assert why_over(now - opened * MINUTE, int(now - seen * MINUTE), kind, now, policy()) == why


def test_fifteen_idle_minutes_end_the_session_of_a_clerk(clock, browser):
    browser.whole(staff())
    clock.forward(minutes=14)
    assert browser.is_in()
    clock.forward(minutes=14)
    assert browser.is_in()
    clock.forward(minutes=15)
    answer = browser.get("/account/?page=2")
    assert answer["Location"] == "/login/?next=%2Faccount%2F%3Fpage%3D2&why=idle"
    assert "因为一段时间没有操作" in told(browser.get(answer["Location"]))
    assert not browser.is_in()


def test_what_a_page_asks_by_itself_does_not_show_that_its_reader_is_there(clock, browser):
    browser.whole(staff())
    for _each in range(14):
        clock.forward(minutes=1)
        assert browser.get("/account/", headers={"X-Background": "1"}).status_code == 200
    clock.forward(minutes=1)
    assert browser.get("/account/", headers={"X-Background": "1"}).status_code == 302


def test_an_applicant_has_thirty(clock, browser):
    browser.whole(applicant())
    clock.forward(minutes=29)
    assert browser.is_in()
    clock.forward(minutes=30)
    assert not browser.is_in()


def test_after_eight_hours_a_session_ends_however_busy(clock, browser):
    browser.whole(staff())
    for _each in range(47):
        clock.forward(minutes=10)
        assert browser.is_in()
    clock.forward(minutes=10)
    assert "why=long" in browser.get("/account/")["Location"]


def test_a_public_page_stays_open_to_whom_the_session_ended(clock, browser):
    browser.whole(staff())
    clock.forward(minutes=20)
    answer = browser.get("/")
    assert answer.status_code == 200
    assert "职员甲" not in told(answer)


def test_the_key_changes_at_the_password_and_at_the_second_factor(clock, browser):
    clerk = staff()
    keys = []
    browser.enter("clerk")
    keys.append(browser.key)
    browser.code(clerk.code())
    keys.append(browser.key)
    clock.forward(minutes=1)
    browser.post("/login/end/")
    browser.enter("clerk")
    keys.append(browser.key)
    assert len({*keys, ""}) == 4


@pytest.mark.parametrize("planted", ["own", "invented"])
def test_a_key_that_somebody_planted_is_not_the_key_of_a_session(clock, planted):
    """Session fixation: the attacker's browser holds the key that the victim logs in with."""
    victim, attacker = applicant(), Browser()
    attacker.enter("nobody-at-all")
    if planted == "own":
        clerk = staff()
        attacker.enter(clerk.login)
        key = attacker.key
        assert key
    else:
        key = "a" * 32
    browser = Browser()
    browser.cookies["session"] = key
    browser.whole(victim)
    assert browser.is_in()
    attacker.cookies["session"] = key
    assert not attacker.is_in()


def test_who_reads_the_database_cannot_take_a_session_over(clock, browser):
    browser.whole(applicant())
    row = Session.objects.get(account__login="citizen")
    assert row.session_key == digest_of(browser.key)
    assert browser.key not in row.session_data
    thief = Client()
    thief.cookies["session"] = row.session_key
    assert thief.get("/account/").status_code == 302


def test_two_sessions_at_once_are_both_listed_and_one_ends_the_other(clock):
    somebody = applicant()
    here, there = Browser(address="203.0.113.1"), Browser(address="203.0.113.2")
    here.whole(somebody)
    there.whole(somebody)
    page = told(here.get("/account/"))
    assert "203.0.113.1" in page
    assert "203.0.113.2" in page
    assert "Chrome，Windows" in page
    key = Session.objects.get(place="203.0.113.2").session_key
    here.post("/account/sessions/end/", {"key": key})
    assert here.is_in()
    assert not there.is_in()


def test_nobody_ends_the_session_of_another(clock):
    one, two = Browser(), Browser()
    one.whole(applicant("one"))
    two.whole(applicant("two"))
    key = Session.objects.get(account__login="two").session_key
    one.post("/account/sessions/end/", {"key": key})
    assert two.is_in()


def test_all_others_end_at_one_press(clock):
    somebody = applicant()
    browsers = [Browser() for _each in range(3)]
    for browser in browsers:
        browser.whole(somebody)
    browsers[0].post("/account/sessions/end/")
    assert [browser.is_in() for browser in browsers] == [True, False, False]


def test_sessions_that_are_over_are_not_listed(clock):
    somebody = applicant()
    Browser(address="203.0.113.1").whole(somebody)
    clock.forward(minutes=31)
    here = Browser(address="203.0.113.2")
    here.whole(somebody)
    assert "203.0.113.1" not in told(here.get("/account/"))


def test_a_new_password_ends_all_other_sessions(clock):
    somebody = applicant()
    here, there = Browser(), Browser()
    here.whole(somebody)
    there.whole(somebody)
    old = here.key
    answer = here.post("/account/password/", {"password": OTHER, "again": OTHER}, follow=True)
    assert "口令已修改，另外 1 处登录已退出" in told(answer)
    assert here.is_in()
    assert not there.is_in()
    assert here.key != old
    assert somebody.journal()[-1] == "password_changed"


def test_an_account_that_is_closed_is_out_at_once_and_stays_out_when_it_is_opened_again(clock, browser):
    units()
    somebody, admin = applicant(), acting("admin", Role.SYSTEM_ADMIN)
    browser.whole(somebody)
    close_account(somebody.account.reference, "本人申请", admin)
    reopen_account(somebody.account.reference, "本人申请", admin)
    assert not browser.is_in()


def test_a_session_of_staff_without_a_second_factor_is_none(clock, browser):
    """Whatever put it there: Django's own log-in, or a program."""
    clerk = staff()
    browser.whole(clerk)
    session = browser.session
    session["factor"] = ""
    session.save()
    assert not browser.is_in()


def test_djangos_own_log_in_takes_no_password(clock):
    somebody = applicant()
    assert not Client().login(username=somebody.login, password=somebody.password)
    assert Accounts().authenticate(None, username=somebody.login, password=somebody.password) is None


def test_a_request_without_a_session_asks_for_none(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/login/")


def test_being_used_is_written_twice_a_minute_at_most(clock, browser):
    browser.whole(staff())
    written = []
    for _each in range(6):
        clock.forward(seconds=20)
        with CaptureQueriesContext(connection) as statements:
            browser.get("/login/left/")
        written.append(sum("UPDATE" in one["sql"] for one in statements))
    assert written == [0, 1, 0, 1, 0, 1]


def test_what_means_nothing_any_more_is_removed(clock, browser):
    browser.enter("nobody", "x")
    assert Tries.objects.count() == 2
    assert tidy() == 0
    clock.forward(days=2)
    assert tidy() == 2
