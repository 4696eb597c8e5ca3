"""One-time codes: each works once, near its time, and their secret is sealed."""

import re
from html import unescape

import pyotp
import pytest

from onewindow.kernel import moment
from onewindow.people.login import authenticator
from onewindow.people.login.authenticator import accepts, step_of
from onewindow.people.models import Authenticator
from tests.onewindow.login.people import Browser, applicant, staff, told

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238, appendix B


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_vectors_of_the_standard(second, code):
    assert step_of(SECRET, code, second * 1_000_000) == second // 30


@pytest.mark.parametrize(("shift", "known"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_good_one_step_before_and_after(shift, known):
    now = 1_800_000_015_000_000
    code = pyotp.TOTP(SECRET).generate_otp(now // 30_000_000 + shift)
    assert (step_of(SECRET, code, now) is not None) is known


@pytest.mark.parametrize("typed", ["287 082", "２８７０８２", " 287082 "])
def test_blanks_and_wide_figures_are_forgiven(typed):
    assert step_of(SECRET, typed, 59_000_000) == 1


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "28708a", "二八七〇八二", "\x00", "٢٨٧٠٨٢" * 3])
def test_anything_else_is_a_wrong_code(typed):
    assert step_of(SECRET, typed, 59_000_000) is None


@pytest.mark.django_db
def test_no_code_is_accepted_twice(clock):
    clerk = staff()
    code = clerk.code()
    assert accepts(clerk.account, code)
    assert not accepts(clerk.account, code)
    clock.forward(seconds=30)
    assert not accepts(clerk.account, code)
    assert accepts(clerk.account, clerk.code())


@pytest.mark.django_db
def test_nor_one_older_than_the_last(clock):
    clerk = staff()
    old, new = clerk.code(-1), clerk.code()
    assert accepts(clerk.account, new)
    assert not accepts(clerk.account, old)


@pytest.mark.django_db
def test_a_code_that_was_watched_opens_no_second_session(clock):
    clerk = staff()
    code = clerk.code()
    mine, thiefs = Browser(), Browser()
    for browser in (mine, thiefs):
        browser.enter("clerk")
    assert mine.code(code)["Location"] == "/"
    assert "动态口令错误，或者已经用过" in told(thiefs.code(code))
    assert not thiefs.is_in()


@pytest.mark.django_db
def test_the_code_of_another_is_a_wrong_one(clock, browser):
    staff()
    other = staff("other")
    browser.enter("clerk")
    assert browser.code(other.code()).status_code == 422


@pytest.mark.django_db
def test_the_secret_is_sealed_and_only_opens_in_its_own_row(clock):
    clerk, other = staff(), staff("other")
    row = Authenticator.objects.get(account=clerk.account)
    assert clerk.secret.encode() not in bytes(row.secret)
    assert authenticator.unseal(bytes(row.secret), clerk.account.pk) == clerk.secret
    with pytest.raises(ValueError, match="不属于这一行"):
        authenticator.unseal(bytes(row.secret), other.account.pk)


def secret_on(page) -> str:
    return re.search(r'class="secret">([A-Z2-7 ]+)<', page.content.decode())[1].replace(" ", "")


@pytest.mark.django_db
def test_a_member_of_staff_registers_it_before_he_reaches_any_page(clock, browser):
    clerk = staff(factor=False)
    assert browser.enter("clerk", next="/account/")["Location"] == "/login/set-up/"
    assert browser.get("/account/")["Location"].startswith("/login/?")
    page = browser.get("/login/set-up/app/")
    assert "<svg" in page.content.decode()
    secret = secret_on(page)
    assert secret_on(browser.get("/login/set-up/app/")) == secret
    assert "动态口令不对" in told(browser.post("/login/set-up/app/", {"code": "000000"}))
    code = pyotp.TOTP(secret).generate_otp(moment.now_us() // 30_000_000)
    page = browser.post("/login/set-up/app/", {"code": code})
    assert len(re.findall(r"<code>[0-9A-Z]{5}-[0-9A-Z]{5}</code>", page.content.decode())) == 10
    assert 'href="/account/"' in page.content.decode()
    assert browser.is_in()
    assert clerk.journal()[-2:] == ["factor_added", "logged_in"]
    again = Browser()
    again.enter("clerk")
    assert again.code(code).status_code == 422  # the code that registered it is used up


@pytest.mark.django_db
def test_the_address_in_the_picture_names_bureau_and_login(settings):
    settings.BUREAU = "某县行政审批服务管理局"
    told_address = unescape(authenticator.address(SECRET, applicant().account))
    parsed = pyotp.parse_uri(told_address)
    assert (parsed.issuer, parsed.name, parsed.secret) == ("某县行政审批服务管理局", "citizen", SECRET)
