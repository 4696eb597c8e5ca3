"""Files come into dossiers: received, checked, kept; refused with what to do; every version there."""

import json
import os
from pathlib import Path

import pytest

from onewindow.kernel.actor import Actor
from onewindow.kernel.api import (
    SYSTEM,
    DossierFull,
    FileRefused,
    Material,
    NotAllowed,
    NotFound,
    NotPossible,
    Request,
    Unavailable,
    ask_for,
    begin,
    begin_dossier,
    document_content,
    dossier_of,
    journal_id,
    missing_documents,
    move,
    note,
    receive,
    withdraw_version,
)
from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.dossiers import receiving
from onewindow.kernel.dossiers.errors import DocumentLost
from onewindow.kernel.dossiers.store import incoming, store
from onewindow.kernel.models import Document, Version
from tests.onewindow.dossiers import papers
from tests.onewindow.dossiers.sending import PDF, STRANGER, SUBJECT, opened, send
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER, SUPERVISOR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.STORAGE = str(tmp_path / "documents")
    settings.DOCUMENTS_INCOMING = tmp_path / "incoming"


def test_a_file_becomes_a_version(on):
    with on("2026-05-06 09:00"):
        matter = opened()
        version = send(matter)
    assert (version.number, version.kind, version.size) == (1, "pdf", len(PDF))
    assert version.digest == sm3(PDF).hex()
    assert (version.file_name, version.actor_id) == ("申请书.pdf", "a-applicant")
    assert version.at == 1_778_029_200_000_000
    assert json.loads(version.outcome) == {"notes": {"pages": 1}, "scanned": ["signatures"]}
    with store().open(version.digest) as file:
        assert file.read() == PDF
    assert list(incoming().iterdir()) == []


def test_every_version_is_kept():
    matter = opened()
    for number in range(1, 4):
        assert send(matter, papers.pdf({9: b"(%d)" % number})).number == number
    (place,) = dossier_of(matter, APPLICANT)
    assert [one.number for one in place.versions] == [3, 2, 1]
    assert place.current.number == 3


def test_the_same_file_again_is_the_version_that_is_there():
    matter = opened()
    first = send(matter)
    assert send(matter).pk == first.pk
    assert Version.objects.count() == 1
    other = send(matter, papers.image("PNG"), "a.png")
    assert send(matter).number == other.number + 1 == 3


def test_the_same_content_in_two_matters_is_stored_once():
    one, other = send(opened()), send(opened(), name="另一个名字.pdf")
    assert one.digest == other.digest
    assert len(list(store().blobs())) == 1
    assert Version.objects.count() == 2


def test_what_is_refused_leaves_nothing():
    matter = opened()
    for content, name, check in (
        (papers.archive({"a": "b"}), "a.pdf", "type-refused"),
        (PDF, "a.docx", "name-mismatch"),
        (PDF, "...", "name-missing"),
        (b"", "a.pdf", "empty"),
        (b"hello " + papers.EICAR, "a.txt", "infected"),
        (
            papers.archive({**papers.members(papers.word()), "word/media/a.emf": papers.EICAR}),
            "a.docx",
            "infected",
        ),
        (b"<script>", "a.txt", "text-active"),
    ):
        with pytest.raises(FileRefused) as refused:
            send(matter, content, name)
        assert refused.value.code == "file-refused"
        assert refused.value.details == {"check": check}
    for document in ("", "a\0b", "\u202e", "名" * 201, "\ud800"):
        with pytest.raises(FileRefused):
            send(matter, document=document)
    assert Document.objects.count() == Version.objects.count() == 0
    assert list(store().blobs()) == []
    assert list(incoming().iterdir()) == []


def test_a_file_beyond_every_limit_is_refused_while_it_comes(settings):
    settings.DOCUMENT_LIMITS = "pdf=1,ofd=1,docx=1,xlsx=1,jpg=1,png=1,tiff=1,txt=1"

    class Endless:
        given = 0

        def read(self, size):
            self.given += size
            return bytes(size)

    stream = Endless()
    with pytest.raises(FileRefused, match="不能超过 1 MB"):
        receive(opened(), "申请书", stream, "a.pdf", APPLICANT)
    assert stream.given < 2_000_000


