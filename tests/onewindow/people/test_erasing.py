"""Erasing a person: his data go, the ledger holds."""

import pytest

from onewindow.kernel.api import (
    Entry,
    FactsInvalid,
    NotAllowed,
    NotPossible,
    Subject,
    begin,
    deliver_due,
    move,
    post,
)
from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.keeping.verifying import Asked, Counts, verify
from onewindow.kernel.ledger.chain import check_chain
from onewindow.kernel.models import Message, Opening
from onewindow.kernel.openings import openings_of
from onewindow.kernel.procedure import Role
from onewindow.kernel.rows import stored
from onewindow.people.api import (
    Account,
    PersonDetails,
    Power,
    actor_of,
    authorise,
    change,
    erase_person,
    find_persons,
    person,
    register_person,
    reveal,
)
from tests.onewindow.people.bureau import acting, day, identity, somebody, units

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _units():
    units()


@pytest.fixture
def clerk():
    return acting("clerk", Role.WINDOW)


@pytest.fixture
def security():
    return acting("sec", Role.SECURITY_ADMIN)


def case_of(reference, clerk):
    subject = Subject("bureau", "许可", reference)
    return begin("permit", "submit", clerk, {"contact": "00000000000"}, subject=subject).matter.id


def test_everything_personal_goes_and_every_hash_holds(clerk, security):
    reference, other = somebody(), somebody("某乙", "1985-02-02")
    matter, others = case_of(reference, clerk), case_of(other, clerk)
    move(matter, "refuse", clerk, {"reason": "不属本局"})
    assert erase_person(reference, security, "本人申请删除") == 1
    shown = person(reference)
    assert (shown.name, shown.identity, shown.phone, shown.address, shown.erased) == ("", "", "", "", True)
    assert openings_of(matter) == {}
    assert openings_of(others)[1][0].value == "00000000000"
    for name in (matter, f"J-{reference}"):
        entries = [stored(entry) for entry in Entry.objects.filter(matter=name).order_by("seq")]
        assert check_chain(entries).faults == []
    assert "commitment" in Entry.objects.get(matter=matter, seq=1).facts


@pytest.mark.django_db(transaction=True)
def test_the_whole_ledger_verifies_before_and_after(clerk, security, on):
    with on("2026-05-06 09:00"):
        reference = somebody()
        matter = case_of(reference, clerk)
        move(matter, "refuse", clerk, {"reason": "不属本局"})
    with on("2026-05-07 00:05"):
        close_days()
        assert list(verify(Asked(), Counts())) == []
        erase_person(reference, security, "本人申请删除")
        counts = Counts()
        assert list(verify(Asked(), counts)) == []
        assert (counts.openings, counts.entries > 5) == (0, True)


def test_it_is_noted_with_the_reason(security):
    reference = somebody()
    erase_person(reference, security, "本人申请删除")
    entry = Entry.objects.get(matter=f"J-{reference}", step="fact_erased")
    assert "本人申请删除" in entry.facts
    assert entry.actor_id == security.id


def test_nobody_is_found_by_what_was_erased_and_the_number_may_come_again(clerk, security):
    reference = somebody()
    erase_person(reference, security, "本人申请删除")
    for field, value in (("name", "某甲"), ("phone", "00000000000"), ("identity", identity("1990-01-01"))):
        assert find_persons(field, value) == []
    again = register_person(PersonDetails("某甲", identity("1990-01-01")), clerk)
    assert not again.known
    assert again.reference != reference


def test_what_was_erased_is_neither_read_nor_written(clerk, security):
    reference = somebody()
    erase_person(reference, security, "本人申请删除")
    for act in (
        lambda: reveal(reference, "name", clerk, "理由"),
        lambda: change(reference, {"phone": "00000000000"}, clerk),
        lambda: erase_person(reference, security, "再删一次"),
    ):
        with pytest.raises(NotPossible, match="已经依法删除"):
            act()


def test_not_while_a_matter_needs_it(clerk, security):
    reference = somebody()
    case_of(reference, clerk)
    with pytest.raises(NotPossible, match="1件没有办结"):
        erase_person(reference, security, "本人申请删除")
    assert person(reference).name == "某*"


def test_only_the_security_administrator_and_only_with_a_reason(security):
    reference = somebody()
    for other in (
        acting("sys", Role.SYSTEM_ADMIN),
        acting("audit", Role.AUDIT_ADMIN),
        acting("boss", Role.APPROVER),
    ):
        with pytest.raises(NotAllowed):
            erase_person(reference, other, "理由")
    with pytest.raises(FactsInvalid, match="理由"):
        erase_person(reference, security, " ")
    assert person(reference).name == "某*"
    assert not Entry.objects.filter(step="fact_erased").exists()


def test_his_account_and_his_agents_go_with_him(clerk, security):
    reference, agent = somebody(), somebody("某乙", "1985-02-02")
    account = Account.objects.create(
        reference="A1", login="13800000000", name="某*", kind="applicant", party=reference
    )
    other = Account.objects.create(reference="A2", login="a2", name="某*", kind="applicant", party=agent)
    authorise(Power(reference, agent, day("2026-01-01"), day("2099-12-31"), "ab" * 32), clerk)
    assert reference in actor_of(other).parties
    erase_person(reference, security, "本人申请删除")
    account.refresh_from_db()
    assert (account.is_active, account.login, account.name) == (False, "A1", "已删除")
    assert reference not in actor_of(other).parties
    assert not account.sessions.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_about_his_matters_goes_too(clerk, security):
    reference, other = somebody(), somebody("某乙", "1985-02-02")
    matter, others = case_of(reference, clerk), case_of(other, clerk)
    move(matter, "refuse", clerk, {"reason": "不属本局"})
    for about in (matter, others):
        post("sms", "00000000000", "已受理", about=about)
    deliver_due()
    erase_person(reference, security, "本人申请删除")
    assert not Message.objects.filter(about=matter, sealed__isnull=False, ended_us__isnull=False).exists()
    assert Message.objects.filter(about=others, sealed__isnull=False).exists()


def test_nothing_is_left_of_facts(clerk, security):
    reference = somebody()
    move(case_of(reference, clerk), "refuse", clerk, {"reason": "不属本局"})
    erase_person(reference, security, "本人申请删除")
    assert not Opening.objects.exists()
