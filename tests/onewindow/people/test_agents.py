"""Agents with an authorisation."""

import pytest

from onewindow.kernel.api import SYSTEM, Entry, FactsInvalid, NotAllowed, NotFound, NotPossible
from onewindow.kernel.procedure import Role
from onewindow.people.api import (
    Account,
    OrganisationDetails,
    Power,
    actor_of,
    authorise,
    end_authorisation,
    register_organisation,
    reveal,
)
from onewindow.people.models import Authorisation
from tests.onewindow.people.bureau import acting, day, somebody, staff, units

pytestmark = pytest.mark.django_db
PAPER = "ab" * 32


@pytest.fixture
def pair(on):
    units()
    with on("2026-05-06 09:00"):
        yield somebody(), somebody("某乙", "1985-02-02")


@pytest.fixture
def clerk(pair):
    return acting("clerk", Role.WINDOW)


def power(principal, agent, *, since="2026-05-06", until="2026-12-31", document=PAPER, kind=""):
    return Power(principal, agent, day(since), day(until), document, kind)


def account_of(party):
    return Account.objects.create(
        reference=f"A{party}", login=party.lower(), name="某*", kind="applicant", party=party
    )


def test_a_window_that_saw_the_paper_registers_it(pair, clerk):
    authorise(power(*pair), clerk)
    entry = Entry.objects.get(matter=f"J-{pair[0]}", step="authorised")
    assert entry.actor_id == clerk.id
    for told in (pair[1], "全部事项", "2026-12-31", PAPER[:16]):
        assert told in entry.facts
    assert pair[0] in actor_of(account_of(pair[1])).parties


def test_the_principal_himself_authorises_and_takes_it_back(pair):
    himself = actor_of(account_of(pair[0]))
    made = authorise(power(*pair), himself)
    agent = account_of(pair[1])
    assert pair[0] in actor_of(agent).parties
    end_authorisation(made.pk, himself)
    assert pair[0] not in actor_of(agent).parties
    with pytest.raises(NotFound):
        end_authorisation(made.pk, himself)


def test_an_organisation_is_represented_by_a_person(pair, clerk):
    company = register_organisation(OrganisationDetails("某公司", "91350100M000100Y43"), clerk).reference
    authorise(power(company, pair[0]), clerk)
    assert company in actor_of(account_of(pair[0])).parties
    with pytest.raises(NotPossible, match="应为自然人"):
        authorise(power(pair[0], company), clerk)


def test_an_agent_authorises_nobody_else_and_does_not_end_it(pair, clerk):
    made = authorise(power(*pair), clerk)
    agent, third = actor_of(account_of(pair[1])), somebody("某丙", "1970-07-07")
    with pytest.raises(NotAllowed):
        authorise(power(pair[0], third), agent)
    with pytest.raises(NotAllowed):
        end_authorisation(made.pk, agent)


def test_an_agent_does_not_read_the_principals_data(pair, clerk):
    authorise(power(*pair), clerk)
    with pytest.raises(NotAllowed):
        reveal(pair[0], "identity", actor_of(account_of(pair[1])), "代办")


def test_a_clerk_does_not_make_himself_somebodys_agent(pair):
    account = staff("clerk", Role.WINDOW)
    account.party = pair[1]
    account.save()
    with pytest.raises(NotAllowed, match="不能把自己登记为"):
        authorise(power(*pair), actor_of(account))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_others_register_no_agents(pair, role):
    with pytest.raises(NotAllowed):
        authorise(power(*pair), acting("other", role))
    assert not Authorisation.objects.exists()


def test_one_scope_is_given_once_for_the_same_days(pair, clerk):
    authorise(power(*pair, until="2026-06-30", kind="permit"), clerk)
    with pytest.raises(NotPossible, match="已有这项授权"):
        authorise(power(*pair, since="2026-06-30", kind="permit"), clerk)
    authorise(power(*pair, since="2026-07-01", kind="permit"), clerk)
    authorise(power(*pair), clerk)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"since": "2026-05-08", "until": "2026-05-07"}, "不能早于开始日期"),
        ({"since": "2026-04-01", "until": "2026-05-05"}, "已经过期"),
        ({"document": ""}, "授权委托书"),
        ({"document": "XY" * 32}, "授权委托书"),
        ({"kind": "fishing"}, "没有“fishing”"),
        ({"kind": "journal"}, "没有“journal”"),
    ],
)
def test_a_power_of_attorney_says_what_the_law_asks(pair, clerk, change, told):
    with pytest.raises(FactsInvalid, match=told):
        authorise(power(*pair, **change), clerk)


def test_nobody_is_his_own_agent(pair, clerk):
    with pytest.raises(FactsInvalid, match="不能授权给本人"):
        authorise(power(pair[0], pair[0]), clerk)


def test_the_unknown_are_not_represented(pair, clerk):
    with pytest.raises(NotFound):
        authorise(power("P-unknown", pair[1]), clerk)
    with pytest.raises(NotFound):
        authorise(power(pair[0], "P-unknown"), clerk)
    assert SYSTEM.parties == frozenset()
