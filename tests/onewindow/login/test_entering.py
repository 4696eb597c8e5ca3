"""To log in, page by page."""

import json

import pytest

from onewindow.kernel.api import Entry
from onewindow.kernel.procedure import Role
from onewindow.people.login.api import keep_password, set_initial_password
from onewindow.people.login.stages import Stage, next_stage
from onewindow.people.models import Account, KeptPassword
from tests.onewindow.login.people import OTHER, PASSWORD, Browser, applicant, staff, told
from tests.onewindow.people.bureau import acting, somebody, units

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("must", "has", "proved", "due", "stage"),
    [
        (True, True, False, False, Stage.SECOND),
        (True, True, False, True, Stage.SECOND),  # a password alone changes nothing
        (True, True, True, True, Stage.PASSWORD),
        (True, False, False, True, Stage.PASSWORD),
        (True, False, False, False, Stage.SET_UP),
        (True, True, True, False, Stage.DONE),
        (False, False, False, False, Stage.DONE),
        (False, True, False, False, Stage.SECOND),
    ],
)
def test_what_comes_next(must, has, proved, due, stage):
    assert next_stage(must_have=must, has_factor=has, proved=proved, password_due=due) is stage


def test_a_clerk_enters_with_password_and_code(clock, browser):
    clerk = staff()
    assert browser.enter("clerk")["Location"] == "/login/second/"
    assert not browser.is_in()
    assert browser.code(clerk.code())["Location"] == "/"
    assert browser.is_in()
    assert clerk.journal()[-1] == "logged_in"
    entry = Entry.objects.get(step="logged_in")
    assert json.loads(entry.facts) == {"factor": "动态口令", "where": "203.0.113.7"}
    assert entry.actor_id == clerk.account.reference


def test_an_applicant_needs_no_second_factor_but_may_have_one(clock):
    plain, careful = applicant("plain"), applicant("careful", factor=True)
    browser = Browser()
    assert browser.enter("plain")["Location"] == "/"
    assert browser.is_in()
    assert Browser().enter("careful")["Location"] == "/login/second/"
    assert plain.journal()[-1] == "logged_in"
    assert "logged_in" not in careful.journal()


def test_with_the_password_alone_no_page_opens(clock, browser):
    staff()
    browser.enter("clerk")
    for address in ("/account/", "/account/password/", "/login/set-up/", "/login/password/", "/login/again/"):
        assert browser.get(address)["Location"].startswith("/login/"), address


def test_an_initial_password_is_changed_before_anything_else(clock, browser):
    clerk = staff(initial=True, factor=False)
    assert browser.enter("clerk")["Location"] == "/login/password/"
    assert "替您设的" in told(browser.get("/login/password/"))
    answer = browser.post("/login/password/", {"password": OTHER, "again": OTHER})
    assert answer["Location"] == "/login/set-up/"
    assert not browser.is_in()
    assert "password_changed" in clerk.journal()
    assert Browser().enter("clerk").status_code == 422
    assert Browser().enter("clerk", OTHER)["Location"] == "/login/set-up/"


def test_a_password_of_ninety_days_is_changed_after_the_second_factor(clock, browser):
    clerk = staff()
    clock.forward(days=90)
    assert browser.enter("clerk")["Location"] == "/login/second/"
    assert browser.code(clerk.code())["Location"] == "/login/password/"
    assert not browser.is_in()
    answer = browser.post("/login/password/", {"password": OTHER, "again": OTHER})
    assert answer["Location"] == "/"
    assert browser.is_in()


def test_every_broken_rule_is_said_at_once(clock, browser):
    staff(initial=True, factor=False)
    browser.enter("clerk")
    answer = browser.post("/login/password/", {"password": "clerk", "again": "clerk"})
    assert answer.status_code == 422
    assert all(words in told(answer) for words in ("至少要 10 个字符", "至少 3 种", "不能有登录名"))
    answer = browser.post("/login/password/", {"password": OTHER, "again": OTHER + "x"})
    assert "两次输入的新口令不一样" in told(answer)


