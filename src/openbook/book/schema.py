"""The parsed book as JSON: its schema, derived from `openbook.book.tables`, and both ways of it.

Amounts are integers of fen (分), choices are keys, columns are keys of their fields.
`python -m openbook.book.schema` prints the schema.
"""

from __future__ import annotations

import sys
from typing import Any

from openbook.book.faults import yuan
from openbook.book.model import BudgetBook, Fault
from openbook.book.parse import FIRST_YEAR, LAST_YEAR, parse
from openbook.book.raw import RawBook, RawRow
from openbook.book.render import values_of
from openbook.book.tables import BOOK, FORMAT, SHEETS, TEXTS, Field, Sheet
from openbook.book.topics import TOPICS
from openbook.book.values import MOST_FEN

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_PATTERNS = {
    "code": r"^[0-9]{3}([0-9]{2}){0,2}$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "function": r"^2[0-9]{6}$",
    "economic": r"^3[0-9]{4}$",
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `to_json` gives."""
    properties = {field.key: _field(field) for field in BOOK.fields}
    properties["format"] = {"const": FORMAT, "description": "账簿格式"}
    properties["year"] |= {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    for sheet in SHEETS:
        properties[sheet.key] = {
            "title": sheet.title,
            "description": sheet.help,
            "type": "array",
            "items": _row(sheet),
        }
    texts = {key: {**_TEXT, "title": title} for key, title in TEXTS.items()}
    properties["texts"] = {"type": "object", "properties": texts, "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "预算账簿",
        "description": "一个部门一年的预算。金额是整数，单位为分。",
        "type": "object",
        "properties": properties,
        "required": [
            *(field.key for field in BOOK.fields if field.required),
            *(sheet.key for sheet in SHEETS if sheet.required),
        ],
        "additionalProperties": False,
    }


def _row(sheet: Sheet) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.key: _field(field) for field in sheet.fields},
        "required": [field.key for field in sheet.fields if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    about = {"title": field.head, "description": field.help}
    match field.kind:
        case "money":
            about["description"] = "整数，单位为分"
            return {**about, "type": "integer", "minimum": 0, "maximum": MOST_FEN}
        case "count":
            return {**about, "type": "integer", "minimum": 0}
        case "choice":
            return {**about, "enum": list(field.choices or {})}
        case "topic":
            codes = {"type": "string", "pattern": _PATTERNS["function"]}
            return {**about, "anyOf": [{"enum": list(TOPICS)}, codes]}
        case kind if kind in _PATTERNS:
            return {**about, "type": "string", "pattern": _PATTERNS[kind]}
        case _:
            return {**about, **_TEXT}


def to_json(book: BudgetBook, *, private: bool = False) -> dict[str, Any]:
    """The book as JSON values. Handlers and telephones of projects go along only with `private`."""
    data: dict[str, Any] = {}
    for sheet, rows in values_of(book):
        kept = {field.key for field in sheet.fields if private or not field.private}
        table = [{key: value for key, value in row.items() if key in kept} for row in rows]
        if sheet is BOOK:
            data |= table[0]
        elif table or sheet.required:
            data[sheet.key] = table
    texts = {key: book.texts[key].text for key in TEXTS if key in book.texts}
    return {**data, "texts": texts} if texts else data


def from_json(data: dict[str, Any], path: str = "") -> tuple[BudgetBook, list[Fault]]:
    """The book of what `to_json` gave, understood anew; what the schema would refuse is a fault.

    `file` of a spot is the key of the table, `row` the number of the row in it, from 1.
    """
    raw = RawBook(path)
    raw.tables[BOOK.key] = [_raw({key: data[key] for key in data if key in _keys(BOOK)}, BOOK, None)]
    for sheet in SHEETS:
        rows = data.get(sheet.key, [])
        raw.tables[sheet.key] = [_raw(row, sheet, number) for number, row in enumerate(rows, start=1)]
    for key, text in data.get("texts", {}).items():
        raw.texts[key] = RawRow({"text": str(text)}, key)
    return parse(raw)


def _keys(sheet: Sheet) -> set[str]:
    return {field.key for field in sheet.fields}


def _raw(values: dict[str, Any], sheet: Sheet, row: int | None) -> RawRow:
    texts = {}
    for field in sheet.fields:
        value = values.get(field.key)
        if value is not None:
            whole = field.kind == "money" and isinstance(value, int)
            texts[field.key] = yuan(value) if whole else str(value)
    return RawRow(texts, sheet.key, row)


def written() -> str:
    """The schema as it is kept in docs/book.schema.json."""
    import json

    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(written())
