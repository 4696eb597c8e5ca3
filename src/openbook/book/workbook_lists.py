"""What the drop-downs choose from, and the sheet 列表 that holds what is too long for one."""

from __future__ import annotations

from typing import Any

from openbook.accounts.classification import DEPARTMENTAL, FUNCTIONAL, classification
from openbook.book.tables import PROJECTS, SHEETS, TEXTS, UNITS, Field, Sheet
from openbook.book.topics import SUMS, TOPICS
from openbook.book.workbook_format import Formats
from openbook.book.workbook_names import LISTS

_INLINE = 255  # characters that Excel takes in a drop-down; longer ones come from a range
_FILLABLE = 1_000  # units, projects: rows of their sheets that a drop-down offers
_FIRST = 2  # row of the sheet 列表, from 0, that the choices begin in
_NOTE = "下拉列表和查科目用，程序不读，请不要改。科目不全：没有列出的科目，写在“补充科目”表里。"


class Lists:
    """Where each field's choices stand."""

    def __init__(self, year: int | None) -> None:
        self.columns: list[tuple[str, list[str]]] = []
        typed = [name for key, name in TOPICS.items() if key not in SUMS]
        self.topics = self._add("上年数的事项", typed)
        self.reasons = self._add("变动原因的事项", list(TOPICS.values()))
        self.texts = self._add("文字的名称", list(TEXTS.values()))
        self.choices = {
            words: self._add(field.head, list(words))
            for sheet in SHEETS
            for field in sheet.fields
            if len(",".join(words := tuple((field.choices or {}).values()))) > _INLINE
        }
        accounts = classification(year)
        for title, kind, length in (("经济科目", DEPARTMENTAL, 5), ("功能科目", FUNCTIONAL, 7)):
            known = accounts.listed(kind, length)
            self._add(title, [one.code for one in known])
            self._add(title + "名称", [one.name for one in known])

    def _add(self, title: str, words: list[str]) -> str:
        """Add a column; the range it stands in."""
        from xlsxwriter.utility import xl_col_to_name

        letter = xl_col_to_name(len(self.columns))
        self.columns.append((title, words))
        return f"='{LISTS}'!${letter}${_FIRST + 1}:${letter}${_FIRST + len(words)}"

    def rule(self, sheet: Sheet, field: Field) -> dict[str, Any] | None:
        """The drop-down of a column, as xlsxwriter takes it; None where anything may be written."""
        if field.choices:
            words = tuple(field.choices.values())
            return _strict(self.choices.get(words) or list(words), f"{field.head}只能从列表中选。")
        if field.kind == "unit":
            return _loose(_column(UNITS), "这个单位不在“单位”表里。请先在“单位”表里写上它，名称要一致。")
        if field.kind == "project":
            return _loose(_column(PROJECTS), "这个项目编码不在“项目”表里。请先在“项目”表里写上它。")
        if field.kind == "topic":
            source = self.topics if sheet.key == "prior" else self.reasons
            return _loose(source, "不在列表里的，只能写 7 位功能科目编码。")
        return None

    def write(self, book: Any, formats: Formats) -> None:
        """The last sheet of the workbook; visible, because hidden sheets raise questions."""
        page = book.add_worksheet(LISTS)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        page.write_string(0, 0, _NOTE, formats.strong)
        for column, (title, words) in enumerate(self.columns):
            page.set_column(column, column, max(12, 2 * max(map(len, words), default=0) + 2))
            page.write_string(_FIRST - 1, column, title, formats.optional)
            for row, word in enumerate(words, _FIRST):
                page.write_string(row, column, word, formats.value("code"))
        page.freeze_panes(_FIRST, 0)


def _column(sheet: Sheet) -> str:
    """The first column of a sheet: names of units, codes of projects."""
    return f"='{sheet.title}'!$A$2:$A${_FILLABLE + 1}"


def _strict(source: str | list[str], told: str) -> dict[str, Any]:
    return {"validate": "list", "source": source, "error_title": "请从列表中选", "error_message": told}


def _loose(source: str, told: str) -> dict[str, Any]:
    """A warning that the person may overrule: the other sheet may be filled in later."""
    return {**_strict(source, told), "error_title": "请核对", "error_type": "warning"}
