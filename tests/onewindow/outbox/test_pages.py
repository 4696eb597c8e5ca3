"""The pages of the desk, as the system administrator sees them and nobody else does."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onewindow.kernel.api import PLATFORM, deliver_due, journal_id, outbox_message, post
from onewindow.kernel.models import Entry, Message
from onewindow.kernel.procedure import Role
from tests.onewindow.outbox.conftest import never
from tests.onewindow.pages.conftest import applicant, bureau, signed_in  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

PHONE = "00012345678"
CONTENT = "您的“食品经营许可”申请（编号260506-ABCDEFGHJK）已受理。"
NAMES = ("outbox", "local_sms", "local_mail", "local_province")


@pytest.fixture
def admin(signed_in):  # noqa: F811
    return signed_in(Role.SYSTEM_ADMIN)


@pytest.fixture
def dead(gateway):
    gateway.errors = [never()]
    reference = post("pigeon", PHONE, CONTENT)
    deliver_due()
    return reference


def pages_of(reference):
    verbs = ("outbox_message", "outbox_drop", "outbox_read")
    return [reverse(name) for name in NAMES] + [reverse(name, args=[reference]) for name in verbs]


@pytest.mark.parametrize(
    "role",
    [Role.WINDOW, Role.OFFICER, Role.APPROVER, Role.SUPERVISOR, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN],
)
def test_no_other_role_sees_a_page_of_the_desk(role, signed_in, dead):  # noqa: F811
    reader = signed_in(role)
    for address in pages_of(dead):
        assert reader.get(address).status_code == 403
    assert reader.post(reverse("outbox_retry", args=[dead])).status_code == 403
    assert outbox_message(dead).state == "dead"


def test_applicants_and_strangers_see_none_either(applicant, dead, client):  # noqa: F811
    for address in pages_of(dead):
        assert applicant().get(address).status_code == 403
        assert client.get(address).status_code == 302


def test_nothing_personal_stands_on_any_page(admin, dead):
    for address in pages_of(dead):
        page = admin.text(address)
        assert PHONE not in page
        assert "食品" not in page
        assert "260506-ABCDEFGHJK" not in page
    assert "000****5678" in admin.text(reverse("outbox"))


def test_a_message_is_taken_up_from_its_page_once(admin, dead):
    where = reverse("outbox_message", args=[dead])
    assert "重发" in admin.text(where)
    answer = admin.post(reverse("outbox_retry", args=[dead]), follow=True)
    assert "已重新排队发送" in answer.content.decode()
    answer = admin.post(reverse("outbox_retry", args=[dead]), follow=True)
    assert "可能已由他人处理" in answer.content.decode()
    assert Entry.objects.filter(matter=journal_id(PLATFORM), step="message_retried").count() == 1


def test_a_whole_channel_is_taken_up_from_the_list(admin, gateway):
    for _each in range(2):
        gateway.errors = [never()]
        post("pigeon", PHONE, CONTENT)
        deliver_due()
    assert "全部重发：信鸽" in admin.text(reverse("outbox"))
    answer = admin.post(reverse("outbox_retry_all", args=["pigeon"]), follow=True)
    page = answer.content.decode()
    assert "2条消息已重新排队发送" in page
    assert "全部重发" not in page
    answer = admin.post(reverse("outbox_retry_all", args=["pigeon"]), follow=True)
    assert "信鸽没有发送失败的消息" in answer.content.decode()


def test_giving_up_asks_for_a_reason_and_keeps_what_was_typed(admin, dead):
    where = reverse("outbox_drop", args=[dead])
    answer = admin.post(where, {"fact-reason": ""})
    assert answer.status_code == 422
    assert "请填写“理由”" in answer.content.decode()
    answer = admin.post(where, {"fact-reason": "长" * 501})
    assert answer.status_code == 422
    assert "长" * 501 in answer.content.decode()
    answer = admin.post(where, {"fact-reason": "空号，已电话告知"}, follow=True)
    assert "已放弃发送" in answer.content.decode()
    assert outbox_message(dead).state == "dropped"


def test_the_whole_of_it_is_shown_once_for_a_reason(admin, dead):
    where = reverse("outbox_read", args=[dead])
    assert admin.post(where, {"fact-reason": " "}).status_code == 422
    page = admin.post(where, {"fact-reason": "核对号码"}).content.decode()
    assert PHONE in page
    assert CONTENT in page
    assert PHONE not in admin.text(where)
    assert Entry.objects.filter(matter=journal_id(PLATFORM), step="value_read").count() == 1


@pytest.mark.parametrize("verb", ["outbox_retry", "outbox_retry_all"])
def test_nothing_happens_by_following_a_link(admin, dead, verb):
    assert admin.get(reverse(verb, args=["pigeon" if verb.endswith("all") else dead])).status_code == 405
    assert outbox_message(dead).state == "dead"


def test_nothing_happens_from_a_form_elsewhere(admin, dead):
    admin.handler.enforce_csrf_checks = True
    assert admin.post(reverse("outbox_retry", args=[dead])).status_code == 403
    assert outbox_message(dead).state == "dead"


def test_hostile_contents_stay_text(admin, gateway):
    hostile = "<img src=x onerror=alert(1)>{{ 7 }}"
    gateway.errors = [never()]
    gateway.errors[0].message = hostile
    reference = post("pigeon", hostile, hostile)
    deliver_due()
    for address in (*pages_of(reference), reverse("outbox") + "?state=all&about=<script>"):
        page = admin.text(address)
        assert "<img src=x" not in page
        assert "<script>" not in page
    page = admin.post(reverse("outbox_read", args=[reference]), {"fact-reason": "看"}).content.decode()
    assert "&lt;img src=x" in page
    assert "<img src=x" not in page


def test_the_list_goes_on_and_keeps_its_filters(admin, gateway):
    for number in range(60):
        post("pigeon", PHONE, f"第{number}条", about="m-1")
    first = admin.text(reverse("outbox") + "?state=waiting&channel=pigeon&about=m-1")
    (going_on,) = re.findall(r'href="(\?[^"]*after=\d+)"', first)
    assert "channel=pigeon" in going_on
    second = admin.text(reverse("outbox") + going_on.replace("&amp;", "&"))
    rows = [len(re.findall("outbox/[0-9a-f]{32}/", page)) for page in (first, second)]
    assert rows == [50, 10]


@pytest.mark.parametrize(
    "query",
    ["?state=whatever&channel=whale", "?after=x", "?after=-1", "?after=99999999999999999999", "?after=9223372036854775807", "?state=all&state="],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_a_list(admin, dead, query):
    assert admin.get(reverse("outbox") + query).status_code == 200


def test_a_message_that_does_not_exist_is_a_page_that_says_so(admin):
    for verb in ("outbox_message", "outbox_drop", "outbox_read"):
        answer = admin.get(reverse(verb, args=["0" * 32]))
        assert answer.status_code == 404
    assert admin.post(reverse("outbox_retry", args=["x"])).status_code == 404


def test_the_list_takes_as_many_queries_for_many_messages_as_for_few(admin, gateway):
    admin.text(reverse("outbox"))
    counts = []
    for _round in range(2):
        for number in range(10):
            post("pigeon", PHONE, f"第{number}条", about="m-1")
        with CaptureQueriesContext(connection) as asked:
            admin.text(reverse("outbox") + "?state=all")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert Message.objects.count() == 20