def test_a_stream_that_breaks_leaves_nothing():
    class Broken:
        def read(self, size):
            raise OSError("connection lost")

    with pytest.raises(OSError, match="connection lost"):
        receive(opened(), "申请书", Broken(), "a.pdf", APPLICANT)
    assert list(incoming().iterdir()) == []


def test_who_adds_documents():
    matter = opened()
    for actor in (APPLICANT, CLERK, OFFICER):
        assert send(matter, os.urandom(8).hex().encode(), "a.txt", actor=actor).actor_id == actor.id
    with pytest.raises(NotAllowed, match="不能添加"):
        send(matter, actor=SUPERVISOR)
    for actor in (STRANGER, Actor("", "")):
        with pytest.raises(NotFound):
            send(matter, actor=actor)
    with pytest.raises(NotFound):
        send("260506-0000000000")


def test_a_journal_takes_no_documents():
    note("p-1", "locked", SYSTEM, {"what": "x"})
    with pytest.raises(NotAllowed):
        send(journal_id("p-1"))


def test_what_is_over_takes_no_more_documents():
    matter = opened()
    move(matter, "withdraw", APPLICANT)
    with pytest.raises(NotPossible, match="已经办结"):
        send(matter)


def test_who_reads_documents():
    matter = opened()
    version = send(matter)
    for actor in (APPLICANT, CLERK, SUPERVISOR):
        with document_content(matter, version.pk, actor).file as file:
            assert file.read() == PDF
    with pytest.raises(NotFound):
        document_content(matter, version.pk, STRANGER)
    with pytest.raises(NotFound):
        dossier_of(matter, STRANGER)


def test_what_staff_prepare_and_deliberate_on_is_not_shown_to_whose_matter_it_is():
    """An opinion goes with an internal step, a decision with one that is not."""
    matter = opened()
    own = send(matter)
    move(matter, "accept", CLERK, request=Request(documents=(own.digest,)))
    opinion = send(matter, b"opinion", "a.txt", "审查意见", OFFICER)
    draft = send(matter, b"draft", "a.txt", "决定书", APPROVER)
    told = {"opinion": "grant", "grounds": "符合条件"}
    move(matter, "propose", OFFICER, told, request=Request(documents=(opinion.digest, own.digest)))

    def names(actor):
        return [(place.name, [one.seqs for one in place.versions]) for place in dossier_of(matter, actor)]

    assert names(APPLICANT) == [("申请书", [(2,)])]
    assert names(SUPERVISOR) == [("申请书", [(2, 3)]), ("审查意见", [(3,)]), ("决定书", [()])]
    for version in (opinion, draft):
        with pytest.raises(NotFound):
            document_content(matter, version.pk, APPLICANT)
        document_content(matter, version.pk, CLERK).file.close()
    move(matter, "decide", APPROVER, request=Request(documents=(draft.digest,)))
    assert names(APPLICANT) == [("申请书", [(2,)]), ("决定书", [(4,)])]
    document_content(matter, draft.pk, APPLICANT).file.close()


def test_what_a_window_collected_for_an_applicant_is_shown_to_him():
    dossier = begin_dossier(CLERK)
    version = send(dossier, actor=CLERK)
    assert version.sender == "window"
    request = Request(documents=(version.digest,))
    begin("permit", "submit", CLERK, {"contact": "0"}, subject=SUBJECT, request=request, id=dossier)
    document_content(dossier, version.pk, APPLICANT).file.close()


def test_a_document_is_read_in_its_own_matter_alone():
    version, other = send(opened()), opened()
    with pytest.raises(NotFound):
        document_content(other, version.pk, APPLICANT)


def test_a_document_that_was_altered_in_the_store_is_not_handed_out(settings, caplog):
    matter = opened()
    version = send(matter)
    (path,) = [one for one in Path(settings.STORAGE).rglob("*") if one.is_file()]
    path.chmod(0o640)
    path.write_bytes(PDF + b" ")
    with pytest.raises(DocumentLost, match="丢失或已被改动"):
        document_content(matter, version.pk, CLERK)
    assert [record.levelname for record in caplog.records] == ["CRITICAL"]
    path.unlink()
    with pytest.raises(DocumentLost):
        document_content(matter, version.pk, CLERK)


