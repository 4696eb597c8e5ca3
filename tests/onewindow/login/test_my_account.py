"""One's own account: factors are added and removed by whoever proves that it is he."""

import re

import pyotp
import pytest

from onewindow.kernel import moment
from onewindow.kernel.api import NotAllowed
from onewindow.kernel.procedure import Role
from onewindow.people.login.api import factors_of, remove_all
from onewindow.people.login.recovery import accepts, issue
from onewindow.people.models import Passkey, RecoveryCode
from tests.onewindow.login.device import Device
from tests.onewindow.login.people import OTHER, PASSWORD, Browser, applicant, staff, told
from tests.onewindow.login.test_authenticator import secret_on
from tests.onewindow.login.test_passkeys import register
from tests.onewindow.people.bureau import acting, units

pytestmark = pytest.mark.django_db


def codes_on(page) -> list[str]:
    return re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page.content.decode())


def test_an_applicant_registers_an_authenticator_of_his_own_accord(clock, browser):
    somebody = applicant()
    browser.whole(somebody)
    assert "还没有登记" in told(browser.get("/account/"))
    secret = secret_on(browser.get("/login/set-up/app/"))
    code = pyotp.TOTP(secret).generate_otp(moment.now_us() // 30_000_000)
    assert len(codes_on(browser.post("/login/set-up/app/", {"code": code}))) == 10
    assert Browser().enter("citizen")["Location"] == "/login/second/"
    browser.post("/account/authenticator/remove/")
    assert Browser().enter("citizen")["Location"] == "/"
    assert somebody.journal()[-2:] == ["factor_removed", "logged_in"]


def test_staff_do_not_remove_their_last_factor(clock, browser):
    clerk = staff()
    browser.whole(clerk)
    answer = browser.post("/account/authenticator/remove/", follow=True)
    assert "工作人员至少要有一种第二因素" in told(answer)
    assert factors_of(clerk.account)
    register(browser, Device())
    browser.post("/account/authenticator/remove/")
    assert factors_of(clerk.account).authenticator is None
    browser.post(f"/account/passkeys/{Passkey.objects.get().pk}/remove/")
    assert Passkey.objects.count() == 1


def test_nobody_removes_the_passkey_of_another(clock):
    one, two = Browser(), Browser()
    one.whole(applicant("one"))
    two.whole(applicant("two"))
    register(one, Device())
    two.post(f"/account/passkeys/{Passkey.objects.get().pk}/remove/")
    assert Passkey.objects.count() == 1


CLOSED = (
    ("get", "/login/set-up/"),
    ("get", "/login/set-up/app/"),
    ("get", "/login/set-up/passkey/"),
    ("get", "/account/password/"),
    ("post", "/account/authenticator/remove/"),
    ("post", "/account/passkeys/1/remove/"),
    ("post", "/account/codes/"),
)


@pytest.mark.parametrize(("method", "address"), CLOSED)
def test_after_ten_minutes_factors_are_changed_only_with_the_password_again(clock, browser, method, address):
    somebody = applicant()
    browser.whole(somebody)
    clock.forward(minutes=10)
    answer = getattr(browser, method)(address)
    assert answer["Location"].startswith("/login/again/?next=%2Faccount%2F")
    assert "密码" not in told(answer)
    assert browser.post("/login/again/", {"password": "Wrong-Guess-1"}).status_code == 422
    answer = browser.post("/login/again/", {"password": PASSWORD, "next": "/account/password/"})
    assert answer["Location"] == "/account/password/"
    assert getattr(browser, method)(address).headers.get("Location", "/") in ("/", "/account/")


def test_guessing_the_password_there_locks_too(clock, browser):
    browser.whole(applicant())
    for _each in range(5):
        answer = browser.post("/login/again/", {"password": "Wrong-Guess-1"})
    assert "已经锁定" in told(answer)
    assert "已经锁定" in told(browser.post("/login/again/", {"password": PASSWORD}))


def test_a_password_that_is_not_good_enough_is_not_taken(clock, browser):
    browser.whole(applicant())
    answer = browser.post("/account/password/", {"password": "citizen1", "again": "citizen1"})
    assert answer.status_code == 422
    assert "不能有登录名" in told(answer)
    assert Browser().enter("citizen").status_code == 302
    browser.post("/account/password/", {"password": OTHER, "again": OTHER})
    assert Browser().enter("citizen", OTHER).status_code == 302


def test_a_recovery_code_opens_once(clock):
    clerk = staff()
    code = issue(clerk.account)[3]
    browser = Browser()
    browser.enter("clerk")
    answer = browser.post("/login/second/", {"factor": "recovery", "code": code.lower().replace("-", " ")})
    assert answer["Location"] == "/"
    assert "还有 9 个恢复码" in told(browser.get("/account/"))
    again = Browser()
    again.enter("clerk")
    assert "恢复码错误" in told(again.post("/login/second/", {"factor": "recovery", "code": code}))


def test_recovery_codes_are_kept_as_keyed_digests_of_one_account(clock):
    clerk, other = staff(), staff("other")
    codes = issue(clerk.account)
    kept = b"".join(bytes(row.digest) for row in RecoveryCode.objects.all())
    assert len(kept) == 160
    assert not any(code.encode() in kept or code.replace("-", "").encode() in kept for code in codes)
    assert not accepts(other.account, codes[0])


def test_what_is_easily_misread_is_read_right(clock):
    clerk = staff()
    code = next(one for _try in range(200) for one in issue(clerk.account) if "0" in one and "1" in one)
    assert accepts(clerk.account, code.replace("0", "o").replace("1", "l"))


def test_new_codes_make_the_old_ones_worthless(clock, browser):
    clerk = staff()
    old = issue(clerk.account)
    browser.whole(clerk)
    new = codes_on(browser.post("/account/codes/"))
    assert len(new) == 10
    assert not accepts(clerk.account, old[0])
    assert accepts(clerk.account, new[0])


def test_the_security_administrator_removes_the_factors_of_somebody_who_lost_them(clock, browser):
    units()
    clerk = staff()
    browser.whole(clerk)
    with pytest.raises(NotAllowed):
        remove_all(clerk.account, acting("admin", Role.SYSTEM_ADMIN), "手机丢失")
    remove_all(clerk.account, acting("security", Role.SECURITY_ADMIN), "手机丢失")
    assert not browser.is_in()
    assert Browser().enter("clerk")["Location"] == "/login/set-up/"