def test_none_of_the_last_five_passwords_comes_again(clock, browser):
    clerk = staff(factor=False)
    for number in range(5):
        keep_password(clerk.account, f"{OTHER}-{number}", initial=number == 4)
    browser.enter("clerk", f"{OTHER}-4")
    for number in range(5):
        answer = browser.post(
            "/login/password/", {"password": f"{OTHER}-{number}", "again": f"{OTHER}-{number}"}
        )
        assert "最近用过" in told(answer)
    assert browser.post("/login/password/", {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert KeptPassword.objects.filter(account=clerk.account).count() == 5


def test_the_system_administrator_sets_an_initial_password_and_all_sessions_end(clock, browser):
    units()
    clerk, admin = staff(), acting("admin", Role.SYSTEM_ADMIN)
    browser.whole(clerk)
    assert browser.is_in()
    password = set_initial_password(clerk.account, admin)
    assert not browser.is_in()
    assert Browser().enter("clerk").status_code == 422
    clock.forward(minutes=1)
    browser = Browser()
    browser.enter("clerk", password)
    assert browser.code(clerk.code())["Location"] == "/login/password/"


def test_it_takes_no_longer_than_ten_minutes_from_password_to_code(clock, browser):
    clerk = staff()
    browser.enter("clerk")
    clock.forward(minutes=11)
    assert browser.code(clerk.code())["Location"] == "/login/"
    assert not browser.is_in()


def test_a_password_that_changes_meanwhile_ends_the_log_in(clock, browser):
    clerk = staff()
    browser.enter("clerk")
    keep_password(clerk.account, OTHER, initial=False)
    assert browser.code(clerk.code())["Location"] == "/login/"


def test_an_account_that_is_closed_meanwhile_does_not_get_in(clock, browser):
    clerk = staff()
    browser.enter("clerk")
    Account.objects.update(is_active=False)
    assert browser.code(clerk.code())["Location"] == "/login/"


def test_systems_do_not_log_in_at_pages(clock, browser):
    robot = applicant("robot")
    Account.objects.filter(pk=robot.account.pk).update(kind=Account.Kind.CLIENT)
    assert "登录名或口令不对" in told(browser.enter("robot"))


def test_a_form_without_its_token_is_refused(clock):
    staff()
    browser = Browser(enforce_csrf_checks=True)
    assert browser.enter("clerk").status_code == 403
    page = browser.get("/login/")
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert browser.enter("clerk", csrfmiddlewaretoken=token).status_code == 302
    assert browser.post("/login/end/").status_code == 403


@pytest.mark.parametrize(
    ("target", "goes_to"),
    [
        ("/account/?a=1", "/account/?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/account/", "/"),
        ("/\\evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/login/end/", "/"),
        ("/nowhere-at-all/", "/"),
        ("account/", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_led_to_another_site_after_log_in(clock, browser, target, goes_to):
    applicant()
    assert browser.enter("citizen", next=target)["Location"] == goes_to


def test_capitals_and_blanks_in_a_log_in_name_do_not_matter(clock, browser):
    applicant()
    assert browser.enter(" Citizen ").status_code == 302


def test_an_applicants_own_name_is_none_for_a_password_though_his_account_has_it_masked(clock, browser):
    account = applicant().account
    account.party = somebody("测试丁")
    account.save()
    browser.enter("citizen")
    answer = browser.post(
        "/account/password/", {"password": "测试丁-Green-2026", "again": "测试丁-Green-2026"}
    )
    assert "口令里不能有姓名" in told(answer)


def test_who_is_signed_in_already_goes_on(clock, browser):
    browser.whole(applicant())
    assert browser.get("/login/?next=/account/")["Location"] == "/account/"


def test_another_person_logs_in_at_the_same_browser(clock, browser):
    one, two = applicant("one"), applicant("two")
    browser.whole(one)
    browser.whole(two)
    page = told(browser.get("/account/"))
    assert "two" in page
    assert "one" not in page


def test_log_out_is_noted_and_takes_a_button(clock, browser):
    citizen = applicant()
    browser.whole(citizen)
    assert browser.get("/login/end/").status_code == 405
    assert "您已退出" in told(browser.post("/login/end/"))
    assert not browser.is_in()
    assert citizen.journal()[-1] == "logged_out"


def test_pages_of_log_in_are_kept_by_no_cache(browser):
    assert "no-store" in browser.get("/login/")["Cache-Control"]
