"""What somebody typed is not lost when his session ends."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from onewindow.people.access import EVERYBODY, SIGNED_IN, opened_to
from onewindow.people.login import kept
from onewindow.people.login.tending import tidy
from onewindow.people.models import KeptForm
from tests.onewindow.login.people import Browser, applicant, staff, told

pytestmark = pytest.mark.django_db
taken: list[dict[str, list[str]]] = []


@opened_to(SIGNED_IN)
def form(request):
    if request.method == "POST":
        taken.append({name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"})
    return HttpResponse('<form method="post"><input name="csrfmiddlewaretoken" value="x"></form>')


@opened_to(EVERYBODY)
def public(request):
    return HttpResponse("public")


urlpatterns = [
    path("form/", form),
    path("public/", public),
    path("", include("onewindow.people.login.web.urls")),
    path("", public),
]


@pytest.fixture(autouse=True)
def _urls():
    taken.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield


TYPED = {"opinion": "经审查，\r\n符合条件", "grounds": ["甲", "乙"], "seen": "4"}


def too_late(clock, browser, somebody, **more):
    """He fills a form in, is called away, and sends it when his session has ended."""
    browser.whole(somebody)
    clock.forward(minutes=31)
    return browser.post("/form/?case=7", {**TYPED, **more})


def test_it_is_offered_again_after_log_in_and_can_be_sent(clock, browser):
    clerk = staff()
    assert too_late(clock, browser, clerk)["Location"] == "/login/?next=%2F&why=idle&kept=yes"
    assert "替您留下" in told(browser.get("/login/?why=idle&kept=yes"))
    assert "替您留下" not in told(browser.get("/login/?why=idle"))
    assert taken == []
    answer = browser.whole(clerk)
    assert answer["Location"] == "/login/kept/"
    page = browser.get("/login/kept/")
    assert "您填写的内容还在" in told(page)
    assert "经审查，" in told(page)
    found = kept.newest(clerk.account)
    assert found.path == "/form/?case=7"
    browser.post(found.path, {**TYPED, "kept-form": str(found.id)})
    assert taken == [
        {
            **{name: [*value] if isinstance(value, list) else [value] for name, value in TYPED.items()},
            "kept-form": [str(found.id)],
        }
    ]
    assert kept.newest(clerk.account) is None


def test_every_field_is_there_again_as_it_was(clock, browser):
    clerk = staff()
    too_late(clock, browser, clerk)
    assert kept.newest(clerk.account).fields == (
        ("opinion", "经审查，\r\n符合条件"),
        ("grounds", "甲"),
        ("grounds", "乙"),
        ("seen", "4"),
    )


def test_even_when_the_page_had_asked_for_something_else_meanwhile(clock, browser):
    clerk = staff()
    browser.whole(clerk)
    clock.forward(minutes=20)
    browser.get("/public/")
    browser.get("/form/")
    browser.post("/form/", TYPED)
    assert kept.newest(clerk.account) is not None


def test_passwords_and_files_are_not_kept(clock, browser):
    clerk = staff()
    too_late(
        clock, browser, clerk,
        password="Green-Tea-2026", old_passwd="x", api_token="y", file=SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
    )  # fmt: skip
    found = kept.newest(clerk.account)
    assert {name for name, _value in found.fields} == set(TYPED)
    assert found.may_have_files
    browser.whole(clerk)
    assert "文件没有保存" in told(browser.get("/login/kept/"))


def test_it_is_sealed_in_the_database(clock, browser):
    too_late(clock, browser, staff())
    assert "符合".encode() not in bytes(KeptForm.objects.get().data)


def test_nobody_else_is_offered_it(clock, browser):
    clerk, other = staff(), staff("other")
    too_late(clock, browser, clerk)
    assert browser.whole(other)["Location"] == "/"
    assert browser.get("/login/kept/")["Location"] == "/"
    browser.post("/form/", {"kept-form": str(KeptForm.objects.get().pk)})
    assert KeptForm.objects.count() == 1


def test_for_half_an_hour(clock, browser):
    clerk = staff()
    too_late(clock, browser, clerk)
    clock.forward(minutes=30)
    assert browser.whole(clerk)["Location"] == "/"
    assert tidy() >= 1
    assert KeptForm.objects.count() == 0


def test_he_may_drop_it(clock, browser):
    clerk = staff()
    too_late(clock, browser, clerk)
    browser.whole(clerk)
    assert browser.post("/login/kept/")["Location"] == "/"
    assert KeptForm.objects.count() == 0


def test_a_form_of_another_site_is_not_kept(clock):
    clerk, browser = staff(), Browser(enforce_csrf_checks=True)
    token = (
        browser.get("/login/").content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    )
    browser.enter("clerk", csrfmiddlewaretoken=token)
    browser.post("/login/second/", {"factor": "totp", "code": clerk.code(), "csrfmiddlewaretoken": token})
    assert browser.is_in()
    clock.forward(minutes=20)
    assert browser.post("/form/", TYPED).status_code == 403
    assert KeptForm.objects.count() == 0


def test_what_is_sent_to_a_public_page_or_to_log_in_is_not_kept(clock, browser):
    browser.whole(staff())
    clock.forward(minutes=20)
    assert browser.post("/public/", TYPED).status_code == 200
    browser.post("/account/password/", {"password": "x", "note": "y"})
    browser.post("/account/sessions/end/", {"key": "y"})
    assert KeptForm.objects.count() == 0


def test_what_no_session_sent_is_not_kept(browser):
    browser.post("/form/", TYPED)
    assert KeptForm.objects.count() == 0


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_what_is_no_form_is_not_kept(clock, browser, kind):
    browser.whole(staff())
    clock.forward(minutes=20)
    browser.post("/form/", data='{"a": "b"}', content_type=kind)
    assert KeptForm.objects.count() == 0


def test_neither_what_is_too_large_nor_more_than_five(clock, browser):
    clerk = staff()
    too_late(clock, browser, clerk, essay="长" * 200_000)
    assert KeptForm.objects.count() == 0
    for number in range(7):
        browser.post("/form/", {"number": number})
    assert KeptForm.objects.count() == 5
    assert kept.newest(clerk.account).fields == (("number", "6"),)


def test_an_applicant_keeps_his_too(clock, browser):
    somebody = applicant()
    too_late(clock, browser, somebody)
    assert browser.whole(somebody)["Location"] == "/login/kept/"
