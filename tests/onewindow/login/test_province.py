"""Applicants enter through the province's identity service, here the local one on a real socket."""

import json
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connection

from onewindow.kernel.api import SYSTEM, Entry
from onewindow.people.api import PersonDetails, register_person
from onewindow.people.login.actions import LogInRefused
from onewindow.people.login.api import offer
from onewindow.people.login.province import account_of
from onewindow.people.models import Account, Person, ProvinceSubject
from tests.onewindow.gateways_identity.services import BACK, Citizen, client_of, query_of, running
from tests.onewindow.login.device import Device
from tests.onewindow.login.people import Browser, applicant, told
from tests.onewindow.login.test_passkeys import register

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def provider():
    with running() as one:
        yield one


@pytest.fixture(autouse=True)
def service(provider):
    client = client_of(provider)
    offer(client)
    yield client
    offer(None)


@pytest.fixture
def browser():
    return Browser(HTTP_HOST="localhost:8000")


def goes_there_and_back(browser: Browser, subject="citizen-1", start="/login/province/", **picking):
    leads_to = Citizen().picks(browser.get(start)["Location"], subject, **picking)
    assert leads_to.startswith(BACK)
    return browser.get("/login/province/back/", query_of(leads_to))


def test_the_first_time_an_account_is_made_and_the_next_time_it_is_the_same(browser):
    assert "用省统一身份认证登录" in told(browser.get("/login/"))
    answer = goes_there_and_back(browser, start="/login/province/?next=/account/")
    assert answer["Location"] == "/account/"
    account = Account.objects.get()
    assert (account.kind, account.name) == ("applicant", "测*甲")
    assert account.party == Person.objects.get().reference
    assert "在这里没有口令" in told(browser.get("/account/"))
    again = Browser(HTTP_HOST="localhost:8000")
    goes_there_and_back(again)
    assert again.is_in()
    assert Account.objects.count() == ProvinceSubject.objects.count() == 1
    noted = json.loads(Entry.objects.filter(step="logged_in").last().facts)
    assert noted["factor"] == "省统一身份认证"


def test_an_account_that_the_person_has_already_is_his(browser):
    somebody = applicant()
    details = PersonDetails("测试甲", "990000199001010017")
    Account.objects.filter(pk=somebody.account.pk).update(party=register_person(details, SYSTEM).reference)
    goes_there_and_back(browser)
    assert Account.objects.count() == 1
    assert "citizen" in told(browser.get("/account/"))


def test_who_is_not_verified_there_is_told_what_to_do(browser):
    answer = goes_there_and_back(browser, "citizen-3")
    assert answer.status_code == 403
    assert "还没有完成实名认证（需要 2 级，现为 1 级）" in told(answer)
    assert Account.objects.count() == Person.objects.count() == 0


def test_a_level_that_sinks_is_heeded(service, browser):
    goes_there_and_back(browser)
    with pytest.raises(LogInRefused, match="需要 2 级"):
        account_of(_citizen(service, level=1))


def _citizen(service, **changed):
    who = {
        "issuer": service._discovery.issuer,
        "subject": "citizen-1",
        "name": "测试甲",
        "identity_number": "990000199001010017",
        "phone": "00000000001",
        "level": 3,
        "id_token": "",
    }
    return SimpleNamespace(**{**who, **changed})


@pytest.mark.django_db(transaction=True)
def test_two_first_log_ins_at_once_make_one_account(service):
    def enters(_number) -> int:
        try:
            return account_of(_citizen(service)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(enters, range(12)))) == 1
    assert Account.objects.count() == Person.objects.count() == ProvinceSubject.objects.count() == 1


def test_a_masked_telephone_number_is_left_out(service):
    account_of(_citizen(service, phone="000****0001"))
    assert Person.objects.get().phone is None


@pytest.mark.parametrize("changed", [{"identity_number": "123"}, {"identity_number": ""}, {"name": ""}])
def test_data_that_cannot_be_are_refused_and_nothing_is_made(service, changed):
    with pytest.raises(LogInRefused, match="信息不完整或有误"):
        account_of(_citizen(service, **changed))
    assert Account.objects.count() == 0


