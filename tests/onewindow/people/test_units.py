"""Units in a tree: added, renamed, moved, closed."""

import pytest
from django.db import transaction

from onewindow.kernel.api import (
    SYSTEM,
    Entry,
    FactsInvalid,
    Matter,
    NotAllowed,
    NotFound,
    NotPossible,
    Subject,
    begin,
    move,
)
from onewindow.kernel.procedure import Role
from onewindow.people.api import actor_of, add_unit, close_unit, grant, move_unit, rename_unit, tree, withdraw
from onewindow.people.models import Assignment, Unit
from tests.onewindow.people import APPLICANT
from tests.onewindow.people.bureau import acting, staff, units

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    units()
    return acting("sys", Role.SYSTEM_ADMIN)


def test_the_tree_knows_what_is_below_what(admin):
    assert tree().below("bureau") == {"bureau", "section", "town", "village"}
    assert tree().below("town") == {"town", "village"}
    assert [unit.code for unit in tree().path("village")] == ["bureau", "town", "village"]
    assert tree().below("nowhere") == frozenset()


def test_an_act_on_a_unit_is_noted_for_the_platform(admin):
    add_unit("hall", "进驻窗口", "department", "bureau", admin)
    entry = Entry.objects.filter(matter="J-platform").latest("seq")
    assert (entry.step, entry.actor_id, entry.actor_kind) == ("unit_changed", admin.id, "system-admin")
    assert "进驻窗口（hall）" in entry.facts


@pytest.mark.parametrize("role", [Role.WINDOW, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_only_the_system_administrator_changes_units(admin, role):
    other = acting("other", role)
    for act in (
        lambda: add_unit("hall", "大厅", "section", "bureau", other),
        lambda: rename_unit("town", "另名", other),
        lambda: move_unit("village", "section", other),
        lambda: close_unit("village", other),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert sorted(tree().units) == ["bureau", "section", "town", "village"]
    assert Unit.objects.get(code="town").name == "某镇便民服务中心"


def test_a_unit_under_another_brings_what_is_below_it_along(admin):
    move_unit("town", "section", admin)
    assert tree().below("section") == {"section", "town", "village"}
    assert [unit.code for unit in tree().path("village")] == ["bureau", "section", "town", "village"]


@pytest.mark.parametrize("below", ["town", "village"])
def test_no_unit_comes_under_itself(admin, below):
    with pytest.raises(NotPossible, match="不能作为它的上级"):
        move_unit("town", below, admin)


def test_a_role_covers_units_below_at_once_when_they_are_moved(admin):
    clerk = staff("clerk", Role.WINDOW, unit="section")
    assert actor_of(clerk).grants[Role.WINDOW] == {"section", "platform"}
    move_unit("town", "section", admin)
    assert actor_of(clerk).grants[Role.WINDOW] == {"section", "town", "village", "platform"}


@pytest.mark.parametrize("code", ["", "a b", "处", "-a", "a" * 41, "a/b"])
def test_a_code_is_letters_digits_and_hyphens(admin, code):
    with pytest.raises(FactsInvalid, match="单位代码应为"):
        add_unit(code, "名", "section", "bureau", admin)


@pytest.mark.parametrize("code", ["town", "TOWN", "platform"])
def test_a_code_is_used_once(admin, code):
    with pytest.raises(FactsInvalid, match="已有单位使用"):
        add_unit(code, "名", "section", "bureau", admin)


def test_everything_that_is_wrong_is_told_at_once(admin):
    with pytest.raises(FactsInvalid) as caught:
        add_unit("a b", " ", "castle", "bureau", admin)
    assert [fault.key for fault in caught.value.faults] == ["code", "name", "kind"]


def test_a_closed_unit_keeps_its_history_and_gets_nothing_new(admin):
    matter = begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=Subject("village", "许可", "p-1"))
    with pytest.raises(NotPossible, match="1件没有办结"):
        close_unit("village", admin)
    clerk = staff("clerk", Role.WINDOW, unit="village")
    move(matter.matter.id, "refuse", actor_of(clerk), {"reason": "不属本局"})
    with pytest.raises(NotPossible, match="1项角色"):
        close_unit("village", admin)
    withdraw(Assignment.objects.get(account=clerk).pk, "调离", acting("sec", Role.SECURITY_ADMIN))
    with pytest.raises(NotPossible, match="先撤销或移走"):
        close_unit("town", admin)
    close_unit("village", admin)
    close_unit("town", admin)
    assert Matter.objects.get(pk=matter.matter.id).unit == "village"
    assert "village" in tree().below("bureau")
    assert tree().units["village"].closed
    for act in (
        lambda: add_unit("hall", "站", "village", "village", admin),
        lambda: move_unit("section", "village", admin),
        lambda: grant(clerk.reference, Role.WINDOW, "village", SYSTEM),
        lambda: close_unit("village", admin),
    ):
        with pytest.raises(NotPossible, match=r"已于.*撤销"):
            act()


def test_what_does_not_exist_is_said(admin):
    with pytest.raises(NotFound, match="没有代码为"):
        rename_unit("nowhere", "名", admin)
    with pytest.raises(NotFound, match="没有代码为"):
        move_unit("town", "nowhere", admin)


def test_a_change_that_was_rolled_back_leaves_no_trace_in_the_tree(admin):
    def given_up():
        with transaction.atomic():
            add_unit("hall", "大厅", "section", "bureau", admin)
            assert "hall" in tree().units
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        given_up()
    assert "hall" not in tree().units
    add_unit("other", "别处", "section", "bureau", admin)
    assert {"hall", "other"} & set(tree().units) == {"other"}
