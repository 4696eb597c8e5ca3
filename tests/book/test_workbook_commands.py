"""`openbook new` and `openbook convert` as a user calls them."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from openbook import cli
from openbook.book.load import load
from openbook.book.template import README
from openbook.composing.layout import buildable


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def openbook(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        status = cli.run(list(arguments))
        return Ran(status, *capsys.readouterr())

    return call


NEW = ("--layout", "shanxi-13-2024", "--year", "2024")


@pytest.mark.parametrize("path", ["账簿.xlsx", "账簿"])
def test_a_new_book_says_what_to_do_next(openbook, tmp_path, path):
    ran = openbook("new", path, *NEW)
    assert (ran.status, ran.err) == (0, "")
    assert f"已写好空白账簿 {path}" in ran.out
    assert f"openbook build {path}" in ran.out
    book, _ = load(tmp_path / path)
    assert (book.layout, book.year, book.expenditure) == ("shanxi-13-2024", 2024, [])


@pytest.mark.parametrize("path", ["示例.xlsx", "示例"])
def test_the_example_is_a_good_book(openbook, tmp_path, path):
    assert openbook("new", path, "--example", *NEW).status == 0
    book, faults = load(tmp_path / path)
    assert faults == []
    assert book.expenditure


def test_the_readme_of_a_folder_is_no_fault_and_stays(openbook, tmp_path):
    openbook("new", "账簿", "--example", *NEW)
    assert (tmp_path / "账簿" / README).is_file()
    assert load(tmp_path / "账簿")[1] == []


def test_nothing_is_overwritten_unasked(openbook, tmp_path):
    (tmp_path / "账簿.xlsx").write_text("原来的")
    ran = openbook("new", "账簿.xlsx", *NEW)
    assert ran.status == 2
    assert "--force" in ran.err
    assert (tmp_path / "账簿.xlsx").read_text() == "原来的"
    assert openbook("new", "账簿.xlsx", "--force", *NEW).status == 0


def test_a_folder_that_is_no_book_is_never_replaced(openbook, tmp_path):
    (tmp_path / "文件夹").mkdir()
    (tmp_path / "文件夹" / "信.txt").write_text("要紧")
    ran = openbook("new", "文件夹", "--force", *NEW)
    assert ran.status == 2
    assert (tmp_path / "文件夹" / "信.txt").read_text() == "要紧"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("账簿.xls", *NEW), "请写 账簿.xlsx"),
        (("账簿", "--layout", "shanxi13", "--year", "2024"), "是不是 shanxi-13-2024？"),
        (("账簿", "--layout", "accounts-9", "--year", "2024"), "没有报表套式 accounts-9"),
        (("账簿", "--layout", "shanxi-13-2024", "--year", "24"), "--year 要是"),
        (("账簿", "--year", "2024"), "缺少"),
        (("", *NEW), "路径是空的"),
    ],
)
def test_wrong_use_is_told(openbook, tmp_path, arguments, words):
    ran = openbook("new", *arguments)
    assert ran.status == 2
    assert words in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_year_in_which_the_layout_was_not_in_use_is_told(openbook):
    ran = openbook("new", "账簿", "--layout", "shanxi-13-2024", "--year", "2023")
    assert ran.status == 0
    assert "用于 2024 年起" in ran.err


def test_the_help_lists_the_layouts_that_can_be_built(openbook):
    ran = openbook("new", "--help")
    assert [line.split()[0] for line in ran.out.split("报表套式:")[1].splitlines()[1:]] == list(buildable())
    assert "[required]" not in ran.out


def test_a_book_goes_into_the_other_form_and_back(openbook, tmp_path):
    openbook("new", "一.xlsx", "--example", *NEW)
    ran = openbook("convert", "一.xlsx", "夹")
    assert (ran.status, ran.err) == (0, "")
    assert "已把 一.xlsx 写成 夹" in ran.out
    assert openbook("convert", "夹", "二.xlsx").status == 0
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_a_target_that_is_there_stays(openbook, tmp_path):
    openbook("new", "一.xlsx", *NEW)
    before = (tmp_path / "一.xlsx").read_bytes()
    ran = openbook("convert", "一.xlsx", "一.xlsx")
    assert ran.status == 2
    assert "已经有了" in ran.err
    assert (tmp_path / "一.xlsx").read_bytes() == before


def test_a_book_that_cannot_be_read_whole_is_not_converted(openbook, tmp_path):
    openbook("new", "夹", *NEW)
    (tmp_path / "夹" / "expenses.csv").write_text("单位\n")
    ran = openbook("convert", "夹", "账簿.xlsx")
    assert ran.status == 2
    assert "BK103 expenses.csv" in ran.err
    assert "没有转换" in ran.err
    assert not (tmp_path / "账簿.xlsx").exists()
