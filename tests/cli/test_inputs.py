"""Files, folders and patterns become a list of files."""

import pytest

from openbook.commands.inputs import expand


@pytest.fixture(autouse=True)
def _tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.PDF", "note.log", "sub/c.docx", ".git/d.txt", "sub/~$c.docx", "sub/.e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_a_folder_stands_for_all_readable_files_below_it():
    assert expand(["."]) == ["./a.PDF", "./b.txt", "./sub/c.docx"]


def test_a_pattern_may_be_left_to_the_program():
    assert expand(["*.txt"]) == ["b.txt"]
    assert expand(["**/*.docx"]) == ["sub/c.docx"]


def test_a_file_that_is_named_is_taken_whatever_its_suffix():
    assert expand(["note.log"]) == ["note.log"]


def test_a_file_is_taken_once_and_the_order_kept():
    assert expand(["b.txt", "sub", "b.txt"]) == ["b.txt", "sub/c.docx"]


def test_a_name_with_brackets_is_a_name(tmp_path):
    (tmp_path / "公开[2024].txt").write_text("x", encoding="utf-8")
    assert expand(["公开[2024].txt"]) == ["公开[2024].txt"]
