"""From a `BudgetBook` back to rows: `parse(render(book))` is the book again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

from openbook.book.faults import yuan
from openbook.book.model import BudgetBook, Project
from openbook.book.raw import RawBook, RawRow
from openbook.book.tables import BOOK, FORMAT, INDICATORS, PROJECTS, SHEETS, TEXTS, Field, Sheet
from openbook.book.topics import TOPICS

Values = dict[str, Any]


def render(book: BudgetBook) -> RawBook:
    """The book as rows of text, each where it stands in a folder; required tables and those with rows."""
    raw = RawBook(book.path)
    for sheet, rows in values_of(book):
        if rows or sheet.required:
            table = sheet.file.endswith(".csv")
            raw.tables[sheet.key] = [
                RawRow(_texts(values, sheet), _file(values, sheet), index if table else None)
                for index, values in enumerate(rows, start=2)
            ]
    for key in TEXTS:
        if key in book.texts and book.texts[key].text:
            raw.texts[key] = RawRow({"text": book.texts[key].text}, f"{key}.md", 1)
    return raw


def values_of(book: BudgetBook) -> Iterator[tuple[Sheet, list[Values]]]:
    """All tables in their order with typed values by key; what is left at its default is left out."""
    yield BOOK, [{"format": FORMAT, **_filled(book, BOOK)}]
    for sheet in SHEETS:
        yield sheet, _rows(book, sheet)


def _rows(book: BudgetBook, sheet: Sheet) -> list[Values]:
    match sheet.key:
        case "accounts":
            return [{"code": code, "name": name} for code, name in book.accounts.items()]
        case "reasons":
            return [_reason(key, words.text) for key, words in book.reasons.items()]
        case "purposes":
            return [{"function": code, "text": words.text} for code, words in book.purposes.items()]
        case "projects":
            return [_project(project) for project in book.projects]
        case "indicators":
            return [
                {"project": project.code, **_filled(indicator, INDICATORS)}
                for project in book.projects
                for indicator in project.indicators
            ]
        case _:
            return [_filled(row, sheet) for row in getattr(book, sheet.key)]


def _reason(key: str, text: str) -> Values:
    item, _, unit = key.partition(" ")
    return {"item": item, "text": text, "unit": unit} if unit else {"item": item, "text": text}


def _project(project: Project) -> Values:
    values = _filled(project, PROJECTS)
    values |= {f"funds.{level}": fen for level, fen in project.funds.items()}
    values |= {f"year_funds.{level}": fen for level, fen in project.year_funds.items()}
    values |= {key: words.text for key, words in project.texts.items() if words.text}
    return {field.key: values[field.key] for field in PROJECTS.fields if field.key in values}


def _filled(row: Any, sheet: Sheet) -> Values:
    """Values of the fields that a class and a table share."""
    defaults = {one.name: one.default for one in fields(row)}
    return {
        field.key: value
        for field in sheet.fields
        if field.key in defaults and _says(value := getattr(row, field.key), defaults[field.key], field)
    }


def _says(value: Any, default: Any, field: Field) -> bool:
    if value is None or value == "":
        return False
    return field.required or default is MISSING or value != default


def _texts(values: Values, sheet: Sheet) -> dict[str, str]:
    return {key: _text(value, sheet.field(key)) for key, value in values.items()}


def _text(value: Any, field: Field) -> str:
    if field.kind == "money":
        return yuan(value)
    if field.kind == "choice":
        value = (field.choices or {}).get(value, value)
    elif field.kind == "topic":
        value = TOPICS.get(value, value)
    return str(value)


def _file(values: Values, sheet: Sheet) -> str:
    if sheet in (PROJECTS, INDICATORS):
        return f"{PROJECTS.file}{values['code' if sheet is PROJECTS else 'project']}.toml"
    return sheet.file
