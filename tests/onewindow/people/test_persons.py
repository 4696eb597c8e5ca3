"""Persons and organisations: registered once, masked, found, changed, read with a reason."""

import json

import pytest

from onewindow.kernel.api import SYSTEM, Entry, FactsInvalid, NotAllowed, NotFound, Subject, begin
from onewindow.kernel.procedure import Role
from onewindow.people.api import (
    Account,
    OrganisationDetails,
    PersonDetails,
    actor_of,
    change,
    find_organisations,
    find_persons,
    party_names,
    person,
    register_organisation,
    register_person,
    reveal,
    reveal_fact,
)
from onewindow.people.models import Organisation, Person
from onewindow.people.rules import ADMINISTRATORS
from tests.onewindow.people.bureau import acting, day, identity, somebody, units

pytestmark = pytest.mark.django_db

CODE = "91350100M000100Y43"  # the example of GB 32100-2015
NUMBER = identity("1990-01-01")


@pytest.fixture(autouse=True)
def _units():
    units()


@pytest.fixture
def clerk():
    return acting("clerk", Role.WINDOW, unit="village")


def notes(reference, step=None):
    entries = Entry.objects.filter(matter=f"J-{reference}").order_by("seq")
    return [
        (entry.step, json.loads(entry.facts), entry.actor_id)
        for entry in entries
        if step in (None, entry.step)
    ]


def test_a_person_is_registered_and_shown_masked(clerk):
    details = PersonDetails("某某甲", NUMBER, phone="00000000000", address="某省某市某区某街道1号")
    made = register_person(details, clerk)
    assert (made.known, len(made.warnings)) == (False, 1)
    shown = person(made.reference)
    assert (shown.name, shown.identity, shown.phone) == (
        "某*甲",
        "990000********" + NUMBER[-4:],
        "000******00",
    )
    assert (shown.address, shown.document, shown.minor) == ("某省某市某区某街道****", "居民身份证", False)


def test_the_entry_says_which_data_and_not_what_they_are(clerk):
    made = register_person(PersonDetails("某某甲", NUMBER, phone="00000000000"), clerk)
    ((_step, facts, by),) = notes(made.reference, "person_changed")
    assert (facts, by) == ({"what": "登记：姓名、证件号码、联系电话"}, clerk.id)


def test_a_number_that_is_known_finds_the_known_person(clerk):
    first = register_person(PersonDetails("某某甲", NUMBER), clerk)
    again = register_person(PersonDetails(" 某 某甲", NUMBER.lower()), clerk)
    assert (again.reference, again.known) == (first.reference, True)
    assert Person.objects.count() == 1
    assert len(notes(first.reference, "person_changed")) == 1


def test_another_name_for_a_known_number_is_a_warning_that_tells_no_name(clerk):
    register_person(PersonDetails("某某甲", NUMBER), clerk)
    again = register_person(PersonDetails("某某乙", NUMBER), clerk)
    assert "登记的名称与本次填写的不同" in again.warnings[-1]
    assert "甲" not in "".join(again.warnings)


def test_the_same_number_on_documents_of_two_kinds_is_two_persons(clerk):
    one, two = (
        register_person(PersonDetails("A B", "E00000078", document, birth=day("1990-01-01")), clerk)
        for document in ("passport", "taiwan")
    )
    assert one.reference != two.reference
    found = {person.reference for person in find_persons("identity", "e00000078")}
    assert found == {one.reference, two.reference}
    assert [person.reference for person in find_persons("identity", "E00000078", "taiwan")] == [two.reference]


def test_everything_that_is_wrong_is_told_at_once(clerk):
    with pytest.raises(FactsInvalid) as caught:
        register_person(PersonDetails(" ", "123", phone="123", address="x" * 201), clerk)
    assert [fault.key for fault in caught.value.faults] == ["name", "phone", "address", "identity"]


def test_a_document_that_does_not_tell_it_asks_for_the_day_of_birth(clerk):
    with pytest.raises(FactsInvalid, match="请填写出生日期"):
        register_person(PersonDetails("A B", "E00000078", document="passport"), clerk)


def test_a_child_is_flagged(clerk, on):
    with on("2026-05-06 09:00"):
        made = register_person(PersonDetails("某甲", identity("2012-05-06")), clerk)
        assert "第二十八条" in made.warnings[-1]
        assert person(made.reference).minor
    with on("2026-05-07 00:00"):
        assert not person(made.reference).minor


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_have_no_business_with_personal_data(role):
    administrator, reference = acting("one", role), somebody()
    with pytest.raises(NotAllowed):
        register_person(PersonDetails("某乙", identity("1985-02-02")), administrator)
    with pytest.raises(NotAllowed):
        change(reference, {"phone": "00000000001"}, administrator)
    with pytest.raises(NotAllowed):
        reveal(reference, "identity", administrator, "看看")
    assert notes(reference, "value_read") == []


def test_an_organisation_is_shown_by_name_and_code_but_who_stands_for_it_is_masked(clerk):
    made = register_organisation(
        OrganisationDetails("某某有限公司", CODE.lower(), "某某甲", "00000000000"), clerk
    )
    (shown,) = find_organisations(CODE)
    assert (shown.reference, shown.name, shown.code) == (made.reference, "某某有限公司", CODE)
    assert (shown.representative, shown.phone) == ("某*甲", "000******00")
    assert find_organisations(" 某某有限公司 ") == [shown]
    again = register_organisation(OrganisationDetails("另一公司", CODE), clerk)
    assert (again.reference, again.known) == (made.reference, True)
    assert "不同" in again.warnings[-1]
    assert Organisation.objects.count() == 1


