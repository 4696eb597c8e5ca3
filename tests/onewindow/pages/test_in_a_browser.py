"""Every page in a real browser: readable for everybody, quiet in the console, never wider than the screen."""

import pytest

from onewindow.kernel.procedure import Role
from tests.onewindow.pages import cases
from tests.onewindow.pages.browser import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = "2026-06-02 10:20"


@pytest.fixture
def everybody(it_is, signed_in, applicant):
    """Who reads, and the address of every page he has, by name."""
    it_is(NOW)
    asking = applicant()
    ids = cases.a_bureau_at_work(asking.account.party)
    clerk = signed_in(Role.WINDOW, Role.OFFICER, Role.APPROVER, login="clerk")
    supervisor = signed_in(Role.SUPERVISOR)
    own = {
        f"own-{name}": f"/matters/{ids[name]}/"
        for name in ("late", "paused", "extended", "correcting", "done")
    }
    return [
        (None, {"front": "/", "receipts": "/receipts/", "not-found": "/nothing"}),
        (
            asking,
            {
                "front-own": "/",
                "own": "/matters/",
                "start": "/start/",
                "start-own": "/start/permit/submit/own/",
                "resubmit": f"/matters/{ids['correcting']}/steps/resubmit/",
                "withdraw": f"/matters/{ids['submitted']}/steps/withdraw/",
                "own-reveal": f"/matters/{ids['submitted']}/entries/1/contact/",
                "refused": f"/matters/{ids['submitted']}/steps/accept/",
                **own,
            },
        ),
        (
            clerk,
            {
                "queue": "/queue/",
                "queue-permit": "/queue/?kind=permit&card=none",
                "desk": "/start/permit/submit/desk/",
                "staff-late": f"/matters/{ids['late']}/",
                "staff-submitted": f"/matters/{ids['submitted']}/",
                "correct": f"/matters/{ids['submitted']}/steps/correct/",
                "send-out": f"/matters/{ids['running']}/steps/send_out/",
                "deny": f"/matters/{ids['reviewed']}/steps/deny/",
                "reveal": f"/matters/{ids['submitted']}/entries/1/contact/",
            },
        ),
        (
            supervisor,
            {
                "board": "/board/",
                "board-section": "/board/?unit=section",
                "board-red": "/board/red/",
                "board-paused": "/board/paused/",
                "board-overrun": "/board/overrun/",
            },
        ),
    ]


def look(everybody, window, kind, with_axe=True, type_="", **how):
    wrong = []
    for reader, pages in everybody:
        seen = window(reader, **how)
        if type_:
            seen.open(f"/?type={type_}")
        for name, address in pages.items():
            seen.open(address)
            wrong += seen.wrong(f"{name}-{kind}", with_axe)
    assert wrong == []


def test_on_a_wide_screen(everybody, window):
    look(everybody, window, "wide", size=WIDE)


def test_on_a_narrow_screen(everybody, window):
    look(everybody, window, "narrow", size=NARROW)


def test_in_large_type_with_high_contrast(everybody, window):
    look(everybody, window, "large", size=WIDE, type_="large")


def test_in_large_type_on_a_narrow_screen(everybody, window):
    look(everybody, window, "large-narrow", size=NARROW, type_="large")
