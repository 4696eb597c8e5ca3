"""A budget printed in whole 万元 or with one decimal is rounded so: its sums differ by more."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.adversary.documents import errors, lines


def _rounded(decimals: int, seed: int) -> str:
    step = Decimal(1).scaleb(-decimals)

    def shorter(match: re.Match[str]) -> str:
        return str(Decimal(match[0]).quantize(step, ROUND_HALF_UP))

    return "\n".join(
        re.sub(r"(?<=\t)\d+\.\d\d(?=\t|$)", shorter, line) if "\t" in line else line for line in lines(seed)
    )


@pytest.mark.parametrize("decimals", [0, 1])
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_coarse_rounding_is_no_error(decimals: int, seed: int, tmp_path: Path):
    assert errors(tmp_path, _rounded(decimals, seed)) == []


def test_a_wrong_figure_in_coarse_print_is_found(tmp_path: Path):
    given = _rounded(0, 1).split("\n")
    at = next(i for i, line in enumerate(given) if line.startswith("合计\t\t") and "\t" in line)
    cells = given[at].split("\t")
    cells[2] = str(int(cells[2]) + 40)
    given[at] = "\t".join(cells)
    assert errors(tmp_path, "\n".join(given))
