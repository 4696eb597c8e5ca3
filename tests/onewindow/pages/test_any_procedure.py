"""A kind of matter that nobody has drawn a page for: its pages are made of what it declares."""

import json

import pytest

from onewindow.kernel.api import REGISTRY, Entry, Matter
from onewindow.kernel.procedure import START, Clock, Fact, Kind, Procedure, Role, State, Step
from tests.onewindow.pages.browser import NARROW
from tests.onewindow.pages.forms import faults, form_of

OPEN = State("open", "处理中", waits_for=Role.WINDOW)
DONE = State("done", "已办结", final=True)
WINDOW = (Role.WINDOW,)
PLACES = tuple((f"p{number}", f"第{number}片区") for number in range(7))

CALL = Procedure(
    kind="call",
    title="热线工单",
    term="hotline.dispatch.ordinary",
    steps=(
        Step(
            "take",
            "登记",
            START,
            OPEN,
            WINDOW,
            Clock.START,
            facts=(
                Fact("place", "片区", Kind.CHOICE, choices=PLACES),
                Fact("seen_on", "发生日期", Kind.DAY),
                Fact("urgent", "是否紧急", Kind.YES),
                Fact("again", "重复来电", Kind.YES, required=False),
                Fact("phone", "来电号码", personal=True, longest=20),
                Fact("photos", "照片", Kind.MATERIALS, required=False),
            ),
        ),
        Step("end", "办结", OPEN, DONE, WINDOW, Clock.STOP, facts=(Fact("days", "回访间隔", Kind.DAYS),)),
    ),
)
START_PAGE = "/start/call/take/desk/"
SAID = {
    "fact-about.title": "路灯不亮",
    "fact-about.unit": "section",
    "fact-place": "p3",
    "fact-seen_on": "2026-05-05",
    "fact-urgent": "no",
    "fact-phone": "00000000000",
    "fact-photos-1-name": "现场照片",
    "fact-photos-1-problem": "夜间拍摄",
}


@pytest.fixture
def calls(monkeypatch):
    monkeypatch.setitem(REGISTRY.procedures, "call", CALL)


def taken(clerk):
    clerk.post(START_PAGE, form_of(clerk.get(START_PAGE)) | SAID)
    return Matter.objects.get(kind="call")


@pytest.mark.django_db
def test_it_is_started_shown_and_ended(calls, on, signed_in):
    with on("2026-05-06 09:00"):
        clerk = signed_in(Role.WINDOW)
        assert "热线工单" in clerk.text("/start/")
        matter = taken(clerk)
        facts = json.loads(Entry.objects.get(matter=matter.pk).facts)
        assert (facts["place"], facts["seen_on"], facts["urgent"]) == ("p3", "2026-05-05", False)
        assert "again" not in facts
    with on("2026-05-06 15:30"):
        clerk = signed_in(Role.WINDOW)
        page = clerk.text(f"/matters/{matter.pk}/")
        assert "最迟2026年5月7日（星期四）09:00办结。" in page
        assert "今天以后还有" not in page
        assert "还剩17小时30分" in page
        assert "第3片区" in page
        assert matter.title in clerk.text("/queue/", kind="call")
        address = f"/matters/{matter.pk}/steps/end/"
        assert faults(clerk.post(address, form_of(clerk.get(address)) | {"fact-days": "三"})) == [
            "“回访间隔”应为天数，1至3650的整数。"
        ]
        confirming = clerk.post(address, form_of(clerk.get(address)) | {"fact-days": "3"})
        clerk.post(address, form_of(confirming) | {"confirmed": "yes"})
    assert Matter.objects.get(pk=matter.pk).late is False


@pytest.mark.django_db
def test_everything_wrong_with_it_is_said_and_a_day_that_is_none_is_kept(calls, signed_in):
    clerk = signed_in(Role.WINDOW)
    answer = clerk.post(
        START_PAGE, form_of(clerk.get(START_PAGE)) | SAID | {"fact-seen_on": "5月5日", "fact-place": ""}
    )
    assert faults(answer) == ["请填写“片区”。", "“发生日期”应为日期，如 2026-05-08。"]
    assert form_of(answer)["fact-seen_on"] == "5月5日"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_its_pages_are_as_readable_as_all_others(calls, it_is, signed_in, window):
    it_is("2026-05-06 09:00")
    clerk = signed_in(Role.WINDOW)
    matter = taken(clerk)
    it_is("2026-05-08 15:30")
    seen = window(signed_in(Role.WINDOW), NARROW)
    wrong = []
    for name, address in (
        ("start", START_PAGE),
        ("matter", f"/matters/{matter.pk}/"),
        ("step", f"/matters/{matter.pk}/steps/end/"),
    ):
        seen.open(address)
        wrong += seen.wrong(f"call-{name}")
    assert wrong == []
