import pytest
from onewindow.kernel.procedure import Role
from tests.onewindow.pages import cases

pytestmark = pytest.mark.django_db


def test_all(signed_in, applicant):
    clerk = signed_in(Role.WINDOW)
    a = applicant()
    m = cases.submitted(owner=a.account.party)
    for who, path in ((clerk, "/"), (clerk, "/queue/"), (clerk, f"/matters/{m.pk}/"), (clerk, f"/matters/{m.pk}/steps/accept/"), (clerk, f"/matters/{m.pk}/steps/correct/"), (clerk, "/start/"), (clerk, "/start/permit/submit/desk/"), (a, "/matters/"), (a, f"/matters/{m.pk}/"), (a, "/start/"), (a, "/start/permit/submit/own/"), (clerk, f"/matters/{m.pk}/entries/1/contact/")):
        print(path)
        who.text(path)


def test_board(signed_in, on):
    s = signed_in(Role.SUPERVISOR)
    with on("2026-05-06 09:00"):
        cases.accepted()
    for path in ("/board/", "/board/fragment/", "/board/red/", "/board/?unit=section", "/queue/"):
        print(path)
        text = s.text(path)
    assert "食品" in s.text("/board/")
