"""The store keeps content by its digest, whole or not at all, on disk and in a bucket alike."""

import io
import os
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.dossiers.folder import Folder
from onewindow.kernel.dossiers.s3 import Bucket
from onewindow.kernel.dossiers.store import Altered, Missing, StoreError, digest_of, incoming, store_at

CONTENT = b"a document" * 1000
DIGEST = sm3(CONTENT).hex()


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    """A store, and `spoil(digest, content)`, which puts other bytes in the place of a document."""
    if request.param == "folder":
        folder = Folder(tmp_path / "store")

        def spoil(digest, content):
            path = tmp_path / "store" / digest[:2] / digest[2:4] / digest
            path.chmod(0o640)
            path.write_bytes(content)

        return folder, spoil
    where, client, name = request.getfixturevalue("bucket")
    return Bucket(where), lambda digest, content: client.put_object(
        Bucket=name, Key=f"documents/{digest}", Body=content
    )


@pytest.fixture
def file(tmp_path):
    def written(content=CONTENT):
        path = tmp_path / f"file-{time.time_ns()}"
        path.write_bytes(content)
        return path

    return written


def read(store, digest):
    with store.open(digest) as opened:
        return opened.read()


def test_what_is_kept_is_read_again(place, file):
    store, _spoil = place
    assert not store.has(DIGEST)
    store.keep(file(), DIGEST)
    assert store.has(DIGEST)
    assert read(store, DIGEST) == CONTENT
    assert store.blob(DIGEST).size == len(CONTENT)


def test_the_same_content_twice_is_there_once_and_counts_as_new(place, file):
    store, _spoil = place
    store.keep(file(), DIGEST)
    first = store.blob(DIGEST).changed
    time.sleep(1.1)
    store.keep(file(), DIGEST)
    assert [one.digest for one in store.blobs()] == [DIGEST]
    assert store.blob(DIGEST).changed > first


def test_altered_bytes_are_never_handed_out(place, file):
    store, spoil = place
    store.keep(file(), DIGEST)
    for other in (CONTENT[:-1], CONTENT[:-1] + b"x", b"", CONTENT + b"x"):
        spoil(DIGEST, other)
        with pytest.raises(Altered, match=r"已被改动.*从备份恢复"):
            store.open(DIGEST)


def test_content_that_was_altered_is_made_good_when_it_comes_again(place, file, caplog):
    store, spoil = place
    store.keep(file(), DIGEST)
    spoil(DIGEST, b"other")
    store.keep(file(), DIGEST)
    assert read(store, DIGEST) == CONTENT


def test_what_is_not_there_is_told(place):
    store, _spoil = place
    with pytest.raises(Missing, match="缺少材料"):
        store.open(DIGEST)
    with pytest.raises(Missing):
        store.blob(DIGEST)
    store.remove(DIGEST)


def test_all_there_is_comes_in_the_order_of_the_digests(place, file):
    store, _spoil = place
    digests = []
    for number in range(25):
        content = b"%d" % number
        digests.append(sm3(content).hex())
        store.keep(file(content), digests[-1])
    assert [one.digest for one in store.blobs()] == sorted(digests)
    store.remove(digests[0])
    assert [one.digest for one in store.blobs()] == sorted(digests[1:])


def test_large_content_passes_in_pieces(place, file):
    """Forty megabytes: in a bucket, an upload in parts."""
    store, _spoil = place
    content = os.urandom(1 << 20) * 40
    digest = sm3(content).hex()
    store.keep(file(content), digest)
    with store.open(digest) as opened:
        assert digest_of(opened) == digest


# --- a folder -----------------------------------------------------------------------------------


def test_files_in_a_folder_are_sharded_and_nobody_may_write_to_them(tmp_path, file):
    Folder(tmp_path / "store").keep(file(), DIGEST)
    path = tmp_path / "store" / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert stat.S_IMODE(path.stat().st_mode) == 0o440
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o750
    assert [one.name for one in path.parent.iterdir()] == [DIGEST]


def test_strange_files_are_told(tmp_path, file):
    folder = Folder(tmp_path / "store")
    folder.keep(file(), DIGEST)
    (tmp_path / "store" / "notes.txt").write_text("?")
    (tmp_path / "store" / DIGEST).write_bytes(CONTENT)
    (tmp_path / "store" / DIGEST[:2] / "x.part").write_bytes(b"")
    (tmp_path / "store" / "link").symlink_to("/etc/passwd")
    assert sorted(folder.strange()) == sorted(["notes.txt", DIGEST, f"{DIGEST[:2]}/x.part", "link"])
    assert [one.digest for one in folder.blobs()] == [DIGEST]


def test_a_disk_that_is_full_is_told_and_leaves_nothing(tmp_path, file):
    """A process that may write no more than a kilobyte stands for the full disk."""
    where = tmp_path / "store"
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "import django; from django.conf import settings; settings.configure()\n"
        "from onewindow.kernel.dossiers.folder import Folder, StoreError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))\n"
        "try: Folder(Path(sys.argv[1])).keep(Path(sys.argv[2]), sys.argv[3])\n"
        "except StoreError as error: sys.exit(error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, where, file(), DIGEST], capture_output=True, text=True
    )
    assert "磁盘空间" in done.stderr
    assert [path for path in where.rglob("*") if path.is_file()] == []


