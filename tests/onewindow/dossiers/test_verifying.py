"""`onewindow dossiers verify` names every file that is missing, altered or unknown; --sweep takes away the useless."""

import io
import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection

from onewindow.kernel.api import (
    Request,
    Subject,
    begin,
    begin_dossier,
    document_content,
    move,
    receive,
    withdraw_version,
)
from onewindow.kernel.dossiers import guards, sweeping
from onewindow.kernel.dossiers.store import incoming
from onewindow.kernel.dossiers.sweeping import sweep, withdraw_abandoned
from onewindow.kernel.dossiers.verifying import Left, verify
from onewindow.kernel.models import Version, Withdrawal
from onewindow.main.commands.dossiers import dossiers
from tests.onewindow.people import APPLICANT, CLERK

pytestmark = pytest.mark.django_db

SUBJECT = Subject("bureau", "食品经营许可", "p-1")
UNKNOWN = "ab" * 32


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.STORAGE = str(tmp_path / "documents")
    settings.DOCUMENTS_INCOMING = tmp_path / "incoming"


def run(*arguments):
    result = CliRunner().invoke(dossiers, ["verify", *arguments], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.output


def opened():
    return begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT).matter.id


def send(matter, content=b"content"):
    return receive(matter, "说明", io.BytesIO(content), "说明.txt", APPLICANT)


def place(digest):
    return Path(settings.STORAGE) / digest[:2] / digest[2:4] / digest


def put(digest, content=b"?"):
    path = place(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def aged(path, hours=48):
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))
    return path


def test_where_all_is_well_it_says_so():
    matter = opened()
    version = send(matter)
    send(matter, b"second")
    move(matter, "accept", CLERK, request=Request(documents=(version.digest,)))
    assert run() == (0, "核对了 2 个文件、1 条附有材料的经过，0 处不一致\n")


def test_where_there_is_nothing_all_is_well():
    assert run() == (0, "核对了 0 个文件、0 条附有材料的经过，0 处不一致\n")


def test_a_missing_file_is_named():
    version = send(opened())
    place(version.digest).unlink()
    code, told = run()
    assert code == 1
    assert f"错误[blob-missing]：登记的材料 {version.digest} 不在存储中，请从备份恢复。" in told


def test_an_altered_file_is_named_among_many():
    matter = opened()
    versions = [send(matter, b"%d" % number) for number in range(20)]
    path = place(versions[7].digest)
    path.chmod(0o640)
    path.write_bytes(b"x")
    code, told = run()
    assert code == 1
    assert [line[:16] for line in told.splitlines() if "错误" in line] == ["错误[blob-altered]"[:16]]
    assert versions[7].digest in told


def test_a_file_without_a_row_is_named_once_it_is_old_enough():
    path = put(store_digest := _digest(b"?"))
    assert run()[0] == 0, "an upload may be on its way"
    aged(path)
    code, told = run()
    assert (code, f"可清理：存储中有、登记中没有的材料 {store_digest}" in told) == (1, True)
    code, told = run("--sweep")
    assert (code, f"清理：存储中有、登记中没有的材料 {store_digest}" in told) == (0, True)
    assert not path.exists()
    assert run()[0] == 0


def _digest(content):
    from onewindow.kernel.crypto.sm3 import sm3

    return sm3(content).hex()


def test_a_file_that_is_none_of_ours_is_named_and_not_swept():
    put(UNKNOWN)
    (Path(settings.STORAGE) / "notes.txt").write_text("?")
    aged(place(UNKNOWN))
    code, told = run("--sweep")
    assert code == 1
    assert "错误[strange]：存储中有来历不明的文件 notes.txt" in told
    assert "错误[blob-altered]" in told, "its content is not what its name says"


def test_what_was_withdrawn_is_swept_but_for_its_row():
    matter = opened()
    version = send(matter)
    withdraw_version(version.pk, APPLICANT)
    aged(place(version.digest))
    code, told = run()
    assert (code, f"可清理：已撤回的材料 {version.digest}" in told) == (0, True)
    assert run("--sweep")[0] == 0
    assert not place(version.digest).exists()
    assert Version.objects.filter(pk=version.pk).exists()


