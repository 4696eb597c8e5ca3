"""Documents and receipts over the API, and what an applicant's programs are not told."""

import uuid

import pytest

from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.keys import ledger_key
from onewindow.kernel.ledger.receipts import verify_receipt
from tests.onewindow.api.conftest import SUBMIT
from tests.onewindow.dossiers import papers

PDF = papers.pdf()
DIGEST = sm3(PDF).hex()


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.STORAGE = str(tmp_path / "documents")
    settings.DOCUMENTS_INCOMING = tmp_path / "incoming"


def form(content=PDF, name="申请书.pdf", document="申请书", *, field="file"):
    """A multipart body and its type."""
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="document"\r\n\r\n{document}\r\n'.encode(),
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'.encode(),
        b"Content-Type: application/octet-stream\r\n\r\n",
        content,
        f"\r\n--{mark}--\r\n".encode(),
    ]
    return b"".join(parts), f"multipart/form-data; boundary={mark}"


def upload(caller, matter, *args, **named):
    body, kind = form(*args, **named)
    return caller.post(f"matters/{matter}/documents", body, content_type=kind)


def test_a_document_is_uploaded_named_by_a_step_and_downloaded(clerk, bureau, begun):
    applicant = bureau.caller("applicant")
    sent = upload(applicant, begun)
    assert (sent.status, sent["digest"], sent["number"], sent["kind"]) == (201, DIGEST, 1, "pdf")
    taken = clerk.post(f"matters/{begun}/steps/accept", {"documents": [DIGEST]})
    assert taken["entry"]["documents"] == [DIGEST]
    listed = applicant.get(f"matters/{begun}/documents")["documents"]
    assert [(one["document"], one["entries"]) for one in listed] == [("申请书", [2])]
    got = bureau.caller("officer").get(sent.headers["Location"], accept="application/pdf")
    assert got.raw == PDF
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got.headers["Content-Security-Policy"]


def test_the_same_content_once_more_is_the_same_version(bureau, begun):
    applicant = bureau.caller("applicant")
    assert upload(applicant, begun).body == upload(applicant, begun).body
    assert upload(applicant, begun, papers.pdf({9: b"(2)"}))["number"] == 2


def test_what_one_has_is_not_sent_again(clerk, begun):
    address = upload(clerk, begun).headers["Location"]
    tag = clerk.get(address).headers["ETag"]
    assert clerk.get(address, if_none_match=tag).status == 304


def test_materials_may_come_before_the_matter(bureau):
    applicant = bureau.caller("applicant")
    dossier = applicant.post("dossiers", b"").body["id"]
    assert upload(applicant, dossier).status == 201
    body = {**SUBMIT, "dossier": dossier, "documents": [DIGEST]}
    begun = applicant.post("matters", body, idempotency_key="d-1")
    assert (begun.status, begun["id"]) == (201, dossier)
    assert applicant.post("matters", body, idempotency_key="d-1").raw == begun.raw
    again = applicant.post("matters", body)
    assert (again.status, again["code"]) == (409, "step-not-possible")


def test_a_key_is_good_for_one_dossier(bureau):
    applicant = bureau.caller("applicant")
    one, two = (applicant.post("dossiers", b"").body["id"] for _each in range(2))
    assert applicant.post("matters", {**SUBMIT, "dossier": one}, idempotency_key="d-2").status == 201
    again = applicant.post("matters", {**SUBMIT, "dossier": two}, idempotency_key="d-2")
    assert (again.status, again["code"]) == (422, "key-reused")


def test_nobody_takes_over_anothers_dossier_or_an_id_of_his_choice(bureau, clerk):
    dossier = bureau.caller("applicant").post("dossiers", b"").body["id"]
    for stolen in (dossier, "260101-AAAAAAAAAA", "J-a-officer"):
        answered = clerk.post("matters", {**SUBMIT, "dossier": stolen})
        assert (answered.status, answered["code"]) == (404, "not-found")
    assert upload(clerk, dossier).status == 404


def test_a_step_names_only_what_is_in_its_dossier(clerk, begun):
    answered = clerk.post(f"matters/{begun}/steps/accept", {"documents": ["0" * 64]})
    assert (answered.status, answered["code"]) == (422, "documents-unknown")


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "a.pdf"), (b"MZ\x90\x00", "a.pdf"), (PDF[:40], "a.pdf"), (b"text", "a.exe")]
)
def test_a_file_that_is_none_is_refused(clerk, begun, content, name):
    answered = upload(clerk, begun, content, name)
    assert (answered.status, answered["code"]) == (422, "file-refused")
    assert answered["check"]


@pytest.mark.parametrize(
    ("document", "field", "pointer"),
    [("", "file", "#/document"), ("x" * 201, "file", "#/document"), ("申请书", "other", "#/file")],
)
def test_a_form_that_is_wrong_is_told(clerk, begun, document, field, pointer):
    answered = upload(clerk, begun, document=document, field=field)
    assert (answered.status, answered["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{}", "application/json", "media-type"),
        (b"x", "multipart/form-data", "bad-request"),
        (b"x", "multipart/form-data; boundary=y", "request-invalid"),
        (b"--y\r\n", "multipart/form-data; boundary=y", "request-invalid"),
        (b"x", "multipart/form-data; boundary=" + "y" * 300, "bad-request"),
    ],
)
def test_a_form_that_is_none_is_refused(clerk, begun, body, kind, code):
    answered = clerk.post(f"matters/{begun}/documents", body, content_type=kind)
    assert answered["code"] == code


def test_supervisors_look_and_do_not_add(bureau, begun):
    assert upload(bureau.caller("supervisor"), begun).status == 403
    assert upload(bureau.caller("neighbour"), begun).status == 404


def test_what_internal_steps_say_is_not_told_to_the_applicant(clerk, bureau, begun):
    clerk.post(f"matters/{begun}/steps/accept")
    opinion = {"facts": {"opinion": "grant", "grounds": "内部意见"}}
    assert bureau.caller("officer").post(f"matters/{begun}/steps/propose", opinion).status == 200
    for who, withheld in (("applicant", True), ("window", False), ("supervisor", False)):
        caller = bureau.caller(who)
        for path in (f"matters/{begun}", f"matters/{begun}/entries"):
            entry = caller.get(path)["entries"][-1]
            assert (entry["step"], entry["withheld"]) == ("propose", withheld)
            assert (entry["facts"] == {}) is withheld
            assert ("内部意见" in str(entry)) is not withheld


def test_a_receipt_can_be_had_when_the_day_is_closed(on, clerk, bureau):
    with on("2026-05-06 09:00"):
        begun = clerk.post("matters", SUBMIT)["id"]
        early = clerk.get(f"matters/{begun}/receipt")
        assert (early.status, early["code"]) == (409, "receipt-not-yet")
    with on("2026-05-07 00:05"):
        close_days()
        receipt = bureau.caller("applicant").get(f"matters/{begun}/receipt")
    assert receipt.status == 200
    assert verify_receipt(receipt.body, ledger_key().public) == []