def test_a_folder_that_nobody_may_write_to_is_told(tmp_path, file):
    (tmp_path / "store").write_text("a file in the way")
    with pytest.raises(StoreError, match="检查磁盘空间和权限"):
        Folder(tmp_path / "store").keep(file(), DIGEST)


def test_a_process_killed_while_it_writes_leaves_nothing_half(tmp_path):
    """Killed at a moment of chance, again and again: what is there is whole."""
    source, where = tmp_path / "source", tmp_path / "store"
    content = os.urandom(1 << 20) * 8
    source.write_bytes(content)
    digest = sm3(content).hex()
    program = (
        "import sys, time; from pathlib import Path\n"
        "from onewindow.kernel.dossiers.folder import Folder\n"
        "folder = Folder(Path(sys.argv[1])); print(1, flush=True)\n"
        "while True:\n"
        "    folder.keep(Path(sys.argv[2]), sys.argv[3])\n"
        "    time.sleep(0.02)\n"
        "    folder.remove(sys.argv[3])\n"
    )
    whole = 0
    for number in range(20):
        writing = subprocess.Popen(
            [sys.executable, "-c", program, where, source, digest], stdout=subprocess.PIPE
        )
        writing.stdout.readline()
        time.sleep(0.004 * number)
        writing.kill()
        writing.wait()
        writing.stdout.close()
        for path in where.rglob(digest):
            whole += 1
            assert sm3(path.read_bytes()).hex() == digest
            path.unlink()
    assert whole, "at least once, it was killed while the file was there"


def test_reading_and_writing_take_no_more_memory_for_a_larger_file(tmp_path):
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from onewindow.kernel.dossiers.folder import Folder\n"
        "from onewindow.kernel.dossiers.store import digest_of\n"
        "path = Path(sys.argv[1]) / 'file'\n"
        "with path.open('wb') as file: [file.write(bytes(1 << 20)) for _n in range(int(sys.argv[2]))]\n"
        "digest = digest_of(path.open('rb')); folder = Folder(Path(sys.argv[1]) / 'store')\n"
        "folder.keep(path, digest); folder.open(digest).read(1)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    needed = []
    for megabytes in (1, 200):
        folder = tempfile.mkdtemp(dir=tmp_path)
        run = [sys.executable, "-W", "ignore", "-c", program, folder, str(megabytes)]
        needed.append(int(subprocess.run(run, capture_output=True, check=True).stdout))
    small, large = needed
    assert large - small < 20_000, "kilobytes"


# --- a bucket -----------------------------------------------------------------------------------


def test_strange_objects_are_told(bucket):
    where, client, name = bucket
    client.put_object(Bucket=name, Key="documents/notes.txt", Body=b"?")
    client.put_object(Bucket=name, Key="elsewhere", Body=b"?")
    store = Bucket(where)
    assert list(store.strange()) == ["notes.txt"]
    assert list(store.blobs()) == []


def test_a_bucket_that_does_not_exist_is_told(bucket, file):
    where, _client, name = bucket
    store = Bucket(where.replace(name, "nowhere"))
    with pytest.raises(StoreError, match=r"NoSuchBucket.*请检查桶 nowhere"):
        list(store.blobs())
    with pytest.raises(StoreError, match="请检查桶 nowhere"):
        store.keep(file(), DIGEST)


def test_storage_that_does_not_answer_is_told(bucket, file):
    store = Bucket("s3://b?endpoint=http://127.0.0.1:9")
    with pytest.raises(StoreError, match="连不上对象存储"):
        store.keep(file(), DIGEST)


def test_nothing_is_left_on_this_machine_of_what_a_bucket_holds(bucket, file):
    store = Bucket(bucket[0])
    store.keep(file(), DIGEST)
    with store.open(DIGEST) as opened:
        assert isinstance(opened.read(), bytes)
    assert list(incoming().iterdir()) == []


@pytest.mark.parametrize("where", ["s3://", "s3://b?endpiont=x", "s3:///prefix"])
def test_an_address_that_cannot_be_is_told(where):
    with pytest.raises(StoreError, match="应写作 s3://桶名"):
        store_at(where)


def test_a_path_is_a_folder(tmp_path):
    assert isinstance(store_at(str(tmp_path)), Folder)


def test_the_digest_is_of_the_whole_content():
    file = io.BytesIO(CONTENT)
    file.seek(100)
    assert digest_of(file) == DIGEST


def test_a_name_is_always_a_digest(tmp_path):
    with pytest.raises(AssertionError):
        Folder(tmp_path).open("../../etc/passwd")


def test_the_folder_of_a_store_is_made_when_it_is_needed(tmp_path, file):
    folder = Folder(tmp_path / "a" / "b" / "store")
    assert list(folder.blobs()) == []
    folder.keep(file(), DIGEST)
    assert Path(tmp_path, "a", "b", "store").is_dir()
