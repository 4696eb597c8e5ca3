"""`openbook trace`: from a printed figure to the book, and status 0, 1 or 2."""

import json

import pytest

from openbook.book.load import store
from openbook.building.build import Wish, build_path
from tests.book.books import small_book

ADDRESS = "expenditure/2010302/project"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trace")
    store(small_book(), folder / "book")
    assert build_path(folder / "book", folder / "out", Wish(formats=("data",))).files
    return folder / "out"


def test_a_figure_is_told_down_to_its_lines(built, openbook):
    ran = openbook("trace", built, ADDRESS)
    assert ran.status == 0
    assert "出自账簿 4 行" in ran.out
    assert "expenditure.csv 第 " in ran.out
    assert "真数 660,500.75 元" in ran.out
    assert ran.out.splitlines()[0].startswith("《")


def test_the_figure_is_found_by_the_words_of_the_statement(built, openbook):
    words = openbook("trace", built, "支出总表 2010302 项目支出")
    assert (words.status, words.out) == (0, openbook("trace", built, ADDRESS).out)


def test_several_figures_are_listed_to_choose_from(built, openbook):
    ran = openbook("trace", built, "66.05")
    assert ran.status == 1
    assert ADDRESS in ran.out
    assert "可以指" in ran.out


def test_a_claim_is_told_with_its_figures(built, openbook):
    told = json.loads(openbook("trace", built, "claim-12", "--format", "json").out)
    assert [claim["id"] for claim in told["claims"]] == ["claim-12"]
    assert openbook("trace", built, "claim-12").out.startswith("claim-12 ")


def test_a_trace_as_json_adds_up(built, openbook):
    (traced,) = json.loads(openbook("trace", built, ADDRESS, "--format", "json").out)["traced"]
    assert sum(line["amount"] for line in traced["lines"]) == traced["exact"]
    assert traced["printed"] - traced["exact"] == traced["rounding"]


def test_what_is_not_there_is_said_with_what_comes_near(built, openbook):
    ran = openbook("trace", built, "66.06")
    assert (ran.status, ran.out) == (2, "")
    assert "相近的有" in ran.err
    assert ADDRESS.split("/", maxsplit=1)[0] in ran.err


def test_a_folder_without_data_says_how_to_build_it(tmp_path, openbook):
    ran = openbook("trace", tmp_path, "1")
    assert ran.status == 2
    assert "openbook build" in ran.err
