"""Account codes that a scanner garbled are recognised by their names; nothing is proven by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adversary.documents import errors, is_code, lines, unread

_GARBLED = {
    "letter": lambda code: code.replace("0", "O", 1),
    "cut": lambda code: code[:-1],
    "blank": lambda code: "",
    "point": lambda code: code + ".",
    "number before": lambda code: "12 " + code,
}


def _places(given: list[str]) -> list[int]:
    return [i for i, line in enumerate(given) if "\t" in line and is_code(line.split("\t")[0])]


@pytest.mark.parametrize("kind", _GARBLED)
@pytest.mark.parametrize("number", [1, 6, 13, 20, 29])
def test_a_garbled_code_is_said_and_is_no_error(kind: str, number: int, tmp_path: Path):
    given = lines()
    at = _places(given)[number]
    code, *rest = given[at].split("\t")
    given[at] = "\t".join([_GARBLED[kind](code), *rest])
    if given[at] == lines()[at]:
        return
    text = "\n".join(given)
    assert errors(tmp_path, text) == []
    assert unread(tmp_path, text)


def test_a_code_with_a_blank_inside_is_read(tmp_path: Path):
    given = lines()
    at = next(i for i in _places(given) if len(given[i].split("\t")[0]) == 7)
    given[at] = given[at][:3] + " " + given[at][3:]
    assert errors(tmp_path, "\n".join(given)) == []
