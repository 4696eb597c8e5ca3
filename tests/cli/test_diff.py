"""`openbook diff`: what changed, and status 0, 1 or 2."""

import json
from dataclasses import replace

import pytest

from openbook.book.load import store
from openbook.building.build import Wish, build_path
from tests.book.books import small_book
from tests.comparing.differing import changed, line_of


@pytest.fixture
def old(tmp_path):
    store(small_book(), tmp_path / "old")
    return tmp_path / "old"


@pytest.fixture
def new(tmp_path):
    """Ten thousand yuan more for a project, without its controls and reasons being put right."""
    book = small_book()
    index = line_of(book, project="XM001")
    book = changed(book, index, amount=book.expenditure[index].amount + 1_000_000)
    book.projects = [replace(one, funds={}, year_funds={}) for one in book.projects]
    book.controls = []
    store(book, tmp_path / "new.xlsx")
    return tmp_path / "new.xlsx"


@pytest.fixture
def built(old, tmp_path):
    assert build_path(old, tmp_path / "out", Wish(formats=("html", "xlsx", "data"))).files
    return tmp_path / "out"


def published(built, suffix):
    return next(built.glob(f"*.{suffix}"))


def test_a_book_is_the_same_in_either_form(old, tmp_path, openbook):
    store(small_book(), tmp_path / "same.xlsx")
    ran = openbook("diff", old, tmp_path / "same.xlsx")
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "两边相同")


def test_what_changed_is_told_with_its_cause(old, new, openbook):
    ran = openbook("diff", old, new)
    assert ran.status == 1
    (line,) = [line for line in ran.out.splitlines() if line.startswith("  [1] ")]
    assert "80,000.00 元 → 90,000.00 元（+10,000.00 元）" in line
    figure = next(line for line in ran.out.splitlines() if "“2010302 " in line and "项目支出”栏" in line)
    assert "（+1.00）  因为 [1] +10,000.00 元" in figure
    assert ran.out.splitlines()[-1].startswith("不同：")


def test_many_differences_are_counted_unless_all_are_asked_for(old, new, openbook, monkeypatch):
    monkeypatch.setattr("openbook.commands.diff.MOST_SHOWN", 3)
    assert "没有列出，加 --all 全部列出" in openbook("diff", old, new).out
    assert "没有列出" not in openbook("diff", old, new, "--all").out


def test_a_build_is_the_same_as_its_book(old, built, openbook):
    assert openbook("diff", built, old).status == 0
    assert openbook("diff", old, built / "disclosure.json").status == 0


@pytest.mark.parametrize("suffix", ["html", "xlsx"])
def test_a_published_document_is_compared_figure_by_figure(old, new, built, suffix, openbook):
    document = published(built, suffix)
    ran = openbook("diff", old, document)
    assert (ran.status, "公布的没有" in ran.out) == (0, False), ran.out
    ran = openbook("diff", document, new)
    assert ran.status == 1
    assert "（-1.00）" in ran.out


def test_the_comparison_as_json(old, new, built, openbook):
    told = json.loads(openbook("diff", old, new, "--format", "json").out)
    assert (told["same"], told["old"]["kind"], told["new"]["kind"]) == (False, "book", "book")
    cell = next(one for one in told["cells"] if one["address"] == "expenditure/2010302/project")
    assert [cause["amount"] for cause in cell["causes"]] == [1_000_000]
    told = json.loads(openbook("diff", new, published(built, "html"), "--format", "json").out)
    differing = {one["address"] for one in told["compared_li"] if one["status"] != "equal"}
    assert "expenditure/2010302/project" in differing


def test_what_cannot_be_compared_is_said(old, built, tmp_path, openbook):
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.txt").write_text("没有表的一页", encoding="utf-8")
    document = published(built, "html")
    for other, word in (
        (tmp_path / "nothing", "找不到"),
        (tmp_path / "empty", "不是预算账簿"),
        (tmp_path / "text.txt", "没有读出预算报表"),
    ):
        ran = openbook("diff", old, other)
        assert (ran.status, word in ran.err) == (2, True), ran.err
    assert "账簿" in openbook("diff", document, document).err
