"""Who sees a matter: those who handle it, its supervisor, and whose it is; nobody else."""

import pytest

from onewindow.kernel import sight
from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.api import Matter, NotFound, Subject, begin, journal_id, note
from onewindow.kernel.procedure import Role
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER, SUPERVISOR, one

pytestmark = pytest.mark.django_db

PLATFORM = frozenset({"platform", "bureau"})  # `people` gives every role the platform's unit as well
STRANGER = Actor("a-stranger", "别人", parties=frozenset({"p-2"}))
NOBODY = Actor("", "")
ELSEWHERE = one(Role.WINDOW, "a-elsewhere", {"other", "platform"})
AUDITOR = one(Role.AUDIT_ADMIN, "a-audit", PLATFORM)
ADMINS = [one(role, f"a-{role.value}", PLATFORM) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)]
AGENT = Actor("a-agent", "代理人", parties=frozenset({"p-3", "p-1"}), agent_of={"": frozenset({"p-1"})})
OF_PERMITS = Actor(
    "a-permits", "代理人", parties=frozenset({"p-4"}), agent_of={"permit": frozenset({"p-1", ""})}
)
OF_OTHERS = Actor("a-others", "代理人", parties=frozenset({"p-5"}), agent_of={"tender": frozenset({"p-1"})})
AGENTS = [AGENT, OF_PERMITS, OF_OTHERS]
ANYBODY = [
    APPLICANT,
    CLERK,
    OFFICER,
    APPROVER,
    SUPERVISOR,
    STRANGER,
    NOBODY,
    ELSEWHERE,
    AUDITOR,
    *ADMINS,
    SYSTEM,
]


@pytest.fixture
def case():
    return begin(
        "permit", "submit", APPLICANT, {"contact": "0"}, subject=Subject("bureau", "许可", "p-1")
    ).matter


@pytest.fixture
def journal():
    note("p-1", "locked", SYSTEM, {"what": "多次失败"})
    return Matter.objects.get(pk=journal_id("p-1"))


def who_see(matter):
    return [one.id for one in ANYBODY if sight.may_see(one, matter)]


def test_a_case_is_seen_by_its_unit_its_supervisor_and_its_owner_not_by_administrators(case):
    staff = ["a-window", "a-officer", "a-approver", "a-supervisor"]
    assert [name for name in who_see(case) if name not in ("a-agent", "a-permits")] == [
        "a-applicant",
        *staff,
        "system",
    ]


def test_an_agent_sees_the_kinds_of_matters_that_he_is_authorised_for(case):
    assert [one.id for one in AGENTS if sight.may_see(one, case)] == ["a-agent", "a-permits"]


def test_a_journal_is_seen_by_whom_it_is_about_and_the_audit_administrator(journal):
    staff = one(Role.WINDOW, units=PLATFORM)
    assert who_see(journal) == ["a-applicant", "a-audit", "system"]
    assert not sight.may_see(staff, journal)


def test_lists_follow_the_same_rule(case, journal):
    for actor in ANYBODY:
        listed = set(Matter.objects.filter(sight.seen_by(actor)))
        assert listed == {matter for matter in (case, journal) if sight.may_see(actor, matter)}, actor


def test_a_matter_without_owner_belongs_to_nobody():
    matter = Matter(id="x", kind="permit", unit="bureau", owner="")
    assert not sight.may_see(Actor("a", "甲", parties=frozenset({""})), matter)


def test_supervisors_look_and_do_not_handle(case):
    assert sight.may_see(SUPERVISOR, case)
    assert not sight.may_handle(SUPERVISOR, case)
    assert not sight.may_handle(APPLICANT, case)
    assert sight.may_handle(CLERK, case)


def test_what_is_none_of_his_business_looks_as_if_it_did_not_exist(case):
    with pytest.raises(NotFound) as hidden:
        sight.seen(STRANGER, case.id)
    with pytest.raises(NotFound) as missing:
        sight.seen(STRANGER, "260506-0000000000")
    assert hidden.value.message.replace(case.id, "") == missing.value.message.replace("260506-0000000000", "")
    assert sight.seen(APPLICANT, case.id) == case
