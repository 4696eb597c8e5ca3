"""Starting a matter: an applicant for himself, a window for whoever stands before it."""

import pytest

from onewindow.kernel.api import Entry, Matter
from onewindow.kernel.procedure import Role
from onewindow.people.api import party_names
from tests.onewindow.pages.forms import faults, form_of
from tests.onewindow.people.bureau import identity

pytestmark = pytest.mark.django_db

OWN, DESK = "/start/permit/submit/own/", "/start/permit/submit/desk/"
ABOUT = {"fact-about.title": "食品经营许可", "fact-about.unit": "section", "fact-contact": "00000000000"}


def test_an_applicant_applies_and_is_told_the_number(applicant):
    asking = applicant()
    answer = asking.post(OWN, form_of(asking.get(OWN)) | ABOUT, follow=True)
    matter = Matter.objects.get(kind="permit")
    assert (matter.title, matter.unit, matter.owner) == ("食品经营许可", "section", asking.account.party)
    assert f"已提交，编号 {matter.pk}" in answer.content.decode()
    assert matter.title in asking.text("/matters/")


def test_everything_that_is_missing_is_said_at_once(applicant):
    asking = applicant()
    answer = asking.post(OWN, form_of(asking.get(OWN)) | {"fact-note": "说明还在"})
    assert answer.status_code == 422
    assert faults(answer) == ["请填写“申请什么”。", "请填写“由哪个单位办理”。"]
    assert form_of(answer)["fact-note"] == "说明还在"
    assert not Matter.objects.filter(kind="permit").exists()


def test_an_application_that_is_sent_twice_is_one(applicant):
    asking = applicant()
    sent = form_of(asking.get(OWN)) | ABOUT
    asking.post(OWN, sent)
    answer = asking.post(OWN, sent, follow=True)
    assert "没有重复办理" in answer.content.decode()
    assert Matter.objects.filter(kind="permit").count() == 1


def test_the_same_form_with_other_words_asks_whether_it_is_another(applicant):
    asking = applicant()
    sent = form_of(asking.get(OWN)) | ABOUT
    asking.post(OWN, sent)
    answer = asking.post(OWN, sent | {"fact-about.title": "药品经营许可"})
    assert answer.status_code == 422
    assert "已经提交过" in answer.content.decode()
    asking.post(OWN, form_of(answer))
    assert set(Matter.objects.filter(kind="permit").values_list("title", flat=True)) == {
        "食品经营许可",
        "药品经营许可",
    }


def test_a_personal_fact_is_never_shown_again(applicant):
    asking = applicant()
    page = asking.post(OWN, form_of(asking.get(OWN)) | ABOUT, follow=True).content.decode()
    assert "00000000000" not in page
    assert "00000000000" not in Entry.objects.get(kind="permit").facts


def test_a_unit_that_is_none_of_the_choices_is_refused(applicant):
    asking = applicant()
    answer = asking.post(OWN, form_of(asking.get(OWN)) | ABOUT | {"fact-about.unit": "platform"})
    assert answer.status_code == 422
    assert len(faults(answer)) == 1


def test_nobody_applies_for_somebody_else_by_writing_his_reference(applicant):
    asking, other = applicant(), applicant("other", order="003")
    sent = form_of(asking.get(OWN)) | ABOUT | {"fact-about.owner": other.account.party}
    asking.post(OWN, sent)
    assert Matter.objects.get(kind="permit").owner == asking.account.party


def test_a_window_takes_an_application_for_whoever_stands_before_it(signed_in):
    clerk = signed_in(Role.WINDOW)
    who = {
        "fact-about.what": "person",
        "fact-about.name": "某乙",
        "fact-about.number": identity("1985-05-05"),
        "fact-about.promised": "15",
    }
    answer = clerk.post(DESK, form_of(clerk.get(DESK)) | ABOUT | who, follow=True)
    matter = Matter.objects.get(kind="permit")
    assert answer.status_code == 200
    assert matter.promised == 15
    assert party_names([matter.owner]) == {matter.owner: "某*"}
    assert "某*" in answer.content.decode()
    assert "某乙" not in answer.content.decode()


def test_a_promise_no_shorter_than_the_law_is_a_fault(signed_in):
    clerk = signed_in(Role.WINDOW)
    who = {
        "fact-about.what": "person",
        "fact-about.name": "某乙",
        "fact-about.number": identity("1985-05-05"),
    }
    answer = clerk.post(DESK, form_of(clerk.get(DESK)) | ABOUT | who | {"fact-about.promised": "20"})
    assert faults(answer) == ["承诺时限应短于法定的20个工作日；不短于的不用填写。"]


def test_a_number_that_cannot_be_is_a_fault_at_its_field(signed_in):
    clerk = signed_in(Role.WINDOW)
    who = {"fact-about.what": "person", "fact-about.name": "某乙", "fact-about.number": "990000198505050000"}
    answer = clerk.post(DESK, form_of(clerk.get(DESK)) | ABOUT | who)
    assert answer.status_code == 422
    assert len(faults(answer)) == 1
    assert form_of(answer)["fact-about.name"] == "某乙"
    assert not Matter.objects.filter(kind="permit").exists()


def test_a_window_starts_only_in_its_own_units(signed_in):
    clerk = signed_in(Role.WINDOW, unit="town")
    page = clerk.text(DESK)
    assert "某村便民服务站" in page
    assert "市场准入科" not in page


def test_whoever_may_start_nothing_is_told_so(signed_in, applicant):
    officer = signed_in(Role.OFFICER)
    assert "现在没有您能新办的事务" in officer.text("/start/")
    assert officer.get(DESK).status_code == 403
    assert applicant().get(DESK).status_code == 403
    assert signed_in(Role.WINDOW).get(OWN).status_code == 403


@pytest.mark.parametrize(
    "address", ["/start/no/submit/own/", "/start/permit/no/own/", "/start/journal/open/own/"]
)
def test_what_does_not_exist_cannot_be_started(address, applicant):
    assert applicant().get(address).status_code in (403, 404)


def test_a_step_that_is_no_first_one_starts_nothing(applicant):
    assert applicant().get("/start/permit/withdraw/own/").status_code == 403
