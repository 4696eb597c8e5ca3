"""Passkeys: made and used by a device in software, and what a forged answer comes to."""

import json
import re
from html import unescape

import pytest

from onewindow.people.login import passkeys
from onewindow.people.login.passkeys import Site
from onewindow.people.models import Passkey
from tests.onewindow.login.device import Device
from tests.onewindow.login.people import Browser, applicant, staff, told

pytestmark = pytest.mark.django_db


def options_on(page) -> dict:
    found = re.search(r'data-options="([^"]*)"', page.content.decode())
    assert found is not None
    return json.loads(unescape(found[1]))


def register(browser: Browser, device: Device, name="办公室电脑", **changed):
    options = options_on(browser.get("/login/set-up/passkey/"))
    answer = device.make(options, **changed)
    return browser.post("/login/set-up/passkey/", {"answer": answer, "name": name})


def registered(login: str = "clerk") -> Device:
    """Somebody of staff whose only second factor is a passkey."""
    staff(login, factor=False)
    browser, device = Browser(), Device()
    browser.enter(login)
    assert register(browser, device).status_code == 200
    assert browser.is_in()
    return device


def sign(browser: Browser, device: Device, login: str = "clerk", **changed):
    browser.enter(login)
    options = options_on(browser.get("/login/second/"))
    return browser.post("/login/second/", {"factor": "passkey", "answer": device.sign(options, **changed)})


def test_somebody_registers_one_and_enters_with_it(clock, browser):
    device = registered()
    row = Passkey.objects.get()
    assert (row.name, row.sign_count) == ("办公室电脑", 0)
    assert sign(browser, device)["Location"] == "/"
    assert browser.is_in()
    row.refresh_from_db()
    assert row.sign_count == 1


def test_the_browser_is_asked_for_what_belongs_to_this_site(clock, browser):
    staff(factor=False)
    browser.enter("clerk")
    asked = options_on(browser.get("/login/set-up/passkey/"))
    assert asked["rp"]["id"] == "testserver"
    assert asked["attestation"] == "none"
    assert {one["alg"] for one in asked["pubKeyCredParams"]} == {-7, -8, -257}


REGISTRATIONS = {
    "another site's page": {"origin": "https://evil.example"},
    "a page without encryption": {"origin": "http://testserver:81"},
    "another challenge": {"challenge": "AAAAAAAAAAAAAAAAAAAAAA"},
    "an answer to sign, not to make": {"type": "webauthn.get"},
}


@pytest.mark.parametrize("changed", REGISTRATIONS.values(), ids=REGISTRATIONS)
def test_a_forged_registration_is_refused(clock, browser, changed):
    staff(factor=False)
    browser.enter("clerk")
    answer = register(browser, Device(), **changed)
    assert answer.status_code == 422
    assert "没有登记成功" in told(answer)
    assert Passkey.objects.count() == 0
    assert not browser.is_in()


def test_a_registration_for_another_host_is_refused(clock, browser):
    staff(factor=False)
    browser.enter("clerk")
    assert register(browser, Device(host="evil.example")).status_code == 422


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "nonsense", '{"id": 1}', "1" * 20_001, '{"id":"\\u0000"}']
)
def test_nonsense_is_told_to_be_tried_again(clock, answer):
    registered()
    for address in ("/login/second/",):
        browser = Browser()
        browser.enter("clerk")
        browser.get(address)
        assert browser.post(address, {"factor": "passkey", "answer": answer}).status_code == 422
    browser = Browser()
    staff("other", factor=False)
    browser.enter("other")
    browser.get("/login/set-up/passkey/")
    assert browser.post("/login/set-up/passkey/", {"answer": answer, "name": "x"}).status_code == 422


SIGNATURES = {
    "another site's page": {"origin": "https://evil.example"},
    "another challenge": {"challenge": "AAAAAAAAAAAAAAAAAAAAAA"},
    "an answer to make, not to sign": {"type": "webauthn.create"},
    "no signature": {"signature": b""},
    "another signature": {"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"},
}