def test_nothing_is_received_while_the_store_cannot_be_written_to(settings, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    settings.STORAGE = str(tmp_path / "file")
    with pytest.raises(Unavailable, match="过几分钟再试"):
        send(opened())
    assert Version.objects.count() == 0
    assert "请检查磁盘空间和权限" in caplog.text


def test_documents_of_a_bureau_that_uses_a_bucket(bucket, settings):
    settings.STORAGE = bucket[0]
    matter = opened()
    version = send(matter)
    with document_content(matter, version.pk, CLERK).file as file:
        assert file.read() == PDF


# --- dossiers before their matter ----------------------------------------------------------------


def test_materials_are_collected_before_the_matter_is_opened():
    dossier = begin_dossier(APPLICANT)
    version = send(dossier)
    for actor in (CLERK, STRANGER):
        with pytest.raises(NotFound):
            dossier_of(dossier, actor)
    taken = begin(
        "permit", "submit", APPLICANT, {"contact": "0"},
        subject=SUBJECT, request=Request(documents=(version.digest,)), id=dossier,
    )  # fmt: skip
    assert taken.matter.id == dossier
    assert taken.entry.documents == [version.digest]
    (place,) = dossier_of(dossier, CLERK)
    assert place.current.seqs == (1,)


def test_nobody_opens_a_matter_on_another_persons_dossier():
    dossier = begin_dossier(APPLICANT)
    with pytest.raises(NotFound):
        begin("permit", "submit", CLERK, {"contact": "0"}, subject=SUBJECT, id=dossier)


def test_a_dossier_becomes_one_matter_and_the_same_request_counts_once():
    dossier = begin_dossier(APPLICANT)

    def submit(key):
        request = Request(key=key)
        return begin(
            "permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT, request=request, id=dossier
        )

    first = submit("k")
    assert submit("k").replayed
    assert first.matter.id == dossier
    with pytest.raises(NotPossible, match="已经随一件事务提交"):
        submit("other")


def test_nobody_begins_dossiers_without_end(monkeypatch):
    monkeypatch.setattr(receiving, "MOST_BEGUN", 3)
    for _time in range(3):
        begin_dossier(APPLICANT)
    with pytest.raises(DossierFull, match="明天再来"):
        begin_dossier(APPLICANT)
    begin_dossier(CLERK)


def test_a_dossier_holds_only_so_much(monkeypatch):
    matter = opened()
    monkeypatch.setattr(receiving, "MOST_VERSIONS", 2)
    send(matter, b"1", "a.txt")
    send(matter, b"2", "a.txt")
    with pytest.raises(DossierFull, match="材料已满"):
        send(matter, b"3", "a.txt")
    monkeypatch.setattr(receiving, "MOST_VERSIONS", 9)
    monkeypatch.setattr(receiving, "MOST_BYTES", 10)
    with pytest.raises(DossierFull):
        send(matter)


def test_a_dossier_asks_for_materials_and_says_which_are_missing():
    matter = opened()
    ask_for(matter, [Material("申请书"), Material("营业执照"), Material("照片", required=False)], CLERK)
    assert missing_documents(matter) == ["申请书", "营业执照"]
    version = send(matter)
    assert missing_documents(matter) == ["营业执照"]
    withdraw_version(version.pk, APPLICANT)
    assert missing_documents(matter) == ["申请书", "营业执照"]
    assert [(one.name, one.required) for one in dossier_of(matter, CLERK)] == [
        ("申请书", True),
        ("营业执照", True),
        ("照片", False),
    ]


def test_who_asks_for_materials():
    matter = opened()
    for actor in (CLERK, OFFICER, SYSTEM):
        ask_for(matter, [Material(f"材料 {actor.id}")], actor)
    with pytest.raises(NotAllowed, match="由经办人员确定"):
        ask_for(matter, [Material("申请书", required=False)], APPLICANT)
    ask_for(begin_dossier(APPLICANT), [Material("申请书")], APPLICANT)
    with pytest.raises(FileRefused):
        ask_for(matter, [Material(" ")], CLERK)


def test_the_platform_adds_what_it_writes_by_itself():
    matter = opened()
    assert send(matter, actor=SYSTEM).sender == "system"
    assert dossier_of(matter, APPLICANT) == ()


def test_a_disk_that_is_full_while_a_file_comes_is_told(settings, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    settings.DOCUMENTS_INCOMING = tmp_path / "file" / "incoming"
    with pytest.raises(Unavailable, match="过几分钟再试"):
        send(opened())
    assert "请检查磁盘空间和权限" in caplog.text
