"""A permit from application to delivery, as the law orders it."""

import json
from datetime import date

import pytest

from onewindow.kernel.api import Entry, Matter, Request, Stale, Subject, begin, move
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER

pytestmark = pytest.mark.django_db

SUBJECT = Subject("bureau", "食品经营许可", "p-1")


def submitted():
    return begin("permit", "submit", APPLICANT, {"contact": "0000"}, subject=SUBJECT).matter


def test_from_application_to_delivery(on):
    with on("2026-05-06 09:00"):
        matter = submitted()
        assert matter.state == "submitted"
        assert matter.step_due == date(2026, 5, 12)
    with on("2026-05-07 09:00"):
        matter = move(matter.id, "accept", CLERK).matter
        assert matter.due == date(2026, 6, 3)  # Saturday 9 May is worked
    with on("2026-05-20 09:00"):
        matter = move(matter.id, "send_out", OFFICER, {"excluded": "expert-review"}).matter
        assert matter.due is None
    with on("2026-05-27 09:00"):
        matter = move(matter.id, "take_back", OFFICER, {"result": "通过"}).matter
        assert matter.due == date(2026, 6, 10)
    with on("2026-06-01 09:00"):
        move(matter.id, "propose", OFFICER, {"opinion": "grant", "grounds": "符合条件"})
        move(matter.id, "decide", APPROVER)
        matter = move(matter.id, "issue", CLERK, {"manner": "window"}).matter
    assert (matter.state, matter.late, matter.waits_for) == ("delivered", False, "")
    assert Entry.objects.filter(matter=matter.id).count() == 7
    assert Matter.objects.get(pk=matter.id).head == matter.head


def test_two_people_on_one_matter(on):
    matter = submitted()
    seen = Request(seen=matter.seq)
    move(matter.id, "accept", CLERK, request=seen)
    with pytest.raises(Stale, match=r"窗口人员于.*办理了“受理”") as caught:
        move(matter.id, "correct", CLERK, {"missing": [{"name": "章程", "problem": "缺"}]}, request=seen)
    assert caught.value.happened[0].state == "审查中"


def test_a_key_counts_once():
    one = begin("permit", "submit", APPLICANT, {"contact": "1"}, subject=SUBJECT, request=Request(key="k"))
    two = begin("permit", "submit", APPLICANT, {"contact": "1"}, subject=SUBJECT, request=Request(key="k"))
    assert two.replayed
    assert two.matter.id == one.matter.id
    assert Entry.objects.count() == 1
    assert "contact" in json.loads(Entry.objects.get().facts)
