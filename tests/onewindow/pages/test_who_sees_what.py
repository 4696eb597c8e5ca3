"""Whoever has no business with a matter is not even told that it exists."""

import re

import pytest

from onewindow.kernel.api import Entry, Matter, move
from onewindow.kernel.procedure import Role
from tests.onewindow.pages import cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(applicant):
    return cases.submitted(owner=applicant("owner").account.party, unit="section")


def pages(matter):
    return (
        f"/matters/{matter.pk}/",
        f"/matters/{matter.pk}/steps/accept/",
        f"/matters/{matter.pk}/entries/1/contact/",
    )


def test_another_applicant_gets_404_everywhere(matter, applicant):
    stranger = applicant("stranger", order="003")
    assert {stranger.get(page).status_code for page in pages(matter)} == {404}
    assert matter.title not in stranger.text("/matters/")


def test_staff_of_another_unit_gets_404_everywhere(matter, signed_in):
    for role in (Role.WINDOW, Role.OFFICER, Role.APPROVER, Role.SUPERVISOR):
        stranger = signed_in(role, unit="town")
        assert {stranger.get(page).status_code for page in pages(matter)} == {404}, role
        assert matter.title not in stranger.text("/queue/")


def test_the_404_of_what_is_hidden_is_that_of_what_does_not_exist(matter, applicant):
    stranger = applicant("stranger", order="003")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    hidden, missing = (
        token.sub("", stranger.get(f"/matters/{one}/").content.decode()).replace(one, "")
        for one in (matter.pk, matter.pk[:-1])
    )
    assert hidden == missing


def test_administrators_see_no_cases(matter, signed_in):
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        assert signed_in(role).get(f"/matters/{matter.pk}/").status_code == 404


def test_staff_of_the_unit_and_of_those_above_it_see_it(matter, signed_in):
    assert matter.title in signed_in(Role.WINDOW, unit="section").text(f"/matters/{matter.pk}/")
    assert matter.title in signed_in(Role.OFFICER, unit="bureau").text(f"/matters/{matter.pk}/")


def test_somebody_who_is_not_signed_in_is_sent_to_the_log_in(matter, client):
    for page in (*pages(matter), "/matters/", "/queue/", "/board/", "/start/"):
        answer = client.get(page)
        assert answer.status_code == 302, page
        assert answer["Location"].startswith("/login/"), page


def test_the_wrong_role_is_told_who_may_and_nothing_is_done(matter, signed_in):
    officer = signed_in(Role.OFFICER)
    for answer in (
        officer.get(f"/matters/{matter.pk}/steps/accept/"),
        officer.post(f"/matters/{matter.pk}/steps/accept/", {"key": "k" * 20, "seen": "1"}),
    ):
        assert answer.status_code == 403
        assert "只能由窗口人员办理" in answer.content.decode()
    assert Matter.objects.get(pk=matter.pk).seq == 1


def test_an_applicant_is_no_clerk_in_his_own_matter(matter, applicant):
    owner = applicant("owner")
    page = owner.text(f"/matters/{matter.pk}/")
    assert "/steps/withdraw/" in page
    assert "/steps/accept/" not in page
    assert (
        owner.post(f"/matters/{matter.pk}/steps/accept/", {"key": "k" * 20, "seen": "1"}).status_code == 403
    )


def test_an_applicant_has_no_queue_and_no_board(applicant):
    for page in ("/queue/", "/board/", "/board/red/", "/board/fragment/"):
        assert applicant().get(page).status_code == 403, page


def test_only_supervisors_have_the_board(signed_in):
    for role in (Role.WINDOW, Role.OFFICER, Role.APPROVER, Role.SYSTEM_ADMIN):
        assert signed_in(role).get("/board/").status_code == 403, role
    assert signed_in(Role.SUPERVISOR).get("/board/").status_code == 200


def test_a_supervisor_watches_his_unit_and_those_below_only(signed_in, on):
    with on("2026-04-01 09:00"):
        cases.accepted(title="本镇的一件事", unit="village")
        cases.accepted(title="别处的一件事", unit="section")
    page = signed_in(Role.SUPERVISOR, unit="town").text("/board/")
    assert "本镇的一件事" in page
    assert "别处的一件事" not in page
    other = signed_in(Role.SUPERVISOR, unit="town").text("/board/red/", unit="section")
    assert "别处的一件事" not in other


def test_an_applicant_reads_roles_not_names(matter, applicant, signed_in):
    clerk = signed_in(Role.WINDOW, login="clerk")
    move(matter.pk, "accept", clerk.actor)
    page = applicant("owner").text(f"/matters/{matter.pk}/")
    assert "窗口人员" in page
    assert clerk.account.name not in page
    assert clerk.account.name in signed_in(Role.OFFICER).text(f"/matters/{matter.pk}/")


def test_a_supervisor_looks_and_does_not_act(matter, signed_in):
    assert "/steps/" not in signed_in(Role.SUPERVISOR).text(f"/matters/{matter.pk}/")


@pytest.mark.parametrize(
    "address",
    [
        "/matters/%00/",
        "/matters/?after=1.%00",
        "/queue/?id=%00",
        "/matters/?after=x",
        "/queue/?after=2026-01-01.%00",
        "/matters/' or 1=1--/",
        "/matters/<script>/",
        "/matters/" + "9" * 500 + "/",
    ],
)
def test_a_hostile_id_is_just_not_found(address, signed_in):
    reader = signed_in(Role.WINDOW)
    reader.account.party = "p-1"
    reader.account.save()
    answer = reader.get(address)
    assert answer.status_code in (400, 404)
    assert "<script>/" not in answer.content.decode()


def test_refused_attempts_are_noted(signed_in):
    clerk = signed_in(Role.WINDOW)
    clerk.get("/board/")
    assert Entry.objects.filter(step="refused", matter=f"J-{clerk.account.reference}").exists()
