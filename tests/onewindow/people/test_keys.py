"""Keys of personal fields are changed while everything stays readable."""

import os
import time

import pytest
from click.testing import CliRunner

from onewindow.gateways.mail import local as mail
from onewindow.gateways.mail.letters import letter
from onewindow.gateways.sms import local as sms
from onewindow.kernel import rotation, sealing
from onewindow.kernel.api import Entry, NotFound, NotPossible, Subject, begin, post
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.fields import fresh_keyring, key_of, read_keyring, write_keyring
from onewindow.kernel.keys import keyring, replace_keyring
from onewindow.kernel.models import Message
from onewindow.kernel.openings import openings_of
from onewindow.kernel.outbox.sealing import unseal
from onewindow.kernel.procedure import Role
from onewindow.main.commands.keys import keys
from onewindow.people.api import (
    OrganisationDetails,
    PersonDetails,
    find_persons,
    organisation,
    person,
    register_organisation,
    register_person,
)
from onewindow.people.login import authenticator, kept
from onewindow.people.models import Authenticator, KeptForm, Person
from tests.onewindow.people.bureau import acting, day, identity, somebody, staff, units

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ring(tmp_path, settings):
    """A keyring of this test's own."""
    settings.KEYRING = tmp_path / "keyring.json"
    write_keyring(settings.KEYRING, fresh_keyring())
    return settings.KEYRING


@pytest.fixture
def holdings():
    """Values in every kind of place, and whether they still read as they did."""
    units()
    clerk = acting("clerk", Role.WINDOW)
    people = [somebody("某甲", order=f"{number:03}") for number in range(7)]
    told = OrganisationDetails("某公司", "91350100M000100Y43", "某乙", "00000000000", "某市某区某街道1号")
    company = register_organisation(told, clerk).reference
    subject = Subject("bureau", "许可", people[0])
    matter = begin("permit", "submit", clerk, {"contact": "00000000000"}, subject=subject).matter.id

    account = staff("account")
    authenticator.enrol(account, "SECRETSECRET", 1)
    form = keyring().seal("{}", kept.place(account.pk, 1))
    KeptForm.objects.create(account=account, path="/", kept_us=1, data=form)
    foreigner = PersonDetails("A B", "E00000078", "passport", birth=day("1975-03-04"))
    people.append(register_person(foreigner, clerk).reference)
    message = post("sms", "00000000000", "已受理")
    sms.send("00000000000", "已受理", "m1")
    mail.send("a@example.org", letter("受理", "已受理"), "m1")

    def read():
        shown = [person(reference) for reference in people]
        found = [one.reference for one in find_persons("identity", identity("1990-01-01", "003"))]
        secret = authenticator.unseal(bytes(Authenticator.objects.get().secret), account.pk)
        form = keyring().unseal(bytes(KeptForm.objects.get().data), kept.place(account.pk, 1))
        sent = unseal(Message.objects.get(reference=message)), sms.received(), mail.received()
        return shown, found, organisation(company), openings_of(matter), secret, form, sent

    return read


def rested():
    """As if the keyring had been changed an hour ago."""
    from django.conf import settings

    hour_ago = time.time() - 3600
    os.utime(settings.KEYRING, (hour_ago, hour_ago))


def kept_bytes(value):
    return bytes(value)


def run(*arguments):
    result = CliRunner().invoke(keys, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_key_is_changed_and_everything_reads_throughout(holdings):
    before = holdings()
    empty = [
        str(one)
        for one in sealing.COLUMNS
        if not one.model._default_manager.exclude(**{one.column: None}).exists()
    ]
    assert empty == [], "put a value into every sealed column, in `holdings`"
    assert run("rotate")[0] == 0
    assert holdings() == before  # opened by the old key, looked for by the index that does not change
    newcomer = somebody("某丙", "1970-07-07")
    assert key_of(kept_bytes(Person.objects.get(reference=newcomer).name)) == "k2"
    code, told = run("reseal", "--batch", "3")
    assert (code, "people_person.identity：8" in told) == (0, True)
    assert holdings() == before
    assert {key_of(kept_bytes(row.identity)) for row in Person.objects.all()} == {"k2"}
    rested()
    assert run("retire", "k1")[0] == 0
    assert holdings() == before
    assert set(keyring().keys) == {"k2"}
    acts = Entry.objects.filter(matter="J-platform", step="keys_changed").order_by("seq")
    assert [("启用" in entry.facts, entry.actor_kind) for entry in acts] == [
        (True, "system"),
        (False, "system"),
    ]


def test_what_stopped_in_the_middle_goes_on(holdings):
    before = holdings()
    rotation.rotate()
    column = next(one for one in sealing.COLUMNS if str(one) == "people_person.name")
    assert next(iter(sealing.reseal(column, batch=2))) == 2  # and no further, as if it were killed
    assert sealing.sealed_under("k1") > 0
    assert holdings() == before
    assert sum(sealing.reseal(column, batch=2)) == 6
    assert sum(sealing.reseal(column, batch=2)) == 0
    assert holdings() == before


def test_a_key_in_use_is_not_retired(holdings):
    rotation.rotate()
    rested()
    with pytest.raises(NotPossible, match=r"还有\d+个字段用“k1”加密"):
        rotation.retire("k1")
    code, told = run("retire", "k1")
    assert (code, "onewindow keys reseal" in told) == (1, True)
    assert set(keyring().keys) == {"k1", "k2"}


def test_neither_is_the_current_one_nor_one_that_was_until_a_moment_ago(holdings):
    with pytest.raises(NotPossible, match="当前密钥"):
        rotation.retire("k1")
    rotation.rotate()
    for column in sealing.COLUMNS:
        sum(sealing.reseal(column))
    with pytest.raises(NotPossible, match="10分钟后再试"):
        rotation.retire("k1")
    with pytest.raises(NotFound):
        rotation.retire("k9")


def test_a_value_changed_in_the_same_moment_is_not_overwritten(holdings):
    rotation.rotate()
    column = next(one for one in sealing.COLUMNS if str(one) == "people_person.phone")
    row = Person.objects.earliest("id")
    Person.objects.filter(pk=row.pk).update(phone=keyring().seal("01000000000", column.place(row)))
    assert sealing._resealed(column, [row]) == 0
    assert person(row.reference).phone == "010******00"


def test_a_damaged_value_stops_it_and_is_named(holdings):
    rotation.rotate()
    row = Person.objects.earliest("id")
    Person.objects.filter(pk=row.pk).update(address=kept_bytes(row.address)[:-1] + b"\0")
    code, told = run("reseal")
    assert (code, "被改动过" in told) == (1, True)


def test_two_who_change_the_keyring_do_not_lose_a_key(ring):
    seen = keyring()
    rotation.rotate()
    with pytest.raises(CryptoError, match="刚被别人更换过"):
        replace_keyring(seen, seen.rotated())
    ring.with_name("keyring.json.new").touch()
    with pytest.raises(CryptoError, match="正在更换密钥"):
        rotation.rotate()
    assert set(read_keyring(ring).keys) == {"k1", "k2"}


def test_a_rotation_that_failed_is_not_in_the_journal(ring):
    ring.with_name("keyring.json.new").touch()
    with pytest.raises(CryptoError):
        rotation.rotate()
    assert not Entry.objects.filter(step="keys_changed").exists()


def test_what_each_key_seals_is_shown(holdings):
    rotation.rotate()
    code, told = run("show")
    assert code == 0
    assert "k2（当前）：0 个字段" in told
    assert "k1：41 " in told
