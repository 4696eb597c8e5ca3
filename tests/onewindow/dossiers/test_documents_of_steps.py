"""A step names the documents that go with it; they are in its entry, and an exchanged file is noticed."""

import io
import json
import subprocess
import sys

import pytest
from django.db import connection

from onewindow.kernel.api import (
    DocumentsUnknown,
    Entry,
    Request,
    Subject,
    begin,
    move,
    receive,
    withdraw_version,
)
from onewindow.kernel.dossiers import attaching, guards
from onewindow.kernel.dossiers.verifying import verify
from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.keeping.receipts import receipt_for
from onewindow.kernel.keys import ledger_key
from onewindow.kernel.ledger import verify_receipt
from onewindow.kernel.ledger.receipts import to_text
from onewindow.kernel.models import Version
from tests.onewindow.dossiers import papers
from tests.onewindow.people import APPLICANT, CLERK

pytestmark = pytest.mark.django_db

SUBJECT = Subject("bureau", "食品经营许可", "p-1")
PDF = papers.pdf()
FOREIGN = "ab" * 32


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.STORAGE = str(tmp_path / "documents")


def opened():
    return begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT).matter.id


def send(matter, content=PDF, name="申请书.pdf"):
    return receive(matter, "申请书", io.BytesIO(content), name, APPLICANT)


def test_documents_of_a_step_are_in_its_entry():
    matter = opened()
    digests = (send(matter).digest, send(matter, b"1", "a.txt").digest)
    entry = move(matter, "accept", CLERK, request=Request(documents=digests)).entry
    assert entry.documents == list(digests)
    assert json.loads(Entry.objects.get(matter=matter, seq=2).documents) == list(digests)


def test_a_step_names_only_documents_that_are_in_its_own_dossier():
    matter, other = opened(), opened()
    here, there = send(matter).digest, send(other, b"1", "a.txt").digest
    for documents in ((FOREIGN,), (there,), (here, FOREIGN), ("",), ("../../x",), (here.upper(),)):
        with pytest.raises(DocumentsUnknown, match="不在这件事的案卷里") as refused:
            move(matter, "accept", CLERK, request=Request(documents=documents))
        assert refused.value.details["documents"] == [one for one in documents if one != here]
    assert Entry.objects.filter(matter=matter).count() == 1


def test_a_matter_is_not_opened_with_documents_that_nobody_sent():
    with pytest.raises(DocumentsUnknown):
        begin(
            "permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT, request=Request(documents=(FOREIGN,))
        )  # fmt: skip


def test_a_step_names_no_document_that_was_withdrawn():
    matter = opened()
    version = send(matter)
    withdraw_version(version.pk, APPLICANT)
    with pytest.raises(DocumentsUnknown, match="已撤回"):
        move(matter, "accept", CLERK, request=Request(documents=(version.digest,)))


def test_a_step_names_each_document_once_and_not_too_many(monkeypatch):
    matter = opened()
    digest = send(matter).digest
    with pytest.raises(DocumentsUnknown, match="只附一次"):
        move(matter, "accept", CLERK, request=Request(documents=(digest, digest)))
    monkeypatch.setattr(attaching, "MOST", 0)
    with pytest.raises(DocumentsUnknown, match="最多附0份"):
        move(matter, "accept", CLERK, request=Request(documents=(digest,)))


def test_a_document_may_go_with_several_steps():
    matter = opened()
    request = Request(documents=(send(matter).digest,))
    move(matter, "accept", CLERK, request=request)
    move(matter, "withdraw_accepted", APPLICANT, request=request)


def test_the_same_request_twice_is_one_entry_with_its_documents():
    matter = opened()
    request = Request(key="k", documents=(send(matter).digest,))
    move(matter, "accept", CLERK, request=request)
    assert move(matter, "accept", CLERK, request=request).replayed


def submitted_with_a_file():
    matter = opened()
    version = send(matter)
    move(matter, "accept", CLERK, request=Request(documents=(version.digest,)))
    return matter, version


def test_a_receipt_tells_a_file_that_was_exchanged(on, tmp_path):
    """What the applicant holds names the digests: he computes that of any file that is shown to him as his."""
    with on("2026-05-06 09:00"):
        matter, _version = submitted_with_a_file()
    with on("2026-05-07 09:00"):
        close_days()
        held = receipt_for(matter, APPLICANT)
    (tmp_path / "key.pem").write_text(ledger_key().public.to_pem(), encoding="utf-8")
    assert said_of(held, tmp_path) == 0
    (named,) = [one for entry in held["entries"] for one in entry.get("documents", ())]
    assert verify_receipt.sm3(PDF).hex() == named
    assert verify_receipt.sm3(PDF + b" ").hex() != named
    exchanged = json.loads(json.dumps(held).replace(named, verify_receipt.sm3(PDF + b" ").hex()))
    assert said_of(exchanged, tmp_path) == 1


def said_of(held, folder):
    """What the stand-alone program makes of a receipt."""
    (folder / "receipt.json").write_text(to_text(held), encoding="utf-8")
    program = [sys.executable, "-I", verify_receipt.__file__, folder / "receipt.json", folder / "key.pem"]
    return subprocess.run(program, capture_output=True, check=False).returncode


def test_a_row_that_was_made_to_point_to_another_file_is_noticed():
    """Somebody who may alter tables lifts the guards and exchanges the digest: the entry still names the first."""
    matter, version = submitted_with_a_file()
    other = send(matter, b"other", "a.txt")
    assert verify().faults == []
    with connection.cursor() as cursor:
        for statement in guards.lift_statements(connection.vendor):
            cursor.execute(statement)
    Version.objects.filter(pk=version.pk).update(digest=other.digest)
    codes = {(fault.code, fault.about) for fault in verify().faults}
    assert codes == {("entry-document", matter)}


def test_a_row_that_was_deleted_is_noticed():
    matter, version = submitted_with_a_file()
    with connection.cursor() as cursor:
        for statement in guards.lift_statements(connection.vendor):
            cursor.execute(statement)
    Version.objects.filter(pk=version.pk).delete()
    assert [(fault.code, fault.about) for fault in verify().faults] == [("entry-document", matter)]
