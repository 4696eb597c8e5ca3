"""One door for both forms; nothing behind it raises."""

from __future__ import annotations

from pathlib import Path

import pytest

from openbook.book.folder import NotWritten
from openbook.book.load import load, read, store
from openbook.book.render import render
from tests.book.books import small_book


def rendered(book) -> tuple:
    raw = render(book)
    return (
        {key: [row.values for row in rows] for key, rows in raw.tables.items()},
        {key: row.values for key, row in raw.texts.items()},
    )


@pytest.mark.parametrize("name", ["账簿", "账簿.xlsx"])
def test_a_stored_book_is_loaded_as_it_was(tmp_path, name):
    store(small_book(), tmp_path / "甲" / name)
    book, faults = load(tmp_path / "甲" / name)
    assert faults == []
    assert rendered(book) == rendered(small_book())
    store(read(tmp_path / "甲" / name), tmp_path / "乙" / name)
    assert load(tmp_path / "乙" / name)[1] == []


def test_a_book_goes_from_one_form_to_the_other_and_back(tmp_path):
    store(small_book(), tmp_path / "a")
    store(load(tmp_path / "a")[0], tmp_path / "b.xlsx")
    store(load(tmp_path / "b.xlsx")[0], tmp_path / "c")
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "c" / path.relative_to(tmp_path / "a")).read_bytes()


def test_what_is_no_book_is_a_fault(tmp_path):
    (tmp_path / "空").mkdir()
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.xlsx").write_text("x")
    (tmp_path / "环").symlink_to("环")
    paths = ["没有", "空", "a.txt", "a.xlsx", "a.txt/b", "x\0y", "长" * 300, "环"]
    found = [[one.code for one in load(tmp_path / path)[1]] for path in paths]
    assert found == [["BK101"], ["BK102"], ["BK102"], ["BK051"], *[["BK101"]] * 4]
    for path in paths:
        (told,) = load(tmp_path / path)[1]
        assert "请" in told.mend or "新建" in told.mend or "账簿" in told.mend


def test_a_book_whose_first_page_is_broken_is_told_so(tmp_path):
    store(small_book(), tmp_path / "b")
    (tmp_path / "b" / "book.toml").write_text("乱写", "utf-8")
    assert next(one.code for one in load(tmp_path / "b")[1]) == "BK104"


def test_an_empty_first_page_lacks_its_keys(tmp_path):
    (tmp_path / "book.toml").write_text("")
    assert [one.spot.column for one in load(tmp_path)[1] if one.code == "BK201"] == [
        "format", "layout", "year", "department",
    ]  # fmt: skip


def test_what_cannot_be_written_is_told(tmp_path):
    (tmp_path / "x").write_text("")
    for path in (tmp_path / "x" / "b", tmp_path / "x" / "b.xlsx"):
        with pytest.raises(NotWritten, match="写不进"):
            store(small_book(), path)


def test_the_sample_books_are_good():
    samples = Path(__file__).parent.parent.parent / "samples" / "books"
    folders = [path for path in sorted(samples.iterdir()) if path.is_dir()]
    assert folders
    for folder in folders:
        book, faults = load(folder)
        assert book.expenditure
        assert [one.describe() for one in faults] == []
