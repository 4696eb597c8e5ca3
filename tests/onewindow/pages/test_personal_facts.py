"""A personal fact is shown to who says why, and whom it concerns can see that."""

import json

import pytest

from onewindow.kernel.api import Entry
from onewindow.kernel.procedure import Role
from tests.onewindow.pages import cases
from tests.onewindow.pages.forms import faults

pytestmark = pytest.mark.django_db

NUMBER = "00000000000"


def address(matter, fact="contact", seq=1):
    return f"/matters/{matter.pk}/entries/{seq}/{fact}/"


def test_it_is_masked_until_a_reason_is_given_and_the_reading_is_noted(applicant, signed_in):
    owner = applicant().account.party
    matter, clerk = cases.submitted(owner=owner), signed_in(Role.WINDOW)
    assert NUMBER not in clerk.text(f"/matters/{matter.pk}/")
    assert NUMBER not in clerk.text(address(matter))
    page = clerk.post(address(matter), {"fact-reason": "通知补正"}).content.decode()
    assert NUMBER in page
    noted = Entry.objects.get(step="value_read", matter=f"J-{owner}")
    assert noted.actor_id == clerk.account.reference
    assert json.loads(noted.facts)["reason"] == "通知补正"
    assert NUMBER not in noted.facts


def test_without_a_reason_nothing_is_shown(applicant, signed_in):
    matter, clerk = cases.submitted(owner=applicant().account.party), signed_in(Role.WINDOW)
    answer = clerk.post(address(matter), {"fact-reason": "   "})
    assert answer.status_code == 422
    assert faults(answer)
    assert NUMBER not in answer.content.decode()


def test_whose_own_it_is_need_not_say_why(applicant):
    asking = applicant()
    matter = cases.submitted(owner=asking.account.party)
    assert NUMBER in asking.post(address(matter)).content.decode()


def test_a_fact_that_is_not_personal_or_not_there_is_not_found(applicant, signed_in):
    matter, clerk = cases.submitted(owner=applicant().account.party), signed_in(Role.WINDOW)
    for one in (address(matter, "note"), address(matter, "nothing")):
        assert clerk.get(one).status_code == 404
    assert clerk.post(address(matter, seq=9), {"fact-reason": "核对"}).status_code == 404


def test_the_page_that_shows_it_is_kept_by_no_cache(applicant, signed_in):
    matter, clerk = cases.submitted(owner=applicant().account.party), signed_in(Role.WINDOW)
    assert clerk.post(address(matter), {"fact-reason": "核对"})["Cache-Control"] == "no-store"