# --- search -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "某某甲"), ("name", " 某某 甲 "), ("identity", NUMBER), ("identity", NUMBER.lower() + " "),
     ("phone", "000-00000000"), ("phone", "+8600000000000")],
)  # fmt: skip
def test_a_person_is_found_by_the_exact_value_however_it_is_written(clerk, field, value):
    made = register_person(PersonDetails("某某甲", NUMBER, phone="00000000000"), clerk)
    register_person(PersonDetails("某某", identity("1985-02-02"), phone="01000000000"), clerk)
    assert [one.reference for one in find_persons(field, value)] == [made.reference]


def test_minority_names_are_found_whatever_dot_is_typed(clerk):
    made = register_person(PersonDetails("某某·某某", NUMBER), clerk)
    assert [one.reference for one in find_persons("name", "某某•某某")] == [made.reference]


def test_people_of_one_name_are_all_found_and_a_part_of_a_name_finds_none(clerk):
    references = {somebody("某甲", order=f"00{number}") for number in range(3)}
    assert {one.reference for one in find_persons("name", "某甲")} == references
    assert find_persons("name", "某") == []


def test_only_what_has_an_index_is_searched():
    with pytest.raises(ValueError, match="address"):
        find_persons("address", "某")


def test_names_of_many_cost_two_queries(clerk, django_assert_num_queries):
    people = [somebody("某甲", order=f"00{number}") for number in range(5)]
    made = register_organisation(OrganisationDetails("某公司", CODE), clerk).reference
    with django_assert_num_queries(2):
        names = party_names([*people, made, "P-unknown"])
    assert names == {**dict.fromkeys(people, "某*"), made: "某公司"}


# --- changing ---------------------------------------------------------------------------------


def test_a_changed_value_is_found_and_the_old_one_is_not(clerk):
    reference = somebody()
    change(reference, {"phone": "01000000000", "address": ""}, clerk)
    assert find_persons("phone", "00000000000") == []
    assert [one.reference for one in find_persons("phone", "01000000000")] == [reference]
    assert person(reference).address == ""
    assert notes(reference, "person_changed")[-1][1] == {"what": "变更：联系电话、住址"}


@pytest.mark.parametrize(
    ("values", "told"),
    [({"phone": "1"}, "联系电话应为"), ({"name": ""}, "请填写姓名"), ({"identity": NUMBER}, "不能在这里修改"),
     ({"reference": "P1"}, "不能在这里修改"), ({"address": "某\n某"}, "控制字符")],
)  # fmt: skip
def test_a_wrong_change_changes_nothing(clerk, values, told):
    reference = somebody()
    before = Person.objects.values().get(reference=reference)
    with pytest.raises(FactsInvalid, match=told):
        change(reference, values, clerk)
    assert Person.objects.values().get(reference=reference) == before


def test_somebody_changes_his_own_data_and_nobody_elses():
    mine, other = somebody(), somebody("某乙", "1985-02-02")
    account = Account.objects.create(reference="A1", login="a1", name="某*", kind="applicant", party=mine)
    change(mine, {"phone": "01000000000"}, actor_of(account))
    with pytest.raises(NotAllowed):
        change(other, {"phone": "01000000000"}, actor_of(account))


# --- reading in full --------------------------------------------------------------------------


def test_a_full_value_is_read_with_a_reason_that_the_person_will_see(clerk):
    reference = somebody()
    assert reveal(reference, "identity", clerk, "核对证件原件") == identity("1990-01-01")
    assert notes(reference, "value_read") == [
        ("value_read", {"what": "证件号码", "reason": "核对证件原件"}, clerk.id)
    ]


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_read(clerk, reason):
    reference = somebody()
    with pytest.raises(FactsInvalid, match="理由"):
        reveal(reference, "phone", clerk, reason)
    assert notes(reference, "value_read") == []


def test_who_reads_his_own_needs_no_reason_and_that_is_noted_too():
    reference = somebody()
    account = Account.objects.create(
        reference="A1", login="a1", name="某*", kind="applicant", party=reference
    )
    assert reveal(reference, "name", actor_of(account), "") == "某甲"
    assert notes(reference, "personal_read") == [("personal_read", {"what": "姓名"}, "A1")]


def test_an_applicant_reads_nobody_elses():
    mine, other = somebody(), somebody("某乙", "1985-02-02")
    account = Account.objects.create(reference="A1", login="a1", name="某*", kind="applicant", party=mine)
    with pytest.raises(NotAllowed):
        reveal(other, "name", actor_of(account), "理由")


def test_what_is_not_registered_is_said(clerk):
    with pytest.raises(NotFound):
        reveal("P-unknown", "name", clerk, "理由")
    with pytest.raises(FactsInvalid, match="没有“password”"):
        reveal(somebody(), "password", clerk, "理由")


def test_a_personal_fact_of_a_case_is_read_the_same_way(clerk):
    reference = somebody()
    case = Subject("village", "许可", reference)
    matter = begin("permit", "submit", clerk, {"contact": "00000000000"}, subject=case).matter.id
    assert reveal_fact(matter, 1, "contact", clerk, "通知补正") == "00000000000"
    ((_step, facts, _by),) = notes(reference, "value_read")
    assert facts["what"].startswith(f"{matter}：联系电话")
    assert facts["reason"] == "通知补正"
    with pytest.raises(NotFound):
        reveal_fact(matter, 1, "contact", acting("far", Role.WINDOW, unit="section"), "看看")
    with pytest.raises(NotFound):
        reveal_fact(matter, 1, "note", clerk, "看看")


def test_the_platform_registers_who_comes_from_the_provinces_identity_service():
    made = register_person(PersonDetails("某甲", NUMBER), SYSTEM)
    assert notes(made.reference, "person_changed")[0][2] == "system"
