"""What a new book starts from: an empty book, and an example that passes every check."""

from __future__ import annotations

import re

import pytest

from openbook.book.controls import reconcile
from openbook.book.parse import parse
from openbook.book.tables import SHEETS
from openbook.book.template import example, readme, template
from openbook.book.validate import validate
from openbook.statements.layouts import layouts

BUDGETS = [one.id for one in layouts() if one.stage == "budget"]


@pytest.mark.parametrize("layout", BUDGETS)
@pytest.mark.parametrize("year", [2022, 2024, 2026])
def test_the_example_is_a_good_book_in_every_layout(layout, year):
    book, faults = parse(example(layout, year))
    faults += validate(book, whole=True) + reconcile(book)
    assert [one.describe() for one in faults] == []
    assert (book.layout, book.year) == (layout, year)


def test_the_example_shows_every_kind_of_thing():
    book, _ = parse(example("shanxi-13-2024", 2024))
    assert len(book.units) == 2
    assert len(book.projects) == 3
    assert all(project.indicators for project in book.projects)
    assert {line.source for line in book.expenditure} == {"general", "fund"}
    assert {line.period for line in book.expenditure} == {"current", "carryover"}
    assert book.prior
    assert book.reasons
    assert book.purchases
    assert book.assets
    assert book.controls


def test_the_example_is_of_the_year_asked_for():
    raw = example("shanxi-13-2024", 2031)
    texts = [text for rows in raw.tables.values() for row in rows for text in row.values.values()]
    assert not [text for text in texts if "{" in text]
    assert set(re.findall(r"20\d\d(?=[年-])", " ".join(texts))) == {"2030", "2031"}


def test_the_example_names_no_person():
    raw = example("shanxi-13-2024", 2024)
    assert not any({"handler", "telephone"} & row.values.keys() for row in raw.tables["projects"])


def test_an_empty_book_lacks_nothing_but_what_people_fill_in():
    raw = template("shanxi-13-2024", 2024)
    assert {key for key, rows in raw.tables.items() if rows} == {"book"}
    _, faults = parse(raw)
    assert [one.spot.column for one in faults] == ["部门名称"]


def test_the_readme_tells_of_every_file_and_column():
    told = readme("shanxi-13-2024", 2024)
    for sheet in SHEETS:
        if sheet.file.endswith(".csv"):
            section = told.split(f"## {sheet.file}")[1].split("\n## ")[0]
            assert all(field.head in section for field in sheet.fields)
    assert 'year_goal = "综合窗口全年开放' in told
    assert "{" not in told
