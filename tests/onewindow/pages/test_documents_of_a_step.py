"""Documents go with a step: those that no entry has named yet are offered, and the entry names what was ticked."""

import io
import json

import pytest

from onewindow.kernel.api import Entry, move, receive
from onewindow.kernel.procedure import Role
from tests.onewindow.pages import cases
from tests.onewindow.pages.forms import form_of

pytestmark = pytest.mark.django_db


def sent(matter, actor, document="章程", text="本章程自成立之日起施行。"):
    """A file that was received for a material."""
    return receive(matter.pk, document, io.BytesIO(text.encode()), f"{document}.txt", actor)


@pytest.fixture
def correcting(applicant):
    asking = applicant()
    matter = cases.submitted(owner=asking.account.party)
    move(matter.pk, "correct", cases.CLERK, cases.MISSING)
    return matter, asking


def test_what_he_brought_is_ticked_and_named_by_the_entry(correcting):
    matter, asking = correcting
    version = sent(matter, asking.actor)
    address = f"/matters/{matter.pk}/steps/resubmit/"
    form = form_of(asking.get(address))
    assert form["document"] == version.digest
    page = asking.post(address, form, follow=True).content.decode()
    assert "章程（第1版）章程.txt" in page
    assert json.loads(Entry.objects.get(matter=matter.pk, step="resubmit").documents) == [version.digest]
    assert "document" not in form_of(asking.get(f"/matters/{matter.pk}/steps/withdraw/"))


def test_the_newest_of_what_another_brought_lies_before_who_takes_the_step(applicant, signed_in):
    asking, clerk = applicant(), signed_in(Role.WINDOW)
    matter = cases.submitted(owner=asking.account.party)
    sent(matter, asking.actor)
    second = sent(matter, asking.actor, text="本章程自登记之日起施行。")
    address = f"/matters/{matter.pk}/steps/accept/"
    assert "章程（第1版）" in clerk.text(address)
    form = form_of(clerk.get(address))
    assert form["document"] == second.digest
    clerk.post(address, form)
    assert json.loads(Entry.objects.get(matter=matter.pk, step="accept").documents) == [second.digest]


def test_a_document_that_is_not_there_is_refused_and_what_was_typed_is_kept(correcting):
    matter, asking = correcting
    address = f"/matters/{matter.pk}/steps/resubmit/"
    for digest in ("0" * 64, "x", "' or 1=1"):
        form = form_of(asking.get(address)) | {"fact-note": "已补。", "document": digest}
        answer = asking.post(address, form)
        assert answer.status_code in (409, 422), digest
        assert "不在这件事的案卷里" in answer.content.decode()
        assert "已补。" in answer.content.decode()


def test_the_confirmation_names_the_documents_and_keeps_them(signed_in):
    matter, clerk = cases.submitted(), signed_in(Role.WINDOW)
    version = sent(matter, clerk.actor, "不予受理通知书")
    address = f"/matters/{matter.pk}/steps/refuse/"
    confirming = clerk.post(address, form_of(clerk.get(address)) | {"fact-reason": "不属于本局职权。"})
    assert "不予受理通知书（第1版）" in confirming.content.decode()
    clerk.post(address, form_of(confirming) | {"confirmed": "yes"})
    assert json.loads(Entry.objects.get(matter=matter.pk, step="refuse").documents) == [version.digest]


def test_a_fault_elsewhere_leaves_the_ticks_as_they_were(signed_in):
    matter, clerk = cases.submitted(), signed_in(Role.WINDOW)
    sent(matter, clerk.actor, "不予受理通知书")
    address = f"/matters/{matter.pk}/steps/refuse/"
    form = form_of(clerk.get(address))
    assert "document" in form_of(clerk.post(address, form))
    del form["document"]
    assert "document" not in form_of(clerk.post(address, form))