def test_what_another_version_still_holds_is_not_swept():
    version, other = send(opened()), send(opened())
    withdraw_version(version.pk, APPLICANT)
    aged(place(version.digest))
    run("--sweep")
    with document_content(other.document.dossier_id, other.pk, APPLICANT).file as file:
        assert file.read() == b"content"


def test_what_was_sent_again_meanwhile_is_not_swept():
    version = send(opened())
    withdraw_version(version.pk, APPLICANT)
    aged(place(version.digest))
    left = verify().left
    assert left == [Left("withdrawn", version.digest)]
    send(opened())
    assert list(sweep(left)) == []
    assert place(version.digest).exists()
    withdrawn = [one.pk for one in Version.objects.filter(withdrawal__isnull=True)]
    withdraw_version(withdrawn[0], APPLICANT)
    assert list(sweep(left)) == [], "it is not old any more"


def test_what_a_broken_upload_left_is_swept():
    young, old = incoming() / "young.received", incoming() / "old.received"
    young.write_bytes(b"x")
    aged(_written(old))
    code, told = run()
    assert (code, "可清理：上传中断留下的文件 old.received" in told) == (0, True)
    run("--sweep")
    assert sorted(path.name for path in incoming().iterdir()) == ["young.received"]


def _written(path):
    path.write_bytes(b"x")
    return path


def test_what_was_collected_for_nothing_is_withdrawn_after_thirty_days(on):
    with on("2026-05-06 09:00"):
        dossier, kept = begin_dossier(APPLICANT), begin_dossier(APPLICANT)
        send(dossier, b"abandoned")
        version = send(kept, b"kept")
        request = Request(documents=(version.digest,))
        begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT, request=request, id=kept)
    with on("2026-06-05 08:00"):
        assert withdraw_abandoned() == 0
    with on("2026-06-05 10:00"):
        assert "撤回了 1 份 30 天没有提交的材料" in run("--sweep")[1]
        assert withdraw_abandoned() == 0
    assert [one.actor_id for one in Withdrawal.objects.all()] == ["system"]
    assert Withdrawal.objects.get().version.document.dossier_id == dossier


def test_an_entry_whose_document_is_in_no_dossier_is_named():
    matter = opened()
    version = send(matter)
    move(matter, "accept", CLERK, request=Request(documents=(version.digest,)))
    with connection.cursor() as cursor:
        for statement in guards.lift_statements(connection.vendor):
            cursor.execute(statement)
    Version.objects.all().delete()
    code, told = run()
    assert code == 1
    assert f"{matter} 第2条经过所附的材料 {version.digest} 不在案卷中" in told


def test_a_store_that_cannot_be_reached_is_told(settings):
    settings.STORAGE = "s3://b?endpoint=http://127.0.0.1:9"
    result = CliRunner().invoke(dossiers, ["verify"], standalone_mode=False)
    assert "连不上对象存储" in result.exception.message


def test_a_bucket_is_verified_and_swept_like_a_folder(bucket, settings):
    settings.STORAGE, client, name = bucket
    version, gone = send(opened()), send(opened(), b"gone")
    withdraw_version(gone.pk, APPLICANT)
    assert [one.code for one in verify(grace=-60).left] == ["withdrawn"]
    assert run("--sweep", "--older-than", "0")[0] == 0
    client.put_object(Bucket=name, Key=f"documents/{version.digest}", Body=b"x")
    assert [fault.code for fault in verify().faults] == ["blob-altered"]
    client.delete_object(Bucket=name, Key=f"documents/{version.digest}")
    assert [fault.code for fault in verify().faults] == ["blob-missing"]


def test_the_days_of_grace_are_those_that_are_told():
    assert sweeping.ABANDONED_DAYS == 30
