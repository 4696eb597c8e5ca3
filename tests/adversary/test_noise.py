"""What scanners and editors do to a correct disclosure yields no error and no table that is not read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openbook.api import Severity
from tests.adversary.documents import errors, findings, is_code, lines, unread

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _wrapped(given: list[str]) -> list[str]:
    """Long names go on in a row of their own."""
    made = []
    for line in given:
        cells = line.split("\t")
        if len(cells) > 3 and is_code(cells[0]) and len(cells[1]) > 9:
            made.append("\t".join([cells[0], cells[1][:8], *cells[2:]]))
            made.append("\t".join(["", cells[1][8:], *("" for _ in cells[2:])]))
        else:
            made.append(line)
    return made


def _divided(given: list[str], every: int) -> list[str]:
    """A page ends after so many rows of a table; the head is not repeated."""
    made, run = [], 0
    for line in given:
        run = run + 1 if "\t" in line else 0
        made.append(line)
        if run == every:
            run = 0
            made += ["", f"— {len(made)} —", ""]
    return made


def _filled(line: str) -> str:
    """Zeros where a row of figures has blanks."""
    cells = line.split("\t")
    first = next((i for i, cell in enumerate(cells) if re.fullmatch(r"\d+\.\d\d", cell)), len(cells))
    return "\t".join([*cells[:first], *(cell or "0.00" for cell in cells[first:])])


_CHANGES = {
    "wrapped": _wrapped,
    "divided": lambda given: _divided(given, 9),
    "stripped": lambda given: [line.rstrip("\t") for line in given],
    "full-width": lambda given: [line.translate(_FULL_WIDTH) if "\t" in line else line for line in given],
    "blanks": lambda given: [re.sub(r"(\d)\.(\d\d)", r"\1. \2", line) for line in given],
    "doubled": lambda given: [line.replace("\t", "\t\t") for line in given],
    "zeros": lambda given: [_filled(line) for line in given],
}


@pytest.mark.parametrize("name", _CHANGES)
def test_noise_is_no_error(name: str, tmp_path: Path):
    text = "\n".join(_CHANGES[name](lines()))
    assert errors(tmp_path, text) == []
    assert unread(tmp_path, text) == []


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_encodings_are_no_error(encoding: str, tmp_path: Path):
    data = "\r\n".join(lines()).encode(encoding)
    assert errors(tmp_path, data) == []
    assert unread(tmp_path, data) == []


def _row(given: list[str], number: int) -> int:
    return [i for i, line in enumerate(given) if len(line.split("\t")[0]) == 7 and line[:7].isdigit()][number]


@pytest.mark.parametrize("number", [0, 3, 7, 8, 12])
def test_a_row_shifted_to_the_right_is_put_back_and_said(number: int, tmp_path: Path):
    given = lines()
    at = _row(given, number)
    cells = given[at].split("\t")
    given[at] = "\t".join([*cells[:2], "", *cells[2:]])
    text = "\n".join(given)
    assert errors(tmp_path, text) == []
    if any(cells[2:3]):
        assert [f for f in unread(tmp_path, text) if "错开了一栏" in f]


@pytest.mark.parametrize("number", [1, 4, 9])
def test_code_and_name_in_one_cell_and_figures_moved_up(number: int, tmp_path: Path):
    given = lines()
    at = _row(given, number)
    cells = given[at].split("\t")
    given[at] = "\t".join([f"{cells[0]} {cells[1]}", *cells[2:], ""])
    assert errors(tmp_path, "\n".join(given)) == []


def test_one_lost_row_is_an_error_and_many_lost_rows_are_a_doubt(tmp_path: Path):
    given = lines()
    at = _row(given, 0)
    assert errors(tmp_path, "\n".join(given[:at] + given[at + 1 :]))
    many = [line for i, line in enumerate(given) if i % 2 or not is_code(line.split("\t")[0])]
    found = findings(tmp_path, "\n".join(many))
    assert {f.severity for f in found if f.code == "OB202"} == {Severity.WARNING}


def test_a_file_cut_off_in_the_middle_proves_nothing(tmp_path: Path):
    given = lines()
    end = next(i for i, line in enumerate(given) if "安排基本支出" in line and "\t" not in line)
    assert errors(tmp_path, "\n".join(given[:end])) == []


_MISREAD = {
    "comma": lambda text: text.replace(".", ","),
    "letter": lambda text: "l" + text[1:],
    "blank": lambda text: text[:-1] + " " + text[-1],
    "twice": lambda text: f"{text} {text}",
    "stop": lambda text: text.replace(".", "。"),
    "mark": lambda text: text + "*",
    "unit": lambda text: text + "万元",
}


@pytest.mark.parametrize("kind", _MISREAD)
@pytest.mark.parametrize("number", [3, 20, 57])
def test_a_figure_that_cannot_be_read_is_said_and_proves_nothing(kind: str, number: int, tmp_path: Path):
    given = lines()
    places = [
        (i, j)
        for i, line in enumerate(given)
        if "\t" in line
        for j, cell in enumerate(line.split("\t"))
        if re.fullmatch(r"\d{2,}\.\d\d", cell)
    ]
    i, j = places[number]
    cells = given[i].split("\t")
    cells[j] = _MISREAD[kind](cells[j])
    given[i] = "\t".join(cells)
    assert errors(tmp_path, "\n".join(given)) == []
    assert unread(tmp_path, "\n".join(given))


def test_the_last_rows_of_a_two_sided_table_under_a_repeated_head(tmp_path: Path):
    given = lines()
    at = next(i for i, line in enumerate(given) if line.startswith("上年结转\t"))
    head = next(i for i, line in enumerate(given) if line.startswith("收入\t"))
    text = "\n".join([*given[:at], "", "— 3 —", "", *given[head : head + 2], *given[at:]])
    assert errors(tmp_path, text) == []
    assert unread(tmp_path, text) == []
    found = text.replace("收入总计\t", "收入总计\t1", 1)
    assert errors(tmp_path, found)