def test_a_subject_of_another_issuer_is_another_one(service):
    one = account_of(_citizen(service))
    other = _citizen(
        service, issuer="https://other.example", identity_number="990000198506150029", name="测试乙"
    )
    assert account_of(other) != one


def test_who_has_registered_a_second_factor_is_asked_for_it(browser):
    goes_there_and_back(browser)
    device = Device(host="localhost", origin="http://localhost:8000")
    assert register(browser, device).status_code == 200
    again = Browser(HTTP_HOST="localhost:8000")
    assert goes_there_and_back(again)["Location"] == "/login/second/"
    assert not again.is_in()


def test_an_account_that_is_closed_stays_closed(browser):
    goes_there_and_back(browser)
    Account.objects.update(is_active=False)
    answer = goes_there_and_back(Browser(HTTP_HOST="localhost:8000"))
    assert "已经停用" in told(answer)


def test_who_cancels_is_told_and_not_signed_in(browser):
    answer = goes_there_and_back(browser, cancel="yes")
    assert answer.status_code == 403
    assert "您在那里取消了" in told(answer)
    assert not browser.is_in()


def test_an_answer_that_somebody_sends_to_a_victim_signs_nobody_in(browser):
    """Log-in CSRF: the attacker's own answer in the victim's browser."""
    attacker, victim = browser, Browser(HTTP_HOST="localhost:8000")
    answer = query_of(Citizen().picks(attacker.get("/login/province/")["Location"]))
    assert "不是从本站开始的" in told(victim.get("/login/province/back/", answer))
    victim.get("/login/province/")
    assert "不是从本站开始的" in told(victim.get("/login/province/back/", answer))
    assert not victim.is_in()


def test_an_answer_is_good_once(browser):
    leads_to = Citizen().picks(browser.get("/login/province/")["Location"])
    browser.get("/login/province/back/", query_of(leads_to))
    again = browser.get("/login/province/back/", query_of(leads_to))
    assert again.status_code == 403


def test_who_goes_away_leaves_no_session_for_days_and_who_enters_has_a_whole_one(browser):
    browser.get("/login/province/")
    assert browser.session.get_expiry_age() <= 30 * 60
    goes_there_and_back(browser)
    assert browser.session.get_expiry_age() > 24 * 3600
    assert browser.session.get_expire_at_browser_close()


def test_the_key_of_the_session_is_new_afterwards(browser):
    browser.get("/login/province/")
    before = browser.key
    goes_there_and_back(browser)
    assert browser.key not in ("", before)


def test_nobody_is_led_to_another_site(browser):
    answer = goes_there_and_back(browser, start="/login/province/?next=https://evil.example/")
    assert answer["Location"] == "/"


def test_at_log_out_he_is_shown_how_to_log_out_there_too(browser, provider):
    citizen = Citizen()
    leads_to = citizen.picks(browser.get("/login/province/")["Location"])
    browser.get("/login/province/back/", query_of(leads_to))
    proof = browser.session["province-proof"]
    assert "eyJ" not in bytes.fromhex(proof).decode("latin-1")
    page = browser.post("/login/end/").content.decode()
    assert "同时退出省统一身份认证" in page
    there = page.split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")
    assert citizen.open(there)[1] == "http://localhost:8000/login/left/"
    assert "您已退出" in told(browser.get("/login/left/"))


def test_without_a_service_nothing_is_offered(browser):
    offer(None)
    assert "省统一身份认证" not in told(browser.get("/login/"))
    assert browser.get("/login/province/")["Location"] == "/login/"
    assert browser.get("/login/province/back/")["Location"] == "/login/"


def test_a_service_that_is_down_is_told(browser):
    with running() as gone:
        offer(client_of(gone))
    answer = browser.get("/login/province/")
    assert answer.status_code == 403
    assert "暂时连不上" in told(answer)
