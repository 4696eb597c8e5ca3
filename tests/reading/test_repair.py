"""Repairs change how a number is written, never which number it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.money import parse_decimal
from openbook.reading.repair import Change, repair

CHARACTERS = "0123456789０１９ ．.，,%％ \t\n|\r一费占元万；：()（）-－"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("合计\t198. 30\t30. 61", "合计\t198.30\t30.61"),
        ("合计\t2, 643. 87", "合计\t2,643.87"),
        ("合计\t２６４３．８７", "合计\t2643.87"),
        ("比率\t12 .5 %", "比率\t12.5%"),
        ("合计\t－１２．５", "合计\t-12.5"),
        ("| 合计 | 19. 40 |", "| 合计 | 19.40 |"),
        ("差旅费 0. 71 万元，占 94. 28 %。", "差旅费 0.71 万元，占 94.28%。"),
        ("１２月增加2. 30万元", "12月增加2.30万元"),
    ],
)
def test_repaired(before, after):
    assert repair(before)[0] == after


@pytest.mark.parametrize(
    "line",
    [
        "10 1 4 42 12 1 -17 1 4 4",
        "2023 年部门预算",
        "栏次\t1 2 3\t4 5",
        "填报日期:\t2024. 1. 1 9",
        "审批；2. 30万元以上的项目",
        "1. 12345热线",
        "增加2，643万元",
        "26 14",
        "12. 3 4\t198.3 0",
        "一、基本支出. 2 项",
    ],
)
def test_left_alone(line):
    assert repair(line) == (line, [])


def test_changes_say_where():
    text = "标题\n合计\t198. 30\r\n其中\t１"
    assert repair(text) == (
        "标题\n合计\t198.30\r\n其中\t1",
        [Change(2, 4, "198. 30", "198.30"), Change(3, 4, "１", "1")],
    )


@given(st.text(CHARACTERS, max_size=60))
def test_repairing_twice_changes_nothing_more(text):
    once, _ = repair(text)
    assert repair(once) == (once, [])


@given(st.text(CHARACTERS, max_size=60))
def test_changes_are_all_that_changes(text):
    after, changes = repair(text)
    lines = text.split("\n")
    for change in reversed(changes):
        line, at = lines[change.line - 1], change.column - 1
        assert line[at : at + len(change.before)] == change.before
        lines[change.line - 1] = line[:at] + change.after + line[at + len(change.before) :]
    assert "\n".join(lines) == after


@given(
    st.lists(
        st.lists(st.text(CHARACTERS.replace("\n", "").replace("\t", ""), max_size=12), min_size=2, max_size=4)
    )
)
def test_no_amount_changes(rows):
    before = "\n".join("\t".join(row) for row in rows)
    after, _ = repair(before)
    for old, new in zip(before.split("\n"), after.split("\n"), strict=True):
        for left, right in zip(old.split("\t"), new.split("\t"), strict=True):
            assert parse_decimal(left) == parse_decimal(right)
