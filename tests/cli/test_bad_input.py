"""Bad input gets a clear finding and status 2 in every format, never a traceback."""

import json
import os

import pytest

BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type",
    "no.xlsx": b"PK\x03\x04 nothing behind it",
    "no.docx": b"this is no archive",
    "no.html": b"",
    "other.txt": "今天天气很好。\n".encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_explained(name, openbook, tmp_path):
    path = tmp_path / name
    path.write_bytes(BAD[name])
    ran = openbook("check", path, "--format", "json")
    assert ran.status == 2
    (document,) = json.loads(ran.out)["documents"]
    assert "OB001" in {one["code"] for one in document["findings"]}
    assert "Traceback" not in ran.out + ran.err


def test_a_bad_file_does_not_keep_others_from_being_checked(openbook, tmp_path):
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content)
    ran = openbook("check", tmp_path, "--jobs", "2")
    assert ran.status == 2
    assert f"共检查 {len(BAD)} 份文件" in ran.out
    assert f"无法读取 {len(BAD)} 份" in ran.out


def test_a_finding_that_nothing_could_be_read_survives_every_filter(openbook, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    for chosen in (["--select", "OB2"], ["--ignore", "OB0"], ["--severity", "error"]):
        assert openbook("check", tmp_path / "a.txt", *chosen).status == 2


def test_a_pipe_among_files_is_not_waited_for(openbook, tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("2024年部门预算\n", encoding="utf-8")
    ran = openbook("check", tmp_path)
    assert ran.status == 2
    assert "不是普通文件" in ran.out
