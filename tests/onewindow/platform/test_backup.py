"""Backup and restore: while writers write, into an empty installation, and never out of a damaged file."""

import io
import json
import os
import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest

from onewindow.kernel.crypto.sm3 import sm3
from onewindow.main.backups import archive, dumping
from tests.onewindow.platform.installations import POSTGRES, Installation, fresh_database

CASES = """
import io
from pathlib import Path
from django.conf import settings
from onewindow.kernel.api import Actor, Subject, begin
from onewindow.kernel.dossiers.store import store, digest_of
actor = Actor("A-clerk", "x", parties=frozenset({"P-1"}))
for number in range(COUNT):
    begin("permit", "submit", actor, {"contact": f"0000{number}"}, subject=Subject("bureau", "食品经营许可", "P-1"))
    path = Path(settings.DATA) / "one.txt"
    path.write_text(f"材料 {number} {COUNT}")
    with path.open("rb") as file:
        digest = digest_of(file)
    store().keep(path, digest)
    path.unlink()
"""
SHOW = """
from onewindow.kernel.api import Entry, Matter
from onewindow.kernel.dossiers.store import store
from onewindow.kernel.openings import openings_of
from onewindow.people.api import Account
print(Matter.objects.count(), Entry.objects.count(), Account.objects.count(), len(list(store().blobs())))
for one in Matter.objects.filter(kind="permit").order_by("id"):
    print(one.id, one.head.hex(), openings_of(one.id)[1][0].value)
for one in store().blobs():
    with store().open(one.digest) as file:
        print(one.digest, file.read().decode())
"""
FEED = "from onewindow.kernel.api import SYSTEM\nfrom onewindow.kernel.feed import Place, read_feed\n"
KEYS = ("keyring.json", "ledger-key.pem", "secret-key")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """An installation with cases and documents; `file`: its backup, `told`: what was said of it."""
    with fresh_database() as database:
        one = Installation(tmp_path_factory.mktemp("filled"), database)
        one.run("init")
        one.python(CASES.replace("COUNT", "5"))
        yield one


@pytest.fixture(scope="module")
def made(filled):
    """A backup without keys, and what was said when it was made."""
    file = filled.folder / "backup.tar"
    return file, filled.run("backup", "-o", str(file))


@pytest.fixture
def file(made, tmp_path):
    """The backup, to do with as one likes."""
    return Path(shutil.copy2(made[0], tmp_path / "backup.tar"))


@pytest.fixture
def other(tmp_path, filled):
    """An empty installation on another machine, with the keys of the first."""
    folder = tmp_path / "other"
    folder.mkdir()
    with fresh_database() as database:
        one = Installation(folder, database)
        one.data.mkdir(mode=0o700)
        for name in KEYS:
            shutil.copy2(filled.data / name, one.data / name)
        yield one


def test_what_was_backed_up_comes_back_and_the_feed_goes_on(filled, made, other):
    file, told = made
    assert "材料 5 份" in told
    assert "没有密钥" in told
    before = filled.python(SHOW)
    place = filled.python(FEED + "print(*read_feed(SYSTEM, Place(), 1000).next)")
    assert "台账核验无误" in other.run("restore", str(file))
    assert other.python(SHOW) == before
    assert "错误[" not in other.run("check")
    other.python(CASES.replace("COUNT", "2"))
    # A consumer that has read further than the backup reached misses nothing of what comes now.
    further = ", ".join(str(int(one) and int(one) + 1000) for one in place.split())
    found = other.python(FEED + f"print(len(read_feed(SYSTEM, Place({further}), 1000).entries))")
    assert int(found) >= 2
    assert "不是空的" in other.run("restore", str(file), expect=1)


def test_keys_are_not_in_it(filled, made, other):
    file, _told = made
    content = file.read_bytes()
    for name in KEYS:
        assert (filled.data / name).read_bytes().strip() not in content
    for key in json.loads((filled.data / "keyring.json").read_text())["keys"].values():
        assert key.encode() not in content
    assert file.stat().st_mode & 0o077 == 0
    (other.data / "keyring.json").unlink()
    assert "没有密钥环" in other.run("restore", str(file), expect=1)
    assert not tables(other)


