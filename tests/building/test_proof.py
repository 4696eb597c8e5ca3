"""A disclosure is put before the checker as a file would be, and what it finds is told of the book."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openbook.book.model import BudgetBook, Project, Spot, Words
from openbook.building.proof import Proof, objections, spot_of
from openbook.checking.engine import read_document, understand_source
from openbook.composing.compose import compose
from openbook.disclosure import Cover, Disclosure, GridCell, Heading, Paragraph, Run, Table
from openbook.source import Paragraph as Read
from openbook.source import RawTable
from openbook.writing.docx import write_docx
from tests.composing.departments import CASES, department, disclosure


def table(*rows: list[GridCell], kind: str = "statement") -> Disclosure:
    widths = (1.0,) * 4
    made = Table(
        "t",
        kind,
        "表",
        list(rows),
        1,
        widths,
        ("左", "单位：万元"),
        "公开表1",
        ("注：甲",),
        origin="text:goals",
    )
    return Disclosure("题", "某局", 2024, "x", "department", [made])


def read(made: Disclosure) -> list[list[tuple[str, int, int]]]:
    (found,) = (block for block in Proof(made).source.blocks if isinstance(block, RawTable))
    return [[(cell.text, cell.span, cell.down) for cell in row] for row in found.rows]


def test_merged_cells_stand_at_their_upper_left_before_empty_ones() -> None:
    made = table(
        [GridCell("甲", colspan=2, rowspan=2), GridCell("乙", colspan=2)],
        [GridCell("丙"), GridCell("丁")],
        [GridCell("1"), GridCell("2"), GridCell("3"), GridCell("4")],
    )
    assert read(made) == [
        [("甲", 2, 2), ("", 1, 1), ("乙", 2, 1), ("", 1, 1)],
        [("", 1, 1), ("", 1, 1), ("丙", 1, 1), ("丁", 1, 1)],
        [("1", 1, 1), ("2", 1, 1), ("3", 1, 1), ("4", 1, 1)],
    ]


def test_a_cell_wider_than_the_table_is_cut() -> None:
    assert read(table([GridCell("甲", colspan=9)])) == [[("甲", 4, 1), ("", 1, 1), ("", 1, 1), ("", 1, 1)]]


def test_what_stands_around_a_table_is_read_in_its_order() -> None:
    texts = [block.text for block in Proof(table([GridCell("甲")])).source.blocks if isinstance(block, Read)]
    assert texts == ["公开表1", "表", "左", "单位：万元", "注：甲"]


def test_headings_keep_their_level_and_every_piece_its_own_line() -> None:
    made = Disclosure("题", "某局", 2024, "x", "department", [
        Cover("封面", ("一行",)), Heading(2, "二级", "h"), Paragraph((Run("甲"), Run("乙", bold=True))),
    ])  # fmt: skip
    blocks = [block for block in Proof(made).source.blocks if isinstance(block, Read)]
    assert [(block.text, block.heading) for block in blocks] == [
        ("封面", 0),
        ("一行", 0),
        ("二级", 2),
        ("甲乙", 0),
    ]
    assert [block.pieces[0].place.line for block in blocks] == [1, 2, 3, 4]


@pytest.mark.parametrize(("layout", "unit"), CASES)
def test_the_checker_sees_what_it_would_read_from_the_file(layout: str, unit: str, tmp_path) -> None:
    made = disclosure(layout, unit)
    write_docx(made, tmp_path / "a.docx", {})
    seen, written = understand_source(Proof(made).source), read_document(tmp_path / "a.docx")
    assert seen.layout == written.layout == layout
    assert (seen.department, seen.year) == (written.department, written.year)
    assert [one.kind for one in seen.statements] == [one.kind for one in written.statements]
    for ours, theirs in zip(seen.statements, written.statements, strict=True):
        assert [(cell.row.key, cell.column.key, cell.value) for cell in ours.cells()] == [
            (cell.row.key, cell.column.key, cell.value) for cell in theirs.cells()
        ]
    assert len(seen.forms) == len(written.forms)
    assert len(seen.claims) == len(written.claims)


# --- what it finds --------------------------------------------------------------------------------


def objected(made: BudgetBook) -> list[tuple[str, Spot]]:
    composed = compose(made)
    assert composed.disclosure is not None
    faults, _ = objections(composed.disclosure, made)
    return [(fault.code, fault.spot) for fault in faults]


def test_a_good_book_has_no_objections() -> None:
    assert objected(department("shanxi-13-2024")) == []


def test_what_is_wrong_in_a_text_is_told_at_that_text() -> None:
    made = department("shanxi-13-2024")
    made.texts["others"] = Words("联系人电话：13900001111。", Spot("others.md", 3))
    assert {spot for _, spot in objected(made)} == {Spot("others.md", 3)}


def test_a_text_without_a_place_is_told_by_its_file() -> None:
    made = department("shanxi-13-2024")
    made.texts["others"] = Words("联系人电话：13900001111。")
    (spot,) = {spot for _, spot in objected(made)}
    assert spot.file == "其他说明"


def test_what_is_wrong_in_a_form_is_told_at_its_project() -> None:
    made = department("shanxi-13-2024")
    indicators = tuple(
        replace(one, target="≤99.5万元") if one.level2 == "成本指标" else one
        for one in made.projects[0].indicators
    )
    made.projects[0] = replace(made.projects[0], indicators=indicators, spot=Spot("projects/XM001.toml"))
    found = objected(made)
    assert found
    assert {spot.file for _, spot in found} == {"projects/XM001.toml"}


def test_objections_name_their_rule() -> None:
    made = department("shanxi-13-2024")
    made.texts["others"] = Words("联系人电话：13900001111。")
    composed = compose(made)
    assert composed.disclosure is not None
    (fault, *_), report = objections(composed.disclosure, made)
    assert fault.code.startswith("OB7")
    assert f"openbook explain {fault.code}" in fault.mend
    assert report.findings


def test_where_words_came_from() -> None:
    made = BudgetBook("book", "x", 2024, "某局", projects=[Project("P1", "甲", "某局", spot=Spot("p", 1))])
    made.texts["duties"] = Words("甲", Spot("duties.md", 2))
    assert spot_of("project:P1", made) == Spot("p", 1)
    assert spot_of("project:P2", made) == Spot()
    assert spot_of("text:duties", made) == Spot("duties.md", 2)
    assert spot_of("text:goals", made) == Spot("部门整体绩效目标")
    assert spot_of("", made) == spot_of("else:x", made) == Spot()
