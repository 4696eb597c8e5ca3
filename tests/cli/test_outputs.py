"""Reports where the disk is full, in devices and behind links; whatever happens, no half of a file."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from openbook import cli
from tests.reporting.samples import TEXT

FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")


def run(*arguments, out):
    return subprocess.run(
        [sys.executable, "-m", "openbook", *map(str, arguments)],
        stdout=out, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@full
@pytest.mark.parametrize(
    "arguments",
    [["rules"], ["explain", "OB301"], *(["check", "a.txt", "--format", one] for one in ("text", "json", "html", "xlsx"))],
    ids=" ".join,
)  # fmt: skip
def test_a_full_disk_is_told_in_one_line(arguments, tmp_path):
    (tmp_path / "a.txt").write_text("2024年部门预算\n", encoding="utf-8")
    given = [tmp_path / one if one == "a.txt" else one for one in arguments]
    with FULL.open("w") as out:
        ran = run(*given, out=out)
    assert (ran.returncode, ran.stderr) == (2, "错误：没有写完：磁盘已满\n")


def test_a_disk_that_fills_up_leaves_nothing_behind(canned, openbook, tmp_path, monkeypatch):
    from openbook.commands import check

    def filling(*_):
        yield TEXT
        raise OSError(28, "No space left on device")

    path = canned(TEXT)
    monkeypatch.setattr(check, "check_many", filling)
    ran = openbook("check", path, "-o", tmp_path / "r.html")
    assert (ran.status, ran.err) == (2, "错误：没有写完：磁盘已满\n")
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_a_pipe_is_written_to_and_stays_a_pipe(canned, openbook, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    openbook("check", canned(TEXT), "-o", pipe, "--format", "json")
    reader.join(10)
    assert got[0].startswith('{"openbook"')
    assert pipe.is_fifo()


def test_a_link_keeps_pointing_where_it_points(canned, openbook, tmp_path):
    link = tmp_path / "newest.html"
    link.symlink_to(tmp_path / "real.html")
    openbook("check", canned(TEXT), "-o", link)
    assert link.is_symlink()
    assert (tmp_path / "real.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_baseline_that_cannot_be_written_stays_as_it_was(canned, openbook, tmp_path, monkeypatch):
    known = tmp_path / "known.json"
    path = canned(TEXT)
    openbook("check", path, "--baseline", known, "--write-baseline")
    before = known.read_bytes()

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    ran = openbook("check", path, "--baseline", known, "--write-baseline")
    assert ran.status == 2
    assert "磁盘已满" in ran.err
    assert known.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt", "known.json"]


def test_a_fault_of_the_program_is_no_finding(monkeypatch, capsys):
    def broken(_):
        raise ZeroDivisionError("坏")

    monkeypatch.setattr(cli, "run", broken)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert "程序出错（ZeroDivisionError：坏，test_outputs.py:" in capsys.readouterr().err


def test_a_run_that_is_ended_leaves_nothing_behind(tmp_path):
    (tmp_path / "a.txt").write_text("2024年部门预算\n", encoding="utf-8")
    program = (
        "import sys, time; from openbook import cli; from openbook.commands import check\n"
        "def slow(*_):\n    print('there', flush=True); time.sleep(60); yield\n"
        "check.check_many = slow; sys.argv = ['openbook', 'check', 'a.txt', '-o', 'r.html']; cli.main()\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout.readline() == "there\n"
        running.terminate()
    assert running.returncode == 143
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
