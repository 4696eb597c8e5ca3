"""A view is closed unless it is opened, and opened to those it names."""

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from django.views import View

from onewindow.kernel.api import Entry
from onewindow.kernel.moment import today
from onewindow.kernel.procedure import Role
from onewindow.people.access import APPLICANTS, EVERYBODY, SIGNED_IN, opened_to
from onewindow.people.models import Account, Assignment, Unit

pytestmark = pytest.mark.django_db


def _page(request):
    return HttpResponse(request.actor.id)


@opened_to(SIGNED_IN)
class Opened(View):
    def get(self, request):
        return _page(request)


class Inherits(Opened):
    pass


def forgotten(request):
    return _page(request)


def page(*marks):
    return opened_to(*marks)(lambda request, rest="": _page(request))


handler403 = "onewindow.main.web.errors.forbidden"
urlpatterns = [
    path("everybody/", page(EVERYBODY)),
    path("signed-in/", Opened.as_view()),
    path("inherits/", Inherits.as_view()),
    path("forgotten/", forgotten),
    path("officers/", page(Role.OFFICER, Role.APPROVER)),
    path("officers/<path:rest>", page(Role.OFFICER)),
    path("own/", page(APPLICANTS)),
]


@pytest.fixture(autouse=True)
def _urls():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def account(kind="staff", role=None):
    one = Account.objects.create(reference=f"a-{kind}", login=kind, name="甲", kind=kind)
    if role is not None:
        unit = Unit.objects.create(code="bureau", name="局", kind="bureau")
        Assignment.objects.create(account=one, unit=unit, role=role.value, since=today())
    return one


def test_everybody_reads_what_is_opened_to_everybody(client):
    assert client.get("/everybody/").content == b""


def test_a_stranger_is_sent_to_the_log_in(client):
    answer = client.get("/officers/?page=2")
    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/officers/%3Fpage%3D2"


def test_what_a_stranger_posts_is_not_promised_to_happen_after_the_log_in(client):
    assert client.post("/officers/")["Location"] == "/login/?next=/"


def test_a_holder_of_the_role_is_let_in(client):
    client.force_login(account(role=Role.APPROVER))
    assert client.get("/officers/").content == b"a-staff"


def test_another_is_refused_and_that_is_noted(client):
    client.force_login(account(role=Role.WINDOW))
    answer = client.get("/officers/")
    assert answer.status_code == 403
    assert "没有查看这个页面的权限" in answer.content.decode()
    entry = Entry.objects.get(matter="J-a-staff", step="refused")
    assert "GET /officers/" in entry.facts


def test_an_address_that_no_ledger_takes_is_noted_all_the_same(client):
    client.force_login(account(role=Role.WINDOW))
    assert client.get("/officers/%01/").status_code == 403
    assert "/officers/%01/" in Entry.objects.get(step="refused").facts


@pytest.mark.parametrize("address", ["/forgotten/", "/inherits/"])
def test_a_view_that_is_not_marked_itself_is_closed(client, address):
    client.force_login(account(role=Role.SYSTEM_ADMIN))
    assert client.get(address).status_code == 403


def test_applicants_have_pages_of_their_own(client):
    client.force_login(account("applicant"))
    assert client.get("/own/").status_code == 200
    assert client.get("/signed-in/").status_code == 200


def test_staff_are_no_applicants_unless_registered_as_persons(client):
    one = account(role=Role.OFFICER)
    client.force_login(one)
    assert client.get("/own/").status_code == 403
    Account.objects.filter(pk=one.pk).update(party="p-1")
    assert client.get("/own/").status_code == 200


@pytest.mark.parametrize("marks", [(), (Role.APPLICANT,), (Role.SELF,), (Role.SYSTEM,)])
def test_marks_that_fit_nobody_are_refused(marks):
    with pytest.raises(ValueError, match="not marks"):
        opened_to(*marks)