@pytest.mark.parametrize("changed", SIGNATURES.values(), ids=SIGNATURES)
def test_a_forged_signature_is_refused(clock, browser, changed):
    device = registered()
    answer = sign(browser, device, **changed)
    assert answer.status_code == 422
    assert "通行密钥错误" in told(answer)
    assert not browser.is_in()


def test_the_key_of_another_person_is_refused(clock, browser):
    registered()
    other = registered("other")
    assert sign(browser, other).status_code == 422


def test_another_key_under_the_same_name_is_refused(clock, browser):
    device = registered()
    forged = Device(credential=device.credential)
    assert sign(browser, forged).status_code == 422


def test_for_another_host_or_without_a_touch_it_is_refused(clock):
    device = registered()
    device.host = "evil.example"
    assert sign(Browser(), device).status_code == 422
    device.host, device.flags = "testserver", 0
    assert sign(Browser(), device).status_code == 422


def test_a_copy_of_the_device_is_found_by_its_count(clock):
    device = registered()
    copy = Device(key=device.key, credential=device.credential)
    device.count = 5
    assert sign(Browser(), device).status_code == 302
    assert sign(Browser(), copy).status_code == 422  # its count is behind


def test_an_answer_that_was_heard_is_good_for_nothing_else(clock, browser):
    device = registered()
    browser.enter("clerk")
    answer = device.sign(options_on(browser.get("/login/second/")))
    assert browser.post("/login/second/", {"factor": "passkey", "answer": answer}).status_code == 302
    thief = Browser()
    thief.enter("clerk")
    thief.get("/login/second/")
    assert thief.post("/login/second/", {"factor": "passkey", "answer": answer}).status_code == 422


def test_a_challenge_is_good_for_one_answer_and_five_minutes(clock, browser):
    device = registered()
    browser.enter("clerk")
    options = options_on(browser.get("/login/second/"))
    clock.forward(minutes=6)
    assert (
        browser.post("/login/second/", {"factor": "passkey", "answer": device.sign(options)}).status_code
        == 422
    )
    options = options_on(browser.get("/login/second/"))
    browser.post("/login/second/", {"factor": "passkey", "answer": "nonsense"})
    device.count += 1
    assert (
        browser.post("/login/second/", {"factor": "passkey", "answer": device.sign(options)}).status_code
        == 422
    )


def test_the_same_device_is_not_registered_twice_nor_by_another(clock, browser):
    device = registered()
    assert sign(browser, device)["Location"] == "/"
    assert register(browser, device).status_code == 422
    other = Browser()
    other.whole(applicant())
    assert register(other, device).status_code == 422
    assert Passkey.objects.count() == 1


def test_a_device_that_counts_not_may_always_say_zero(clock):
    device = registered()
    for _each in range(2):
        device.count = -1
        assert sign(Browser(), device).status_code == 302


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("localhost:8000", Site("localhost", ("http://localhost:8000",))),
        ("spj.example.gov.cn", Site("spj.example.gov.cn", ("http://spj.example.gov.cn",))),
        ("127.0.0.1:8000", None),
        ("[::1]:8000", None),
        ("[::1]", None),
    ],
)
def test_passkeys_belong_to_a_name_not_to_an_address(rf, settings, host, site):
    settings.ALLOWED_HOSTS = ["*"]
    assert passkeys.site_of(rf.get("/", HTTP_HOST=host)) == site


def test_at_a_bare_address_people_are_told_to_use_the_name(clock, settings):
    settings.ALLOWED_HOSTS = ["*"]
    staff(factor=False)
    browser = Browser(HTTP_HOST="127.0.0.1:8000")
    browser.enter("clerk")
    assert "请改用网站的域名" in told(browser.get("/login/set-up/"))
    assert browser.get("/login/set-up/passkey/")["Location"] == "/login/set-up/"
