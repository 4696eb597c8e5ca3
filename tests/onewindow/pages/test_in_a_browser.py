"""Every page in a real browser: readable for everybody, quiet in the console, never wider than the screen."""

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from onewindow.kernel.api import move
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


def test_the_pages_that_answer_a_form(signed_in, window):
    matter, closing = cases.submitted(title="户外广告设置许可"), cases.submitted(title="小餐饮登记")
    seen = window(signed_in(Role.WINDOW), NARROW)
    page = seen.open(f"/matters/{closing.pk}/steps/refuse/")
    seen.press()
    wrong = seen.wrong("answer-faults")
    page.fill("#fact-reason", "不属于本局职权，应向主管部门申请。")
    seen.press()
    wrong += seen.wrong("answer-confirmation")
    move(closing.pk, "accept", cases.CLERK)
    seen.press()
    wrong += seen.wrong("answer-too-late")
    page = seen.open(f"/matters/{matter.pk}/steps/accept/")
    move(matter.pk, "correct", cases.CLERK, cases.MISSING)
    move(matter.pk, "resubmit", cases.CLERK)
    seen.press()
    wrong += seen.wrong("answer-still-open")
    seen.press()
    wrong += seen.wrong("answer-done")
    page = seen.open(f"/matters/{matter.pk}/entries/1/contact/")
    page.fill("#fact-reason", "通知领证")
    seen.press()
    wrong += seen.wrong("answer-revealed")
    assert wrong == []


def addresses():
    """Every address that takes no argument, of every app."""

    def walk(resolver, before=""):
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, route)
            elif "<" not in route and not route.startswith("^"):
                yield "/" + route

    return sorted(walk(get_resolver()))


@pytest.mark.parametrize("kind", ["wide", "narrow"])
def test_every_page_of_every_app_and_role(kind, signed_in, applicant, window):
    readers = {
        "nobody": None,
        "applicant": applicant(),
        "staff": signed_in(Role.WINDOW, Role.OFFICER, Role.APPROVER, Role.SUPERVISOR, login="all"),
        **{
            role.value: signed_in(role) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
        },
    }
    wrong, looked_at = [], set()
    for name, reader in readers.items():
        asking = reader or Client()
        seen = window(reader, WIDE if kind == "wide" else NARROW)
        for address in addresses():
            answer = asking.get(address)
            is_page = answer.status_code == 200 and b"<html" in getattr(answer, "content", b"")
            if is_page and "Content-Disposition" not in answer.headers and address not in looked_at:
                looked_at.add(address)
                seen.open(address)
                wrong += seen.wrong(f"every{address.replace('/', '-')}{name}-{kind}")
    assert wrong == []
    assert len(looked_at) > 20
