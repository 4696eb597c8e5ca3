"""Numbers before rows show that a scanner lost some of them."""

from __future__ import annotations

import pytest

from openbook.statements.gaps import numeral
from tests.rules.wording import understood

_ROWS = [f"{number}\t2010{number:03}\t某项事务\t1.00\t1.00\t" for number in range(2, 9)]
_HEAD = ["部门预算支出总表", "单位：万元", "序号\t科目编码\t科目名称\t合计\t基本支出\t项目支出"]


def _read(rows: list[str]):
    made = understood("\n".join([*_HEAD, "1\t\t合计\t7.00\t7.00\t", *rows]) + "\n")
    return made.statements[0], [problem.message for problem in made.problems if problem.code == "OB004"]


def test_rows_numbered_without_a_gap_prove():
    statement, said = _read(_ROWS)
    assert statement.reliable
    assert said == []


def test_a_gap_is_said_and_proves_nothing():
    statement, said = _read(_ROWS[:2] + _ROWS[4:])
    assert not statement.reliable
    assert "从 3 跳到 6" in said[0]


@pytest.mark.parametrize(
    ("text", "number"), [("一", 1), ("十", 10), ("十九", 19), ("二十", 20), ("三十一", 31)]
)
def test_numerals(text: str, number: int):
    assert numeral(text) == number
