"""The work queue: whose turn it is, most urgent first, page by page."""

import re
from datetime import date

import pytest

from onewindow.kernel.api import Matter, move
from onewindow.kernel.legal_time import Level
from onewindow.kernel.procedure import Role
from onewindow.kernel.queries import Cards, Chosen, own, queue, queue_cards, queue_length
from onewindow.people.api import actor_of
from tests.onewindow.pages import cases

pytestmark = pytest.mark.django_db


def titles(page):
    """Of the matters in the order of the page."""
    return re.findall(r'<a href="/matters/[^"]+">([^<]+)</a><br>', page)


@pytest.fixture
def at_work(on, bureau):
    ids = cases.a_bureau_at_work("p-1")
    with on("2026-06-02 10:20"):
        yield ids


def test_it_holds_what_waits_for_his_role_in_his_unit(at_work, signed_in):
    clerk = signed_in(Role.WINDOW, unit="section")
    assert titles(clerk.text("/queue/")) == ["户外广告设置许可", "出版物零售许可", "道路运输经营许可"]
    assert titles(signed_in(Role.APPROVER, unit="section").text("/queue/")) == ["特种设备使用登记"]
    assert titles(signed_in(Role.OFFICER, unit="town").text("/queue/")) == []


def test_the_most_urgent_comes_first_whatever_term_presses(at_work, signed_in):
    everybody = signed_in(Role.WINDOW, Role.OFFICER, Role.APPROVER)
    found = queue(everybody.actor).matters
    days = [one.due_order for one in found]
    assert days == sorted(days)
    assert [one.title for one in found[:3]] == ["人力资源服务许可", "户外广告设置许可", "烟草专卖零售许可"]
    assert found[-1].title == "食品经营许可（大型餐馆）"
    assert found[-1].due_order == date(9999, 12, 31)  # paused: it has no last day


@pytest.mark.parametrize("limit", [1, 3, 4])
def test_page_by_page_nothing_is_lost_and_nothing_comes_twice(limit, at_work, signed_in):
    actor = signed_in(Role.WINDOW, Role.OFFICER, Role.APPROVER).actor
    whole = [one.pk for one in queue(actor).matters]
    found, after = [], ""
    while True:
        page = queue(actor, after=after, limit=limit)
        found += [one.pk for one in page.matters]
        after = page.next
        if not after:
            break
    assert found == whole
    assert len(whole) == 10


def test_it_is_filtered_by_kind_state_unit_and_card(at_work, signed_in):
    everybody = signed_in(Role.WINDOW, Role.OFFICER, Role.APPROVER)
    assert titles(everybody.text("/queue/", kind="permit", state="reviewed")) == ["特种设备使用登记"]
    assert titles(everybody.text("/queue/", card="red")) == ["人力资源服务许可"]
    assert titles(everybody.text("/queue/", card="yellow")) == ["烟草专卖零售许可"]
    assert titles(everybody.text("/queue/", card="warning")) == ["公共场所卫生许可"]
    assert titles(everybody.text("/queue/", unit="town")) == []
    assert len(titles(everybody.text("/queue/", unit="section", card="none"))) == 7


def test_what_is_filtered_by_and_not_known_is_left_out(at_work, signed_in):
    clerk = signed_in(Role.WINDOW)
    everything = titles(clerk.text("/queue/"))
    assert titles(clerk.text("/queue/", kind="nothing", state="x", card="pink")) == everything
    assert titles(clerk.text("/queue/", unit="elsewhere")) == []


def test_the_cards_are_counted(at_work, signed_in):
    actor = signed_in(Role.WINDOW, Role.OFFICER, Role.APPROVER).actor
    assert queue_cards(actor) == Cards(red=1, yellow=1, warning=1)
    assert queue_length(actor) == 10
    assert queue_length(actor, Chosen(level=Level.RED)) == 1


def test_a_place_that_is_none_is_not_found(at_work, signed_in):
    clerk = signed_in(Role.WINDOW)
    for after in ("x", "2026-13-01.a", "99999999999999999999.a", "'"):
        assert clerk.get("/queue/", {"after": after}).status_code == 404, after


def test_a_number_leads_to_its_matter(at_work, signed_in):
    clerk = signed_in(Role.WINDOW)
    answer = clerk.get("/queue/", {"id": f" {at_work['late']} "})
    assert answer["Location"] == f"/matters/{at_work['late']}/"
    assert clerk.get("/queue/", {"id": "260101-NOTHERE"}).status_code == 404


def test_going_on_keeps_the_filters(at_work, signed_in, monkeypatch):
    from onewindow.main.web import paging

    monkeypatch.setattr(paging, "PER_PAGE", 2)
    clerk = signed_in(Role.WINDOW, Role.OFFICER)
    page = clerk.text("/queue/", kind="permit")
    (following,) = re.findall(r'href="(\?[^"]+after[^"]+)"', page)
    assert "kind=permit" in following
    assert len(titles(clerk.text("/queue/" + following.replace("&amp;", "&")))) == 2


def test_a_matter_leaves_the_queue_with_the_step(at_work, signed_in):
    clerk = signed_in(Role.WINDOW, unit="section")
    move(at_work["submitted"], "accept", clerk.actor)
    assert "出版物零售许可" not in clerk.text("/queue/")


def test_somebody_with_many_units_has_one_queue(on, bureau, signed_in):
    with on("2026-05-06 09:00"):
        for unit in ("bureau", "section", "town", "village"):
            cases.submitted(title=f"在{unit}", unit=unit)
        assert len(queue(signed_in(Role.WINDOW).actor).matters) == 4
        assert len(queue(signed_in(Role.WINDOW, unit="town").actor).matters) == 2


def test_an_hour_before_midnight_nothing_turns_and_then_it_does(on, bureau):
    with on("2026-05-18 11:00"):
        matter = cases.accepted(promised=11)
    for moment, style in (("2026-06-02 23:59", "yellow"), ("2026-06-03 00:00", "red")):
        with on(moment):
            (card,) = [
                level
                for level in (Level.YELLOW, Level.RED)
                if queue(cases.OFFICER, Chosen(level=level)).matters
            ]
            assert card.name.lower() == style
    assert Matter.objects.get(pk=matter.pk).level == 0


# --- one's own matters ----------------------------------------------------------------------------------


def test_own_matters_are_listed_the_newest_first(at_work, applicant, on):
    asking = applicant()
    with on("2026-06-02 09:00"):
        old = cases.submitted(owner=asking.account.party, title="先申请的")
    with on("2026-06-02 09:01"):
        new = cases.submitted(owner=asking.account.party, title="后申请的")
    assert titles(asking.text("/matters/")) == ["后申请的", "先申请的"]
    actor = actor_of(asking.account)
    first = own(actor, limit=1)
    second = own(actor, after=first.next, limit=1)
    assert [one.pk for one in (*first.matters, *second.matters)] == [new.pk, old.pk]
    assert second.next == ""


def test_ones_journal_is_none_of_ones_matters(applicant):
    asking = applicant()
    asking.get("/board/")  # refused, and noted in his journal
    assert "日志" not in asking.text("/matters/")
