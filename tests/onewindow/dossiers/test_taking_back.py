"""What was received stays: taken back only while no entry names it; the database refuses every change."""

import pytest
from django.db import DatabaseError, connection, transaction

from onewindow.kernel.api import (
    NotAllowed,
    NotFound,
    NotPossible,
    Request,
    document_content,
    dossier_of,
    move,
    withdraw_version,
)
from onewindow.kernel.models import Version, Withdrawal
from tests.onewindow.dossiers.sending import STRANGER, opened, send
from tests.onewindow.people import APPLICANT, CLERK, SUPERVISOR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.STORAGE = str(tmp_path / "documents")
    settings.DOCUMENTS_INCOMING = tmp_path / "incoming"


# --- taking back ---------------------------------------------------------------------------------


def test_what_is_part_of_no_entry_may_be_withdrawn():
    matter = opened()
    version = send(matter)
    withdraw_version(version.pk, APPLICANT)
    with pytest.raises(NotFound, match="已被撤回"):
        document_content(matter, version.pk, APPLICANT)
    with pytest.raises(NotPossible, match="已经撤回"):
        withdraw_version(version.pk, APPLICANT)
    (place,) = dossier_of(matter, APPLICANT)
    assert place.current is None
    assert [one.withdrawn for one in place.versions] == [True]
    assert send(matter).number == 2, "the same file again is a new version"


def test_what_is_part_of_an_entry_stays():
    matter = opened()
    version = send(matter)
    move(matter, "accept", CLERK, request=Request(documents=(version.digest,)))
    with pytest.raises(NotPossible, match="已随第2步提交"):
        withdraw_version(version.pk, APPLICANT)
    twice = send(matter, document="副本")
    withdraw_version(twice.pk, APPLICANT)
    with pytest.raises(NotPossible):
        withdraw_version(version.pk, APPLICANT)


def test_who_withdraws():
    matter = opened()
    own, clerks = send(matter), send(matter, b"1", "a.txt", actor=CLERK)
    with pytest.raises(NotAllowed, match="上传的人或经办人员"):
        withdraw_version(clerks.pk, APPLICANT)
    with pytest.raises(NotAllowed):
        withdraw_version(own.pk, SUPERVISOR)
    with pytest.raises(NotFound):
        withdraw_version(own.pk, STRANGER)
    with pytest.raises(NotFound):
        withdraw_version(0, CLERK)
    withdraw_version(own.pk, CLERK)


# --- the database ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_version SET digest = 'x'",
        "UPDATE kernel_version SET size = 1",
        "DELETE FROM kernel_version",
        "UPDATE kernel_withdrawal SET at = 1",
        "DELETE FROM kernel_withdrawal",
    ],
)
def test_the_database_refuses_to_change_what_was_received(statement):
    withdraw_version(send(opened()).pk, APPLICANT)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Version.objects.count() == Withdrawal.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has this statement")
@pytest.mark.parametrize("table", ["kernel_version", "kernel_withdrawal"])
def test_the_database_refuses_to_replace_what_was_received(table):
    withdraw_version(send(opened()).pk, APPLICANT)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"REPLACE INTO {table} SELECT * FROM {table}")