def test_unless_they_are_asked_for(filled, other, tmp_path):
    file = tmp_path / "whole.tar"
    assert "像密钥一样保管" in filled.run("backup", "-o", str(file), "--with-keys")
    assert file.stat().st_mode & 0o077 == 0
    shutil.rmtree(other.data)
    other.run("restore", str(file))
    for name in KEYS:
        assert (other.data / name).read_bytes() == (filled.data / name).read_bytes()
        assert (other.data / name).stat().st_mode & 0o077 == 0
    assert other.python(SHOW) == filled.python(SHOW)


def test_with_a_strangers_keyring_nothing_is_restored(file, other):
    from onewindow.kernel.crypto.fields import fresh_keyring, write_keyring

    (other.data / "keyring.json").unlink()
    write_keyring(other.data / "keyring.json", fresh_keyring())
    assert "不是备份时的密钥环" in other.run("restore", str(file), expect=1)
    assert not tables(other)


def test_a_keyring_that_was_rotated_since_still_opens_it(file, other):
    from onewindow.kernel.crypto.fields import read_keyring, write_keyring

    rotated = read_keyring(other.data / "keyring.json").rotated()
    (other.data / "keyring.json").unlink()
    write_keyring(other.data / "keyring.json", rotated)
    assert "台账核验无误" in other.run("restore", str(file))


def test_a_file_is_not_overwritten(filled, file):
    before = file.read_bytes()
    assert "已经存在" in filled.run("backup", "-o", str(file), expect=1)
    assert file.read_bytes() == before


def test_a_place_that_cannot_be_written(filled):
    assert "错误：" in filled.run("backup", "-o", "/nowhere/backup.tar", expect=1)


def test_a_ledger_that_did_not_hold_is_told_after_the_restore(filled, file, other, tmp_path):
    """Somebody altered the database before the backup: the backup is whole, the ledger is not."""
    if POSTGRES:
        pytest.skip("altered here through SQLite's file")
    altered = tmp_path / "altered.tar"
    database = tmp_path / "database.sqlite3"
    with tarfile.open(file) as archive_:
        database.write_bytes(archive_.extractfile("database.sqlite3").read())
    with sqlite3.connect(database) as plain:
        plain.execute("DROP TRIGGER kernel_entry_update")
        plain.execute("UPDATE kernel_entry SET facts = '{}' WHERE kind = 'permit' AND seq = 1")
    plain.close()
    rewritten(file, altered, {"database.sqlite3": database.read_bytes()})
    told = other.run("restore", str(altered), expect=1)
    assert "核验台账有" in told


# --- what is no whole backup ----------------------------------------------------------------


def tables(installation: Installation) -> list[str]:
    told = installation.python(
        "from django.db import connection\nprint(*connection.introspection.table_names(), sep=',')"
    )
    return [name for name in told.strip().split(",") if name]


