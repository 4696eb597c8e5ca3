"""Titles misread, joined with their captions or lost; heads and pieces of tables lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from openbook.statements.words import title_kind
from tests.adversary.documents import errors, lines, unread


def _titles(given: list[str]) -> list[int]:
    return [i for i, line in enumerate(given) if "\t" not in line and title_kind(line)]


def _first_row(given: list[str], title: int) -> int:
    return next(i for i in range(title, len(given)) if "\t" in given[i])


_TITLES = range(len(_titles(lines())))


@pytest.mark.parametrize("number", _TITLES)
def test_a_title_with_its_unit_beside(number: int, tmp_path: Path):
    given = lines()
    given[_titles(given)[number]] += " 单位：万元"
    assert errors(tmp_path, "\n".join(given)) == []
    assert unread(tmp_path, "\n".join(given)) == []


@pytest.mark.parametrize("number", _TITLES)
def test_a_title_with_misread_letters(number: int, tmp_path: Path):
    given = lines()
    at = _titles(given)[number]
    for right, read in (
        ("收入", "收人"),
        ("支出", "支山"),
        ("基本", "基木"),
        ("项目", "项日"),
        ("经费", "经贵"),
    ):
        given[at] = given[at].replace(right, read)
    assert errors(tmp_path, "\n".join(given)) == []
    assert unread(tmp_path, "\n".join(given)) == []


@pytest.mark.parametrize("number", _TITLES)
def test_a_lost_title_is_no_error(number: int, tmp_path: Path):
    given = lines()
    given[_titles(given)[number]] = ""
    assert errors(tmp_path, "\n".join(given)) == []


@pytest.mark.parametrize("number", _TITLES)
def test_a_lost_head_is_no_error(number: int, tmp_path: Path):
    given = lines()
    at = _first_row(given, _titles(given)[number])
    del given[at : at + 2]
    assert errors(tmp_path, "\n".join(given)) == []


@pytest.mark.parametrize("number", _TITLES)
def test_a_lost_table_is_no_error(number: int, tmp_path: Path):
    given = lines()
    at = last = _first_row(given, _titles(given)[number])
    while "\t" in given[last]:
        last += 1
    del given[at:last]
    assert errors(tmp_path, "\n".join(given)) == []


def test_a_page_that_was_scanned_twice_counts_once(tmp_path: Path):
    given = lines()
    at = last = _first_row(given, _titles(given)[2])
    while "\t" in given[last]:
        last += 1
    text = "\n".join([*given[:last], "", *given[at + 2 : last], *given[last:]])
    assert errors(tmp_path, text) == []


@pytest.mark.parametrize("number", _TITLES)
def test_a_table_of_which_only_the_head_is_left_is_no_error(number: int, tmp_path: Path):
    given = lines()
    at = last = _first_row(given, _titles(given)[number])
    while "\t" in given[last]:
        last += 1
    del given[at + 2 : last]
    assert errors(tmp_path, "\n".join(given)) == []


@pytest.mark.parametrize("number", [0, 2, 3])
def test_a_table_that_breaks_off_is_no_error(number: int, tmp_path: Path):
    given = lines()
    at = last = _first_row(given, _titles(given)[number])
    while "\t" in given[last]:
        last += 1
    del given[(at + last) // 2 : last]
    assert errors(tmp_path, "\n".join(given)) == []
