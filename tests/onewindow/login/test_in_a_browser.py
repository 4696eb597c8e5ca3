"""Log-in in a real Chromium: codes, passkeys with its virtual authenticator, and how the pages look and read."""

import re

import pyotp
import pytest

from onewindow.kernel import moment
from onewindow.people.login.api import offer
from onewindow.people.models import Account, Passkey, Session
from tests.onewindow.gateways_identity.services import client_of, running
from tests.onewindow.login.people import OTHER, PASSWORD, applicant, staff
from tests.onewindow.pages.browser import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(page, login="clerk", password=PASSWORD):
    page.get_by_label("登录名").fill(login)
    page.get_by_label("口令", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def with_device(page) -> None:
    """A device that makes passkeys, inside the browser."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code_of(secret: str) -> str:
    return pyotp.TOTP(secret).generate_otp(moment.now_us() // 30_000_000)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_from_the_initial_password_to_the_first_page(window, size):
    """A new clerk changes his password, registers an authenticator, keeps his codes, and enters again."""
    staff(initial=True, factor=False)
    with running() as provider:
        offer(client_of(provider))
        try:
            one = window(size=size)
            page = one.open("/account/")
            wrong = one.wrong(f"login-{size[0]}")
            enter(page, password="Wrong-Guess-1")
            wrong += one.wrong(f"login-wrong-{size[0]}")
        finally:
            offer(None)
    enter(page)
    page.get_by_label("新口令", exact=True).fill("clerk")
    page.get_by_label("再输入一次新口令").fill("clerk")
    page.get_by_role("button", name="修改口令").click()
    wrong += one.wrong(f"password-{size[0]}")
    page.get_by_label("新口令", exact=True).fill(OTHER)
    page.get_by_label("再输入一次新口令").fill(OTHER)
    page.get_by_role("button", name="修改口令").click()
    wrong += one.wrong(f"set-up-{size[0]}")
    page.get_by_role("link", name="登记动态口令").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    wrong += one.wrong(f"set-up-app-{size[0]}")
    page.get_by_label("动态口令").fill(code_of(secret))
    page.get_by_role("button", name="确认登记").click()
    page.locator(".codes").wait_for()
    assert page.locator(".codes li").count() == 10
    recovery = page.locator(".codes code").first.inner_text()
    wrong += one.wrong(f"codes-{size[0]}")
    page.get_by_role("link", name="已经收好，继续").click()
    assert page.url.endswith("/account/")
    page.get_by_role("button", name="退出").click()
    wrong += one.wrong(f"left-{size[0]}")
    page.get_by_role("link", name="重新登录").click()
    enter(page, password=OTHER)
    page.get_by_text("设备不在身边？用恢复码").click()
    wrong += one.wrong(f"second-{size[0]}")
    page.get_by_label("恢复码").fill(recovery)
    page.get_by_role("button", name="用恢复码验证").click()
    page.wait_for_url(one.address + "/")
    page.goto(one.address + "/account/")
    assert page.get_by_text("还有 9 个恢复码没有用过").is_visible()
    wrong += one.wrong(f"account-{size[0]}")
    assert wrong == []


def test_with_the_code_of_an_authenticator(window):
    clerk = staff()
    one = window()
    page = one.open("/login/")
    enter(page)
    page.get_by_label("动态口令").fill("000000")
    page.get_by_role("button", name="验证", exact=True).click()
    assert page.get_by_text("动态口令错误").first.is_visible()
    page.get_by_label("动态口令").fill(clerk.code())
    page.get_by_role("button", name="验证", exact=True).click()
    page.wait_for_url(one.address + "/")
    assert page.get_by_text("职员甲").first.is_visible()
    assert one.wrong("entered", with_axe=False) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_with_a_passkey(window, size):
    staff(factor=False)
    one = window(size=size)
    page = one.open("/login/")
    with_device(page)
    enter(page)
    page.get_by_role("link", name="登记通行密钥").click()
    wrong = one.wrong(f"set-up-passkey-{size[0]}")
    page.get_by_label("给这个通行密钥起个名字").fill("办公室电脑")
    page.get_by_role("button", name="登记").click()
    page.get_by_role("link", name="已经收好，继续").click()
    assert Passkey.objects.get().name == "办公室电脑"
    page.get_by_role("button", name="退出").click()
    page.get_by_role("link", name="重新登录").click()
    enter(page)
    wrong += one.wrong(f"second-passkey-{size[0]}")
    page.get_by_role("button", name="用通行密钥验证").click()
    page.wait_for_url(one.address + "/")
    assert Session.objects.filter(factor="passkey", account__isnull=False).count() == 1
    page.goto(one.address + "/login/set-up/passkey/")
    page.get_by_role("button", name="登记").click()
    page.get_by_text("这台设备已经登记过").wait_for()
    assert wrong + one.wrong(f"passkey-known-{size[0]}") == []


def test_a_browser_that_knows_no_passkeys_is_told(window):
    staff(factor=False)
    one = window()
    page = one.open("/login/")
    page.add_init_script("delete window.PublicKeyCredential")
    enter(page)
    page.get_by_role("link", name="登记通行密钥").click()
    page.get_by_text("这个浏览器不支持通行密钥").wait_for()


def test_without_script_everything_but_passkeys_works(window):
    clerk = staff()
    one = window(java_script_enabled=False)
    page = one.open("/login/")
    enter(page)
    page.get_by_label("动态口令").fill(clerk.code())
    page.get_by_role("button", name="验证", exact=True).click()
    page.wait_for_url(one.address + "/")
    page.goto(one.address + "/account/")
    assert page.get_by_role("heading", name="我的会话").is_visible()


def test_through_the_province_and_out_again(window):
    with running() as provider:
        offer(client_of(provider))
        try:
            one = window()
            page = one.open("/login/?next=/account/")
            page.get_by_role("link", name="用省统一身份认证登录").click()
            one.faults.clear()  # the service is elsewhere, as it should be
            page.get_by_label("测试乙").check()
            page.get_by_role("button", name="登录").click()
            page.wait_for_url(re.compile(r"/account/$"))
            assert Account.objects.get().kind == "applicant"
            page.get_by_role("button", name="退出").click()
            page.get_by_role("link", name="同时退出省统一身份认证").click()
            page.wait_for_url(re.compile(r"/login/left/"))
            assert page.get_by_text("您已退出").is_visible()
        finally:
            offer(None)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_what_was_typed_is_offered_again(window, monkeypatch, size):
    real, late = moment.now_us, [0]
    monkeypatch.setattr(moment, "now_us", lambda: real() + late[0])  # for the server's threads as well
    somebody = applicant()
    one = window(size=size)
    page = one.open("/login/")
    enter(page, somebody.login)
    page.wait_for_url(one.address + "/")
    page.goto(one.address + "/start/permit/submit/own/")
    late[0] = 31 * 60_000_000
    page.locator("main form textarea, main form input:not([type=hidden])").first.fill("我要开一家小店")
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/login/\?next=.*why=idle"))
    wrong = one.wrong(f"login-after-idle-{size[0]}")
    enter(page, somebody.login)
    page.wait_for_url(re.compile(r"/login/kept/"))
    assert page.get_by_text("我要开一家小店").is_visible()
    wrong += one.wrong(f"kept-{size[0]}")
    page.get_by_role("button", name="现在提交").click()
    assert "/login/" not in page.url
    assert wrong == []
