"""`openbook fix` shows first, writes on request, and keeps encoding and line ends."""

import os

import pytest

BEFORE = "合计\t198. 30\t12.00\r\n说明\t1.00\t2.00\r\n"


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.txt"
    path.write_bytes(BEFORE.encode())
    return path


def test_nothing_changes_without_write(scan, openbook):
    ran = openbook("fix", scan)
    assert ran.status == 1
    assert f"{scan}:1\n- 合计 198. 30 12.00" in ran.out
    assert "+ 合计 198.30 12.00" in ran.out
    assert "加 --write" in ran.err
    assert scan.read_bytes() == BEFORE.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encoding_and_line_ends_stay(encoding, scan, openbook):
    scan.write_bytes(BEFORE.encode(encoding))
    ran = openbook("fix", scan, "--write")
    assert (ran.status, ran.out) == (0, "")
    assert scan.read_bytes() == BEFORE.replace("198. 30", "198.30").encode(encoding)
    assert openbook("fix", scan).status == 0


def test_writing_can_show_what_it_writes(scan, openbook):
    assert "+ 合计" in openbook("fix", scan, "--write", "--diff").out


def test_a_file_that_is_no_text_is_left_alone(scan, openbook):
    scan.write_bytes(b"\xff\xff\xff\x00")
    ran = openbook("fix", scan, "--write")
    assert ran.status == 2
    assert "没有修补" in ran.err
    assert scan.read_bytes() == b"\xff\xff\xff\x00"


def test_permissions_stay(scan, openbook):
    scan.chmod(0o640)
    openbook("fix", scan, "--write")
    assert scan.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_not_waited_for(tmp_path, openbook):
    os.mkfifo(tmp_path / "pipe.txt")
    ran = openbook("fix", tmp_path / "pipe.txt")
    assert ran.status == 2
    assert "不是普通文件" in ran.err
    assert "没有要修补的" not in ran.err
