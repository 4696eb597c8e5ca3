"""A book as a workbook and back: nothing lost, nothing changed, the same bytes for the same book."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.book.raw import RawBook, RawRow
from openbook.book.tables import BOOK, SHEETS, TEXTS, Field
from openbook.book.workbook import read_workbook, write_workbook

_LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\ufffe\uffff")
    | st.sampled_from("明账预算，。“”=+-@'\"<>&\n\r\t _x0041_１2"),
    max_size=40,
)
TEXT = _LINES | st.sampled_from(
    ["=1+1", "'甲", "_x000D_", "甲\r\n乙", "007", "1e5", "TRUE", "#REF!", "长" * 20_000]
)
MONEY = st.decimals(-(10**12), 10**12, places=2).map(lambda one: str(one)) | TEXT
KINDS = {
    "money": MONEY,
    "count": st.integers(0, 10**9).map(str) | TEXT,
    "date": st.dates(date(1800, 1, 1)).map(str) | TEXT,
    "code": st.from_regex(r"0?[1-9]\d{0,6}\Z") | TEXT,
}


def values(fields: tuple[Field, ...]):
    return st.fixed_dictionaries(
        {}, optional={field.key: KINDS.get(field.kind, TEXT).map(str.strip).filter(bool) for field in fields}
    ).filter(bool)


def rows(fields: tuple[Field, ...]):
    return st.lists(values(fields).map(lambda row: RawRow(row, "")), max_size=3)


@st.composite
def raw_books(draw):
    chosen = draw(st.lists(st.sampled_from(SHEETS), unique_by=lambda sheet: sheet.key, max_size=4))
    book = RawBook("", {sheet.key: draw(rows(sheet.fields)) for sheet in chosen})
    book.tables["book"] = [RawRow({"format": "1", **draw(values(BOOK.fields))}, "")]
    texts = st.dictionaries(st.sampled_from(list(TEXTS)), TEXT.map(str.strip).filter(bool))
    book.texts = {key: RawRow({"text": text}, "") for key, text in draw(texts).items()}
    return book


def meaning(book: RawBook):
    """All that a book says; numbers by value, since a workbook keeps 1.50 as 1.5."""
    kinds = {(sheet.key, field.key): field.kind for sheet in (BOOK, *SHEETS) for field in sheet.fields}
    tables = {
        name: [
            {key: _number(text) if kinds[name, key] in ("money", "count") else text
             for key, text in row.values.items()}
            for row in found
        ]
        for name, found in book.tables.items()
        if found
    }  # fmt: skip
    return tables, {key: row.values["text"] for key, row in book.texts.items()}


def _number(text: str):
    return Decimal(text) if text.isascii() and text.replace(".", "").replace("-", "").isdigit() else text


@settings(max_examples=80, deadline=None)
@given(book=raw_books())
def test_a_book_written_and_read_again_says_the_same(book, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "账簿.xlsx"
    write_workbook(book, path)
    read = read_workbook(path)
    assert meaning(read) == meaning(book)
    assert read.faults == []
