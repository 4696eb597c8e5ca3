"""Files, folders and patterns become a list of files."""

import os

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


def test_a_link_to_nowhere_is_a_file_that_cannot_be_read(tmp_path, openbook):
    (tmp_path / "link.txt").symlink_to("nowhere.txt")
    assert expand(["link.txt"]) == ["link.txt"]
    ran = openbook("check", "link.txt")
    assert ran.status == 2
    assert "它指向的文件不存在" in ran.out


def test_a_closed_folder_is_told_and_not_passed_over(monkeypatch):
    walk = os.walk

    def closed(folder, onerror):
        onerror(PermissionError(13, "Permission denied", f"{folder}/closed"))
        yield from walk(folder)

    monkeypatch.setattr(os, "walk", closed)
    assert "./closed" in expand(["."])


def test_what_stands_in_a_closed_folder_is_left_to_the_reader(monkeypatch):
    def closed(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "lstat", closed)
    assert expand(["sub/none.txt"]) == ["sub/none.txt"]
