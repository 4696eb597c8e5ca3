"""Heads of tables: ``<`` joins a cell to the left, ``^`` to the one above, and rows are of one width."""

from __future__ import annotations

import pytest

from openbook.composing.heads import head_rows
from openbook.disclosure import GridCell


def drawn(rows: list[list[GridCell]]) -> list[list[tuple[str, int, int]]]:
    return [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in rows]


def test_one_row_stands_as_it_is() -> None:
    assert drawn(head_rows(["科目 | 合计"], {})) == [[("科目", 1, 1), ("合计", 1, 1)]]


def test_a_cell_joins_to_the_left() -> None:
    assert drawn(head_rows(["收入 | < | 支出 | <"], {})) == [[("收入", 2, 1), ("支出", 2, 1)]]


def test_a_cell_joins_upward_over_several_rows() -> None:
    lines = ["单位 | 预算数 | <", "^ | 小计 | 其中", "^ | ^ | 甲"]
    assert drawn(head_rows(lines, {})) == [
        [("单位", 1, 3), ("预算数", 2, 1)],
        [("小计", 1, 2), ("其中", 1, 1)],
        [("甲", 1, 1)],
    ]


def test_a_block_is_joined_both_ways() -> None:
    lines = ["科目 | < | 合计", "^ | ^ | ^"]
    assert drawn(head_rows(lines, {})) == [[("科目", 2, 2), ("合计", 1, 2)], []]


def test_placeholders_are_filled() -> None:
    (row,) = head_rows(["{year}年{level} | {other}"], {"year": "2024", "level": "部门"})
    assert [cell.text for cell in row] == ["2024年部门", "{other}"]


def test_every_cell_is_a_bold_heading_in_the_middle() -> None:
    (row,) = head_rows(["甲 | 乙"], {})
    assert all(cell.head and cell.bold and cell.align == "center" for cell in row)


def test_optional_columns_are_appended_over_all_rows() -> None:
    rows = head_rows(["项目 | 预算数", "^ | 合计"], {}, ["经营支出", "上缴上级支出"])
    assert drawn(rows) == [
        [("项目", 1, 2), ("预算数", 1, 1), ("经营支出", 1, 2), ("上缴上级支出", 1, 2)],
        [("合计", 1, 1)],
    ]


@pytest.mark.parametrize("lines", [["甲 | 乙", "甲"], ["甲", "甲 | 乙"], ["甲 | 乙 | 丙", "甲 | 乙"]])
def test_uneven_rows_are_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match="栏数不同"):
        head_rows(lines, {})
