"""The JSON Schema of the book is current, and what the library gives obeys it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from openbook.book.schema import from_json, json_schema, to_json, written
from tests.book.books import small_book

KEPT = Path(__file__).parent.parent.parent / "docs" / "book.schema.json"


def test_the_kept_schema_is_current():
    assert KEPT.read_text("utf-8") == written(), (
        "run `python -m openbook.book.schema > docs/book.schema.json`"
    )


def test_the_module_prints_it():
    run = subprocess.run([sys.executable, "-m", "openbook.book.schema"], capture_output=True, check=True)
    assert json.loads(run.stdout) == json_schema()


def test_a_book_obeys_the_schema():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.validate(to_json(small_book()), json_schema())


def wrong(data: dict, *path: str | int, value: object) -> dict:
    *way, last = path
    inner = data
    for step in way:
        inner = inner[step]
    inner[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("year",), 1999), (("format",), 2), (("expenditure", 0, "amount"), 1.5), (("expenditure", 0, "source"), "x"),
        (("expenditure", 0, "function"), "201"), (("prior", 0, "item"), "x"), (("units", 0, "name"), ""),
        (("projects", 0, "filed"), "昨天"), (("unknown",), 1), (("texts", "unknown"), "x"),
    ],
)  # fmt: skip
def test_what_is_wrong_disobeys_the_schema(path, value):
    data = wrong(to_json(small_book()), *path, value=value)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema())


def test_handlers_stay_at_home_unless_asked():
    book = small_book()
    object.__setattr__(book.projects[0], "handler", "某某")
    assert "某某" not in json.dumps(to_json(book), ensure_ascii=False)
    assert "某某" in json.dumps(to_json(book, private=True), ensure_ascii=False)


def test_json_that_is_wrong_is_told_by_table_and_row():
    data = wrong(to_json(small_book()), "expenditure", 2, "function", value="2019")
    (found,) = from_json(data)[1]
    assert (found.code, found.spot.file, found.spot.row) == ("BK209", "expenditure", 3)