def rewritten(source: Path, target: Path, contents: dict[str, bytes], without: str = "") -> Path:
    """A backup with other contents of some members, of whose digests the manifest is told."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        manifest = json.loads(old.extractfile("manifest.json").read())
        for name, content in contents.items():
            if name in manifest["members"]:
                manifest["members"][name] = sm3(content).hex()
        manifest["digest"] = archive.digest_of_manifest(manifest)
        contents = {"manifest.json": json.dumps(manifest).encode(), **contents}
        for member in old:
            content = contents.get(member.name) or old.extractfile(member).read()
            member.size = len(content)
            if member.name != without:
                new.addfile(member, io.BytesIO(content))
    return target


def faults(file: Path) -> list[str]:
    """What is found wrong before anything is restored; this needs neither keys nor a database."""
    try:
        with archive.reading(file) as backup:
            return list(backup.faults())
    except archive.BackupError as error:
        return [str(error)]


def members(file: Path) -> list[tarfile.TarInfo]:
    with tarfile.open(file) as opened:
        return opened.getmembers()


def test_a_whole_backup_has_no_faults(file):
    assert faults(file) == []


def test_any_changed_byte_is_found(file):
    for one in members(file):
        with file.open("r+b") as opened:
            opened.seek(one.offset_data + one.size // 2)
            byte = opened.read(1)
            opened.seek(-1, os.SEEK_CUR)
            opened.write(bytes((byte[0] ^ 1,)))
            opened.flush()
            assert faults(file), one.name
            opened.seek(-1, os.SEEK_CUR)
            opened.write(byte)
    assert faults(file) == []


def test_a_damaged_backup_restores_nothing(file, other):
    os.truncate(file, file.stat().st_size // 2)
    assert "错误：" in other.run("restore", str(file), expect=1)
    assert not tables(other)
    assert not (other.data / "documents").exists()


def test_a_file_that_was_cut_off_is_found(file):
    end = max(member.offset_data + member.size for member in members(file))
    for share in (0.99, 0.9, 0.5, 0.05, 0.0):
        os.truncate(file, int(end * share))
        assert faults(file), share


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "documents/short", "keys/other", "database.sqlite3/x", "manifest.json"]
)
def test_a_member_that_does_not_belong_is_refused(file, name):
    with tarfile.open(file, "a") as opened:
        opened.addfile(tarfile.TarInfo(name))
    assert "不该有的内容" in faults(file)[0]


def test_a_link_is_never_followed(file):
    link = tarfile.TarInfo("documents/" + "a" * 64)
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(file, "a") as opened:
        opened.addfile(link)
    assert "不该有的内容" in faults(file)[0]


def test_a_document_that_is_missing_or_too_many(file, tmp_path):
    one = next(member.name for member in members(file) if member.name.startswith("documents/"))
    assert "材料有 4 份，应为 5 份" in faults(rewritten(file, tmp_path / "cut.tar", {}, without=one))
    with tarfile.open(file, "a") as opened:
        more = tarfile.TarInfo("documents/" + sm3(b"more").hex())
        more.size = 4
        opened.addfile(more, io.BytesIO(b"more"))
    assert "材料有 6 份，应为 5 份" in faults(file)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff", b'{"format": 2}'])
def test_a_manifest_that_is_none(file, tmp_path, content):
    broken = rewritten(file, tmp_path / "broken.tar", {"manifest.json": content or b" "})
    assert "清单" in faults(broken)[0] or "格式" in faults(broken)[0]


def test_something_that_is_no_backup(tmp_path):
    (tmp_path / "letter.tar").write_text("您好")
    assert "不是备份文件" in faults(tmp_path / "letter.tar")[0]


def test_a_backup_of_a_newer_program(file, other, tmp_path):
    with tarfile.open(file) as opened:
        manifest = json.loads(opened.extractfile("manifest.json").read())
    manifest["migrations"]["kernel"].append("0999_of_tomorrow")
    manifest["digest"] = archive.digest_of_manifest(manifest)
    newer = rewritten(file, tmp_path / "newer.tar", {"manifest.json": json.dumps(manifest).encode()})
    assert "kernel.0999_of_tomorrow" in other.run("restore", str(newer), expect=1)


@pytest.mark.skipif(not POSTGRES, reason="needs both databases")
def test_the_other_database_is_refused(file, other):
    other.environment.pop("ONEWINDOW_DATABASE_URL")
    assert "备份来自 PostgreSQL" in other.run("restore", str(file), expect=1)


def test_without_pg_dump_it_is_said_how_to_come_by_it(monkeypatch, tmp_path):
    monkeypatch.setattr(dumping, "INSTALLED", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(archive.BackupError, match="apt-get install postgresql-client"):
        dumping.found("pg_dump")


# --- while writers write --------------------------------------------------------------------


def test_a_backup_while_writers_write_is_one_moment(filled, other, tmp_path):
    with filled.writing(CASES.replace("COUNT", "100000")):
        file = tmp_path / "busy.tar"
        filled.run("backup", "-o", str(file))
    assert "台账核验无误" in other.run("restore", str(file))
    counts, later = (one.python(SHOW).split() for one in (other, filled))
    assert 5 < int(counts[0]) < int(later[0])
    assert int(counts[3]) >= int(counts[0]) - 5  # every document that a case names is there
