"""No column of any table holds a personal value in plain text."""

import json

import pytest
from django.apps import apps
from django.db import connection, models

from onewindow.kernel.api import SYSTEM, Subject, begin
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.models import Opening
from onewindow.kernel.procedure import Role
from onewindow.kernel.sealing import COLUMNS
from onewindow.people.api import (
    OrganisationDetails,
    PersonDetails,
    change,
    find_persons,
    person,
    register_organisation,
    register_person,
    reveal,
)
from onewindow.people.models import Person
from tests.onewindow.people.bureau import acting, day, identity, somebody, units

pytestmark = pytest.mark.django_db

NUMBER = identity("1990-01-01")
VALUES = ("欧阳某甲", "欧阳某乙", NUMBER, "13900009999", "13900008888", "某省某市某区某街道某路七号", "E00000078", "1975-03-04")  # fmt: skip


def every_value():
    """(table, column, value) of the whole database, as it is stored."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((table, name, value) for name, value in zip(names, row, strict=True))


def as_bytes(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode("utf-8")


def test_the_whole_database_is_searched_for_them():
    units()
    clerk = acting("clerk", Role.WINDOW)
    made = register_person(PersonDetails("欧阳某甲", NUMBER, phone="13900009999", address=VALUES[5]), clerk)
    register_person(PersonDetails("欧阳某乙", "E00000078", "passport", birth=day("1975-03-04")), clerk)
    company = OrganisationDetails("某公司", "91350100M000100Y43", "欧阳某乙", "13900008888", VALUES[5])
    register_organisation(company, clerk)
    register_person(PersonDetails("欧阳某乙", NUMBER), clerk)
    change(made.reference, {"phone": "13900008888"}, clerk)
    reveal(made.reference, "identity", clerk, "核对证件")
    find_persons("name", "欧阳某甲")
    case = Subject("bureau", "许可", made.reference)
    begin("permit", "submit", clerk, {"contact": "13900009999"}, subject=case)

    stored = [(table, name, as_bytes(value)) for table, name, value in every_value()]
    assert any(b"\xe6\x9f\x90\xe5\x85\xac\xe5\x8f\xb8" in value for _table, _name, value in stored)  # 某公司
    for plain in VALUES:
        forms = {
            plain.encode("utf-8"),
            json.dumps(plain).strip('"').encode("ascii"),
            plain.encode().hex().encode(),
        }
        found = [(table, name) for table, name, value in stored for form in forms if form in value]
        assert found == [], plain


def test_a_sealed_value_opens_in_its_own_row_and_column_only():
    units()
    one, two = somebody(), somebody("某乙", "1985-02-02")
    Person.objects.filter(reference=two).update(name=Person.objects.get(reference=one).name)
    with pytest.raises(CryptoError, match="不属于这一行"):
        person(two)
    Person.objects.filter(reference=one).update(address=Person.objects.get(reference=one).phone)
    with pytest.raises(CryptoError, match="不属于这一行"):
        person(one)


def test_the_same_value_is_sealed_otherwise_each_time_but_has_one_index():
    one, two = somebody(), somebody("某甲", "1985-02-02")
    (name, found), (another, same) = Person.objects.order_by("id").values_list("name", "name_index")
    assert as_bytes(name) != as_bytes(another)
    assert as_bytes(found) == as_bytes(same)
    assert one != two


def test_every_sealed_column_is_declared():
    """What is not declared would be lost with the next key. A column of bytes is sealed, or it stands here."""
    plain = {
        "kernel_matter.head", "kernel_entry.previous", "kernel_entry.hash", "kernel_entry.request_digest",
        "kernel_ledgerday.root", "kernel_ledgerday.previous", "kernel_ledgerday.signature", "kernel_ledgerleaf.head",
        "people_apitoken.digest", "people_passkey.public_key", "people_recoverycode.digest",
        "people_person.name_index", "people_person.identity_index", "people_person.phone_index",
        "people_organisation.phone_index",
    }  # fmt: skip
    columns = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, models.BinaryField)
    }
    declared = {str(one) for one in COLUMNS}
    assert declared <= columns
    assert columns - declared == plain & columns, "declare it in sealed.py of its app, or name it here"


def test_openings_are_sealed_too():
    units()
    subject = Subject("bureau", "许可", somebody())
    begin("permit", "submit", acting("clerk", Role.WINDOW), {"contact": "13900009999"}, subject=subject)
    assert b"13900009999" not in bytes(Opening.objects.get().sealed)
    assert SYSTEM.id == "system"
