"""A book as a workbook and back: nothing lost, nothing changed, the same bytes for the same book."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.book.folder import NotWritten, read_folder, write_folder
from openbook.book.load import load, read
from openbook.book.parse import parse
from openbook.book.raw import RawBook, RawRow
from openbook.book.render import render
from openbook.book.tables import BOOK, SHEETS, TEXTS, Field
from openbook.book.template import example, template
from openbook.book.workbook import read_workbook, write_workbook
from tests.book.books import small_book

_SIGNS = st.characters(codec="utf-8", exclude_characters="\ufffe\uffff")
_LINES = st.text(_SIGNS | st.sampled_from("明账预算，。“”=+-@'\"<>&\n\r\t _x0041_１2"), max_size=40)
_HARD = [
    "=1+1",
    "'甲",
    "_x000D_",
    "甲\r\n乙",
    "007",
    "1e5",
    "TRUE",
    "#REF!",
    "长" * 2_000,
    "合 计",
    "２０２４",
]
TEXT = (_LINES | st.sampled_from(_HARD)).map(str.strip)
MONEY = st.decimals(-(10**12), 10**12, places=2).map(str) | st.sampled_from(
    ["0.10", "-0", "1,234.50", "0.00000001"]
)
KINDS = {
    "money": MONEY | TEXT,
    "count": st.integers(0, 10**16).map(str) | TEXT,
    "date": st.dates(date(1800, 1, 1)).map(str) | TEXT,
    "code": st.from_regex(r"\A0?[1-9]\d{0,6}\Z") | TEXT,
}
_SUMS = ("合计", "总计", "小计")


def values(fields: tuple[Field, ...]):
    chosen = {field.key: KINDS.get(field.kind, TEXT).filter(bool) for field in fields}
    return st.fixed_dictionaries({}, optional=chosen).filter(
        lambda row: bool(row) and not _is_sum(row, fields)
    )


def _is_sum(row: dict[str, str], fields: tuple[Field, ...]) -> bool:
    first = next(row[field.key] for field in fields if field.key in row)
    return "".join(first.split()).replace("*", "").replace("＊", "") in _SUMS


@st.composite
def raw_books(draw):
    chosen = draw(st.lists(st.sampled_from(SHEETS), unique_by=lambda sheet: sheet.key, max_size=4))
    book = RawBook("")
    for sheet in chosen:
        book.tables[sheet.key] = [RawRow(row, "") for row in draw(st.lists(values(sheet.fields), max_size=3))]
    book.tables["book"] = [RawRow({"format": "1", **draw(values(BOOK.fields))}, "")]
    texts = draw(st.dictionaries(st.sampled_from(list(TEXTS)), TEXT.filter(bool)))
    book.texts = {key: RawRow({"text": text}, "") for key, text in texts.items()}
    return book


def meaning(book: RawBook):
    """All that a book says; numbers by value, since a workbook keeps 1.50 as 1.5."""
    kinds = {(sheet.key, field.key): field.kind for sheet in (BOOK, *SHEETS) for field in sheet.fields}
    tables = {
        name: [{key: _value(text, kinds[name, key]) for key, text in row.values.items()} for row in rows]
        for name, rows in book.tables.items()
        if rows
    }
    return tables, {key: row.values["text"] for key, row in book.texts.items()}


def _value(text: str, kind: str):
    plain = kind in ("money", "count") and text.isascii() and text.replace(".", "").replace("-", "").isdigit()
    return Decimal(text) if plain else text


@settings(max_examples=60, deadline=None)
@given(book=raw_books())
def test_a_book_written_and_read_again_says_the_same(book, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "账簿.xlsx"
    write_workbook(book, path)
    read_again = read_workbook(path)
    assert meaning(read_again) == meaning(book)
    assert read_again.faults == []


def test_a_workbook_understood_is_the_book_itself(tmp_path):
    book = small_book()
    write_workbook(render(book), tmp_path / "账簿.xlsx")
    found, faults = parse(read_workbook(tmp_path / "账簿.xlsx"))
    assert faults == []
    assert meaning(render(found)) == meaning(render(book))


def test_folder_and_workbook_hold_the_same_book(tmp_path):
    raw = example("shanxi-13-2024", 2024)
    write_workbook(raw, tmp_path / "一.xlsx")
    write_folder(read_workbook(tmp_path / "一.xlsx"), tmp_path / "夹")
    write_workbook(read_folder(tmp_path / "夹"), tmp_path / "二.xlsx")
    assert (tmp_path / "二.xlsx").read_bytes() == (tmp_path / "一.xlsx").read_bytes()
    assert meaning(read(tmp_path / "夹")) == meaning(raw)


def test_the_same_book_gives_the_same_bytes(tmp_path):
    for name in ("一.xlsx", "二.xlsx"):
        write_workbook(example("hebei-9", 2025), tmp_path / name, example("hebei-9", 2025))
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_money_is_a_number_that_excel_adds_up_and_a_code_is_text(tmp_path):
    write_workbook(example("shanxi-13-2024", 2024), tmp_path / "账簿.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "账簿.xlsx")["支出"]
    heads = [cell.value for cell in sheet[1]]
    amount, code = sheet.cell(2, heads.index("金额") + 1), sheet.cell(2, heads.index("功能科目") + 1)
    assert (amount.value, amount.number_format) == (1250000, "#,##0.00")
    assert (code.value, code.number_format) == ("2010301", "@")


def test_every_head_has_a_note_and_every_choice_a_list(tmp_path):
    write_workbook(template("shanxi-13-2024", 2024), tmp_path / "账簿.xlsx")
    book = openpyxl.load_workbook(tmp_path / "账簿.xlsx")
    for sheet in SHEETS:
        page = book[sheet.title]
        listed = {str(one.sqref).split(":")[0] for one in page.data_validations.dataValidation}
        for cell, field in zip(page[1], sheet.fields, strict=True):
            assert field.help in cell.comment.text
            assert ("必填" in cell.comment.text) == (field.required or "必填" in field.help)
            wanted = bool(field.choices) or field.kind in ("unit", "project", "topic")
            assert (f"{cell.column_letter}2" in listed) == wanted, (sheet.title, field.head)


def test_a_choice_on_the_first_sheet_has_its_list(tmp_path):
    write_workbook(template("shanxi-13-2024", 2024), tmp_path / "账簿.xlsx")
    page = openpyxl.load_workbook(tmp_path / "账簿.xlsx")["基本信息"]
    listed = {str(one.sqref) for one in page.data_validations.dataValidation}
    assert listed == {f"B{row}" for row, field in enumerate(BOOK.fields, 2) if field.choices}


def test_no_sheet_is_hidden_and_the_lists_stand_last(tmp_path):
    write_workbook(template("shanxi-13-2024", 2024), tmp_path / "账簿.xlsx", example("shanxi-13-2024", 2024))
    book = openpyxl.load_workbook(tmp_path / "账簿.xlsx")
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    assert (book.sheetnames[0], book.sheetnames[-1]) == ("说明", "列表")


def test_no_drop_down_is_longer_than_excel_takes(tmp_path):
    write_workbook(template("shanxi-13-2024", 2024), tmp_path / "账簿.xlsx")
    for page in openpyxl.load_workbook(tmp_path / "账簿.xlsx"):
        for one in page.data_validations.dataValidation:
            assert len(one.formula1) <= 257  # with its quotes


def test_the_example_sheet_is_never_read(tmp_path):
    write_workbook(template("shanxi-13-2024", 2024), tmp_path / "账簿.xlsx", example("shanxi-13-2024", 2024))
    found = read_workbook(tmp_path / "账簿.xlsx")
    assert not any(found.tables.get(sheet.key) for sheet in SHEETS)
    assert found.texts == {}
    assert found.faults == []


def test_the_balance_shows_what_is_out_before_anything_is_computed(tmp_path):
    raw = example("shanxi-13-2024", 2024)
    raw.tables["revenue"][0].values["amount"] = "3694600.01"
    write_workbook(raw, tmp_path / "账簿.xlsx")
    page = openpyxl.load_workbook(tmp_path / "账簿.xlsx", data_only=True)["核对"]
    rows = {row[0]: row[1:] for row in page.iter_rows(min_row=3, values_only=True)}
    assert rows["一般公共预算"] == (5372000.51, 5372000.5, 0, 0.01, "不平")
    assert rows["政府性基金预算"] == (250000, 250000, 0, 0, "平")


def test_a_text_that_no_cell_takes_is_refused_and_nothing_is_written(tmp_path):
    raw = template("shanxi-13-2024", 2024)
    raw.texts["duties"] = RawRow({"text": "职" * 40_000}, "duties.md")
    (tmp_path / "账簿.xlsx").write_text("原来的")
    with pytest.raises(NotWritten, match="主要职责"):
        write_workbook(raw, tmp_path / "账簿.xlsx")
    assert (tmp_path / "账簿.xlsx").read_text() == "原来的"


def test_a_workbook_goes_under_its_name_only_when_complete(tmp_path):
    (tmp_path / "文件").write_text("")
    with pytest.raises(NotWritten, match="写不进"):
        write_workbook(template("shanxi-13-2024", 2024), tmp_path / "文件" / "账簿.xlsx")
    write_workbook(template("shanxi-13-2024", 2024), tmp_path / "新夹" / "账簿.xlsx")
    assert [one.name for one in (tmp_path / "新夹").iterdir()] == ["账簿.xlsx"]
    assert ZipFile(tmp_path / "新夹" / "账簿.xlsx").testzip() is None


def test_the_example_as_a_workbook_is_a_good_book(tmp_path):
    write_workbook(example("shanxi-13-2024", 2024), tmp_path / "账簿.xlsx")
    _, faults = load(tmp_path / "账簿.xlsx")
    assert [one.describe() for one in faults] == []
