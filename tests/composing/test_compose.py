"""Whose disclosure is composed, and why there may be none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openbook.book.model import BudgetBook, Spot, Unit, Words
from openbook.composing.compose import compose
from openbook.disclosure import Cover, Heading, Paragraph
from tests.book.books import BUREAU, CENTRE, small_book
from tests.composing.departments import LAYOUTS, department, disclosure


def codes(made: BudgetBook, unit: str = "") -> list[str]:
    return [fault.code for fault in compose(made, unit=unit).faults]


@pytest.mark.parametrize("layout", ["mars-1", "beijing-14", "", "../shanxi-13-2024"])
def test_a_layout_that_cannot_be_built_is_a_fault_where_it_was_typed(layout: str) -> None:
    made = small_book()
    made.layout = layout
    made.spots["layout"] = Spot("book.toml", 2)
    composed = compose(made)
    assert composed.disclosure is None
    (fault,) = composed.faults
    assert (fault.code, fault.spot.row) == ("BK504", 2)
    assert "shanxi-13-2024" in fault.message


def test_a_unit_that_the_book_does_not_have_is_a_fault_that_lists_them() -> None:
    (fault,) = compose(small_book(), unit="乙区档案馆").faults
    assert fault.code == "BK505"
    assert CENTRE in fault.mend


def test_a_unit_without_a_section_in_the_texts_is_a_fault_for_each() -> None:
    made = department("shanxi-13-2024")
    made.texts["duties"] = Words(f"# {BUREAU}\n\n履行职责。")
    made.texts["organisation"] = Words("内设四科。")
    composed = compose(made, unit=CENTRE)
    assert composed.disclosure is None
    assert [(fault.code, fault.spot.file) for fault in composed.faults] == [
        ("BK506", "duties.md"), ("BK506", "organisation.md"),
    ]  # fmt: skip
    assert all(f"# {CENTRE}" in fault.mend for fault in composed.faults)
    assert codes(made) == []


def test_a_unit_prints_its_own_section_alone() -> None:
    made = department("shanxi-13-2024")
    made.texts["duties"] = Words(f"# {BUREAU}\n\n审批。\n\n# {CENTRE}\n\n窗口服务。\n\n大厅管理。")
    composed = compose(made, unit=CENTRE)
    assert composed.disclosure is not None
    words = [block.text for block in composed.disclosure.blocks if isinstance(block, Paragraph)]
    assert "窗口服务。" in words
    assert "大厅管理。" in words
    assert "审批。" not in words


def test_the_department_prints_all_sections() -> None:
    words = [block.text for block in disclosure("shanxi-13-2024").blocks if isinstance(block, Paragraph)]
    assert [word for word in words if word in (BUREAU, CENTRE)] == [BUREAU, CENTRE] * 2


@pytest.mark.parametrize("layout", LAYOUTS)
def test_revenue_that_statements_list_by_account_needs_one(layout: str) -> None:
    made = department(layout)
    made.revenue = [replace(line, account="") for line in made.revenue]
    composed = compose(made)
    if layout.startswith("shanxi"):
        (fault,) = composed.faults
        assert fault.code == "BK507"
        assert fault.spot.column == "收入科目"
        assert codes(made, unit=BUREAU) == []
    else:
        assert composed.faults == []


def test_everything_that_is_lacking_is_told_at_once() -> None:
    made = department("shanxi-13-2024")
    made.prior = [prior for prior in made.prior if prior.item != "revenue"]
    del made.reasons["expenditure"]
    made.texts["duties"] = Words("没有分节。")
    assert codes(made) == ["BK501", "BK502"]
    assert codes(made, unit=CENTRE) == ["BK506", "BK501"]


def test_what_is_unfinished_can_be_looked_at_but_is_no_disclosure() -> None:
    made = department("shanxi-13-2024")
    del made.reasons["revenue"]
    composed = compose(made)
    assert composed.disclosure is None
    assert composed.unfinished is not None
    assert composed.unfinished.cells["summary/rev.total/amount"].text == "398.79"


def test_the_book_of_a_single_unit_is_that_units() -> None:
    made = department("shanghai-9")
    made.level = "unit"
    made.units = made.units[1:]
    made.department = CENTRE
    for key in ("expenditure", "revenue", "projects", "purchases"):
        setattr(made, key, [one for one in getattr(made, key) if one.unit == CENTRE])
    made.texts = {"duties": Words("窗口服务。"), "organisation": Words("内设两科。")}
    made.prior = [replace(prior, unit="") for prior in made.prior if prior.unit == CENTRE]
    composed = compose(made)
    assert [fault.describe() for fault in composed.faults] == []
    assert composed.disclosure is not None
    assert composed.disclosure.level == "unit"
    assert composed.disclosure.title == f"{CENTRE}2024年度单位预算公开"
    assert "窗口服务。" in [getattr(block, "text", "") for block in composed.disclosure.blocks]


def test_the_code_above_a_units_statements_is_its_own() -> None:
    assert disclosure("hebei-9").tables()[0].above[0] == f"604 {BUREAU}"
    assert disclosure("hebei-9", CENTRE).tables()[0].above[0] == f"604002 {CENTRE}"
    made = department("hebei-9")
    made.units[1] = Unit(CENTRE, "institution")
    composed = compose(made, unit=CENTRE)
    assert composed.disclosure is not None
    assert composed.disclosure.tables()[0].above[0] == CENTRE


def test_a_draft_is_marked_and_a_disclosure_is_not() -> None:
    for draft in (False, True):
        composed = compose(department("shanxi-13-2024"), draft=draft)
        assert composed.disclosure is not None
        assert composed.disclosure.draft is draft


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_disclosure_opens_with_its_cover_and_ids_are_unique(layout: str) -> None:
    made = disclosure(layout)
    assert isinstance(made.blocks[0], Cover)
    ids = [block.id for block in made.blocks if isinstance(block, Heading)] + [
        one.id for one in made.tables()
    ]
    assert len(set(ids)) == len(ids)
    claims = [claim.id for claim in made.claims]
    assert claims == [f"claim-{number}" for number in range(1, len(claims) + 1)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_disclosure_is_the_same_each_time(layout: str) -> None:
    assert repr(compose(department(layout)).disclosure) == repr(compose(department(layout)).disclosure)


def test_an_institutions_empty_statement_of_operating_expenses_says_why() -> None:
    (operating,) = (t for t in disclosure("shanxi-13-2024", CENTRE).tables() if t.id == "statement-operating")
    assert operating.notes == ("注：事业单位没有机关运行经费，本表无数据",)
    (operating,) = (t for t in disclosure("shanxi-13-2024").tables() if t.id == "statement-operating")
    assert operating.notes == ()
